"""Calendars as a calendar program sees them, and a published week to ask for."""

import re
from datetime import UTC, datetime

from django.test import Client
from icalendar import Calendar

from madang.core import clock
from madang.workshops.actions import publication
from madang.workshops.models import Edition, Session
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

BASE = "/workshops/incheon-2007/"
WHOLE = f"{BASE}calendar.ics"


def make_week() -> Edition:
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
