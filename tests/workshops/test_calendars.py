"""Calendars that other programs subscribe to: the whole programme, and one session."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from madang.core import clock, texts
from madang.workshops.actions import publication
from madang.workshops.models import Edition
from madang.workshops.pages import answers, serving
from tests.factories import local, make_edition, make_session
from tests.support.calendars import BASE, WHOLE, calendar, events, make_week, publish, session
from tests.support.clients import signed_in


@pytest.fixture(autouse=True)
def _before_the_week():
    """A month before the week, with nothing kept."""
    answers.forget()
    serving.forget()
    with clock.at(datetime(2007, 9, 10, tzinfo=UTC)):
        yield


@pytest.fixture
def edition(db) -> Edition:
    return make_week()


# --- The whole programme -------------------------------------------------------------------------
def test_the_whole_programme_is_a_calendar(edition):
    found = calendar(WHOLE)
    assert found["X-WR-CALNAME"] == found["NAME"] == "Planning e-Government"
    assert found["X-WR-TIMEZONE"] == "Asia/Seoul"
    assert found["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert found["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
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
