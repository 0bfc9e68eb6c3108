"""Sessions as calendar events (RFC 5545), always the same for the same programme and language.

No moment in an event is that of its making: how new it is (SEQUENCE, LAST-MODIFIED, DTSTAMP) comes
from the version in which the session last changed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from icalendar import Event

from madang.core import addresses, locales
from madang.core.texts import Wording
from madang.documents import rich_text
from madang.workshops.models import Edition, Session, SessionPerson
from madang.workshops.programme.entries import SessionEntry
from madang.workshops.programme.history import Past

# RFC 5545, 3.1: a text holds no control character but the tabulator.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]|\r(?=\n)")


@dataclass(frozen=True)
class Writer:
    """Writes the events of one edition's programme in the language that is active.

    With `names` (by participation) an event tells what the session's page tells; without, only
    what, when and where: that is what somebody's own calendar shows to whoever holds its address.
    """

    slug: str
    names: Mapping[UUID, str] | None = None

    def session(self, past: Past, *, is_tentative: bool = False) -> str:
        """A session as a VEVENT, its lines folded."""
        entry = past.entry
        is_off = past.is_gone or entry.is_cancelled
        event = Event()
        event.add("uid", str(entry.id))
        event.add("dtstamp", past.changed_at.astimezone(UTC))
        event.add("last-modified", past.changed_at.astimezone(UTC))
        event.add("created", past.published_at.astimezone(UTC))
        event.add("sequence", past.number)
        event.add("dtstart", entry.starts_at)
        event.add("dtend", entry.ends_at)
        title = entry.title.wording()
        # Some calendars ignore that a subscribed event is cancelled: say it where everyone looks.
        summary = _("Cancelled: %(title)s") % {"title": title} if is_off else str(title)
        _add_text(event, "summary", Wording(summary, title.language))
        event.add("status", _status(is_off=is_off, is_tentative=is_tentative))
        event.add("transp", "TRANSPARENT" if is_off or entry.is_break else "OPAQUE")
        room = past.room
        if room is not None:
            place = [room.name.wording(), room.site.wording(), room.address.wording()]
            _add_text(event, "location", ", ".join(str(part) for part in place if part))
        event.add("categories", [clean(text) for text in self._categories(past)])
        if not past.is_gone and not entry.is_break:
            event.add("url", self._address(entry))
        description = self._description(past)
        if description:
            _add_text(event, "description", description)
        return event.to_ical().decode()

    def week(self, edition: Edition) -> str:
        """The whole edition as one event of its days, while it has no programme yet."""
        event = Event()
        event.add("uid", str(edition.id))
        event.add("dtstamp", edition.changed_at.astimezone(UTC))
        event.add("last-modified", edition.changed_at.astimezone(UTC))
        event.add("sequence", 0)
        event.add("dtstart", edition.starts_on)
        event.add("dtend", edition.ends_on + timedelta(days=1))  # the first day after it
        _add_text(event, "summary", edition.wording("title"))
        event.add("status", "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        place = [edition.wording("venue"), edition.wording("city"), edition.country.wording("name")]
        _add_text(event, "location", ", ".join(str(part) for part in place if part))
        event.add("url", addresses.of("workshops:edition", self.slug))
        if edition.lead:
            _add_text(event, "description", edition.wording("lead"))
        return event.to_ical().decode()

    def _description(self, past: Past) -> str:
        if self.names is None:
            return ""
        entry = past.entry
        paragraphs = [rich_text.plain(entry.description.wording()), self._people(entry)]
        if entry.with_sign_up and not past.is_gone:
            paragraphs.append(_sign_up(entry))
        if not past.is_gone and not entry.is_break:
            # Not every calendar shows an event's own address.
            paragraphs.append(self._address(entry))
        return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)

    def _people(self, entry: SessionEntry) -> str:
        names = self.names or {}
        lines = [
            f"{str(SessionPerson.Role(part.role).label).capitalize()}: "
            f"{names[part.participation_id]}"
            for part in entry.people
            if part.participation_id in names
        ]
        return "\n".join(lines)

    def _categories(self, past: Past) -> list[str]:
        module = past.programme.module_by_id.get(past.entry.module_id)
        kind = str(Session.Kind(past.entry.kind).label).capitalize()
        if module is None:
            return [kind]
        facts = {"number": locales.number(module.number), "title": module.title.wording()}
        return [_("Module %(number)s: %(title)s") % facts, kind]

    def _address(self, entry: SessionEntry) -> str:
        return addresses.of("workshops:session", self.slug, entry.id)


def clean(text: str) -> str:
    """A text without what a calendar has no way to write."""
    return _CONTROL.sub("", text)


def _add_text(event: Event, name: str, text: str) -> None:
    parameters = {"LANGUAGE": text.language} if isinstance(text, Wording) else {}
    event.add(name, clean(text), parameters=parameters)


def _status(*, is_off: bool, is_tentative: bool) -> str:
    if is_off:
        return "CANCELLED"
    return "TENTATIVE" if is_tentative else "CONFIRMED"


def _sign_up(entry: SessionEntry) -> str:
    if entry.sign_up_until is None:
        return _("Sign up to take part.")
    until = entry.sign_up_until
    return _("Sign up to take part, until %(day)s, %(time)s.") % {
        "day": locales.calendar_date(until, "short", until.tzinfo),
        "time": locales.clock_time(until, until.tzinfo),
    }
