"""What the public and those who take part find on the pages of an edition."""

import json
import re

import pytest
from django.test import Client

from madang.core import clock, files
from madang.workshops.actions import publication
from madang.workshops.models import Edition, Material, MaterialVersion, Session
from madang.workshops.pages import serving
from tests.factories import (
    local,
    make_account,
    make_edition,
    make_module,
    make_part,
    make_participation,
    make_participations,
    make_partner,
    make_person,
    make_room,
    make_session,
    make_sign_up,
    make_site,
)
from tests.support.clients import client_of, signed_in


@pytest.fixture(autouse=True)
def _empty_shelf():
    serving.forget()


@pytest.fixture
def edition(db) -> Edition:
    """The week in Incheon with a lecture, a trip with sign-up and a dinner, not yet published."""
    edition = make_edition(slug="incheon-2007", title="Managing e-Government", venue="City Hall")
    hall = make_room(make_site(edition, "City Hall", address="1 Jeonggak-ro"), "Grand Hall")
    module = make_module(edition, title="Strategic planning")
    speaker = make_participation(
        edition, make_person("Mere Vakalala", position="Director"), kind="resource_person"
    )
    lecture = make_session(
        edition, day=2, at="09:00", minutes=75, title="From vision to roadmap", module=module,
        room=hall, description="What *others* did.",
    )  # fmt: skip
    make_part(lecture, speaker)
    make_session(
        edition, day=4, at="08:30", title="To Seoul", kind=Session.Kind.FIELD_TRIP,
        audience="sign_up", places=1, sign_up_until=local(edition, 2, "12:00"),
    )  # fmt: skip
    make_session(edition, day=2, at="18:30", title="The Mayor’s dinner", kind="reception")
    return edition


@pytest.fixture
def published(edition) -> Edition:
    publication.publish(edition, actor=None)
    return edition


def get(address: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(f"/workshops/incheon-2007/{address}")
    assert answer.status_code == 200
    return answer.text


def session_of(edition: Edition, title: str) -> Session:
    return edition.sessions.get(title=title)


def participant_of(edition: Edition) -> Client:
    account = make_account(roles=[("participant", edition)])
    make_participation(edition, account.person)
    return client_of(account)


def event_of(page: str) -> dict:
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    return json.loads(block[1])


def test_before_anything_is_published_pages_say_what_will_be_there(edition):
    assert "will be published here" in get("programme/")
    assert "Nothing is published yet" in get("versions/")
    assert "Once it is published" in get("week/")
    assert "No materials yet" in get("materials/")
    assert "Nothing to follow up" in get("recommendations/")
    session = session_of(edition, "To Seoul")
    assert Client().get(f"/workshops/incheon-2007/sessions/{session.id}/").status_code == 404


def test_the_edition_says_what_when_where_and_thanks_whom(published):
    make_participations(published, 3)
    make_partner(published, role="organiser")
    page = get("")
    for words in ("Managing e-Government", "8–12 October 2007", "City Hall", "Organiser"):
        assert words in page
    assert re.search(r"Representatives</dt><dd>3", page)
    assert "Strategic planning" in page


def test_the_programme_goes_by_day_module_room_and_person(published):
    by_day = get("programme/")
    assert by_day.index("From vision to roadmap") < by_day.index("The Mayor’s dinner")
    assert "Monday 8 October 2007" in by_day
    assert "Nothing is planned for this day yet." in by_day
    assert "Beside the modules" in get("programme/?by=module")
    assert "Grand Hall, City Hall" in get("programme/?by=room")
    by_person = get("programme/?by=person")
    assert "Mere Vakalala" in by_person
    assert "The Mayor’s dinner" not in by_person


def test_a_day_has_its_own_page_and_other_days_have_none(published):
    assert "From vision to roadmap" in get("programme/2007-10-09/")
    for nowhere in ("2007-10-20", "2007-13-45"):
        assert Client().get(f"/workshops/incheon-2007/programme/{nowhere}/").status_code == 404


def test_a_draft_shows_nothing_to_the_public_until_it_is_published(published):
    lecture = session_of(published, "From vision to roadmap")
    lecture.title = "From roadmap to results"
    lecture.save()
    assert "From roadmap to results" not in get("programme/")
    assert "From roadmap to results" in get("draft/", signed_in("director"))
    assert participant_of(published).get("/workshops/incheon-2007/draft/").status_code == 404


def test_a_session_says_when_where_with_whom_and_what_it_is_about(published):
    session = session_of(published, "From vision to roadmap")
    page = get(f"sessions/{session.id}/")
    for words in (
        "Tuesday 9 October 2007, 09:00–10:15", "Grand Hall", "1 Jeonggak-ro", "Mere Vakalala",
        "<em>others</em>", "The Mayor’s dinner",
    ):  # fmt: skip
        assert words in page
    event = event_of(page)
    assert event["startDate"] == "2007-10-09T09:00:00+09:00"
    assert event["performer"] == [{"@type": "Person", "name": "Mere Vakalala"}]
    assert event["superEvent"]["name"] == "Managing e-Government"


def test_no_text_can_end_the_data_block_or_become_markup(edition):
    harm = "</script><script>alert(1)</script>"
    session = session_of(edition, "To Seoul")
    session.title = session.description = harm
    session.save()
    edition.title = edition.lead = harm
    edition.save()
    publication.publish(edition, actor=None)
    for address in ("", f"sessions/{session.id}/", "programme/", "programme/?by=room", "week/"):
        assert "<script>alert" not in get(address)
    assert event_of(get(""))["name"] == harm


def test_the_public_sees_who_has_a_part_and_nobody_else(published):
    speaker = published.participations.get()
    listener = make_participation(published, make_person("Anil Shrestha"))
    page = get(f"people/{speaker.id}/")
    for words in ("Mere Vakalala", "Director", "From vision to roadmap"):
        assert words in page
    for address in (f"people/{listener.id}/", "people/"):
        assert Client().get(f"/workshops/incheon-2007/{address}").status_code == 404
    among_us = participant_of(published)
    assert "Anil Shrestha" in get(f"people/{listener.id}/", among_us)
    assert "Anil Shrestha" in get("people/", among_us)
    assert "Mere Vakalala" not in get("people/?kind=participant", among_us)


def test_what_is_written_about_a_speaker_is_for_those_who_take_part(published):
    speaker = published.participations.get()
    speaker.person.biography = "Twenty years in public service."
    speaker.person.save()
    assert "Twenty years" not in get(f"people/{speaker.id}/")
    assert "Twenty years" in get(f"people/{speaker.id}/", participant_of(published))


@pytest.mark.parametrize("how_many", [1, 60])
def test_the_list_of_people_takes_the_same_queries_for_any_number(
    published, how_many, django_assert_num_queries
):
    make_participations(published, how_many)
    client = participant_of(published)
    # Session, account, roles; the row, the edition with its translations, series and country; the
    # people; whether there is a public call (kept from then on).
    with django_assert_num_queries(10):
        get("people/", client)


def test_each_sees_the_materials_that_are_for_them(published):
    for title, audience in (("Slides", "public"), ("Country data", "participants")):
        material = Material.objects.create(edition=published, title=title, audience=audience)
        add_version(material)
    add_version(Material.objects.create(edition=published, title="Old", is_withdrawn=True))
    page = get("materials/")
    assert "Slides" in page
    assert "Country data" not in page
    inside = get("materials/", participant_of(published))
    assert "Country data" in inside
    assert "Old" not in inside


def add_version(material: Material) -> None:
    file = files.store(b"%PDF-1.4 text", owner=material, actor=None, name="text.pdf")
    MaterialVersion.objects.create(material=material, number=1, file=file)


def test_every_version_stays_and_any_two_are_told_apart_in_sentences(published):
    lecture = session_of(published, "From vision to roadmap")
    lecture.starts_at = local(published, 2, "10:45")
    lecture.save()
    publication.publish(published, actor=None, notes={"en": "The lecture starts later."})
    assert "The lecture starts later." in get("versions/")
    old = get("versions/1/")
    assert "09:00" in old
    assert "A newer one holds now." in old
    changes = get("versions/1/2/")
    assert "now starts Tue 9 Oct, 10:45 (before: 09:00)" in changes
    assert "Nothing differs" in get("versions/2/2/")
    leads = Client().get("/workshops/incheon-2007/versions/?from=1&to=2")
    assert leads["Location"] == "/workshops/incheon-2007/versions/1/2/"
    assert Client().get("/workshops/incheon-2007/versions/1/9/").status_code == 404
    assert Client().get("/workshops/incheon-2007/versions/9/").status_code == 404


def test_the_week_tells_visitors_what_is_on_and_what_comes(published):
    with clock.at(local(published, 2, "09:30")):
        page = get("week/")
    now, then = page.split("Next</h2>")
    assert "From vision to roadmap" in now.split("Now</h2>")[1]
    assert "The Mayor’s dinner" in then
    with clock.at(local(published, 5, "20:00")):
        assert "The workshop is over." in get("week/")


def test_my_week_has_my_sign_ups_and_only_sessions_that_are_mine(published):
    trip = session_of(published, "To Seoul")
    account = make_account(roles=[("participant", published)])
    participation = make_participation(published, account.person)
    client = client_of(account)
    with clock.at(local(published, 4, "08:00")):
        assert "To Seoul" not in get("week/", client).split("To sign up for")[0]
        make_sign_up(trip, participation)
        mine = get("week/", client)
    assert "To Seoul" in mine.split("Where I have a part")[0]
    assert "has a place" in mine


def test_signing_up_by_the_page_says_what_came_of_it(published):
    trip = session_of(published, "To Seoul")
    address = f"/workshops/incheon-2007/sessions/{trip.id}/"
    first, second = participant_of(published), participant_of(published)
    with clock.at(local(published, 1, "09:00")):
        assert "You have a place." in first.post(f"{address}sign-up/", follow=True).text
        queued = second.post(f"{address}sign-up/", follow=True).text
        assert "You are in the queue" in queued
        assert "Your place in it: 1." in queued
        asked = first.get(f"{address}withdraw/").text
        assert "Withdraw your sign-up for “To Seoul”?" in asked
        assert "You have a place." in first.get(address).text
        assert "withdrawn" in first.post(f"{address}withdraw/", follow=True).text
        assert first.get(f"{address}withdraw/").headers["location"] == address
        assert "You have a place." in second.get(address).text
    with clock.at(local(published, 3, "09:00")):
        assert "is over" in first.post(f"{address}sign-up/", follow=True).text


def test_the_sign_up_stands_before_the_details_of_a_session(published):
    trip = session_of(published, "To Seoul")
    page = get(f"sessions/{trip.id}/", participant_of(published))
    assert page.index("<h1") < page.index('id="sign-up"') < page.index('<dl class="pairs"')


def test_nobody_else_can_sign_up_and_following_a_link_signs_up_nobody(published):
    trip = session_of(published, "To Seoul")
    address = f"/workshops/incheon-2007/sessions/{trip.id}/sign-up/"
    for client in (Client(), signed_in("director"), signed_in(("participant", make_edition()))):
        assert client.post(address).status_code == 404
        assert client.get(address).status_code == 405
    assert not trip.sign_ups.exists()


def test_a_text_in_another_language_than_the_page_says_so(published):
    persian = Client().get("/workshops/incheon-2007/programme/", headers={"accept-language": "fa"})
    assert '<span lang="en" dir="ltr">From vision to roadmap</span>' in persian.text


def test_the_first_page_shows_the_edition_that_is_coming_and_those_behind_it(published):
    make_edition(
        slug="bangkok-2006", title="The first workshop", state="closed",
        starts_on=published.starts_on.replace(year=2006),
        ends_on=published.ends_on.replace(year=2006),
    )  # fmt: skip
    make_edition(title="A secret one", state="draft")
    with clock.at(local(published, 1, "09:00")):
        page = Client().get("/").text
    assert "Managing e-Government" in page.split("Other workshops")[0]
    assert "The first workshop" in page.split("Other workshops")[1]
    assert "A secret one" not in page


def test_the_edition_before_is_named_once_on_the_first_page(published):
    make_edition(
        series=published.series, slug="bangkok-2006", title="The first workshop", state="closed",
        number=published.number - 1,
        starts_on=published.starts_on.replace(year=2006),
        ends_on=published.ends_on.replace(year=2006),
    )  # fmt: skip
    with clock.at(local(published, 1, "09:00")):
        page = Client().get("/").text
    assert page.count(">The first workshop<") == 1


def test_without_an_edition_the_first_page_says_what_will_be_here(db):
    assert "No workshop is announced yet" in Client().get("/").text
