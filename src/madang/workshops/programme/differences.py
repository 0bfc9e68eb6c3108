"""What differs between two programmes, session by session."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from madang.core.texts import Words
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
    TRANSLATION = "translation"


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


def _wall_clock(entry: SessionEntry, _programme: Programme) -> object:
    """The moment, and how clocks there show it: a corrected time zone moves a session."""
    return entry.starts_at, entry.starts_at.utcoffset()


def _room(entry: SessionEntry, programme: Programme) -> object:
    """Which room, and what one looks for to find it: another name or address counts."""
    room = programme.room_by_id.get(entry.room_id)
    return room and (room.id, *(_source(text) for text in (room.name, room.site, room.address)))


def _module(entry: SessionEntry, programme: Programme) -> object:
    module = programme.module_by_id.get(entry.module_id)
    return module and (module.id, module.number, _source(module.title))


def _source(words: Words) -> tuple[str, str]:
    """A text as it was written. A translation that is added says nothing new to anybody."""
    return words.source, words.texts.get(words.source, "")


# What is compared of two copies of a session, in the order in which changes are told.
_ASPECTS: tuple[tuple[ChangeKind, Callable[[SessionEntry, Programme], object]], ...] = (
    (ChangeKind.MOVED, _wall_clock),
    (ChangeKind.LENGTH, lambda entry, _: entry.minutes),
    (ChangeKind.ROOM, _room),
    (ChangeKind.TITLE, lambda entry, _: _source(entry.title)),
    (ChangeKind.DESCRIPTION, lambda entry, _: _source(entry.description)),
    (ChangeKind.KIND, lambda entry, _: entry.kind),
    (ChangeKind.MODULE, _module),
    (ChangeKind.PEOPLE, lambda entry, _: frozenset(entry.people)),
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
    if entry.is_cancelled and not earlier.is_cancelled:
        # Nothing else about it matters any more.
        yield ChangeKind.CANCELLED
        return
    if earlier.is_cancelled and not entry.is_cancelled:
        yield ChangeKind.REINSTATED
    for kind, aspect in _ASPECTS:
        if aspect(earlier, before) != aspect(entry, after):
            yield kind
    if _translations(earlier) != _translations(entry):
        yield ChangeKind.TRANSLATION


def _translations(entry: SessionEntry) -> list[dict[str, str]]:
    return [
        {code: text for code, text in words.texts.items() if code != words.source}
        for words in (entry.title, entry.description)
    ]
