"""Rules of a timetable that contradict each other, as sentences for planners.

The kinds of rules, and what each is about, are those of `madang.methods.timetable.rules`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from madang.core import locales
from madang.workshops.models import Room, Session
from madang.workshops.programme.sentences import isolated


@dataclass(frozen=True)
class Telling:
    """Everything that rules speak of, by the ids that the method was given."""

    sessions: Mapping[str, Session]
    rooms: Mapping[str, Room]
    people: Mapping[str, str]

    def sentences(self, rules: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
        """What stored rules ask for, `[kind, [what it is about]]` each."""
        return list(dict.fromkeys(_SENTENCES[kind](self, *about) for kind, about in rules))

    def session(self, key: str) -> str:
        found = self.sessions.get(key)
        return isolated(found.wording("title") if found else _("a session that is gone"))

    def person(self, key: str) -> str:
        return isolated(self.people.get(key) or _("somebody"))

    def day(self, text: str) -> str:
        return locales.calendar_date(date.fromisoformat(text), "day")

    def room_names(self, keys: Sequence[str]) -> str:
        return locales.listed(
            isolated(self.rooms[key].wording("name")) for key in keys if key in self.rooms
        )

    def about_session(self, pattern: str, key: str) -> str:
        return pattern % {"session": self.session(key)}


_SENTENCES: Mapping[str, Callable[..., str]] = {
    "held": lambda t, key: t.about_session(_("“%(session)s” takes place."), key),
    "fixed_day": lambda t, key: t.about_session(_("“%(session)s” keeps its day."), key),
    "fixed_start": lambda t, key: t.about_session(_("“%(session)s” keeps its time."), key),
    "fixed_room": lambda t, key: t.about_session(_("“%(session)s” keeps its room."), key),
    "suits": lambda t, key: t.about_session(
        _("“%(session)s” needs a room with enough seats."), key
    ),
    "plenary": lambda t, key: t.about_session(
        _("“%(session)s” is for everyone: nothing runs beside it."), key
    ),
    "after": lambda t, key, earlier: (
        _("“%(session)s” comes after “%(earlier)s”.")
        % {"session": t.session(key), "earlier": t.session(earlier)}
    ),
    "module_after": lambda _t, *_about: _("Modules keep their order."),
    "person": lambda t, key: (
        _("%(person)s can be in one place at a time.") % {"person": t.person(key)}
    ),
    "absence": lambda t, key, day: (
        _("%(person)s is not there on %(day)s.") % {"person": t.person(key), "day": t.day(day)}
    ),
    "rooms": lambda t, *keys: (
        _("One session at a time in: %(rooms)s.") % {"rooms": t.room_names(keys)}
    ),
    "hours": lambda t, day: _("Sessions keep to the hours of %(day)s.") % {"day": t.day(day)},
    "break": lambda t, day, _name: _("Lunch stays free on %(day)s.") % {"day": t.day(day)},
}
