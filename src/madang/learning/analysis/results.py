"""Results as they are frozen: numbers of groups, rounded, with whatever is suppressed left out."""

from dataclasses import dataclass
from typing import Literal

# Why there is no share: too few people; or nearly all, or hardly any, answers are right, which
# would say of each person what they answered.
Note = Literal["", "few", "nearly_all", "nearly_none"]
Part = Literal["all", "module", "competency"]
Interval = tuple[float, float] | None


@dataclass(frozen=True)
class Cell:
    """How a group did in one part of a test: `share` of right answers, `n` people."""

    part: Part
    key: str
    items: int
    n: int | None
    share: float | None
    note: Note = ""


@dataclass(frozen=True)
class ItemResult:
    """How a group answered one question, by the id of its version.

    `chosen` has the number of people by wrong choice ("" for no answer), None where suppressed.
    `flags` are codes of `methods.items`, and "best_half", "best_two_thirds": so many of the third
    that did best chose the same wrong answer, `drawn_to`.
    """

    version: str
    n: int | None
    share: float | None
    note: Note
    discrimination: float | None
    flags: tuple[str, ...] = ()
    chosen: dict[str, int | None] | None = None
    drawn_to: str = ""


@dataclass(frozen=True)
class TestResult:
    """What came out of one test; `n` is None, and the lists are empty, for fewer than five.

    `left_out` says that only those are counted who took the other test as well.
    """

    n: int | None
    cells: tuple[Cell, ...] = ()
    items: tuple[ItemResult, ...] = ()
    kr20: float | None = None
    interval: Interval = None
    left_out: bool = False


@dataclass(frozen=True)
class GainCell:
    """What a group learned in one part: Hake's gain and the effect size d_z, with intervals."""

    part: Part
    key: str
    items: int
    n: int
    pre: float | None
    post: float | None
    gain: float | None
    interval: Interval
    effect: float | None
    effect_interval: Interval


@dataclass(frozen=True)
class LearnedResult:
    """What was learned by those who took both tests; `same_items`: both asked the same."""

    n: int
    cells: tuple[GainCell, ...]
    same_items: bool
