"""A change touches exactly those who come, sign up or have a part, and nobody else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madang.workshops.models import Edition, Participation, Session
from madang.workshops.programme import audience, snapshot
from madang.workshops.programme.differences import ChangeKind, compare
from tests.factories import (
    local,
    make_edition,
    make_part,
    make_participation,
    make_participations,
    make_person,
    make_room,
    make_session,
    make_sign_up,
)


@pytest.fixture
def edition(db) -> Edition:
    return make_edition()


@pytest.fixture
def guests(edition) -> list[Participation]:
    """Five who are expected."""
    return make_participations(edition, 5)


@pytest.fixture
def speaker(edition, guests) -> Participation:
    return make_participation(edition, kind=Participation.Kind.RESOURCE_PERSON)


@pytest.fixture
def lecture(edition, speaker) -> Session:
    """For everyone."""
    session = make_session(edition, day=2, at="09:00", title="Roadmap")
    make_part(session, speaker)
    return session


@pytest.fixture
def trip(edition, guests, speaker) -> Session:
    """With sign-up: the first has a place, the second waits, the third withdrew."""
    session = make_session(
        edition, day=4, at="09:00", title="Seoul", audience=Session.Audience.SIGN_UP, places=1
    )
    for guest, state in zip(guests, ("confirmed", "waiting", "withdrawn"), strict=False):
        make_sign_up(session, guest, state=state)
    make_part(session, speaker, role="host")
    return session


def touched_by(edition: Edition, before, **kept) -> set:
    found = audience.touched(edition, compare(before, snapshot.draft(edition)))
    return set(found)


def change(session: Session, **fields) -> None:
    Session.objects.filter(pk=session.pk).update(**fields)


def ids(*people: Participation) -> set:
    return {person.id for person in people}


@pytest.mark.parametrize(
    "fields",
    [{"minutes": 90}, {"state": "cancelled"}, {"starts_at": None}, {"audience": "sign_up"}],
)
def test_who_comes_and_who_speaks_hear_of_a_session_for_everyone(
    edition, guests, speaker, lecture, fields
):
    before = snapshot.draft(edition)
    change(lecture, **fields)
    assert touched_by(edition, before) == ids(*guests, speaker)


@pytest.mark.parametrize("fields", [{"title": "Results"}, {"description": "x"}, {"kind": "break"}])
def test_words_concern_only_those_with_a_part(edition, speaker, lecture, fields):
    before = snapshot.draft(edition)
    change(lecture, **fields)
    assert touched_by(edition, before) == ids(speaker)


def test_of_a_trip_only_those_hear_who_signed_up_or_host_it(edition, guests, speaker, trip):
    before = snapshot.draft(edition)
    change(trip, starts_at=local(edition, 4, "08:30"))
    assert touched_by(edition, before) == ids(guests[0], guests[1], speaker)
    before = snapshot.draft(edition)
    change(trip, places=2, sign_up_until=local(edition, 3, "12:00"))
    assert touched_by(edition, before) == ids(guests[0], guests[1], speaker)


def test_everyone_hears_of_a_new_trip_since_everyone_can_sign_up(edition, guests, speaker, lecture):
    before = snapshot.draft(edition)
    make_session(edition, day=4, audience=Session.Audience.SIGN_UP)
    assert touched_by(edition, before) == ids(*guests, speaker)


def test_a_trip_that_is_opened_to_all_concerns_all(edition, guests, speaker, trip):
    before = snapshot.draft(edition)
    change(trip, audience="everyone", places=None)
    assert touched_by(edition, before) == ids(*guests, speaker)


def test_who_comes_and_who_goes_from_the_panel_hear_of_it(edition, guests, speaker, lecture):
    before = snapshot.draft(edition)
    lecture.people.all().delete()
    make_part(lecture, guests[4])
    assert touched_by(edition, before) == ids(speaker, guests[4])


def test_a_break_follows_the_sessions_around_it(edition, guests, speaker, lecture):
    coffee = make_session(edition, day=2, at="10:00", kind="break")
    before = snapshot.draft(edition)
    change(coffee, starts_at=local(edition, 2, "10:30"))
    assert touched_by(edition, before) == set()
    make_part(coffee, speaker, role="host")
    assert touched_by(edition, before) == ids(speaker)


def test_translations_and_what_is_cancelled_anyway_touch_nobody(edition, guests, lecture):
    from madang.core import texts

    before = snapshot.draft(edition)
    texts.translate(lecture, "title", {"fa": "نقشهٔ راه"})
    assert touched_by(edition, before) == set()
    change(lecture, state="cancelled")
    before = snapshot.draft(edition)
    change(lecture, starts_at=local(edition, 2, "15:00"))
    assert touched_by(edition, before) == set()


def test_a_renamed_hall_concerns_everyone_who_looks_for_it(edition, guests, speaker, lecture):
    room = make_room(edition)
    change(lecture, room=room)
    before = snapshot.draft(edition)
    room.name = "Blue Hall"
    room.save()
    assert touched_by(edition, before) == ids(*guests, speaker)


def test_who_cancelled_hears_nothing(edition, guests, speaker, lecture, trip):
    for one in (speaker, guests[0]):
        one.cancel(actor=None)
    before = snapshot.draft(edition)
    change(lecture, minutes=90)
    change(trip, minutes=90)
    assert touched_by(edition, before) == ids(*guests[1:])


def test_people_of_another_edition_hear_nothing(edition, lecture):
    make_participations(make_edition(), 3)
    before = snapshot.draft(edition)
    change(lecture, minutes=90)
    assert len(touched_by(edition, before)) == 6


def test_everybody_gets_the_changes_that_concern_them_and_no_others(
    edition, guests, speaker, lecture, trip
):
    before = snapshot.draft(edition)
    change(lecture, title="Results")
    change(trip, minutes=480)
    found = audience.touched(edition, compare(before, snapshot.draft(edition)))
    kinds = {who: {change.kind for change in changes} for who, changes in found.items()}
    assert kinds == {
        speaker.id: {ChangeKind.TITLE, ChangeKind.LENGTH},
        guests[0].id: {ChangeKind.LENGTH},
        guests[1].id: {ChangeKind.LENGTH},
    }


def test_it_costs_two_queries_for_any_number(
    edition, guests, lecture, trip, django_assert_num_queries
):
    before = snapshot.draft(edition)
    changes = compare(snapshot.empty(before), before)
    with django_assert_num_queries(2):
        audience.touched(edition, changes)
    make_participations(edition, 1000)
    with django_assert_num_queries(2):
        assert len(audience.touched(edition, changes)) == 1006


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "minutes": st.sampled_from([30, 90]),
        "title": st.sampled_from(["Other", "Third"]),
        "kind": st.sampled_from(["break", "discussion"]),
        "state": st.sampled_from(["planned", "cancelled"]),
        "audience": st.sampled_from(["everyone", "sign_up"]),
        "starts_at": st.none(),
    },
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(of_lecture=CHANGES, of_trip=CHANGES)
def test_whatever_changes_only_those_expected_are_touched(
    edition, guests, speaker, lecture, trip, of_lecture, of_trip
):
    """Every example goes on from the draft that the one before it left."""
    Participation.objects.filter(pk=guests[3].pk).update(state="cancelled")
    before = snapshot.draft(edition)
    change(lecture, **of_lecture)
    Session.objects.filter(pk=trip.pk).update(places=None)
    change(trip, **of_trip)
    expected = ids(*guests, speaker) - ids(guests[3])
    assert touched_by(edition, before) <= expected


def test_names_are_read_only_of_those_whose_part_changes(edition, speaker, lecture):
    before = snapshot.draft(edition)
    lecture.people.all().delete()
    newcomer = make_participation(edition, make_person("Mere Vakalala"))
    make_part(lecture, newcomer)
    changes = compare(before, snapshot.draft(edition))
    assert audience.names_of_changing(changes) == {
        newcomer.id: "Mere Vakalala",
        speaker.id: speaker.person.name,
    }
