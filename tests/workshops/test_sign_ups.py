"""Signing up: places are given once, the queue moves, and everyone is told why something is not."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from madang.core import clock
from madang.core.models import AuditEntry, Event
from madang.core.transitions import TransitionRefusedError
from madang.people import erasure
from madang.workshops.actions import publication
from madang.workshops.actions.participations import cancel_participation
from madang.workshops.actions.sign_ups import (
    PLACE_GIVEN,
    SignUpRefusedError,
    fill_places_once_published,
    sign_up,
    withdraw,
)
from madang.workshops.models import Edition, Participation, Session, SignUp
from madang.workshops.programme import snapshot
from madang.workshops.queries import sign_ups
from tests.factories import (
    local,
    make_edition,
    make_participation,
    make_participations,
    make_session,
)

STATES = SignUp.State


def make_trip(edition: Edition, places: int | None = 1, **fields) -> Session:
    """A published trip on Thursday, to sign up for until Tuesday noon."""
    trip = make_session(
        edition,
        day=4,
        kind=Session.Kind.FIELD_TRIP,
        audience=Session.Audience.SIGN_UP,
        places=places,
        **{"sign_up_until": local(edition, 2, "12:00")} | fields,
    )
    publication.publish(edition, actor=None, notes={"en": "There is a trip."})
    return trip


@pytest.fixture
def edition(db) -> Edition:
    return make_edition()


@pytest.fixture(autouse=True)
def _on_monday():
    with clock.at(datetime(2007, 10, 8, 10, tzinfo=ZoneInfo("Asia/Seoul"))):
        yield


def states_of(trip: Session) -> list[str]:
    return list(trip.sign_ups.order_by("asked_at", "id").values_list("state", flat=True))


def test_the_first_gets_the_place_and_the_next_ones_queue(edition):
    trip = make_trip(edition, places=1)
    for participation in make_participations(edition, 3):
        sign_up(trip, participation, actor=None)
    assert states_of(trip) == [STATES.CONFIRMED, STATES.WAITING, STATES.WAITING]


def test_a_place_that_becomes_free_goes_to_who_waited_longest(edition):
    trip = make_trip(edition, places=1)
    first, second, third = (
        sign_up(trip, participation, actor=None)
        for participation in make_participations(edition, 3)
    )
    withdraw(first, actor=None)
    assert states_of(trip) == [STATES.WITHDRAWN, STATES.CONFIRMED, STATES.WAITING]
    told = Event.objects.filter(name=PLACE_GIVEN)
    assert [event.thing_id for event in told] == [second.id]
    entry = snapshot.draft(edition).session_by_id[trip.id]
    assert sign_ups.standing(entry, third.participation).position == 1


def test_who_waits_can_leave_the_queue_and_nobody_moves(edition):
    trip = make_trip(edition, places=1)
    _, second, _ = (
        sign_up(trip, participation, actor=None)
        for participation in make_participations(edition, 3)
    )
    withdraw(second, actor=None)
    assert states_of(trip) == [STATES.CONFIRMED, STATES.WITHDRAWN, STATES.WAITING]
    assert not Event.objects.filter(name=PLACE_GIVEN).exists()


def test_asking_twice_changes_nothing_and_asking_again_after_withdrawing_is_a_new_wish(edition):
    trip = make_trip(edition, places=1)
    participation = make_participation(edition)
    asked = sign_up(trip, participation, actor=None)
    assert sign_up(trip, participation, actor=None) == asked
    withdraw(asked, actor=None)
    again = sign_up(trip, participation, actor=None)
    assert again != asked
    assert states_of(trip) == [STATES.WITHDRAWN, STATES.CONFIRMED]
    with pytest.raises(TransitionRefusedError):
        withdraw(asked, actor=None)


def test_without_a_limit_everyone_has_a_place(edition):
    trip = make_trip(edition, places=None)
    for participation in make_participations(edition, 3):
        assert sign_up(trip, participation, actor=None).state == STATES.CONFIRMED


@pytest.mark.parametrize(
    ("day", "at", "sentence"),
    [(2, "12:00", "The time to sign up is over"), (4, "09:00", "This session has begun")],
)
def test_after_the_deadline_it_says_so_and_writes_nothing(edition, day, at, sentence):
    trip = make_trip(edition)
    participation = make_participation(edition)
    with clock.at(local(edition, day, at)), pytest.raises(SignUpRefusedError, match=sentence):
        sign_up(trip, participation, actor=None)
    assert not SignUp.objects.exists()
    assert not AuditEntry.objects.filter(verb="sign_up.asked").exists()


def test_one_may_still_withdraw_after_the_deadline_but_not_once_it_has_begun(edition):
    trip = make_trip(edition)
    asked = sign_up(trip, make_participation(edition), actor=None)
    waiting = sign_up(trip, make_participation(edition), actor=None)
    with clock.at(local(edition, 3, "12:00")):
        withdraw(asked, actor=None)
    waiting.refresh_from_db()
    assert waiting.state == STATES.CONFIRMED
    with clock.at(local(edition, 4, "09:30")), pytest.raises(SignUpRefusedError):
        withdraw(waiting, actor=None)


def test_whoever_does_not_come_leaves_the_place_to_who_waits(edition):
    trip = make_trip(edition, places=1)
    other = make_trip(edition, places=1, title="Another trip")
    comes_not, waits, too_late = make_participations(edition, 3)
    for participation in (comes_not, waits, too_late):
        sign_up(trip, participation, actor=None)
    sign_up(other, comes_not, actor=None)
    cancel_participation(Participation.objects.get(pk=waits.pk), actor=None)
    assert states_of(trip) == [STATES.CONFIRMED, STATES.WITHDRAWN, STATES.WAITING]
    cancel_participation(Participation.objects.get(pk=comes_not.pk), actor=None)
    assert states_of(trip) == [STATES.WITHDRAWN, STATES.WITHDRAWN, STATES.CONFIRMED]
    assert states_of(other) == [STATES.WITHDRAWN]


def test_whoever_is_erased_before_the_week_leaves_their_place_too(edition):
    trip = make_trip(edition, places=1)
    first, second = make_participations(edition, 2)
    sign_up(trip, first, actor=None)
    waiting = sign_up(trip, second, actor=None)
    erasure.erase(first.person, actor=None)
    waiting.refresh_from_db()
    first.refresh_from_db()
    assert (waiting.state, first.state) == (STATES.CONFIRMED, "cancelled")


def test_whoever_is_erased_afterwards_is_still_counted_among_those_who_came(edition):
    (came,) = make_participations(edition, 1)
    with clock.at(datetime(2007, 11, 1, 9, tzinfo=edition.zone)):
        erasure.erase(came.person, actor=None)
    came.refresh_from_db()
    assert came.state == "expected"


def test_what_has_begun_stays_as_it_was_when_somebody_is_cancelled(edition):
    trip = make_trip(edition, places=1)
    participation = make_participation(edition)
    sign_up(trip, participation, actor=None)
    with clock.at(local(edition, 4, "11:00")):
        cancel_participation(participation, actor=None)
    assert states_of(trip) == [STATES.CONFIRMED]


def test_a_session_for_everyone_a_cancelled_one_and_a_draft_have_no_sign_up(edition):
    lecture = make_session(edition, day=3)
    cancelled = make_trip(edition, state=Session.State.CANCELLED)
    participation = make_participation(edition)
    draft = make_session(edition, day=5, audience=Session.Audience.SIGN_UP)
    for session in (lecture, cancelled, draft):
        with pytest.raises(SignUpRefusedError):
            sign_up(session, participation, actor=None)


def test_only_who_takes_part_here_and_is_expected_can_sign_up(edition):
    trip = make_trip(edition)
    elsewhere = make_participation(make_edition())
    cancelled = make_participation(edition, state="cancelled")
    for participation in (elsewhere, cancelled):
        with pytest.raises(SignUpRefusedError):
            sign_up(trip, participation, actor=None)


def test_what_counts_is_what_was_published_and_more_places_reach_the_queue(edition):
    trip = make_trip(edition, places=1)
    for participation in make_participations(edition, 4):
        sign_up(trip, participation, actor=None)
    trip.places = 3
    trip.save()
    assert states_of(trip).count(STATES.CONFIRMED) == 1
    publication.publish(edition, actor=None, notes={"en": "A second bus."})
    event = Event.objects.filter(name=publication.PUBLISHED).latest("id")
    fill_places_once_published(event)
    fill_places_once_published(event)
    assert states_of(trip) == [STATES.CONFIRMED] * 3 + [STATES.WAITING]


def test_fewer_places_take_nobodys_away(edition):
    trip = make_trip(edition, places=3)
    asked = [sign_up(trip, one, actor=None) for one in make_participations(edition, 4)]
    trip.places = 1
    trip.save()
    publication.publish(edition, actor=None, notes={"en": "A smaller bus."})
    withdraw(asked[0], actor=None)
    assert states_of(trip) == [
        STATES.WITHDRAWN, STATES.CONFIRMED, STATES.CONFIRMED, STATES.WAITING,
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_as_many_as_there_are_places_get_one():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads share nothing in a database in memory")
    edition = make_edition()
    trip = make_trip(edition, places=3)
    people = make_participations(edition, 12)
    moment = clock.now()

    def ask(participation) -> str:
        try:
            with clock.at(moment + timedelta(milliseconds=1)):
                return sign_up(trip, participation, actor=None).state
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        given = list(pool.map(ask, people))
    assert given.count(STATES.CONFIRMED) == 3
    assert states_of(trip).count(STATES.CONFIRMED) == 3
    assert states_of(trip).count(STATES.WAITING) == 9
