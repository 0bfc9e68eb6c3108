"""The pages that publish and place: roles, sentences, conflicts, and what they cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from madang.core.models import Message
from madang.workshops.actions import publication
from madang.workshops.models import Edition, ProgrammeVersion, Session, TimetableSuggestion
from tests.factories import (
    local,
    make_account,
    make_edition,
    make_participation,
    make_participations,
    make_person,
    make_room,
    make_session,
    make_sessions,
    make_site,
)
from tests.support.clients import client_of, signed_in
from tests.support.work import work

pytestmark = pytest.mark.django_db
MANY = 1000


@pytest.fixture
def edition() -> Edition:
    return make_edition(title="Incheon")


@pytest.fixture
def session(edition) -> Session:
    return make_session(edition, day=2, at="09:00", title="Roadmap")


@pytest.fixture
def officer(edition) -> Client:
    return client_of(make_account(roles=[("secretariat", edition)]))


def address(name: str, edition: Edition, *others) -> str:
    return reverse(f"manage:{name}", args=[edition.slug, *others])


def move(session: Session, at: str = "10:00") -> None:
    session.starts_at = local(session.edition, 2, at)
    session.save()


def published(edition: Edition) -> ProgrammeVersion:
    return publication.publish(edition, actor=None)


def form_of(client: Client, url: str) -> dict:
    """What the page's form would send."""
    form = client.get(url).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


# --- Publishing -----------------------------------------------------------------------------------
def test_an_officer_sees_what_changes_and_whom_and_publishes(edition, session, officer):
    published(edition)
    work()
    make_participation(edition, make_person("Mere Vakalala", email="mere@example.org"))
    make_participation(edition, make_person("Anil Shrestha"))
    move(session)
    url = address("publish", edition)
    page = officer.get(url).content.decode()
    assert "now starts Tue 9 Oct, 10:00 (before: 09:00)" in page
    assert "1 person is told by mail, in their own language." in page
    assert page.count("no e-mail address: tell them yourself") == 1
    assert page.index("Anil Shrestha") < page.index("Mere Vakalala")
    answer = officer.post(url, form_of(officer, url) | {"note_en": "It starts later."}, follow=True)
    assert "The programme is published. 1 person is told by mail." in answer.content.decode()
    work()
    assert [mail.address for mail in Message.objects.all()] == ["mere@example.org"]
    told = officer.get(address("told", edition, 2)).content.decode()
    assert "mere@example.org" in told


def test_a_missing_note_is_said_beside_its_field_and_what_was_typed_stays(
    edition, session, officer
):
    published(edition)
    move(session)
    url = address("publish", edition)
    page = officer.post(url, form_of(officer, url) | {"note_fa": "دیرتر"})
    assert page.context["form"].errors == {"note_en": ["This field is required."]}
    assert "دیرتر" in page.content.decode()
    assert edition.versions.count() == 1


def test_a_draft_that_changed_while_one_read_is_shown_again(edition, session, officer):
    published(edition)
    move(session, "10:00")
    url = address("publish", edition)
    form = form_of(officer, url) | {"note_en": "Later."}
    move(session, "11:00")
    page = officer.post(url, form)
    text = page.content.decode()
    assert "The draft has changed while you were reading." in text
    assert "now starts Tue 9 Oct, 11:00" in text
    assert edition.versions.count() == 1
    again = {name: page.context["form"][name].value() or "" for name in form}
    officer.post(url, again)
    assert edition.versions.count() == 2


def test_nothing_to_publish_is_said_and_not_offered(edition, officer):
    page = officer.get(address("publish", edition)).content.decode()
    assert "No session has a time." in page
    make_session(edition, day=1)
    published(edition)
    page = officer.get(address("publish", edition)).content.decode()
    assert "The draft is the same as what visitors see." in page
    assert "<textarea" not in page


def test_a_draft_edition_is_told_to_be_announced_first(session, officer):
    Edition.objects.filter(pk=session.edition_id).update(state="draft")
    url = address("publish", session.edition)
    page = officer.post(url, form_of(officer, url)).content.decode()
    assert "Announce the edition first" in page


def test_concerns_stand_beside_and_forbid_nothing(edition, session, officer):
    url = address("publish", edition)
    page = officer.get(url).content.decode()
    assert "“\u2068Roadmap\u2069” (Tue 9 Oct, 09:00) has no room yet." in page
    officer.post(url, form_of(officer, url))
    assert edition.versions.count() == 1


def test_the_draft_is_set_back_after_a_question(edition, session, officer):
    published(edition)
    move(session)
    url = address("reset_draft", edition, 1)
    page = officer.get(url).content.decode()
    assert "Set the draft back to version 1?" in page
    answer = officer.post(url, follow=True).content.decode()
    assert "The draft is again as version 1." in answer
    session.refresh_from_db()
    assert session.starts_at == local(edition, 2, "09:00")
    assert officer.get(address("reset_draft", edition, 7)).status_code == 404


def test_what_could_not_come_back_is_told(edition, officer):
    session = make_session(edition, day=2, title="Roadmap", room=make_room(edition))
    published(edition)
    session.room.delete()
    answer = officer.post(address("reset_draft", edition, 1), follow=True).content.decode()
    assert "The room of “\u2068Roadmap\u2069” is gone." in answer


# --- Placing --------------------------------------------------------------------------------------
def test_a_session_is_placed_by_the_form(edition, officer):
    session = make_session(edition, title="Clinic")
    room = make_room(make_site(edition), "Room B")
    url = address("place", edition, session.id)
    form = form_of(officer, url) | {"day": "2007-10-10", "start": "13:30", "room": str(room.id)}
    answer = officer.post(url, form)
    assert answer.headers["location"] == address("timetable", edition) + "?day=2007-10-10"
    session.refresh_from_db()
    assert (session.starts_at, session.room) == (local(edition, 3, "13:30"), room)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"day": "2007-10-10"}, "start"),
        ({"day": "2007-10-10", "start": "13:31"}, "start"),
        ({"day": "2007-10-10", "start": "noon"}, "start"),
        ({"day": "2008-01-01", "start": "13:30"}, "day"),
        ({"minutes": "4"}, "minutes"),
        ({"minutes": "1441"}, "minutes"),
        ({"room": "0193f3c0-0000-7000-8000-000000000000"}, "room"),
    ],
)
def test_a_place_that_is_none_is_said_beside_its_field(edition, officer, typed, field):
    session = make_session(edition, title="Clinic")
    url = address("place", edition, session.id)
    form = form_of(officer, url) | typed
    page = officer.post(url, form)
    assert list(page.context["form"].errors) == [field]
    script = officer.post(url, form, headers={"accept": "application/json"})
    assert (script.status_code, len(script.json()["errors"])) == (422, 1)
    session.refresh_from_db()
    assert session.starts_at is None


def test_somebody_elses_move_is_told_and_can_be_replaced(edition, session, officer):
    url = address("place", edition, session.id)
    form = form_of(officer, url) | {"start": "15:00"}
    move(session, "11:00")
    page = officer.post(url, form)
    assert "It now stands at: Tue 9 Oct, 11:00." in page.content.decode()
    again = {name: page.context["form"][name].value() or "" for name in form}
    assert again["start"] == "15:00"
    officer.post(url, again)
    session.refresh_from_db()
    assert session.starts_at == local(edition, 2, "15:00")


def test_the_script_learns_where_a_session_stands(edition, session, officer):
    url = address("place", edition, session.id)
    accept = {"accept": "application/json"}
    form = form_of(officer, url)
    moved = officer.post(url, form | {"start": "9:35"}, headers=accept)
    found = moved.json()
    assert (found["day"], found["start"], found["version"]) == ("2007-10-09", 575, 2)
    assert found["concerns"]["sentences"] == [
        "“\u2068Roadmap\u2069” (Tue 9 Oct, 09:35) has no room yet."
    ]
    assert found["concerns"]["troubled"] == [str(session.id)]
    stale = officer.post(url, form | {"start": "10:00"}, headers=accept)
    assert stale.status_code == 409
    assert (stale.json()["start"], stale.json()["version"]) == (575, 2)


def test_a_day_outside_the_week_on_which_something_stands_can_be_chosen(edition, session, officer):
    Session.objects.filter(pk=session.pk).update(starts_at=local(edition, 5, "09:00"))
    Edition.objects.filter(pk=edition.pk).update(ends_on="2007-10-10")
    other = make_session(edition, title="Clinic")
    days = [
        value
        for value, _label in officer.get(address("place", edition, other.id))
        .context["form"]["day"]
        .field.choices
    ]
    assert days == ["", "2007-10-08", "2007-10-09", "2007-10-10", "2007-10-12"]


def test_the_day_of_the_address_is_shown_and_nonsense_is_the_first(edition, session, officer):
    url = address("timetable", edition)
    assert "Roadmap" in officer.get(url + "?day=2007-10-09").content.decode()
    for day in ("", "2007-10-08", "tomorrow", "1999-01-01"):
        page = officer.get(f"{url}?day={day}")
        assert page.context["day"].isoformat() == "2007-10-08"


# --- Who ------------------------------------------------------------------------------------------
@pytest.fixture
def pages(edition, session) -> tuple[list[str], list[str], list[str]]:
    """Addresses to read, to change, and to post to."""
    published(edition)
    suggestion = TimetableSuggestion.objects.create(edition=edition, status="unknown")
    read = [address(name, edition) for name in ("publish", "timetable")]
    read += [address("told", edition, 1), address("suggestion", edition, suggestion.id)]
    change = [
        address("place", edition, session.id),
        address("suggest", edition),
        address("reset_draft", edition, 1),
    ]
    post = [address(f"{verb}_suggestion", edition, suggestion.id) for verb in ("use", "undo")]
    return read, change, [address("publish", edition), *change, *post]


def statuses(client: Client, pages) -> tuple[set[int], set[int], set[int]]:
    read, change, post = pages
    return (
        {client.get(url).status_code for url in read},
        {client.get(url).status_code for url in change},
        {client.post(url, {"note_en": "x"}).status_code for url in post},
    )


def test_a_director_reads_and_changes_nothing(edition, pages, session):
    move(session)
    director = signed_in(("director", edition))
    assert statuses(director, pages) == ({200}, {404}, {404})
    for url in pages[0]:
        main = director.get(url).content.decode().partition('<main id="main">')[2]
        assert "<form" not in main
        assert "/reset/" not in main
    assert edition.versions.count() == 1


@pytest.mark.parametrize("role", ["participant", "resource_person", "host"])
def test_to_others_nothing_is_there(edition, pages, role):
    assert statuses(signed_in((role, edition)), pages) == ({404}, {404}, {404})


def test_nor_to_strangers_nor_to_officers_of_another_edition(pages):
    assert statuses(Client(), pages) == ({404}, {404}, {404})
    assert statuses(signed_in(("secretariat", make_edition())), pages) == ({404}, {404}, {404})


# --- What they cost -------------------------------------------------------------------------------
def cost(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_pages_cost_the_same_with_one_and_with_a_thousand(edition, session, officer):
    make_room(edition)
    make_participation(edition)
    published(edition)
    work()
    move(session)
    expected = {"publish": 20, "timetable": 19, "told": 7, "suggest": 6}
    urls = {name: address(name, edition, *([1] if name == "told" else [])) for name in expected}
    for url in urls.values():
        officer.get(url)
    assert {name: cost(officer, url) for name, url in urls.items()} == expected
    make_sessions(edition, MANY, room=make_room(edition), audience="sign_up")
    make_participations(edition, MANY)
    assert {name: cost(officer, url) for name, url in urls.items()} == expected


def test_who_was_told_costs_the_same_for_one_and_for_many(edition, session, officer):
    make_participation(edition, make_person("Mere", email="mere@example.org"))
    published(edition)
    work()
    url = address("told", edition, 1)
    officer.get(url)
    before = cost(officer, url)
    for number in range(60):
        make_participation(edition, make_person(f"P{number}", email=f"p{number}@example.org"))
    move(session)
    publication.publish(edition, actor=None, notes={"en": "Later."})
    work()
    url = address("told", edition, 2)
    assert cost(officer, url) == before
    assert "61 messages" in officer.get(url).content.decode()
