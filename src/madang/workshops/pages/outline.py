"""A programme laid out for a page: by day, module, room or person."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from madang.core import locales
from madang.core.texts import Wording
from madang.workshops.models import Session
from madang.workshops.programme.entries import Programme, SessionEntry
from madang.workshops.queries import public_people
from madang.workshops.queries.public import EditionRow

Names = Mapping[UUID, str]


@dataclass(frozen=True)
class Slot:
    """A session in a list. `details` are short texts, ready for HTML."""

    start: datetime
    end: datetime
    title: Wording
    url: str
    module: int | None
    details: list[SafeString]
    is_cancelled: bool
    is_now: bool


@dataclass(frozen=True)
class Day:
    """Slots of one day; `offset` is its distance from UTC, so that a script knows the moments."""

    day: date
    offset: str
    url: str
    slots: list[Slot]


@dataclass(frozen=True)
class Group:
    """The days of one module, room or person; of the whole programme, without a title."""

    title: Wording | SafeString | str
    url: str
    module: int | None
    days: list[Day]


@dataclass(frozen=True)
class Outline:
    """Lays out the sessions of one programme, for the pages of one edition.

    Without `links`, titles lead nowhere: a draft's sessions have no page yet. With a `moment`,
    slots know whether they are under way then; pages that are kept leave this to the browser.
    """

    programme: Programme
    names: Names
    slug: str
    links: bool = True
    moment: datetime | None = None

    def by_day(self) -> list[Group]:
        days = self._days(self.programme.sessions, every_day=True)
        return [Group("", "", None, days)]

    def on(self, day: date) -> list[Group]:
        """One day of the edition; without sessions it has no slots."""
        slots = [self.slot(entry) for entry in self.programme.on(day)]
        return [Group("", "", None, [self._day(day, slots)])]

    def by_module(self) -> list[Group]:
        found = self._gathered(lambda entry: [entry.module_id])
        groups = [
            Group(module.title.wording(), "", module.number, self._days(found[module.id]))
            for module in self.programme.modules
            if module.id in found
        ]
        return [*groups, *self._rest(_("Beside the modules"), found.get(None))]

    def by_room(self) -> list[Group]:
        found = self._gathered(lambda entry: [entry.room_id])
        groups = [
            Group(
                format_html("{}{}{}", room.name.wording(), locales.comma(), room.site.wording()),
                "",
                None,
                self._days(found[room.id]),
            )
            for room in self.programme.rooms
            if room.id in found
        ]
        return [*groups, *self._rest(_("Room not fixed yet"), found.get(None))]

    def by_person(self) -> list[Group]:
        found = self._gathered(
            lambda entry: dict.fromkeys(part.participation_id for part in entry.people)
        )
        groups = [
            Group(
                format_html("<bdi>{}</bdi>", self.names.get(person, "")),
                reverse("workshops:person", args=[self.slug, person]) if self.links else "",
                None,
                self._days(entries),
            )
            for person, entries in found.items()
        ]
        return sorted(groups, key=lambda group: str(group.title).casefold())

    def slot(self, entry: SessionEntry) -> Slot:
        module = self.programme.module_by_id.get(entry.module_id)
        has_page = self.links and not entry.is_break
        return Slot(
            start=entry.starts_at,
            end=entry.ends_at,
            title=entry.title.wording(),
            url=reverse("workshops:session", args=[self.slug, entry.id]) if has_page else "",
            module=module.number if module else None,
            details=list(self._details(entry)),
            is_cancelled=entry.is_cancelled,
            is_now=(
                self.moment is not None
                and not entry.is_cancelled
                and entry.starts_at <= self.moment < entry.ends_at
            ),
        )

    def neighbours(self, entry: SessionEntry) -> tuple[Slot | None, Slot | None]:
        """What comes before and after a session, breaks left out."""
        others = [each for each in self.programme.sessions if not each.is_break]
        place = next((at for at, each in enumerate(others) if each.id == entry.id), None)
        if place is None:
            return None, None
        before = others[place - 1] if place > 0 else None
        after = others[place + 1] if place + 1 < len(others) else None
        return before and self.slot(before), after and self.slot(after)

    def slots(self, entries: Iterable[SessionEntry]) -> list[Slot]:
        return [self.slot(entry) for entry in entries]

    def days(self, entries: Iterable[SessionEntry]) -> list[Day]:
        """Some of the sessions, by day."""
        return self._days(entries)

    def _details(self, entry: SessionEntry) -> Iterable[SafeString]:
        if entry.is_cancelled:
            yield format_html("<strong>{}</strong>", _("Cancelled"))
        if not entry.is_break:
            yield format_html("{}", Session.Kind(entry.kind).label)
        room = self.programme.room_by_id.get(entry.room_id)
        if room is not None:
            yield format_html("<bdi>{}</bdi>", room.name.wording())
        if entry.with_sign_up:
            yield format_html("{}", _("sign-up"))
        people = [
            (self.names[person],)
            for person in dict.fromkeys(part.participation_id for part in entry.people)
            if person in self.names
        ]
        if people:
            yield format_html_join(mark_safe(", "), "<bdi>{}</bdi>", people)

    def _gathered(
        self, keys: Callable[[SessionEntry], Iterable[UUID | None]]
    ) -> dict[UUID | None, list[SessionEntry]]:
        found: dict[UUID | None, list[SessionEntry]] = defaultdict(list)
        for entry in self.programme.sessions:
            if not entry.is_break:
                for key in keys(entry):
                    found[key].append(entry)
        return found

    def _rest(self, title: str, entries: list[SessionEntry] | None) -> list[Group]:
        return [Group(title, "", None, self._days(entries))] if entries else []

    def _days(self, entries: Iterable[SessionEntry], *, every_day: bool = False) -> list[Day]:
        found: dict[date, list[Slot]] = (
            {day: [] for day in self.programme.days} if every_day else {}
        )
        for entry in entries:
            found.setdefault(entry.starts_at.date(), []).append(self.slot(entry))
        return [self._day(day, slots) for day, slots in found.items()]

    def _day(self, day: date, slots: list[Slot]) -> Day:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=self.programme.zone)
        return Day(
            day=day,
            offset=_offset(noon),
            url=reverse("workshops:day", args=[self.slug, day]),
            slots=slots,
        )


def published(edition: EditionRow, moment: datetime | None = None) -> Outline:
    """The published programme with the names of its people; `Http404` where there is none."""
    if edition.programme is None:
        raise Http404
    names = public_people.names(edition.programme.participation_ids)
    return Outline(edition.programme, names, edition.slug, moment=moment)


def _offset(moment: datetime) -> str:
    """The offset from UTC as in ISO 8601: `+09:00`."""
    return moment.isoformat()[-6:]
