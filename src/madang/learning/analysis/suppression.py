"""What keeps single people out of published numbers.

Nothing is told of fewer than five people, and no two numbers of the same answers are told of
groups of which one holds the other and one to four people more. Where a part of a whole is left
out for being small, another part is left out with it, or the difference would give it away.
"""

import hashlib
from collections.abc import Collection, Mapping
from typing import TypeVar

from madang.learning.analysis.results import Note

K = TypeVar("K")

FLOOR = 5
DIGITS = 2


def may_tell(n: int, whole: int) -> bool:
    """Whether a group of `n` may be told of beside the `whole` of which it is a part."""
    return n >= FLOOR and not 0 < whole - n < FLOOR


def counts(parts: Mapping[K, int]) -> dict[K, int | None]:
    """Numbers of people by part, whose sum is known: None for what must not be told.

    A part of nobody is told; those left out are at least two and five people together.
    """
    hidden = {part for part, n in parts.items() if 0 < n < FLOOR}
    shown = sorted((part for part, n in parts.items() if n >= FLOOR), key=lambda part: parts[part])
    while hidden and (len(hidden) < 2 or sum(parts[part] for part in hidden) < FLOOR):
        if not shown:
            break
        hidden.add(shown.pop(0))
    return {part: None if part in hidden else n for part, n in parts.items()}


def share(right: int, answers: int) -> tuple[float | None, Note]:
    """The share of right answers, or why it is not told."""
    if answers - right < FLOOR:
        return None, "nearly_all"
    if right < FLOOR:
        return None, "nearly_none"
    return round(right / answers, DIGITS), ""


def base(both: Collection[str], told_before: int | None) -> list[str]:
    """Of those who took both tests, those of whom gain is told: pseudonyms, perhaps none.

    The test before was told of `told_before` people. Where all but one to four of these took both,
    so many more are left out, by a fixed lot, that the two groups differ by five.
    """
    lot = sorted(both, key=lambda name: hashlib.sha256(name.encode()).digest())
    fewer = (told_before or 0) - len(lot)
    if told_before is not None and 0 < fewer < FLOOR:
        lot = lot[FLOOR - fewer :]
    return lot if len(lot) >= FLOOR else []


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def rounded_interval(ends: tuple[float, float] | None) -> tuple[float, float] | None:
    return None if ends is None else (round(ends[0], DIGITS), round(ends[1], DIGITS))
