"""Tables: proposed by the rotation, set by hand, kept where fixed, undone, shown, printed."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from madang.core import jobs
from madang.core.models import AuditEntry, Job
from madang.core.transitions import TransitionRefusedError
from madang.logistics import seating as method
from madang.logistics.actions import seating as actions
from madang.logistics.models import SeatingPlan, Table, TablePlace
from madang.logistics.queries import seating as queries
from madang.people import erasure
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions.participations import cancel_participation
from madang.workshops.models import Edition, Participation, Session
from tests import factories as make
from tests.logistics import hospitality as here
from tests.logistics.hospitality import address, signed_in, taken


@pytest.fixture
def edition(db) -> Edition:
    return make.make_edition()


@pytest.fixture
def dinner(edition) -> Session:
    return here.make_dinner(edition)


def read(plan: SeatingPlan) -> SeatingPlan:
    return SeatingPlan.objects.select_related("session__edition").get(pk=plan.pk)


def seat_all(plan: SeatingPlan) -> None:
    """What the worker does, without a process of its own."""
    plan = read(plan)
    problem = queries.problem(plan)
    actions.use(plan, problem, method.propose(problem))


def table_of(plan: SeatingPlan, participation: Participation) -> int:
    return plan.places.get(participation=participation).table.number


# --- A proposal ----------------------------------------------------------------------------------
def test_everybody_sits_and_nobody_with_a_compatriot(edition, dinner):
    here.people_of(edition, *("FJ", "TH", "MN") * 2)
    plan = here.make_plan(dinner, 3, 3)
    seat_all(plan)
    board = queries.board(read(plan))
    assert (board.seated, board.waiting, board.pairs, board.bound) == (6, [], 0, 0)


def test_the_worker_proposes_in_a_process_of_its_own(edition, dinner):
    here.people_of(edition, "FJ", "FJ", "TH", "TH")
    plan = here.make_plan(dinner, 2, 2)
    job = actions.ask(read(plan), actor=make.make_account(roles=["secretariat"]))
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.result_url) == (
        Job.State.DONE,
        address("seating", edition, dinner.pk),
    )
    assert queries.board(read(plan)).pairs == 0


def test_hosts_sit_one_to_a_table(edition, dinner):
    mayor, deputy = here.people_of(edition, "KR", "KR", kind=Participation.Kind.HOST)
    here.people_of(edition, "FJ", "TH", "MN", "IR")
    plan = here.make_plan(dinner, 3, 3)
    seat_all(plan)
    assert table_of(plan, mayor) != table_of(plan, deputy)
    first = queries.board(read(plan)).laid[0].seated[0]
    assert first.is_host


def test_a_new_proposal_keeps_what_is_fixed(edition, dinner):
    people = here.people_of(edition, *("FJ", "TH", "MN", "IR") * 2)
    plan = here.make_plan(dinner, 4, 4)
    seat_all(plan)
    second = plan.tables.get(number=2)
    for one in people[:2]:
        actions.move(plan, one, None, actor=None)
        if second.places.count() == second.seats:
            actions.move(plan, second.places.exclude(participation=one).first().participation,
                         None, actor=None)  # fmt: skip
        actions.move(plan, one, second, actor=None)
    for _again in range(2):
        seat_all(plan)
        assert [table_of(plan, one) for one in people[:2]] == [2, 2]
    assert queries.board(read(plan)).pairs == 0


def test_each_proposal_can_be_undone_once(edition, dinner):
    people = here.people_of(edition, "FJ", "TH", "MN", "IR")
    plan = here.make_plan(dinner, 4, 4)
    actions.move(plan, people[0], plan.tables.get(number=1), actor=None)
    seat_all(plan)
    actions.undo(plan, actor=None)
    place = TablePlace.objects.get()
    assert (place.participation, place.table.number, place.is_fixed) == (people[0], 1, True)
    with pytest.raises(RefusedError, match="nothing to undo"):
        actions.undo(plan, actor=None)


def test_a_proposal_for_what_has_changed_since_is_not_used(edition, dinner):
    here.people_of(edition, "FJ", "TH")
    plan = read(here.make_plan(dinner, 4))
    problem = queries.problem(plan)
    answer = method.propose(problem)
    here.people_of(edition, "MN")
    with pytest.raises(jobs.JobError, match="in the meantime"):
        actions.use(plan, problem, answer)
    assert not TablePlace.objects.exists()


def test_too_few_seats_are_said_before_anything_starts(edition, dinner):
    plan = read(here.make_plan(dinner, 1))
    officer = make.make_account(roles=["secretariat"])
    with pytest.raises(RefusedError, match="Nobody comes"):
        actions.ask(plan, actor=officer)
    here.people_of(edition, "FJ", "TH")
    with pytest.raises(RefusedError, match="2 people come"):
        actions.ask(plan, actor=officer)
    assert not Job.objects.exists()


def test_who_shared_a_table_at_another_dinner_is_mixed_anew(edition, dinner):
    people = here.people_of(edition, "FJ", "TH", "MN", "IR")
    earlier = here.make_plan(here.make_dinner(edition), 2, 2)
    seat_all(earlier)
    plan = here.make_plan(dinner, 2, 2)
    seat_all(plan)

    def pairs(of: SeatingPlan) -> set[frozenset]:
        return {
            frozenset(of.places.filter(table=table).values_list("participation", flat=True))
            for table in of.tables.all()
        }

    assert len(people) == 4
    assert not pairs(earlier) & pairs(plan)


# --- By hand -------------------------------------------------------------------------------------
def test_whoever_is_moved_by_hand_is_fixed_and_can_be_let_go(edition, dinner):
    (one,) = here.people_of(edition, "FJ")
    plan = here.make_plan(dinner, 2, 2)
    actions.move(plan, one, plan.tables.get(number=2), actor=None)
    assert plan.places.get().is_fixed
    actions.fix(plan, one, fixed=False, actor=None)
    assert not plan.places.get().is_fixed
    actions.fix(plan, one, fixed=True, actor=None)
    actions.free_all(plan, actor=None)
    assert not plan.places.get().is_fixed


def test_a_full_table_takes_nobody_else(edition, dinner):
    one, other = here.people_of(edition, "FJ", "TH")
    plan = here.make_plan(dinner, 1, 1)
    first = plan.tables.get(number=1)
    actions.move(plan, one, first, actor=None)
    actions.move(plan, one, first, actor=None)
    with pytest.raises(RefusedError, match="full"):
        actions.move(plan, other, first, actor=None)
    with pytest.raises(RefusedError, match="1 people"):
        actions.change_table(first, {"seats": 0}, expected_version=first.version, actor=None)


def test_nobody_has_two_places(edition, dinner):
    (one,) = here.people_of(edition, "FJ")
    plan = here.make_plan(dinner, 2, 2)
    first, second = plan.tables.all()
    TablePlace.objects.create(plan=plan, table=first, participation=one)
    with pytest.raises(IntegrityError), transaction.atomic():
        TablePlace.objects.create(plan=plan, table=second, participation=one)


def test_a_table_that_goes_leaves_its_people_waiting(edition, dinner):
    (one,) = here.people_of(edition, "FJ")
    plan = here.make_plan(dinner, 2, 2)
    actions.move(plan, one, plan.tables.get(number=2), actor=None)
    actions.remove_table(plan.tables.get(number=2), actor=None)
    assert queries.board(read(plan)).waiting == [one]
    assert actions.add_table(plan, {"seats": 6, "name": ""}, actor=None).number == 2


def test_whoever_does_not_come_any_more_is_named_and_their_place_freed(edition, dinner):
    one, other = here.people_of(edition, "FJ", "TH")
    plan = here.make_plan(dinner, 2)
    seat_all(plan)
    cancel_participation(one, actor=None)
    board = queries.board(read(plan))
    assert board.gone == [one]
    assert [each.comes for each in board.laid[0].seated].count(False) == 1
    actions.release_gone(plan, actor=None)
    assert [place.participation for place in plan.places.all()] == [other]
    erasure.erase(other.person, actor=None)
    assert not plan.places.exists()


def test_tables_are_shown_once_somebody_sits_at_them(edition, dinner):
    here.people_of(edition, "FJ")
    plan = here.make_plan(dinner, 2)
    with pytest.raises(TransitionRefusedError, match="Nobody is seated"):
        plan.show(actor=None, scope=edition.pk)
    seat_all(plan)
    read(plan).show(actor=None, scope=edition.pk)
    assert AuditEntry.objects.filter(verb="seating.shown", scope_id=edition.pk).exists()


# --- Pages ---------------------------------------------------------------------------------------
def test_an_officer_lays_tables_seats_people_overrides_and_prints(edition, dinner):
    officer = signed_in("secretariat")
    people = here.people_of(edition, *("FJ", "TH") * 2)
    assert dinner.title in officer.get(address("dinners", edition)).content.decode()
    where = address("seating", edition, dinner.pk)
    assert "Lay the tables" in officer.get(where).content.decode()
    officer.post(where, {"tables": "2", "seats": "4"})
    started = officer.post(address("seating_propose", edition, dinner.pk))
    jobs.run(str(Job.objects.get().pk))
    assert started.url == Job.objects.get().get_absolute_url()
    assert "No plan mixes countries better" in officer.get(where).content.decode()
    second = Table.objects.get(number=2)
    for one in people[:2]:
        officer.post(address("table_place", edition, dinner.pk, one.pk), {"table": second.pk})
    page = officer.get(where).content.decode()
    assert "fixed" in page
    officer.post(address("place_fix", edition, dinner.pk, people[0].pk, "free"))
    assert TablePlace.objects.filter(is_fixed=True).count() == 1
    for name in ("undo", "show"):
        officer.post(address("seating_do", edition, dinner.pk, name))
    assert not TablePlace.objects.exists()
    cards = officer.get(address("table_cards", edition, dinner.pk))
    assert cards.content.startswith(b"%PDF")


def test_lists_and_cards_hold_who_sits_where(edition, dinner):
    officer = signed_in("secretariat")
    here.people_of(edition, "FJ", "KR")
    plan = here.make_plan(dinner, 4, 2)
    seat_all(plan)
    where = address("seating", edition, dinner.pk)
    assert taken(officer, where, "xlsx").startswith(b"PK")
    assert taken(officer, where, "pdf").startswith(b"%PDF")
    cards = officer.get(address("table_cards", edition, dinner.pk))
    assert cards.content.startswith(b"%PDF")


def test_tables_are_edited_removed_and_cleared_with_a_question_first(edition, dinner):
    officer = signed_in("secretariat")
    plan = here.make_plan(dinner, 2)
    table = plan.tables.get()
    typed = {"name": "Head table", "seats": "4", "version": table.version}
    officer.post(address("table_edit", edition, table.pk), typed)
    assert plan.tables.get().name == "Head table"
    officer.post(address("table_add", edition, dinner.pk), {"name": "", "seats": "5"})
    removing = address("table_remove", edition, table.pk)
    assert officer.get(removing).status_code == 200
    officer.post(removing)
    assert [table.number for table in plan.tables.all()] == [2]
    clearing = address("seating_remove", edition, dinner.pk)
    assert "go with them" in officer.get(clearing).content.decode().replace("goes", "go")
    officer.post(clearing)
    assert not SeatingPlan.objects.exists()


def test_the_director_reads_and_does_not_change(edition, dinner):
    (one,) = here.people_of(edition, "FJ")
    director = signed_in("director")
    where = address("seating", edition, dinner.pk)
    assert director.get(where).status_code == 200
    assert director.post(where, {"tables": "1", "seats": "1"}).status_code == 404
    table = here.make_plan(dinner, 2).tables.get()
    assert "Seat everybody" not in director.get(where).content.decode()
    for name, arguments in (
        ("seating_propose", [dinner.pk]), ("seating_do", [dinner.pk, "show"]),
        ("table_add", [dinner.pk]), ("table_edit", [table.pk]), ("table_remove", [table.pk]),
        ("seating_remove", [dinner.pk]), ("table_place", [dinner.pk, one.pk]),
        ("place_fix", [dinner.pk, one.pk, "fix"]),
    ):  # fmt: skip
        assert director.post(address(name, edition, *arguments)).status_code == 404


def test_guests_and_hosts_see_tables_only_once_they_are_shown(edition, dinner):
    (one,) = here.people_of(edition, "FJ")
    plan = here.make_plan(dinner, 2)
    seat_all(plan)
    guest, host = here.signed_in_as(one), signed_in(("host", edition))
    mine = reverse("travelling:my_seats", args=[edition.slug])
    all_of_them = reverse("travelling:host_seats", args=[edition.slug])
    assert dinner.title not in guest.get(mine).content.decode()
    assert dinner.title not in host.get(all_of_them).content.decode()
    read(plan).show(actor=None, scope=edition.pk)
    assert dinner.title in guest.get(mine).content.decode()
    page = host.get(all_of_them).content.decode()
    assert str(one.person) in page
    assert "Fiji" not in page
    asked = {"list": "tables", "session": dinner.pk, "format": "pdf"}
    assert host.get(all_of_them, asked).content.startswith(b"%PDF")


def test_the_tables_cost_the_same_for_many(edition, dinner):
    officer = signed_in("secretariat")
    here.people_of(edition, "FJ")
    plan = here.make_plan(dinner, 60)
    seat_all(plan)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(address("seating", edition, dinner.pk)).status_code == 200
        return len(captured)

    before = count()
    make.make_participations(edition, 40, country=make.make_country("TH"))
    Table.objects.create(plan=plan, number=2, seats=20)
    seat_all(plan)
    assert count() == before
