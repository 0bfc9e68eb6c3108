"""What is new about an edition, told by apps above this one and shown on its page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class News:
    """One piece of news: a title in the reader's language, its page, and since when it is there."""

    title: str
    url: str
    at: datetime


_sources: list[Callable[[UUID], Iterable[News]]] = []


def register(source: Callable[[UUID], Iterable[News]]) -> None:
    """Let `source(edition_id)` tell news. Who changes what it tells calls `stamps.touch`."""
    _sources.append(source)


def news(edition_id: UUID, limit: int) -> list[News]:
    """The newest news of an edition."""
    found = [each for source in _sources for each in source(edition_id)]
    return sorted(found, key=lambda each: each.at, reverse=True)[:limit]
