"""What differs between two programmes, session by session."""

from collections.abc import Callable, Iterable
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


# What is compared of two copies of a session, in the order in which changes are told. Rooms and
# modules are compared whole: a renamed room is another room to whoever looks for its door.
_ASPECTS: tuple[tuple[ChangeKind, Callable[[SessionEntry, Programme], object]], ...] = (
    (ChangeKind.MOVED, lambda entry, _: entry.starts_at),
    (ChangeKind.LENGTH, lambda entry, _: entry.minutes),
    (ChangeKind.ROOM, lambda entry, programme: programme.room_by_id.get(entry.room_id)),
    (ChangeKind.TITLE, lambda entry, _: entry.title),
    (ChangeKind.DESCRIPTION, lambda entry, _: entry.description),
    (ChangeKind.KIND, lambda entry, _: entry.kind),
    (ChangeKind.MODULE, lambda entry, programme: programme.module_by_id.get(entry.module_id)),
    (ChangeKind.PEOPLE, lambda entry, _: entry.people),
    (ChangeKind.SIGN_UP, lambda entry, _: (entry.audience, entry.places, entry.sign_up_until)),
)


def compare(before: Programme, after: Programme) -> list[Change]:
    """Every change from one programme to another, in the order of the sessions' start."""
    changes = [
        Change(ChangeKind.REMOVED, entry, None)
        for entry in before.sessions
        if entry.id not in after.session_by_id
    ]
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
    if earlier.is_cancelled != entry.is_cancelled:
        yield ChangeKind.CANCELLED if entry.is_cancelled else ChangeKind.REINSTATED
    for kind, aspect in _ASPECTS:
        if aspect(earlier, before) != aspect(entry, after):
            yield kind
