"""Each change of a programme is told in a sentence that says what was and what is."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from madang.workshops.models import Edition, Session
from madang.workshops.programme import snapshot
from madang.workshops.programme.differences import compare
from madang.workshops.programme.entries import Programme
from madang.workshops.programme.sentences import sentence
from tests.factories import (
    local,
    make_edition,
    make_module,
    make_part,
    make_participation,
    make_person,
    make_room,
    make_session,
    make_site,
)


@pytest.fixture
def edition(db) -> Edition:
    edition = make_edition()
    make_module(edition, title="Implementation")
    site = make_site(edition, "City Hall")
    make_room(site, "Grand Hall", order=1)
    make_room(site, "Room B", order=2)
    make_session(edition, day=2, at="09:00", title="Roadmap")
    return edition


def told(before: Programme, after: Programme, names=None) -> list[str]:
    """The sentences, without the marks that isolate titles and names."""
    marks = str.maketrans("", "", "\u2068\u2069")
    return [
        sentence(change, before, after, names).translate(marks) for change in compare(before, after)
    ]


def changed(edition: Edition, **fields) -> Programme:
    """The draft with its session changed."""
    Session.objects.filter(edition=edition).update(**fields)
    return snapshot.draft(edition)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"state": "cancelled"}, "“Roadmap” (Tue 9 Oct, 09:00) is cancelled."),
        ({"minutes": 90}, "“Roadmap” now takes 90 minutes, until 10:30 (before: 60)."),
        ({"title": "Results"}, "“Roadmap” is now called “Results”."),
        ({"description": "More."}, "“Roadmap” has a new description."),
        ({"kind": "discussion"}, "“Roadmap” is now: discussion (before: lecture)."),
        (
            {"audience": "sign_up", "places": 40},
            "“Roadmap”: sign up to take part; there are 40 places.",
        ),
        ({"audience": "sign_up"}, "“Roadmap”: sign up to take part."),
    ],
)
def test_what_a_field_of_a_session_says(edition, fields, expected):
    before = snapshot.draft(edition)
    assert told(before, changed(edition, **fields)) == [expected]


def test_a_move_names_the_day_only_where_it_changes(edition):
    before = snapshot.draft(edition)
    later = changed(edition, starts_at=local(edition, 2, "10:45"))
    assert told(before, later) == ["“Roadmap” now starts Tue 9 Oct, 10:45 (before: 09:00)."]
    next_day = changed(edition, starts_at=local(edition, 3, "10:45"))
    assert told(before, next_day) == [
        "“Roadmap” now starts Wed 10 Oct, 10:45 (before: Tue 9 Oct, 09:00)."
    ]


def test_rooms_are_named_with_their_place(edition):
    hall, other = edition.sites.get().rooms.order_by("order")
    nowhere = snapshot.draft(edition)
    in_hall = changed(edition, room=hall)
    in_other = changed(edition, room=other)
    assert told(nowhere, in_hall) == ["“Roadmap” takes place in Grand Hall, City Hall."]
    assert told(in_hall, in_other) == [
        "“Roadmap” now takes place in Room B, City Hall (before: Grand Hall, City Hall)."
    ]
    assert told(in_other, nowhere) == ["“Roadmap” no longer takes place in Room B, City Hall."]


def test_sessions_come_go_and_come_back(edition):
    before = snapshot.draft(edition)
    cancelled = changed(edition, state="cancelled")
    none = replace(before, sessions=())
    assert told(none, before) == ["New: “Roadmap”, Tue 9 Oct, 09:00."]
    assert told(before, none) == ["“Roadmap” (Tue 9 Oct, 09:00) is no longer in the programme."]
    assert told(cancelled, before) == ["“Roadmap” takes place after all: Tue 9 Oct, 09:00."]


def test_a_new_session_in_a_room_says_where(edition):
    hall = edition.sites.get().rooms.earliest("order")
    after = changed(edition, room=hall)
    assert told(replace(after, sessions=()), after) == [
        "New: “Roadmap”, Tue 9 Oct, 09:00, Grand Hall, City Hall."
    ]


def test_a_module_is_named_and_its_loss_said(edition):
    before = snapshot.draft(edition)
    after = changed(edition, module=edition.modules.get())
    assert told(before, after) == ["“Roadmap” now belongs to module 1, “Implementation”."]
    assert told(after, before) == ["“Roadmap” no longer belongs to a module."]


def test_people_are_named_where_the_reader_may_know_them(edition):
    speaker = make_participation(edition, make_person("Mere Vakalala"))
    session = edition.sessions.get()
    before = snapshot.draft(edition)
    part = make_part(session, speaker)
    after = snapshot.draft(edition)
    names = {speaker.id: "Mere Vakalala"}
    assert told(before, after, names) == ["“Roadmap”: now with Mere Vakalala."]
    assert told(after, before, names) == ["“Roadmap”: no longer with Mere Vakalala."]
    assert told(before, after) == ["“Roadmap”: who does what has changed."]
    part.role = "facilitator"
    part.save()
    assert told(after, snapshot.draft(edition), names) == ["“Roadmap”: who does what has changed."]
    other = make_participation(edition, make_person("Anil Shrestha"))
    part.participation = other
    part.save()
    assert told(after, snapshot.draft(edition), names | {other.id: "Anil Shrestha"}) == [
        "“Roadmap”: now with Anil Shrestha; no longer with Mere Vakalala."
    ]


def test_a_deadline_and_the_end_of_sign_up_are_said(edition):
    before = changed(edition, audience="sign_up")
    until = changed(edition, sign_up_until=local(edition, 1, "12:00"))
    assert told(before, until) == ["“Roadmap”: sign up until Mon 8 Oct, 12:00."]
    free = changed(edition, audience="everyone", sign_up_until=None)
    assert told(before, free) == ["“Roadmap” is now open to everyone, without signing up."]


def test_a_sentence_is_in_the_readers_language_with_its_digits(edition):
    before = snapshot.draft(edition)
    with override("fa"):
        [text] = told(before, changed(edition, starts_at=local(edition, 2, "10:45")))
    assert "۱۰:۴۵" in text


def test_a_title_keeps_its_own_direction_within_the_sentence(edition):
    before = snapshot.draft(edition)
    [change] = compare(before, changed(edition, title="دولت الکترونیکی"))
    assert "\u2068دولت الکترونیکی\u2069" in sentence(change, before, before)
