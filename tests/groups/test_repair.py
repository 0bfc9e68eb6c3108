"""Dropouts and latecomers: what was held stays, few people change group, they are told once."""

from datetime import timedelta

import pytest

from madang.core import clock
from madang.core.models import AuditEntry, Message
from madang.groups.actions import absences, forgetting, planning, repairs
from madang.groups.models import Absence, Group, Member
from madang.groups.queries import standing
from madang.people import erasure
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions.participations import cancel_participation, restore_participation
from madang.workshops.models import Edition
from madang.workshops.queries import public
from tests import factories as make
from tests.groups import factories as here
from tests.groups.factories import address, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make.make_edition()


@pytest.fixture
def plan(edition):
    """Published before the week: 13 people in 4 groups, 4 rounds."""
    with clock.at(make.local(edition, 1, "08:00")):
        yield here.make_published(edition, 13, 4, 4)


def wednesday(edition: Edition):
    return clock.at(make.local(edition, 3, "09:30"))


def places(plan) -> list[dict]:
    return [row.places for row in here.week(plan).rounds]


def test_whoever_leaves_on_wednesday_took_part_and_the_rest_is_repaired(edition, plan):
    one = here.week(plan).rounds[0].groups[1].members[0].participation
    before = places(plan)
    with wednesday(edition):
        assert not repairs.mismatch(here.week(plan))
        absences.add(one, {"starts_at": make.local(edition, 3, "09:00")}, actor=None)
        assert repairs.mismatch(here.week(plan)).leaving == [one]
        done = repairs.repair(plan, actor=None)
        assert not repairs.mismatch(here.week(plan))
        assessed = standing.assess(here.week(plan))
    after = places(plan)
    assert after[:2] == before[:2]
    assert all(one.pk not in row for row in after[2:])
    moved = {
        key for was, now in zip(before, after, strict=True) for key in now if now[key] != was[key]
    }
    assert moved == {other.pk for other, _number in done.moved}
    assert assessed.repeats == done.answer.repeats
    # They are told, each once, and whoever left too.
    told = {message.subject_id for message in Message.objects.all()}
    assert len(told) == Message.objects.count() == len(moved | {one.pk})
    assert public.attendance(edition.pk).people == 13


def test_a_group_without_its_rapporteur_gets_another(edition, plan):
    group = Group.objects.filter(round__session__title__contains="15:15").first()
    with wednesday(edition):
        absences.add(group.rapporteur, {"starts_at": make.local(edition, 3, "12:00")}, actor=None)
        repairs.repair(plan, actor=None)
    group.refresh_from_db()
    assert group.members.filter(participation=group.rapporteur_id).exists()


def test_somebody_who_is_cancelled_and_expected_again_comes_back_into_groups(edition, plan):
    one = here.week(plan).rounds[3].groups[0].members[0].participation
    with wednesday(edition):
        cancel_participation(one, actor=None)
        repairs.repair(plan, actor=None)
        assert one.pk not in here.week(plan).rounds[3].places
        restore_participation(one, actor=None)
        assert repairs.mismatch(here.week(plan)).coming == [one]
        repairs.repair(here.read(plan), actor=None)
        assert one.pk in here.week(plan).rounds[3].places


def test_a_latecomer_joins_and_nobody_moves(edition, plan):
    with wednesday(edition):
        late = here.make_people(edition, 1)[0]
        done = repairs.repair(plan, actor=None)
        week = here.week(plan)
    assert done.moved == []
    assert [late.pk in row.places for row in week.rounds] == [False, False, True, True]


def test_whoever_is_ill_for_a_day_is_in_their_groups_before_and_after(edition, plan):
    one = here.week(plan).rounds[0].groups[0].members[0].participation
    day = {"starts_at": make.local(edition, 2, "00:00"), "ends_at": make.local(edition, 3, "00:00")}
    with clock.at(make.local(edition, 2, "08:00")):
        absences.add(one, day, actor=None)
        repairs.repair(plan, actor=None)
        week = here.week(plan)
    assert [one.pk in row.places for row in week.rounds] == [True, False, True, True]


def test_a_repair_that_is_not_what_was_seen_is_refused(edition, plan):
    with wednesday(edition):
        here.make_people(edition, 1)
        seen = repairs.proposal(here.week(plan))
        here.make_people(edition, 1)
        with pytest.raises(RefusedError, match="in the meantime"):
            repairs.repair(plan, mark=seen.mark, actor=None)


def test_a_repair_can_be_undone(edition, plan):
    before = places(plan)
    with wednesday(edition):
        one = here.week(plan).rounds[3].groups[0].members[0].participation
        absence = absences.add(one, {"starts_at": clock.now()}, actor=None)
        repairs.repair(plan, actor=None)
        absences.remove(absence, actor=None, edition=edition)
        planning.undo(here.read(plan), actor=None)
    assert places(plan) == before


def test_the_page_offers_the_repair_and_says_what_it_does(edition, plan):
    officer = signed_in("secretariat")
    one = here.week(plan).rounds[3].groups[0].members[0].participation
    with wednesday(edition):
        officer.post(
            address("absence_add", edition),
            {"participation": one.key, "starts_at": "2007-10-10T09:00"},
        )
        assert b"Repair the groups" in officer.get(address("plan", edition)).content
        page = officer.get(address("repair", edition)).content.decode()
        assert "No repair moves fewer people." in page
        mark = page.partition('name="mark" value="')[2].partition('"')[0]
        answer = officer.post(address("repair", edition), {"mark": mark})
        assert answer["Location"] == address("plan", edition)
        answer = officer.get(address("repair", edition))
        assert answer.status_code == 302
    assert AuditEntry.objects.get(verb="groups.repaired")


def test_an_absence_that_ends_before_it_begins_is_refused(edition, plan):
    one = here.week(plan).rounds[0].groups[0].members[0].participation
    absence = absences.add(one, {"starts_at": make.local(edition, 3, "09:00")}, actor=None)
    officer = signed_in("secretariat")
    where = address("absence_edit", edition, absence.pk)
    sent = {"starts_at": "2007-10-10T09:00", "ends_at": "2007-10-09T09:00", "version": 1}
    assert b"before they leave" in officer.post(where, sent).content
    officer.post(where, sent | {"ends_at": "2007-10-11T09:00"})
    absence.refresh_from_db()
    assert absence.ends_at == make.local(edition, 4, "09:00")
    officer.post(address("absence_remove", edition, absence.pk))
    assert not Absence.objects.exists()


def test_erasing_somebody_takes_them_out_of_their_groups(edition, plan):
    group = Group.objects.exclude(rapporteur=None).first()
    one = group.rapporteur
    absences.add(one, {"starts_at": clock.now()}, actor=None)
    erasure.erase(one.person, actor=None)
    assert not Member.objects.filter(participation=one).exists()
    assert not Absence.objects.exists()
    group.refresh_from_db()
    assert group.rapporteur is None


def test_when_somebody_was_away_is_forgotten_thirty_days_after_the_week(edition, plan):
    one = here.week(plan).rounds[0].groups[0].members[0].participation
    absences.add(one, {"starts_at": clock.now()}, actor=None)
    with clock.at(make.local(edition, 5, "09:00") + timedelta(days=29)):
        assert forgetting.remove_absences() == 0
    with clock.at(make.local(edition, 5, "09:00") + timedelta(days=32)):
        assert forgetting.remove_absences() == 1
    assert not Absence.objects.exists()
