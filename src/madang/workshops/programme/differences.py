"""What differs between two programmes, session by session."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from madang.workshops.programme.entries import Programme, SessionEntry


class ChangeKind(StrEnum):
    """What can happen to a session from one programme to the next."""

    ADDED = "added"
    REMOVED = "removed"
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"
    MOVED = "moved"
    LENGTH = "length"
    ROOM = "room"
    TITLE = "title"
    DESCRIPTION = "description"
    KIND = "kind"
    MODULE = "module"
    PEOPLE = "people"
    SIGN_UP = "sign_up"


@dataclass(frozen=True)
class Change:
    """One change of one session: `before` is None where it was added, `after` where removed."""

    kind: ChangeKind
    before: SessionEntry | None
    after: SessionEntry | None

    @property
    def session(self) -> SessionEntry:
        """The session as it is now, or was last."""
        entry = self.after or self.before
        assert entry is not None  # noqa: S101 - one of the two always stands
        return entry

    @property
    def joined(self) -> frozenset[UUID]:
        """Participations that have a part now and had none before."""
        return _people(self.after) - _people(self.before)

    @property
    def left(self) -> frozenset[UUID]:
        """Participations that had a part before and have none now."""
        return _people(self.before) - _people(self.after)


def _people(entry: SessionEntry | None) -> frozenset[UUID]:
    return frozenset(part.participation_id for part in entry.people) if entry else frozenset()


def compare(before: Programme, after: Programme) -> list[Change]:
    """Every change from one programme to another, in the order of the sessions' start."""
    changes: list[Change] = []
    for entry in before.sessions:
        if entry.id not in after.session_by_id:
            changes.append(Change(ChangeKind.REMOVED, entry, None))
    for entry in after.sessions:
        earlier = before.session_by_id.get(entry.id)
        if earlier is None:
            changes.append(Change(ChangeKind.ADDED, None, entry))
        else:
            changes.extend(
                Change(kind, earlier, entry) for kind in _kinds(earlier, entry, before, after)
            )
    return sorted(changes, key=lambda change: (change.session.starts_at, change.session.id))


def _kinds(
    earlier: SessionEntry, entry: SessionEntry, before: Programme, after: Programme
) -> Iterable[ChangeKind]:
    if entry.is_cancelled and not earlier.is_cancelled:
        yield ChangeKind.CANCELLED
    if earlier.is_cancelled and not entry.is_cancelled:
        yield ChangeKind.REINSTATED
    if entry.starts_at != earlier.starts_at:
        yield ChangeKind.MOVED
    if entry.minutes != earlier.minutes:
        yield ChangeKind.LENGTH
    # A renamed room is another room to whoever looks for its door.
    if before.room_by_id.get(earlier.room_id) != after.room_by_id.get(entry.room_id):
        yield ChangeKind.ROOM
    if entry.title != earlier.title:
        yield ChangeKind.TITLE
    if entry.description != earlier.description:
        yield ChangeKind.DESCRIPTION
    if entry.kind != earlier.kind:
        yield ChangeKind.KIND
    if before.module_by_id.get(earlier.module_id) != after.module_by_id.get(entry.module_id):
        yield ChangeKind.MODULE
    if entry.people != earlier.people:
        yield ChangeKind.PEOPLE
    if _sign_up(entry) != _sign_up(earlier):
        yield ChangeKind.SIGN_UP


def _sign_up(entry: SessionEntry) -> tuple[object, ...]:
    return entry.audience, entry.places, entry.sign_up_until
