"""Who is there twice: one person in other spellings, other scripts, from another office."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from madang.nominations.reading import sentences


class Band(Enum):
    """How sure it is that two entries are one person."""

    SAME = "same"
    MAYBE = "maybe"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Someone:
    """One entry of a list: who it may be. `key` is the caller's; the country is its code."""

    key: str
    name: str
    email: str = ""
    phone: str = ""
    organisation: str = ""
    country: str = ""


@dataclass(frozen=True)
class Pair:
    """Two entries that are, or may be, one person; `score` is from 0 to 1."""

    one: str
    other: str
    band: Band
    score: float
    reasons: tuple[str, ...]

    @property
    def sentences(self) -> list[str]:
        """The reasons in words, in the language that is active."""
        return [sentences.of(reason, {}) for reason in self.reasons]


def same_people(candidates: Sequence[Someone], known: Sequence[Someone] = ()) -> list[Pair]:
    """Pairs among the candidates, and of a candidate (`one`) with somebody known (`other`).

    Only the bands same and maybe are listed, the surest first.
    """
    return []
