"""What an edition asks of one person who takes part; apps above this one tell of theirs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from madang.core import clock
from madang.workshops.models import Participation


@dataclass(frozen=True)
class Asked:
    """One thing to do or to collect: its name, its page, and in a few words how it stands.

    `until` is the moment by which it is asked for, where there is one. What is done stays in the
    list, so that people find it again.
    """

    label: str | Promise
    url: str
    note: str | Promise = ""
    until: datetime | None = None
    is_done: bool = False

    @property
    def is_late(self) -> bool:
        return not self.is_done and self.until is not None and self.until < clock.now()


Source = Callable[[Participation], Iterable[Asked]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Let `source(participation)` tell what is asked; called from an app's `ready()`.

    The participation comes with its edition and its person. A source costs two queries at most,
    and none where its edition has nothing of the kind.
    """
    _sources.append(source)


def of(participation: Participation) -> list[Asked]:
    """Everything asked of somebody: what is open by its moment, then what is done."""
    found = [each for source in _sources for each in source(participation)]
    return sorted(
        found, key=lambda each: (each.is_done, each.until is None, each.until or clock.now())
    )
