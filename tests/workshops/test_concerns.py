"""What a planner should look at again is found, marked and said; nothing is forbidden."""

import pytest
from django.utils.translation import override

from madang.workshops.models import Edition, Session, SiteTravel
from madang.workshops.programme import concern_sentences, snapshot
from madang.workshops.programme.concerns import Concern, ConcernKind
from madang.workshops.programme.preview import SHOWN, all_concerns, names, told_concerns
from tests.factories import (
    make_edition,
    make_part,
    make_participation,
    make_participations,
    make_person,
    make_room,
    make_session,
    make_sessions,
    make_sign_up,
    make_site,
)


@pytest.fixture
def edition(db) -> Edition:
    return make_edition()


@pytest.fixture
def hall(edition):
    return make_room(make_site(edition, "City Hall"), "Grand Hall", capacity=40)


@pytest.fixture
def far(edition, hall):
    """A room forty minutes away."""
    site = make_site(edition, "Seoul")
    first, second = sorted((hall.site, site), key=lambda site: site.id)
    SiteTravel.objects.create(first=first, second=second, minutes=40)
    return make_room(site, "Exhibition", capacity=40)


def found(edition: Edition) -> list[Concern]:
    return all_concerns(edition, snapshot.draft(edition))


def kinds(edition: Edition) -> list[str]:
    return sorted(concern.kind.value for concern in found(edition))


def said(edition: Edition) -> list[str]:
    programme = snapshot.draft(edition)
    marks = str.maketrans("", "", "\u2068\u2069")
    return [
        concern_sentences.sentence(concern, programme, names(edition)).translate(marks)
        for concern in all_concerns(edition, programme)
    ]


def test_a_good_day_has_none(edition, hall):
    make_session(edition, day=1, at="09:00", room=hall)
    make_session(edition, day=1, at="10:00", room=hall)
    assert found(edition) == []


def test_two_in_one_room_are_said_once(edition, hall):
    make_session(edition, day=1, at="09:00", room=hall, title="Roadmap", minutes=90)
    make_session(edition, day=1, at="10:00", room=hall, title="Clinic")
    assert said(edition) == [
        "“Roadmap” and “Clinic” are in the same room at the same time (Mon 8 Oct, 10:00)."
    ]


def test_nothing_runs_beside_a_session_for_everyone(edition, hall):
    other = make_room(hall.site)
    make_session(edition, day=1, room=hall)
    beside = make_session(edition, day=1, room=other)
    assert kinds(edition) == ["everyone_twice"]
    Session.objects.filter(pk=beside.pk).update(audience="sign_up")
    assert kinds(edition) == ["everyone_twice"]
    Session.objects.filter(pk=beside.pk).update(kind="break")
    assert kinds(edition) == []


def test_labs_with_sign_up_run_side_by_side(edition, hall):
    other = make_room(hall.site)
    for room in (hall, other):
        make_session(edition, day=1, room=room, audience="sign_up")
    assert found(edition) == []


def test_nobody_speaks_twice_at_once(edition, hall):
    other = make_room(hall.site)
    speaker = make_participation(edition, make_person("Mere Vakalala"))
    for room, title in ((hall, "Roadmap"), (other, "Clinic")):
        session = make_session(edition, day=1, room=room, title=title, audience="sign_up")
        make_part(session, speaker)
        make_part(session, speaker, role="host")
    assert said(edition) == [
        "Mere Vakalala is expected in “Roadmap” and “Clinic” at the same time (Mon 8 Oct, 09:00)."
    ]


def test_a_place_counts_as_much_as_a_part(edition, hall):
    other = make_room(hall.site)
    guest = make_participation(edition)
    one = make_session(edition, day=1, room=hall, audience="sign_up")
    two = make_session(edition, day=1, room=other, audience="sign_up")
    make_part(one, guest)
    place = make_sign_up(two, guest)
    assert kinds(edition) == ["person_twice"]
    place.withdraw(actor=None)
    assert found(edition) == []


def test_of_what_is_cancelled_nobody_is_warned(edition, hall):
    guest = make_participation(edition)
    for _ in range(2):
        session = make_session(edition, day=1, room=hall, audience="sign_up", state="cancelled")
        make_sign_up(session, guest)
    assert found(edition) == []


def test_the_way_of_everyone_takes_its_time(edition, hall, far):
    make_session(edition, day=1, at="09:00", room=hall, title="Roadmap")
    make_session(edition, day=1, at="10:15", room=far, title="Exhibition")
    assert said(edition) == [
        "25 minutes are missing for the way from “Roadmap” to “Exhibition” (Mon 8 Oct, 10:15)."
    ]


def test_so_does_the_way_to_a_trip_and_back(edition, hall, far):
    make_session(edition, day=1, at="09:00", room=hall)
    make_session(edition, day=1, at="10:05", room=far, audience="sign_up")
    make_session(edition, day=1, at="11:15", room=hall)
    missing = [concern.minutes for concern in found(edition)]
    assert missing == [35, 30]


def test_the_way_of_a_speaker_takes_its_time(edition, hall, far):
    speaker = make_participation(edition, make_person("Mere Vakalala"))
    for at, room, title in (("09:00", hall, "Roadmap"), ("10:39", far, "Visit")):
        session = make_session(edition, day=1, at=at, room=room, title=title, audience="sign_up")
        make_part(session, speaker)
    [sentence] = said(edition)
    assert sentence == (
        "Mere Vakalala has 1 minute too little for the way from “Roadmap” to “Visit” "
        "(Mon 8 Oct, 10:39)."
    )


def test_a_room_seats_those_expected(edition, hall):
    make_participations(edition, 41)
    make_session(edition, day=1, room=hall)
    assert kinds(edition) == ["room_too_small"]
    hall.capacity = 41
    hall.save()
    assert found(edition) == []


def test_a_session_needs_a_room_and_a_day_of_the_week(edition):
    make_session(edition, day=1)
    late = make_session(edition, day=5, kind="break")
    Session.objects.filter(pk=late.pk).update(starts_at=late.starts_at.replace(day=14))
    assert kinds(edition) == ["no_room", "outside_the_week"]


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("kind", list(ConcernKind))
def test_every_concern_has_a_sentence(edition, hall, kind, language):
    session = make_session(edition, day=1, room=hall, title="Roadmap")
    concern = Concern(kind, (session.id, session.id), minutes=5)
    with override(language):
        told = concern_sentences.sentence(concern, snapshot.draft(edition), {})
    assert "Roadmap" in told


def test_of_very_many_the_first_are_told(edition):
    make_sessions(edition, 100, audience="sign_up")
    programme = snapshot.draft(edition)
    every = all_concerns(edition, programme)
    assert len(every) == 100
    assert len(told_concerns(edition, programme, every)) == SHOWN


def test_they_cost_three_queries_for_any_number(edition, hall, django_assert_num_queries):
    make_session(edition, day=1, room=hall)
    programme = snapshot.draft(edition)
    with django_assert_num_queries(3):
        all_concerns(edition, programme)
    make_sessions(edition, 200, room=hall, audience="sign_up")
    programme = snapshot.draft(edition)
    with django_assert_num_queries(3):
        all_concerns(edition, programme)
