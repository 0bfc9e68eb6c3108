"""A plan of groups: set up, mixed, balanced, changed by hand, undone, published, printed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.core import clock, jobs
from madang.core.models import AuditEntry, Job, Message, StaleRecordError
from madang.core.transitions import TransitionRefusedError
from madang.groups.actions import hand, planning, plans
from madang.groups.models import Group, GroupPlan, Level, Member
from madang.groups.queries import moving, showing, standing, weeks
from madang.logistics.models import SeatingPlan, TablePlace
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Edition, Session
from tests import factories as make
from tests.groups import factories as here
from tests.groups.factories import address, signed_in
from tests.logistics.hospitality import make_dinner
from tests.logistics.hospitality import make_plan as make_tables

pytestmark = pytest.mark.django_db
BEFORE = timedelta(days=-3)


@pytest.fixture
def edition() -> Edition:
    return make.make_edition()


@pytest.fixture(autouse=True)
def _before(edition):
    with clock.at(make.local(edition, 1, "08:00") + BEFORE):
        yield


# --- Mixing ---------------------------------------------------------------------------------------
def test_nobody_meets_twice_and_that_is_proven(edition):
    plan = here.make_mixed(edition, 12, 4, 3)
    assessed = standing.assess(here.week(plan))
    assert (assessed.repeats, assessed.bound, assessed.alike, assessed.is_proven) == (0, 0, 0, True)
    assert Member.objects.count() == 36


def test_the_worker_mixes_in_a_process_of_its_own(edition):
    here.make_people(edition, 8)
    plan = here.make_plan(edition, 4, 2)
    job = planning.ask(plan, actor=make.make_account(roles=["secretariat"]))
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.result_url) == (Job.State.DONE, address("plan", edition))
    assert here.week(plan).is_planned
    assert AuditEntry.objects.get(verb="groups.planned").actor_id == job.owner_id


def test_a_plan_without_people_or_sessions_is_refused(edition):
    here.make_people(edition, 3)
    plan = here.make_plan(edition, 4, 1)
    with pytest.raises(RefusedError, match="4 groups, and 3 people"):
        planning.ask(plan, actor=None)
    plans.change_plan(plan, {"groups": 2}, [], expected_version=here.read(plan).version, actor=None)
    with pytest.raises(RefusedError, match="no session to come"):
        planning.ask(here.read(plan), actor=None)


def test_what_has_changed_meanwhile_is_not_overwritten(edition):
    here.make_people(edition, 6)
    plan = here.make_plan(edition, 2, 1)
    problem = here.week(plan).problem(seconds=0.5)
    answer = here.answer(problem)
    here.make_people(edition, 1)
    with pytest.raises(jobs.JobError, match="in the meantime"):
        planning.use(here.read(plan), problem, answer)
    assert not Member.objects.exists()


def test_a_country_larger_than_the_number_of_groups_is_named(edition):
    here.make_people(edition, 6, countries=1)
    plan = here.mix(here.make_plan(edition, 3, 1))
    assessed = standing.assess(here.week(plan))
    assert [(one.name, one.people) for one in assessed.too_many] == [("Land XA", 6)]
    assert assessed.alike == assessed.least_alike == 3
    page = signed_in("secretariat").get(address("plan", edition)).content.decode()
    assert "Land XA has 6 people, more than the 3 groups" in page


def test_who_shared_a_dinner_table_has_met(edition):
    one, other, third, fourth = here.make_people(edition, 4)
    dinner = make_dinner(edition)
    tables = make_tables(dinner, 2, 2)
    for participation in (one, other):
        TablePlace.objects.create(
            plan=tables, table=tables.tables.first(), participation=participation
        )
    plan = here.make_plan(edition, 2, 1)
    assert here.week(plan).met_at_dinner == ()
    SeatingPlan.objects.update(state=SeatingPlan.State.SHOWN)
    assert len(here.week(plan).met_at_dinner) == 1
    here.mix(plan)
    places = here.week(plan).rounds[0].places
    assert places[one.pk] != places[other.pk]
    assert places[third.pk] != places[fourth.pk]


def test_levels_are_balanced_and_the_front_says_what_it_costs(edition):
    people = here.make_people(edition, 16, countries=8)
    plan = here.make_plan(edition, 4, 5, balance_maturity=True)
    levels = {one.country_id: ("low" if one.country.alpha2 < "XE" else "high") for one in people}
    plans.set_levels(plan, levels, expected_version=here.read(plan).version, actor=None)
    assert Level.objects.count() == 8
    plan = here.mix(plan)
    front = showing.front(plan)
    assert front[0].is_chosen
    last = front[-1]
    job = planning.choose(plan, last.extra, actor=None)
    assert job.kind == planning.JOB
    plan = here.mix(plan)
    assert standing.assess(here.week(plan)).imbalance == {"maturity": last.imbalance}
    with pytest.raises(RefusedError, match="choose again"):
        planning.choose(plan, 9999, actor=None)


def test_levels_of_somebody_who_read_an_old_page_are_refused(edition):
    people = here.make_people(edition, 2)
    plan = here.make_plan(edition, 2, 1)
    seen = here.read(plan).version
    plans.set_levels(plan, {people[0].country_id: "low"}, expected_version=seen, actor=None)
    with pytest.raises(StaleRecordError):
        plans.set_levels(plan, {people[1].country_id: "low"}, expected_version=seen, actor=None)


def test_rapporteurs_take_turns(edition):
    plan = here.make_mixed(edition, 12, 4, 3)
    found = list(Group.objects.values_list("rapporteur", flat=True))
    assert len(set(found)) == 12
    for group in Group.objects.all():
        assert group.members.filter(participation=group.rapporteur_id).exists()
    assert plan.state == GroupPlan.State.DRAFT


# --- By hand --------------------------------------------------------------------------------------
def test_what_a_move_costs_is_said_before_it_is_made(edition):
    plan = here.make_mixed(edition, 12, 4, 3)
    week = here.week(plan)
    row = week.rounds[0]
    member = row.groups[0].members[0]
    options = moving.options(week, row, member)
    assert {option.number for option in options} == {2, 3, 4}
    for option in options:
        exchanged = option.exchanged
        hand.move(here.read(plan), member, option.number, exchanged, actor=None)
        changed = standing.assess(here.week(plan))
        assert (changed.repeats, changed.alike) == (option.repeats, option.alike)
        planning.undo(here.read(plan), actor=None)
        assert here.week(plan).rounds[0].places == row.places


def test_whoever_is_moved_is_pinned_and_stays_when_all_is_mixed_anew(edition):
    plan = here.make_mixed(edition, 12, 4, 2)
    member = Member.objects.filter(group__number=1).first()
    other = Member.objects.filter(round=member.round, group__number=3).first()
    hand.move(plan, member, 3, other.participation, actor=None)
    GroupPlan.objects.update(seed=7)
    here.mix(plan)
    member.refresh_from_db()
    other.refresh_from_db()
    assert (member.group.number, member.is_pinned) == (3, True)
    assert (other.group.number, other.is_pinned) == (1, True)
    hand.pin(plan, member, pinned=False, actor=None)
    member.refresh_from_db()
    assert not member.is_pinned


def test_a_round_that_has_begun_stays_as_it_is(edition):
    plan = here.make_mixed(edition, 12, 4, 2)
    member = Member.objects.filter(round__session__title__contains="day 1").first()
    before = here.week(plan).rounds[0].places
    with clock.at(make.local(edition, 1, "14:31")):
        with pytest.raises(RefusedError, match="has begun"):
            hand.move(plan, member, 2, actor=None)
        GroupPlan.objects.update(seed=5)
        here.mix(plan)
        assert here.week(plan).rounds[0].places == before
        with pytest.raises(RefusedError, match="can't be planned any more"):
            plans.change_plan(
                plan, {}, [make.make_session(edition, day=1, at="08:00", kind="group_work")],
                expected_version=here.read(plan).version, actor=None,
            )  # fmt: skip


def test_undo_works_once(edition):
    plan = here.make_mixed(edition, 12, 4, 2)
    before = here.week(plan).rounds[1].places
    GroupPlan.objects.update(seed=3)
    here.mix(plan)
    planning.undo(here.read(plan), actor=None)
    assert here.week(plan).rounds[1].places == before
    with pytest.raises(RefusedError, match="nothing to undo"):
        planning.undo(here.read(plan), actor=None)


def test_a_group_has_a_room_for_the_week(edition):
    plan = here.make_mixed(edition, 8, 2, 3)
    room = make.make_room(edition, "Room B")
    group = Group.objects.filter(number=2).order_by("round__session__starts_at").first()
    values = {"room": room, "place": "by the window", "rapporteur": None}
    hand.change_group(group, values, expected_version=group.version, everywhere=True, actor=None)
    assert Group.objects.filter(number=2, room=room, place="by the window").count() == 3
    stranger = make.make_participation(edition)
    group.refresh_from_db()
    with pytest.raises(RefusedError, match="not in this group"):
        hand.change_group(
            group, values | {"rapporteur": stranger}, expected_version=group.version,
            everywhere=False, actor=None,
        )  # fmt: skip
    assert here.read(plan).edition == edition


# --- Publishing -----------------------------------------------------------------------------------
def test_an_empty_plan_is_not_published(edition):
    plan = here.make_plan(edition, 2, 1)
    with pytest.raises(TransitionRefusedError, match="Nobody is in a group"):
        hand.publish(plan, actor=None)


def test_what_changes_after_publishing_is_marked_and_told_to_those_whom_it_touches(edition):
    plan = here.make_published(edition, 12, 4, 2)
    assert not Message.objects.exists()
    member = Member.objects.filter(group__number=1).first()
    other = Member.objects.filter(round=member.round, group__number=3).first()
    hand.move(plan, member, 3, other.participation, actor=None)
    assert Member.objects.filter(moved_at__isnull=False).count() == 2
    told = {message.address for message in Message.objects.all()}
    assert told == {member.participation.person.email, other.participation.person.email}
    assert (
        "now group 3"
        in Message.objects.get(
            address_index__isnull=False, subject=(member.participation.person.subject)
        ).text
    )


# --- Pages ----------------------------------------------------------------------------------------
def test_the_secretariat_sets_a_plan_up_and_publishes_it(edition):
    here.make_people(edition, 8)
    session, other = here.make_sessions(edition, 2)
    officer = signed_in("secretariat")
    assert b"Plan the groups" in officer.get(address("plan", edition)).content
    answer = officer.post(
        address("set_up", edition),
        {"groups": 4, "apart_country": "on", "sessions": [session.key, other.key]},
    )
    assert answer["Location"] == address("plan", edition)
    answer = officer.post(address("mix", edition))
    assert answer["Location"].startswith("/tasks/")
    jobs.run(str(Job.objects.get().pk))
    page = officer.get(address("plan", edition)).content.decode()
    assert "Every pair meets at most once: 0 repeats, proven." in page
    officer.post(address("do", edition, "publish"))
    assert GroupPlan.objects.get().is_published
    for name, start in (("cards", b"%PDF"),):
        assert officer.get(address(name, edition)).content.startswith(start)
    round_ = GroupPlan.objects.get().rounds.first()
    assert officer.get(address("wall", edition, round_.pk)).content.startswith(b"%PDF")
    for form in ("csv", "xlsx", "pdf"):
        assert officer.get(address("plan", edition), {"format": form}).getvalue()


def test_a_second_plan_is_refused_when_the_form_is_sent_twice(edition):
    session = here.make_sessions(edition, 1)[0]
    plans.make_plan(edition, {"groups": 2}, [session], actor=None)
    with pytest.raises(RefusedError, match="already"):
        plans.make_plan(edition, {"groups": 2}, [session], actor=None)


def test_pages_of_a_move_a_group_and_levels_are_forms(edition):
    here.make_mixed(edition, 8, 2, 2)
    officer = signed_in("secretariat")
    member = Member.objects.filter(group__number=1).first()
    page = officer.get(address("move", edition, member.pk)).content.decode()
    assert "in exchange for" in page
    answer = officer.post(address("move", edition, member.pk), {"to": "2"})
    assert answer.status_code == 302
    member.refresh_from_db()
    assert member.group.number == 2
    officer.post(address("pin", edition, member.pk, "free"))
    member.refresh_from_db()
    assert not member.is_pinned
    group = officer.get(address("group", edition, member.group_id))
    assert group.status_code == 200
    assert b"Land XA" in officer.get(address("levels", edition)).content


@pytest.mark.parametrize("many", [False, True])
def test_the_plan_costs_the_same_with_few_and_with_many(edition, many):
    here.make_mixed(edition, 24 if many else 4, 4 if many else 2, 4 if many else 1)
    officer = signed_in("secretariat")
    officer.get(address("plan", edition))
    with CaptureQueriesContext(connection) as asked:
        officer.get(address("plan", edition))
    assert len(asked) == 14


def test_sessions_that_do_not_take_place_are_no_rounds(edition):
    plan = here.make_mixed(edition, 8, 2, 3)
    Session.objects.filter(title__contains="day 2").update(state=Session.State.CANCELLED)
    assert [row.number for row in here.week(plan).rounds] == [1, 2]
    assert weeks.read(plan).is_planned
