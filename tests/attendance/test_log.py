"""The log of attendance: whatever way scans come in, the same people were there."""

import random
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madang.attendance.actions import badges as badge_actions
from madang.attendance.actions import entries, scanning, settling
from madang.attendance.actions.scanning import Taken
from madang.attendance.models import Attendance, Doubt, Scan
from madang.core import clock
from madang.workshops.actions.participations import cancel_participation
from madang.workshops.models import Edition, Session
from tests import factories as make
from tests.attendance.factories import (
    Phone,
    after,
    attended,
    badge_of,
    later,
    make_officer,
    state_of,
)


@pytest.fixture
def edition(db) -> Edition:
    return make.make_edition()


@pytest.fixture
def session(edition) -> Session:
    """From nine to ten on the first day."""
    return make.make_session(edition, day=1, at="09:00")


@pytest.fixture
def phone(edition) -> Phone:
    return Phone(make_officer(edition))


# --- Any order, twice, interrupted ---------------------------------------------------------------
def rolled_back():
    return transaction.atomic()


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seen=st.lists(
        st.tuples(
            st.integers(0, 2),  # which phone
            st.integers(0, 3),  # who, the last being a badge of nobody
            st.integers(0, 1),  # which session
            st.sampled_from(["in", "out"]),
            st.integers(-20, 75),  # minutes after the start
        ),
        max_size=14,
    ),
    chance=st.randoms(use_true_random=False),
)
def test_three_phones_give_the_same_attendance_in_any_order_twice_and_interrupted(
    edition, session, seen, chance
):
    with rolled_back():
        other = make.make_session(edition, day=1, at="09:00")
        people = make.make_participations(edition, 3)
        officer = make_officer(edition)
        clocks = (timedelta(0), timedelta(minutes=7), timedelta(hours=-3))
        phones = [Phone(officer, ahead=ahead) for ahead in clocks]
        for which, who, where, act, minute in seen:
            shown = people[who] if who < len(people) else "MBNOBODY"
            held = (session, other)[where]
            phones[which].scan(held, shown, later(held.starts_at, minute), act)
        outcomes = []
        for send in (in_order, shuffled_twice_and_interrupted):
            with rolled_back(), after(session):
                send(edition, phones, chance)
                doubts = set(Doubt.objects.values_list("scan", "why"))
                outcomes.append((attended(session), attended(other), doubts))
                assert Scan.objects.count() == len(seen)
                transaction.set_rollback(True)
        assert outcomes[0] == outcomes[1]
        transaction.set_rollback(True)


def in_order(edition: Edition, phones: list[Phone], _chance: random.Random) -> None:
    for phone in phones:
        phone.send(edition)


def shuffled_twice_and_interrupted(
    edition: Edition, phones: list[Phone], chance: random.Random
) -> None:
    """Parts of each phone's queue in any order, some of it again, and the whole at the end."""
    for _round in range(3):
        for phone in chance.sample(phones, len(phones)):
            queue = chance.sample(phone.taken, len(phone.taken))
            part = queue[: chance.randint(0, len(queue))]
            phone.send(edition, part)
            phone.send(edition, part[: len(part) // 2] + part)
    for phone in phones:
        receipt = phone.send(edition)
        assert set(receipt.received) == {taken.id for taken in phone.taken}


def test_the_database_refuses_to_change_the_log(edition, session, phone):
    one = make.make_participation(edition)
    with after(session):
        phone.scan(session, one, session.starts_at)
        phone.send(edition)
    for statement in ("UPDATE attendance_scan SET act = 'out'", "DELETE FROM attendance_scan"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


# --- What follows from scans ---------------------------------------------------------------------
@pytest.mark.parametrize(
    ("moments", "state", "minutes"),
    [
        ([("in", -5)], "present", 60),
        ([("in", 9)], "present", 60),
        ([("in", 20)], "late", 40),
        ([("in", 0), ("out", 55)], "present", 60),
        ([("in", 0), ("out", 30)], "partial", 30),
        ([("in", 20), ("out", 40)], "partial", 20),
        ([("out", 45)], "partial", 45),
        ([("in", 0), ("out", 20), ("in", 40)], "partial", 40),
        ([("in", 0), ("in", 30), ("in", 59)], "present", 60),
    ],
)
def test_minutes_and_state_follow_from_when_somebody_came_and_left(
    edition, session, phone, moments, state, minutes
):
    one = make.make_participation(edition)
    with after(session):
        for act, minute in moments:
            phone.scan(session, one, later(session.starts_at, minute), act)
        phone.send(edition)
    row = Attendance.objects.get(session=session, participation=one)
    assert (row.state, row.minutes) == (state, minutes)


def test_a_phone_whose_clock_is_an_hour_ahead_makes_nobody_late(edition, session):
    one = make.make_participation(edition)
    phone = Phone(make_officer(edition), ahead=timedelta(hours=1))
    with after(session):
        phone.scan(session, one, session.starts_at)
        phone.send(edition)
    scan = Scan.objects.get()
    assert scan.device_at == session.starts_at + timedelta(hours=1)
    assert scan.at == session.starts_at
    assert state_of(session, one) == "present"


def test_a_moment_that_is_still_to_come_is_not_believed(edition, session, phone):
    one = make.make_participation(edition)
    with clock.at(later(session.starts_at, 5)):
        phone.scan(session, one, later(session.starts_at, 50))
        phone.send(edition)
    assert Doubt.objects.get().why == "clock"
    assert state_of(session, one) == ""


# --- By hand -------------------------------------------------------------------------------------
def test_the_latest_entry_by_hand_holds_until_it_is_taken_back(edition, session, phone):
    one = make.make_participation(edition)
    with after(session):
        phone.scan(session, one, later(session.starts_at, 30))
        phone.send(edition)
        assert state_of(session, one) == "late"
        entries.enter(session, one, "excused", actor=phone.account)
        entries.enter(session, one, "partial", minutes=15, actor=phone.account)
        row = Attendance.objects.get()
        assert (row.state, row.minutes, row.by_hand) == ("partial", 15, True)
        entries.clear(session, one, actor=phone.account)
    assert state_of(session, one) == "late"
    assert Scan.objects.count() == 4


def test_everybody_is_present_at_once_but_those_of_whom_more_is_known(edition, session, phone):
    late, excused, here, there = make.make_participations(edition, 4)
    with after(session):
        phone.scan(session, late, later(session.starts_at, 30))
        phone.send(edition)
        entries.enter(session, excused, "excused", actor=None)
        assert entries.everybody_present(session, actor=None) == 2
        assert entries.everybody_present(session, actor=None) == 0
        found = [state_of(session, one) for one in (late, excused, here, there)]
        assert found == ["late", "excused", "present", "present"]
        entries.enter(session, there, "late", actor=None)
        assert entries.undo_together(session, actor=None) == 1
        found = [state_of(session, one) for one in (late, excused, here, there)]
    assert found == ["late", "excused", "", "late"]


# --- What could not be understood ----------------------------------------------------------------
def test_a_badge_that_was_replaced_holds_for_what_it_was_scanned_for_before(
    edition, session, phone
):
    one = make.make_participation(edition)
    old = badge_of(one)
    with clock.at(later(session.starts_at, 10)):
        new = badge_actions.replace(one, actor=None)
    second = make.make_session(edition, day=1, at="11:00")
    with after(second):
        phone.scan(session, old, session.starts_at)
        phone.scan(second, old, second.starts_at)
        phone.send(edition)
        assert state_of(session, one) == "present"
        assert state_of(second, one) == ""
        assert Doubt.objects.get().why == "replaced"
        phone.scan(second, new, second.starts_at)
        phone.send(edition)
    assert state_of(second, one) == "present"


def test_whoever_left_counts_until_then_though_the_phone_comes_later(edition, session, phone):
    one = make.make_participation(edition)
    badge_of(one)
    second = make.make_session(edition, day=2, at="09:00")
    with clock.at(later(session.ends_at, 60)):
        cancel_participation(one, actor=None)
    with after(second):
        phone.scan(session, one, session.starts_at)
        phone.scan(second, one, second.starts_at)
        phone.send(edition)
    assert state_of(session, one) == "present"
    assert Doubt.objects.get().why == "cancelled"


def test_what_is_not_understood_is_kept_and_settled_by_hand(edition, session, phone):
    stranger = make.make_participation(make.make_edition())
    one = make.make_participation(edition)
    with after(session):
        phone.scan(session, "https://example.org/somebody-else", session.starts_at)
        phone.scan(session, stranger, session.starts_at)
        phone.scan(session, one, later(session.ends_at, 20))
        phone.send(edition)
        doubts = {doubt.why: doubt for doubt in Doubt.objects.select_related("scan__edition")}
        assert set(doubts) == {"unknown", "elsewhere", "outside"}
        assert attended(session) == {}
        settling.settle(doubts["unknown"].scan, one, actor=phone.account)
        settling.settle(doubts["elsewhere"].scan, None, actor=phone.account)
        settling.settle(doubts["outside"].scan, one, actor=phone.account)
    assert not Doubt.objects.exists()
    assert state_of(session, one) == "present"
    # Of a foreign code only its hash is kept.
    assert "example.org" not in str(list(Scan.objects.values()))


def test_scans_for_a_session_that_was_removed_are_kept(edition, session, phone):
    one = make.make_participation(edition)
    phone.scan(session, one, session.starts_at)
    with after(session):
        session.delete()
        receipt = phone.send(edition)
    assert len(receipt.received) == 1
    assert Doubt.objects.get().why == "no_session"


# --- Who may -------------------------------------------------------------------------------------
def test_a_resource_person_takes_their_own_sessions_and_no_other(edition, session):
    teacher = make.make_account(roles=[("resource_person", edition)])
    theirs = make.make_participation(edition, teacher.person, kind="resource_person")
    make.make_part(session, theirs)
    other = make.make_session(edition, day=1, at="09:00")
    one = make.make_participation(edition)
    phone = Phone(teacher)
    with after(session):
        mine, foreign = (phone.scan(each, one, each.starts_at) for each in (session, other))
        receipt = phone.send(edition)
    assert receipt.received == [mine.id]
    assert set(receipt.refused) == {foreign.id}
    assert attended(other) == {}


def test_a_badge_of_another_workshop_opens_no_door_by_its_short_code(edition, session, phone):
    stranger = make.make_participation(make.make_edition())
    badge = badge_of(stranger)
    with after(session):
        taken = Taken(badge.pk, session.pk, "in", session.starts_at, code=badge.short_digest)
        scanning.receive(edition, [taken], device=None, actor=phone.account)
    assert Doubt.objects.get().why == "unknown"
