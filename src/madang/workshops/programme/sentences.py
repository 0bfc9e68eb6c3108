"""Changes of a programme as sentences for people: on pages, in mails and in the Atom feed.

Plain text in the reader's language, times in the edition's zone. Titles and names stand between
invisible marks that keep a title in one script from disturbing a sentence in the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from madang.core import locales
from madang.workshops.models import Session
from madang.workshops.programme.differences import Change, ChangeKind
from madang.workshops.programme.entries import Programme, RoomEntry, SessionEntry

_ISOLATE, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"

# People's names by the id of their participation.
Names = Mapping[UUID, str]


def sentence(
    change: Change, before: Programme, after: Programme, names: Names | None = None
) -> str:
    """What one change means to whoever reads it.

    Without `names`, people who gained or lost a part are not named.
    """
    telling = _Telling(change, before, after, names or {})
    return _SENTENCES[change.kind](telling)


def told(
    changes: Iterable[Change], before: Programme, after: Programme, names: Names | None = None
) -> list[str]:
    """Changes in sentences, each said once: a renamed room touches many sessions in one way."""
    return list(dict.fromkeys(sentence(change, before, after, names) for change in changes))


def isolated(text: object) -> str:
    """A text that keeps its own direction within a sentence."""
    return f"{_ISOLATE}{text}{_END}"


def moment(start: datetime) -> str:
    """A day and a time, “Tue 9 Oct, 09:00”, in the zone that the moment is in."""
    return _("%(day)s, %(time)s") % {
        "day": locales.calendar_date(start, "day", start.tzinfo),
        "time": locales.clock_time(start, start.tzinfo),
    }


@dataclass(frozen=True)
class _Telling:
    """One change with both programmes around it; each method tells one kind of change."""

    change: Change
    before: Programme
    after: Programme
    names: Names

    @property
    def title(self) -> str:
        return isolated(self.change.session.title)

    @property
    def start(self) -> str:
        return moment(self.change.session.starts_at)

    def added(self) -> str:
        if self.change.session.is_cancelled:
            return self.cancelled()
        facts = {"title": self.title, "start": self.start}
        room = self._room_after
        if room is None:
            return _("New: “%(title)s”, %(start)s.") % facts
        return _("New: “%(title)s”, %(start)s, %(room)s.") % {**facts, "room": _place(room)}

    def removed(self) -> str:
        facts = {"title": self.title, "start": self.start}
        return _("“%(title)s” (%(start)s) is no longer in the programme.") % facts

    def cancelled(self) -> str:
        facts = {"title": self.title, "start": self.start}
        return _("“%(title)s” (%(start)s) is cancelled.") % facts

    def reinstated(self) -> str:
        facts = {"title": self.title, "start": self.start}
        return _("“%(title)s” takes place after all: %(start)s.") % facts

    def moved(self) -> str:
        earlier = self._earlier.starts_at
        on_one_day = earlier.date() == self.change.session.starts_at.date()
        facts = {
            "title": self.title,
            "start": self.start,
            "earlier": locales.clock_time(earlier, earlier.tzinfo)
            if on_one_day
            else moment(earlier),
        }
        return _("“%(title)s” now starts %(start)s (before: %(earlier)s).") % facts

    def length(self) -> str:
        ends_at = self.change.session.ends_at
        facts = {
            "title": self.title,
            "minutes": locales.number(self.change.session.minutes),
            "end": locales.clock_time(ends_at, ends_at.tzinfo),
            "earlier": locales.number(self._earlier.minutes),
        }
        return (
            _("“%(title)s” now takes %(minutes)s minutes, until %(end)s (before: %(earlier)s).")
            % facts
        )

    def room(self) -> str:
        room, earlier = self._room_after, self.before.room_by_id.get(self._earlier.room_id)
        if room and earlier and room.id == earlier.id:
            return _renamed(room, earlier)
        facts = {"title": self.title, "room": _place(room), "earlier": _place(earlier)}
        if room is None:
            return _("“%(title)s” no longer takes place in %(earlier)s.") % facts
        if earlier is None:
            return _("“%(title)s” takes place in %(room)s.") % facts
        return _("“%(title)s” now takes place in %(room)s (before: %(earlier)s).") % facts

    def retitled(self) -> str:
        facts = {"title": self.title, "earlier": isolated(self._earlier.title)}
        if facts["title"] == facts["earlier"]:  # in the reader's language it reads as before
            return _("The title of “%(title)s” has changed.") % facts
        return _("“%(earlier)s” is now called “%(title)s”.") % facts

    def redescribed(self) -> str:
        return _("“%(title)s” has a new description.") % {"title": self.title}

    def other_kind(self) -> str:
        facts = {
            "title": self.title,
            "kind": Session.Kind(self.change.session.kind).label,
            "earlier": Session.Kind(self._earlier.kind).label,
        }
        return _("“%(title)s” is now: %(kind)s (before: %(earlier)s).") % facts

    def module(self) -> str:
        module = self.after.module_by_id.get(self.change.session.module_id)
        if module is None:
            return _("“%(title)s” no longer belongs to a module.") % {"title": self.title}
        facts = {
            "title": self.title,
            "number": locales.number(module.number),
            "module": isolated(module.title),
        }
        if module.id == self._earlier.module_id:
            return _("Module %(number)s is now called “%(module)s”.") % facts
        return _("“%(title)s” now belongs to module %(number)s, “%(module)s”.") % facts

    def people(self) -> str:
        facts = {
            "title": self.title,
            "joined": self._listed(self.change.joined),
            "left": self._listed(self.change.left),
        }
        if facts["joined"] and facts["left"]:
            return _("“%(title)s”: now with %(joined)s; no longer with %(left)s.") % facts
        if facts["joined"]:
            return _("“%(title)s”: now with %(joined)s.") % facts
        if facts["left"]:
            return _("“%(title)s”: no longer with %(left)s.") % facts
        return _("“%(title)s”: who does what has changed.") % facts

    def sign_up(self) -> str:
        session = self.change.session
        facts = {"title": self.title}
        if not session.with_sign_up:
            return _("“%(title)s” is now open to everyone, without signing up.") % facts
        places, until = session.places, session.sign_up_until
        if places is not None and places != self._earlier.places:
            facts["places"] = locales.number(places)
            if until is not None and until != self._earlier.sign_up_until:
                facts["until"] = moment(until)
                return (
                    _("“%(title)s”: sign up until %(until)s; there are %(places)s places.") % facts
                )
            return _("“%(title)s”: sign up to take part; there are %(places)s places.") % facts
        if until is not None:
            facts["until"] = moment(until)
            return _("“%(title)s”: sign up until %(until)s.") % facts
        return _("“%(title)s”: sign up to take part.") % facts

    def translated(self) -> str:
        return _("“%(title)s”: a translation has changed.") % {"title": self.title}

    @property
    def _earlier(self) -> SessionEntry:
        return self.change.before or self.change.session

    @property
    def _room_after(self) -> RoomEntry | None:
        return self.after.room_by_id.get(self.change.session.room_id)

    def _listed(self, people: Iterable[UUID]) -> str:
        return locales.listed(
            sorted(isolated(self.names[who]) for who in people if who in self.names)
        )


_SENTENCES = {
    ChangeKind.ADDED: _Telling.added,
    ChangeKind.REMOVED: _Telling.removed,
    ChangeKind.CANCELLED: _Telling.cancelled,
    ChangeKind.REINSTATED: _Telling.reinstated,
    ChangeKind.MOVED: _Telling.moved,
    ChangeKind.LENGTH: _Telling.length,
    ChangeKind.ROOM: _Telling.room,
    ChangeKind.TITLE: _Telling.retitled,
    ChangeKind.DESCRIPTION: _Telling.redescribed,
    ChangeKind.KIND: _Telling.other_kind,
    ChangeKind.MODULE: _Telling.module,
    ChangeKind.PEOPLE: _Telling.people,
    ChangeKind.SIGN_UP: _Telling.sign_up,
    ChangeKind.TRANSLATION: _Telling.translated,
}


def _place(room: RoomEntry | None) -> str:
    return isolated(locales.listed([room.name, room.site])) if room else ""


def _renamed(room: RoomEntry, earlier: RoomEntry) -> str:
    """The same door under another name or at another address."""
    facts = {
        "room": _place(room),
        "earlier": _place(earlier),
        "address": isolated(room.address),
    }
    if facts["room"] == facts["earlier"]:
        if not room.address:
            return _("The address of %(room)s is no longer given.") % facts
        return _("The address of %(room)s is now: %(address)s.") % facts
    return _("%(earlier)s is now called %(room)s.") % facts
