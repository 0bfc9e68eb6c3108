"""A calendar around events: its name, its time zone, and how often it is worth asking again."""

from collections.abc import Iterable
from datetime import date, timedelta

from icalendar import Calendar, Timezone
from icalendar.prop import vDuration

from madang.workshops.calendars.events import clean
from madang.workshops.programme.history import Past

MEDIA_TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=1)
_END = "END:VCALENDAR\r\n"


def frame(
    name: str,
    *,
    time_zone: str,
    days: tuple[date, date],
    language: str,
    source: str = "",
) -> str:
    """A calendar without events. `days` are the first and the last on which the zone matters.

    `source` is the address under which it is published, if it may stand in the calendar.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Madang//Programme//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    # RFC 7986, and the older names that Outlook, Apple and Google know.
    name = clean(name).replace("\n", " ")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", time_zone)
    refresh = vDuration(REFRESH)
    refresh.params["VALUE"] = "DURATION"
    calendar.add("refresh-interval", refresh, encode=False)
    calendar.add("x-published-ttl", vDuration(REFRESH), encode=False)
    if source:
        calendar.add("source", source, parameters={"VALUE": "URI"})
    calendar.add_component(_zone(time_zone, days))
    return calendar.to_ical().decode()


def filled(frame: str, events: Iterable[str]) -> str:
    """A calendar with its events, each written already."""
    return "".join((frame.removesuffix(_END), *events, _END))


def days_of(past: Iterable[Past], first: date, last: date) -> tuple[date, date]:
    """From which day to which sessions take place, the edition's own days included."""
    days = [each.entry.starts_at.date() for each in past]
    return min([first, *days]), max([last, *days])


def _zone(time_zone: str, days: tuple[date, date]) -> Timezone:
    """The rules of the time zone for whole years around these days."""
    first, last = days
    zone = Timezone.from_tzid(
        time_zone, first_date=date(first.year, 1, 1), last_date=date(last.year + 1, 1, 1)
    )
    zone.pop("COMMENT", None)  # the library notes for which years it is
    return zone
