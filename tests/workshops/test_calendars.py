"""Calendars that other programs subscribe to."""

import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from madang.core import clock, texts
from madang.core.identifiers import uuid7
from madang.core.models import AuditEntry
from madang.core.texts import Words
from madang.people import erasure
from madang.workshops.actions import calendar_links, publication
from madang.workshops.calendars import calendar as calendars
from madang.workshops.calendars import tokens
from madang.workshops.calendars.events import Writer
from madang.workshops.models import CalendarLink, Edition, Participation, Session
from madang.workshops.pages import answers, serving
from madang.workshops.programme.entries import Programme, RoomEntry, SessionEntry
from madang.workshops.programme.history import Past
from tests.factories import (
    local,
    make_account,
    make_edition,
    make_module,
    make_part,
    make_participation,
    make_person,
    make_room,
    make_session,
    make_sessions,
    make_sign_up,
    make_site,
)
from tests.support.clients import client_of, signed_in

BASE = "/workshops/incheon-2007/"
WHOLE = f"{BASE}calendar.ics"


@pytest.fixture(autouse=True)
def _before_the_week():
    """A month before the week, with nothing kept."""
    answers.forget()
    serving.forget()
    with clock.at(datetime(2007, 9, 10, tzinfo=UTC)):
        yield


@pytest.fixture
def edition(db) -> Edition:
    """Four sessions in two rooms: a lecture, lunch, a trip with sign-up and a closing."""
    edition = make_edition(slug="incheon-2007", title="Planning e-Government")
    hall = make_room(
        make_site(edition, "Songdo centre", address="9 Harmony Road"), "Hall", capacity=40
    )
    lecture = make_session(
        edition,
        day=1,
        title="From a vision to a roadmap",
        description="We take **three** strategies apart; see [the list](https://example.org/a).",
        module=make_module(edition, 1, title="Strategy; planning, design"),
        room=hall,
    )
    make_part(lecture, make_participation(edition, make_person("Mere Vakalala")))
    make_session(edition, day=1, at="12:00", title="Lunch", kind=Session.Kind.BREAK, room=hall)
    make_session(
        edition, day=4, title="Trip", audience="sign_up", places=2, kind=Session.Kind.FIELD_TRIP,
        sign_up_until=local(edition, 2, "18:00"), room=hall,
    )  # fmt: skip
    make_session(edition, day=5, title="Closing", room=hall)
    with clock.at(datetime(2007, 7, 2, tzinfo=UTC)):
        publication.publish(edition, actor=None)
    return edition


def session(edition: Edition, title: str) -> Session:
    return edition.sessions.get(title=title)


def publish(edition: Edition, moment: datetime) -> None:
    with clock.at(moment):
        publication.publish(edition, actor=None, notes={"en": "Something new."})


def calendar(address: str, client: Client | None = None) -> Calendar:
    answer = (client or Client()).get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    require_well_formed(answer.content)
    return Calendar.from_ical(answer.content)


def require_well_formed(content: bytes) -> None:
    """RFC 5545, 3.1: lines end with CR LF, are at most 75 octets long and have no controls."""
    assert content.endswith(b"\r\n")
    for line in content.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)
        line.decode()  # no character is cut in two


def events(found: Calendar) -> dict[str, object]:
    return {str(event["SUMMARY"]): event for event in found.walk("VEVENT")}


# --- The whole programme -------------------------------------------------------------------------
def test_the_whole_programme_is_a_calendar(edition):
    found = calendar(WHOLE)
    assert found["X-WR-CALNAME"] == found["NAME"] == "Planning e-Government"
    assert found["X-WR-TIMEZONE"] == "Asia/Seoul"
    assert found["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert found["X-PUBLISHED-TTL"] == "PT1H"
    assert list(events(found)) == ["From a vision to a roadmap", "Lunch", "Trip", "Closing"]


def test_an_event_tells_what_the_session_page_tells(edition):
    lecture = session(edition, "From a vision to a roadmap")
    event = events(calendar(WHOLE))["From a vision to a roadmap"]
    assert event["UID"] == str(lecture.id)
    assert event["DTSTART"].params["TZID"] == "Asia/Seoul"
    assert event.start == local(edition, 1, "09:00")
    assert event.end == local(edition, 1, "10:00")
    assert event["LOCATION"] == "Hall, Songdo centre, 9 Harmony Road"
    assert event.categories == ["Module 1: Strategy; planning, design", "Lecture"]
    assert event["STATUS"] == "CONFIRMED"
    address = f"http://127.0.0.1:8000{BASE}sessions/{lecture.id}/"
    assert event["URL"] == address
    assert str(event["DESCRIPTION"]).split("\n\n") == [
        "We take three strategies apart; see the list (https://example.org/a).",
        "Speaker: Mere Vakalala",
        address,
    ]


def test_a_break_takes_no_ones_time(edition):
    lunch = events(calendar(WHOLE))["Lunch"]
    assert lunch["TRANSP"] == "TRANSPARENT"
    assert "URL" not in lunch


def test_nothing_in_a_calendar_is_of_the_moment_of_its_making(edition):
    first = Client().get(WHOLE)
    answers.forget()
    with clock.at(datetime(2007, 10, 9, tzinfo=UTC)):
        assert Client().get(WHOLE).content == first.content
    lecture = events(Calendar.from_ical(first.content))["From a vision to a roadmap"]
    published = datetime(2007, 7, 2, tzinfo=UTC)
    assert (
        lecture["DTSTAMP"].dt == lecture["LAST-MODIFIED"].dt == lecture["CREATED"].dt == published
    )


def test_a_changed_session_says_so_and_the_others_stay(edition):
    lecture = session(edition, "From a vision to a roadmap")
    lecture.starts_at += timedelta(hours=1)
    lecture.save()
    publish(edition, datetime(2007, 9, 3, tzinfo=UTC))
    found = events(calendar(WHOLE))
    moved, closing = found["From a vision to a roadmap"], found["Closing"]
    assert (moved["SEQUENCE"], closing["SEQUENCE"]) == (2, 1)
    assert moved["LAST-MODIFIED"].dt == datetime(2007, 9, 3, tzinfo=UTC)
    assert moved["CREATED"].dt == closing["LAST-MODIFIED"].dt == datetime(2007, 7, 2, tzinfo=UTC)


def test_a_session_that_was_cancelled_or_taken_out_is_told_as_cancelled(edition):
    session(edition, "Trip").cancel(actor=None)
    session(edition, "Closing").delete()
    publish(edition, datetime(2007, 9, 3, tzinfo=UTC))
    found = events(calendar(WHOLE))
    for title in ("Cancelled: Trip", "Cancelled: Closing"):
        assert found[title]["STATUS"] == "CANCELLED"
        assert found[title]["TRANSP"] == "TRANSPARENT"
        assert found[title]["SEQUENCE"] == 2
    assert "URL" not in found["Cancelled: Closing"]


def test_a_session_that_comes_back_is_newer_than_its_going(edition):
    closing = session(edition, "Closing")
    start, closing.starts_at = closing.starts_at, None
    closing.save()
    publish(edition, datetime(2007, 9, 3, tzinfo=UTC))
    closing.starts_at = start
    closing.save()
    publish(edition, datetime(2007, 9, 4, tzinfo=UTC))
    event = events(calendar(WHOLE))["Closing"]
    assert (event["SEQUENCE"], event["STATUS"]) == (3, "CONFIRMED")


def test_before_there_is_a_programme_the_week_itself_is_in_the_calendar(db):
    make_edition(slug="incheon-2007", title="Planning e-Government")
    (week,) = events(calendar(WHOLE)).values()
    assert (week.start, week.end) == (date(2007, 10, 8), date(2007, 10, 13))
    assert week["TRANSP"] == "TRANSPARENT"


def test_a_calendar_speaks_the_language_of_its_address(edition):
    texts.translate(session(edition, "Closing"), "title", {"fa": "پایان"})
    publish(edition, datetime(2007, 9, 3, tzinfo=UTC))
    persian = events(calendar(f"{WHOLE}?lang=fa"))
    assert persian["پایان"]["SUMMARY"].params["LANGUAGE"] == "fa"
    reader = Client(headers={"accept-language": "fa"})
    assert "Closing" in events(calendar(WHOLE, reader))
    assert "Closing" in events(calendar(f"{WHOLE}?lang=xx"))


def test_a_calendar_that_did_not_change_is_not_sent_again(edition, django_assert_num_queries):
    tag = Client().get(WHOLE)["ETag"]
    with django_assert_num_queries(1):
        again = Client().get(WHOLE, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_an_edition_that_nobody_may_see_has_no_calendar(db):
    make_edition(slug="incheon-2007", state=Edition.State.DRAFT)
    assert Client().get(WHOLE).status_code == 404
    assert signed_in("secretariat").get(WHOLE).status_code == 404


@pytest.mark.parametrize(
    ("zone", "first_day", "offsets"),
    [
        # New Zealand put its clocks forward on 30 September 2007, the Republic of Korea never.
        ("Pacific/Auckland", date(2007, 9, 28), {"+1200", "+1300"}),
        ("Asia/Seoul", date(2007, 9, 28), {"+0900"}),
    ],
)
def test_sessions_keep_their_moments_across_a_change_of_the_clocks(db, zone, first_day, offsets):
    edition = make_edition(
        slug="incheon-2007", time_zone=zone, starts_on=first_day, ends_on=date(2007, 10, 1)
    )
    made = [
        make_session(edition, day=day, at=at, minutes=240)
        for day in (1, 2, 3, 4)
        for at in ("01:00", "09:00", "22:30")
    ]
    publication.publish(edition, actor=None)
    found = calendar(WHOLE)
    by_id = {str(event["UID"]): event for event in found.walk("VEVENT")}
    for each in made:
        event = by_id[str(each.id)]
        assert event.start.astimezone(UTC) == each.starts_at.astimezone(UTC)
        assert event.end.astimezone(UTC) - event.start.astimezone(UTC) == timedelta(hours=4)
    (written,) = found.walk("VTIMEZONE")
    assert written["TZID"] == zone
    rules = [*written.walk("STANDARD"), *written.walk("DAYLIGHT")]
    assert {rule["TZOFFSETTO"].to_ical() for rule in rules} == offsets
    # What a program computes from these rules alone is what the database of time zones says.
    own = written.to_tz(lookup_tzid=False)
    for each in made:
        wall = each.starts_at.astimezone(edition.zone).replace(tzinfo=None)
        assert (
            wall.replace(tzinfo=own).utcoffset()
            == each.starts_at.astimezone(edition.zone).utcoffset()
        )


odd = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs",), exclude_characters="\x00"),
        st.sampled_from("\r\n,;:\\\"^'\t\x07\x7f\u2028میپ한ក👩🏽‍💻"),
    ),
    min_size=1,
    max_size=120,
)


@settings(max_examples=150, deadline=None)
@given(title=odd, description=odd, site=odd)
def test_any_text_comes_through_whole(title, description, site):
    past = odd_session(title, f"```\n{description}\n```", site)
    frame = calendars.frame(
        title, time_zone="Asia/Seoul", days=(date(2007, 10, 8),) * 2, language="en"
    )
    content = calendars.filled(frame, [Writer("incheon-2007", {}).session(past)]).encode()
    require_well_formed(content)
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event["SUMMARY"] == written(title)
    assert written(site) in event["LOCATION"]
    assert event["DESCRIPTION"].endswith(f"/sessions/{past.entry.id}/")


def odd_session(title: str, description: str, site: str) -> Past:
    """A session with these texts, published once."""
    place, moment = uuid7(), datetime(2007, 7, 2, tzinfo=UTC)
    words = {name: Words({"en": text}, "en") for name, text in (("", ""), ("Hall", "Hall"))}
    entry = SessionEntry(
        id=uuid7(), kind="lecture", title=Words({"en": title}, "en"),
        description=Words({"en": description}, "en"), module_id=None,
        starts_at=datetime(2007, 10, 8, 9, tzinfo=ZoneInfo("Asia/Seoul")), minutes=60,
        room_id=place, audience="everyone", places=None, sign_up_until=None, is_cancelled=False,
        people=(),
    )  # fmt: skip
    room = RoomEntry(place, words["Hall"], 0, uuid7(), Words({"en": site}, "en"), words[""])
    day = date(2007, 10, 8)
    programme = Programme(uuid7(), "Asia/Seoul", day, day, (), (room,), (entry,))
    return Past(entry, programme, 1, moment, moment)


def written(text: str) -> str:
    """As a calendar can write it: no controls, one kind of line end."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text)


# --- One session ---------------------------------------------------------------------------------
def test_one_session_is_a_file_to_open(edition):
    trip = session(edition, "Trip")
    address = f"{BASE}sessions/{trip.id}/calendar.ics"
    found = calendar(address)
    assert list(events(found)) == ["Trip"]
    assert "until 9 Oct 2007, 18:00" in str(events(found)["Trip"]["DESCRIPTION"])
    assert 'filename="incheon-2007.ics"' in Client().get(address)["Content-Disposition"]


def test_one_session_goes_on_answering_once_it_was_taken_out(edition):
    closing = session(edition, "Closing")
    address = f"{BASE}sessions/{closing.id}/calendar.ics"
    closing.delete()
    publish(edition, datetime(2007, 9, 3, tzinfo=UTC))
    assert list(events(calendar(address))) == ["Cancelled: Closing"]


def test_a_session_that_was_never_published_has_no_calendar(edition):
    secret = make_session(edition, day=2, title="Secret")
    assert Client().get(f"{BASE}sessions/{secret.id}/calendar.ics").status_code == 404


# --- My own --------------------------------------------------------------------------------------
@pytest.fixture
def participant(edition) -> Participation:
    account = make_account(roles=[("participant", edition)])
    return make_participation(edition, account.person)


def client_for(participation: Participation) -> Client:
    return client_of(participation.person.account)


def own_address(participation: Participation) -> str:
    link = CalendarLink.objects.get(participation=participation)
    return f"{BASE}my/{tokens.shown(link)}.ics"


@pytest.fixture
def address(participant) -> str:
    client_for(participant).post(f"{BASE}calendar/link/")
    return own_address(participant)


def test_my_calendar_has_what_is_for_everyone_and_what_is_mine(edition, participant, address):
    assert list(events(calendar(address))) == ["From a vision to a roadmap", "Lunch", "Closing"]
    trip = session(edition, "Trip")
    asked = make_sign_up(trip, participant, state="waiting")
    assert events(calendar(address))["Trip"]["STATUS"] == "TENTATIVE"
    asked.confirm(actor=None)
    assert events(calendar(address))["Trip"]["STATUS"] == "CONFIRMED"
    asked.withdraw(actor=None)
    assert "Trip" not in events(calendar(address))
    make_part(trip, participant)
    publish(edition, datetime(2007, 9, 3, tzinfo=UTC))
    assert "Trip" in events(calendar(address))


def test_my_calendar_needs_no_sign_in_and_names_nobody(edition, participant, address):
    text = Client().get(address).text
    assert "Vakalala" not in text
    assert "DESCRIPTION" not in text
    assert str(participant.person) not in text


def test_my_calendar_costs_two_queries_for_any_number_of_sessions(
    edition, participant, address, django_assert_num_queries
):
    Client().get(address)
    with django_assert_num_queries(2):
        Client().get(address)
    make_sessions(edition, 150)
    publish(edition, datetime(2007, 9, 3, tzinfo=UTC))
    Client().get(address)
    with django_assert_num_queries(2):
        assert len(events(calendar(address))) == 153


def test_my_calendar_is_for_me_alone_and_not_sent_twice(address):
    answer = Client().get(address)
    assert answer["Cache-Control"].startswith("private")
    assert answer["X-Robots-Tag"] == "noindex"
    again = Client().get(address, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_the_token_is_stored_nowhere(participant, address):
    token = address.rpartition("/")[2].removesuffix(".ics")
    link = CalendarLink.objects.get()
    assert token not in {str(getattr(link, field.attname)) for field in link._meta.fields}
    assert link.digest == tokens.digest(token)


def test_another_address_ends_the_first(participant, address):
    client_for(participant).post(f"{BASE}calendar/link/")
    assert Client().get(address).status_code == 404
    assert Client().get(own_address(participant)).status_code == 200
    verbs = AuditEntry.objects.filter(verb__startswith="calendar_link").values_list("verb")
    assert [verb for (verb,) in verbs.order_by("at", "id")] == [
        "calendar_link.made",
        "calendar_link.renewed",
    ]


def test_the_address_is_stopped_after_a_question(participant, address):
    client = client_for(participant)
    asked = client.get(f"{BASE}calendar/stop/")
    assert "no longer learn of changes" in asked.text
    assert Client().get(address).status_code == 200
    stopped = client.post(f"{BASE}calendar/stop/", follow=True)
    assert "answers no more" in stopped.text
    assert Client().get(address).status_code == 404
    assert client.get(f"{BASE}calendar/stop/").status_code == 404


def test_the_address_ends_sixty_days_after_the_week(edition, address):
    with clock.at(local(edition, 5, "12:00") + timedelta(days=60)):
        assert Client().get(address).status_code == 200
        assert calendar_links.purge() == 0
    with clock.at(local(edition, 5, "12:00") + timedelta(days=61)):
        assert Client().get(address).status_code == 404
    with clock.at(local(edition, 5, "12:00") + timedelta(days=62)):
        assert calendar_links.purge() == 1


def test_the_address_ends_with_the_participation(participant, address):
    participant.cancel(actor=None)
    assert Client().get(address).status_code == 404


def test_the_address_ends_with_the_person(participant, address):
    erasure.erase(participant.person, actor=None)
    assert Client().get(address).status_code == 404
    assert not CalendarLink.objects.exists()


def test_an_address_answers_for_its_own_edition_only(participant, address):
    make_edition(slug="other-2008")
    elsewhere = address.replace("incheon-2007", "other-2008")
    assert Client().get(elsewhere).status_code == 404
    assert Client().get(f"{BASE}my/guessed.ics").status_code == 404


# --- The page ------------------------------------------------------------------------------------
def test_the_page_leads_to_each_calendar_program(edition):
    page = Client().get(f"{BASE}calendar/").text
    assert 'href="webcal://127.0.0.1:8000/workshops/incheon-2007/calendar.ics"' in page
    google = re.search(r'href="(https://calendar\.google\.com[^"]+)"', page)[1]
    assert parse_qs(urlsplit(google).query)["cid"] == [
        "webcal://127.0.0.1:8000/workshops/incheon-2007/calendar.ics"
    ]
    assert "csrf" not in page


def test_the_page_in_persian_leads_to_the_persian_calendar(edition):
    page = Client(headers={"accept-language": "fa"}).get(f"{BASE}calendar/").text
    assert "calendar.ics?lang=fa" in page


def test_the_page_shows_who_takes_part_their_own_address_again_and_again(participant):
    client = client_for(participant)
    assert "Give me my address" in client.get(f"{BASE}calendar/").text
    told = client.post(f"{BASE}calendar/link/", follow=True)
    address = own_address(participant)
    assert address in told.text
    assert address in client.get(f"{BASE}calendar/").text


def test_those_who_take_no_part_have_no_own_address(edition):
    for client in (Client(), signed_in("secretariat"), signed_in(("host", edition))):
        assert client.post(f"{BASE}calendar/link/").status_code == 404
        assert client.post(f"{BASE}calendar/stop/").status_code == 404
        assert "my/" not in client.get(f"{BASE}calendar/").text
