"""Every session that was ever published: as it is, or as it was when it was taken out.

What others copied – calendars above all – has to be told how new each session is, and that one of
them is gone. Versions never change, so this is read once for each and kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from madang.workshops.models import ProgrammeVersion
from madang.workshops.programme import differences, snapshot
from madang.workshops.programme.entries import Programme, RoomEntry, SessionEntry


@dataclass(frozen=True)
class Past:
    """A session with its past. `programme` is the one that `entry` stands in.

    `number` is the version in which it last changed and `changed_at` when that was published;
    `published_at` is when it was first. One that `is_gone` was taken out by that version.
    """

    entry: SessionEntry
    programme: Programme
    number: int
    changed_at: datetime
    published_at: datetime
    is_gone: bool = False

    @property
    def room(self) -> RoomEntry | None:
        return self.programme.room_by_id.get(self.entry.room_id)


@dataclass(frozen=True)
class _Version:
    number: int
    published_at: datetime
    programme: Programme


@lru_cache(maxsize=16)
def up_to(version_id: UUID) -> tuple[Past, ...]:
    """The sessions of a version and of those before it, by their start (two queries at first)."""
    return trace(_versions(version_id))


def _versions(version_id: UUID) -> list[_Version]:
    newest = ProgrammeVersion.objects.only("edition", "number").get(pk=version_id)
    rows = ProgrammeVersion.objects.filter(edition=newest.edition_id, number__lte=newest.number)
    return [
        _Version(number, published_at, snapshot.read(content))
        for number, published_at, content in rows.order_by("number").values_list(
            "number", "published_at", "content"
        )
    ]


def trace(versions: Iterable[_Version]) -> tuple[Past, ...]:
    """The past of each session in versions that follow each other, the oldest first."""
    found: dict[UUID, Past] = {}
    before: Programme | None = None
    for version in versions:
        programme = version.programme
        changed = {
            change.session.id
            for change in differences.compare(before or snapshot.empty(programme), programme)
        }
        for entry in programme.sessions:
            known = found.get(entry.id)
            if known is None or entry.id in changed:
                found[entry.id] = Past(
                    entry=entry,
                    programme=programme,
                    number=version.number,
                    changed_at=version.published_at,
                    published_at=known.published_at if known else version.published_at,
                )
        for gone in changed - programme.session_by_id.keys():
            last = found[gone]
            found[gone] = Past(
                entry=last.entry,
                programme=last.programme,
                number=version.number,
                changed_at=version.published_at,
                published_at=last.published_at,
                is_gone=True,
            )
        before = programme
    return tuple(sorted(found.values(), key=lambda past: (past.entry.starts_at, past.entry.id)))
