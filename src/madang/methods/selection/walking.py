"""A point of the polytope as a mixture of cohorts: a walk over the faces on which it lies.

Carathéodory's proof as an algorithm. On the smallest face that holds the point there is a cohort
(if the cohorts span it); go from it through the point as far as the face reaches: the point is a
mixture of that cohort and of where the way ends, which lies on a smaller face. Repeat from there.

The walk stays where each type, and each quota, has the number it has at the point, rounded down or
up. So every cohort is close to the average, and the ways end after whole multiples of 1/unit.
"""

import random
import time as stopwatch
from collections.abc import Sequence
from dataclasses import dataclass

from madang.methods.selection.polytope import Polytope, Row
from madang.methods.selection.programme import INFINITY, Programme

WHOLE = 1e-6  # what floats may miss a whole number by
ANY = 100.0  # the gap at which an integer programme ends: any cohort will do
KEPT = 0.5  # of those whom a corner with fractions leaves out
ATTEMPTS = 12  # of which each takes back twice as many cohorts as the one before


@dataclass(frozen=True)
class Mixture:
    """Cohorts (numbers of each type) and their weights, whole numbers that sum to `unit`.

    Where the walk found no way on, they sum to less.
    """

    unit: int
    parts: tuple[tuple[int, tuple[int, ...]], ...]

    @property
    def complete(self) -> bool:
        return sum(weight for weight, _ in self.parts) == self.unit


def decompose(
    polytope: Polytope, point: Sequence[int], unit: int, deadline: float = INFINITY
) -> Mixture:
    """The point, given in multiples of 1/unit, as a mixture of cohorts."""
    parts: list[tuple[int, tuple[int, ...]]] = []
    chance = random.Random(0)  # noqa: S311 - breaks ties, the same way each time
    for attempt in range(ATTEMPTS):
        # A face without cohorts is a dead end: take some steps back and go on in other directions.
        del parts[len(parts) - min(len(parts), 2**attempt - 1) :]
        walk = _Walk(polytope, *_rest(point, unit, parts))
        while walk.left and stopwatch.perf_counter() < deadline:
            cohort = walk.cohort(attempt, chance, deadline)
            weight = 0 if cohort is None else walk.reach(cohort)
            if cohort is None or weight == 0:
                break
            walk.go(cohort, weight)
            parts.append((weight, tuple(cohort)))
        if not walk.left or stopwatch.perf_counter() >= deadline:
            break
    return Mixture(unit, tuple(parts))


def _rest(
    point: Sequence[int], unit: int, parts: Sequence[tuple[int, Sequence[int]]]
) -> tuple[list[int], int]:
    """What is left of a point without some parts, and its weight."""
    rest = list(point)
    for weight, cohort in parts:
        rest = [x - weight * y for x, y in zip(rest, cohort, strict=True)]
    return rest, unit - sum(weight for weight, _ in parts)


class _Walk:
    """Where the walk is: `rest` / `left` is the point on the face, `left` / `unit` its weight."""

    def __init__(self, polytope: Polytope, point: Sequence[int], unit: int) -> None:
        self.polytope = polytope
        self.rest = list(point)
        self.left = unit
        self.base = [x // unit for x in point]
        self.open = [t for t, x in enumerate(point) if x % unit]
        self.column = {t: number for number, t in enumerate(self.open)}
        self.rows = [row for row in polytope.rows if any(t in self.column for t in row.weights)]
        self.ends = [self._ends(row) for row in self.rows]
        bounds = [(0.0, 1.0)] * len(self.open)
        rows = [self._entries(row, ends) for row, ends in zip(self.rows, self.ends, strict=True)]
        self.linear, self.integer = Programme(bounds, rows), Programme(bounds, rows)
        self.free = set(self.open)
        self.slack = set(range(len(self.rows)))
        self._tighten()

    def _ends(self, row: Row) -> tuple[int, int]:
        """Between what a row may be: next to where it is now, if it counts people."""
        if any(weight != 1 for weight in row.weights.values()):
            return row.low, row.high
        at = row.at(self.rest)
        return int(at // self.left), int(-(-at // self.left))

    def _entries(self, row: Row, ends: tuple[int, int]) -> tuple[dict[int, float], float, float]:
        base = row.at(self.base)
        entries = {self.column[t]: float(w) for t, w in row.weights.items() if t in self.column}
        return entries, float(ends[0] - base), float(ends[1] - base)

    def cohort(self, noise: float, chance: random.Random, deadline: float) -> list[int] | None:
        """A cohort on the smallest face, as near to the point as a corner can be, but for noise."""
        costs = [
            (self.rest[t] - self.base[t] * self.left) / self.left
            - 0.5
            + noise * (chance.random() - 0.5)
            for t in self.open
        ]
        values: Sequence[float] = self.linear.maximise(costs, deadline=deadline).values
        if not _whole(values):
            values = self._mended(values, costs, chance, deadline)
        if len(values) != len(self.open):
            return None
        cohort = list(self.base)
        for t, value in zip(self.open, values, strict=True):
            cohort[t] += round(value)
        return cohort if self.polytope.holds(cohort) else None

    def _mended(
        self,
        values: Sequence[float],
        costs: Sequence[float],
        chance: random.Random,
        deadline: float,
    ) -> Sequence[float]:
        """A cohort near a corner with fractions: first one that differs in few of the whole ones.

        Who is in the corner stays, and so does every other of those who are not; that leaves a
        small integer programme, which nearly always has a cohort.
        """
        kept = [
            (column, float(round(value)))
            for column, (t, value) in enumerate(zip(self.open, values, strict=True))
            if t in self.free and _whole([value]) and (value > WHOLE or chance.random() < KEPT)
        ]
        for column, value in kept:
            self.integer.bound_column(column, value, value)
        found = self.integer.maximise(costs, integral=True, gap=ANY, deadline=deadline).values
        for column, _ in kept:
            self.integer.bound_column(column, 0.0, 1.0)
        if found:
            return found
        return self.integer.maximise(costs, integral=True, gap=ANY, deadline=deadline).values

    def reach(self, cohort: Sequence[int]) -> int:
        """The largest weight of the cohort with which the rest stays on the face."""
        weight = self.left
        for t in self.free:
            over = self.rest[t] - self.base[t] * self.left
            weight = min(weight, over if cohort[t] > self.base[t] else self.left - over)
        for number in self.slack:
            row, (low, high) = self.rows[number], self.ends[number]
            at, there = int(row.at(self.rest)), int(row.at(cohort))
            if there > low:
                weight = min(weight, (at - low * self.left) // (there - low))
            if there < high:
                weight = min(weight, (high * self.left - at) // (high - there))
        return weight

    def go(self, cohort: Sequence[int], weight: int) -> None:
        self.left -= weight
        self.rest = [x - weight * y for x, y in zip(self.rest, cohort, strict=True)]
        if self.left:
            self._tighten()

    def _tighten(self) -> None:
        """Fix the columns and rows that the point has at an end: they define its smallest face."""
        for t in [t for t in self.free if self.rest[t] % self.left == 0]:
            self.free.discard(t)
            value = float(self.rest[t] // self.left - self.base[t])
            self.linear.bound_column(self.column[t], value, value)
            self.integer.bound_column(self.column[t], value, value)
        for number in [n for n in self.slack if self._tight(n)]:
            self.slack.discard(number)
            row = self.rows[number]
            value = float(row.at(self.rest) // self.left - row.at(self.base))
            self.linear.bound_row(number, value, value)
            self.integer.bound_row(number, value, value)

    def _tight(self, number: int) -> bool:
        at = self.rows[number].at(self.rest)
        return any(at == end * self.left for end in self.ends[number])


def _whole(values: Sequence[float]) -> bool:
    return all(abs(value - round(value)) <= WHOLE for value in values)
