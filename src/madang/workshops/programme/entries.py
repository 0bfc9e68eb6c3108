"""A programme in its frozen form: what visitors see, what is published, compared and printed.

Everything here is immutable and holds no personal value: people are references (ids of
participations) whose names are looked up when a page is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from madang.core.texts import Words


@dataclass(frozen=True)
class ModuleEntry:
    id: UUID
    number: int
    title: Words


@dataclass(frozen=True)
class RoomEntry:
    id: UUID
    name: Words
    capacity: int
    site_id: UUID
    site: Words
    address: Words


@dataclass(frozen=True)
class PartEntry:
    """Somebody's part in a session; `role` is one of `SessionPerson.Role`."""

    participation_id: UUID
    role: str


@dataclass(frozen=True)
class SessionEntry:
    """One session. `kind` and `audience` are values of `Session.Kind` and `Session.Audience`."""

    id: UUID
    kind: str
    title: Words
    description: Words
    module_id: UUID | None
    starts_at: datetime
    minutes: int
    room_id: UUID | None
    audience: str
    places: int | None
    sign_up_until: datetime | None
    is_cancelled: bool
    people: tuple[PartEntry, ...]

    @property
    def ends_at(self) -> datetime:
        """When it ends on the local clock, also where that is put forward or back in between."""
        start = self.starts_at.astimezone(UTC)
        return (start + timedelta(minutes=self.minutes)).astimezone(self.starts_at.tzinfo)

    @property
    def with_sign_up(self) -> bool:
        return self.audience == "sign_up"

    @property
    def is_break(self) -> bool:
        return self.kind == "break"

    def has_part(self, participation_id: UUID) -> bool:
        """Whether somebody has a part in it."""
        return any(part.participation_id == participation_id for part in self.people)

    def is_for(self, participation_id: UUID, *, has_place: bool) -> bool:
        """Whether somebody comes: it is for everyone, or they have a place or a part in it."""
        return has_place or not self.with_sign_up or self.has_part(participation_id)


@dataclass(frozen=True)
class Programme:
    """A whole programme; sessions in the order of their start, all moments in `zone`."""

    edition_id: UUID
    time_zone: str
    first_day: date
    last_day: date
    modules: tuple[ModuleEntry, ...]
    rooms: tuple[RoomEntry, ...]
    sessions: tuple[SessionEntry, ...]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every day of the edition, and any other on which something takes place."""
        count = (self.last_day - self.first_day).days + 1
        planned = {self.first_day + timedelta(days=offset) for offset in range(count)}
        return tuple(sorted(planned | {entry.starts_at.date() for entry in self.sessions}))

    @cached_property
    def module_by_id(self) -> Mapping[UUID, ModuleEntry]:
        return {module.id: module for module in self.modules}

    @cached_property
    def room_by_id(self) -> Mapping[UUID, RoomEntry]:
        return {room.id: room for room in self.rooms}

    @cached_property
    def session_by_id(self) -> Mapping[UUID, SessionEntry]:
        return {entry.id: entry for entry in self.sessions}

    @cached_property
    def participation_ids(self) -> frozenset[UUID]:
        """Everyone with a part in any session."""
        return frozenset(part.participation_id for entry in self.sessions for part in entry.people)

    def on(self, day: date) -> tuple[SessionEntry, ...]:
        """The sessions that start on a day."""
        return tuple(entry for entry in self.sessions if entry.starts_at.date() == day)

    def with_part_of(self, participation_id: UUID) -> tuple[SessionEntry, ...]:
        """The sessions in which someone has a part."""
        return tuple(entry for entry in self.sessions if entry.has_part(participation_id))

    def now(self, moment: datetime) -> tuple[SessionEntry, ...]:
        """The sessions that are under way at a moment."""
        return tuple(
            entry
            for entry in self.sessions
            if not entry.is_cancelled and entry.starts_at <= moment < entry.ends_at
        )

    def next(self, moment: datetime) -> tuple[SessionEntry, ...]:
        """The sessions that start next after a moment, all those that start together."""
        later = [
            entry for entry in self.sessions if not entry.is_cancelled and entry.starts_at > moment
        ]
        return tuple(entry for entry in later if entry.starts_at == later[0].starts_at)
