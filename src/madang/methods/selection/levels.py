"""Chances as equal as a polytope allows, in exact fractions, with what proves them.

Leximin: the least chance is made as large as possible, then the next, and so on. Each stage is a
linear programme over the chances not yet settled: the largest v for which everybody else can have
at least v. Its dual gives weights W and a limit with W·x ≤ limit everywhere in the polytope, which
holds with equality at the optimum, so that every type with a positive weight has exactly the
chance v in any best solution: it is settled. HiGHS solves the stage in floats; its basis is then
solved anew in fractions, and both the point and the dual are checked in them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from madang.methods.selection import exact
from madang.methods.selection.polytope import Polytope, Row
from madang.methods.selection.programme import INFINITY, Basis, Programme, Status


class ImpreciseError(Exception):
    """The basis found in floats is not optimal in fractions."""


@dataclass(frozen=True)
class Stage:
    """W·x ≤ limit for every x of the polytope, which settles some types at the chance `value`."""

    value: Fraction
    weights: dict[int, int]
    limit: int

    def settles(self, settled: Mapping[int, Fraction], sizes: tuple[int, ...]) -> bool:
        """Whether it proves its value to be the best for the types not `settled` before."""
        price = 0
        known: dict[Fraction, int] = {}
        for t, weight in self.weights.items():
            if t in settled:
                known[settled[t]] = known.get(settled[t], 0) + weight * sizes[t]
            elif weight < 0:
                return False
            else:
                price += weight * sizes[t]
        return price > 0 and price * self.value + _total(known) == self.limit


@dataclass(frozen=True)
class Levels:
    """`chances` of each type, the leximin solution; `stages` prove it."""

    chances: tuple[Fraction, ...] = ()
    stages: tuple[Stage, ...] = ()


def leximin(polytope: Polytope, deadline: float = INFINITY) -> Levels | None:
    """The leximin chances over the polytope, fractional points included; None if it is empty.

    Raises `ImpreciseError` where floats were not enough, `TimeoutError` at the deadline.
    """
    if any(not row.weights and not row.low <= 0 <= row.high for row in polytope.rows):
        return None
    settled: dict[int, Fraction] = {}
    capped: set[int] = set()
    stages: list[Stage] = []
    while len(settled) < len(polytope.members):
        stage = _stage(polytope, settled, capped, deadline)
        if stage is None:
            return None
        stages.append(stage)
        settled |= {t: stage.value for t in stage.weights if t not in settled}
    return Levels(tuple(settled[t] for t in range(len(settled))), tuple(stages))


def _stage(
    polytope: Polytope, settled: Mapping[int, Fraction], capped: set[int], deadline: float
) -> Stage | None:
    """One stage; types whose upper bound turns out to matter are added to `capped`."""
    while True:
        linear = _Linear(polytope, settled, sorted(capped.difference(settled)))
        programme = Programme(
            [(0.0, INFINITY)] * len(linear.open) + [(0.0, 1.0)],
            [
                ({column: float(entry) for column, entry in row.items()}, float(low), float(high))
                for row, low, high in linear.rows
            ],
        )
        outcome = programme.maximise([0.0] * len(linear.open) + [1.0], deadline=deadline)
        if outcome.status is Status.UNFINISHED:
            raise TimeoutError
        if outcome.status is Status.INFEASIBLE:
            return None
        basis = programme.basis()
        point = linear.point(basis)
        broken = linear.above(point)
        if not broken:
            return linear.proven(basis, point)
        capped |= broken


class _Linear:
    """One stage as a linear programme over s[t] ≥ 0 and 0 ≤ v ≤ 1, with x[t] = sizes[t]·v + s[t].

    Columns are the open types in order, then v. Rows are those of the polytope, and then
    x[t] ≤ sizes[t] for the types in `capped`: seldom needed, so not there before they are broken.
    """

    def __init__(
        self, polytope: Polytope, settled: Mapping[int, Fraction], capped: list[int]
    ) -> None:
        self.polytope = polytope
        self.sizes = polytope.sizes
        self.settled = settled
        self.open = [t for t in range(len(self.sizes)) if t not in settled]
        self.column = {t: number for number, t in enumerate(self.open)}
        self.level = len(self.open)
        self.rows: list[tuple[dict[int, int], Fraction | int, Fraction | int]] = []
        self.sources: list[Row | int] = []
        for source in polytope.rows:
            self._add(source)
        for t in capped:
            self.rows.append(({self.column[t]: 1, self.level: self.sizes[t]}, -1, self.sizes[t]))
            self.sources.append(t)

    def _add(self, source: Row) -> None:
        entries = {self.column[t]: w for t, w in source.weights.items() if t in self.column}
        if not entries:
            return
        lift = 0
        people: dict[Fraction, int] = {}
        for t, weight in source.weights.items():
            if t in self.column:
                lift += weight * self.sizes[t]
            else:
                people[self.settled[t]] = people.get(self.settled[t], 0) + weight * self.sizes[t]
        known = _total(people)
        self.rows.append((entries | {self.level: lift}, source.low - known, source.high - known))
        self.sources.append(source)

    def point(self, basis: Basis) -> list[Fraction]:
        """The columns at a basis, in fractions."""
        values = [Fraction(0)] * (self.level + 1)
        if self.level in basis.upper:
            values[self.level] = Fraction(1)
        inside = {column: number for number, column in enumerate(basis.inside)}
        if len(inside) != len(basis.tight):
            raise ImpreciseError
        system, right = [], []
        for row, upper in zip(basis.tight, basis.at_upper, strict=True):
            entries, low, high = self.rows[row]
            system.append({inside[c]: entry for c, entry in entries.items() if c in inside})
            rest = entries.get(self.level, 0) * values[self.level]
            right.append((high if upper else low) - rest)
        found = exact.solve(system, right)
        if found is None:
            raise ImpreciseError
        for column, value in zip(basis.inside, found, strict=True):
            values[column] = value
        if any(value < 0 for value in values) or values[self.level] > 1:
            raise ImpreciseError
        moved = [column for column, value in enumerate(values) if value]
        for entries, low, high in self.rows:
            at = sum((entries[c] * values[c] for c in moved if c in entries), Fraction(0))
            if not low <= at <= high:
                raise ImpreciseError
        return values

    def above(self, point: list[Fraction]) -> set[int]:
        """The types of which more are chosen at a point than there are."""
        level = point[self.level]
        return {
            t
            for column, t in enumerate(self.open)
            if point[column] and point[column] + level * self.sizes[t] > self.sizes[t]
        }

    def proven(self, basis: Basis, point: list[Fraction]) -> Stage:
        """The stage whose weights prove that no v is larger than at the point of the basis."""
        value = point[self.level]
        if self.level in basis.upper:
            # Everybody open can be certain; each type's own size is what limits it.
            everybody = dict.fromkeys(self.open, 1)
            return Stage(value, everybody, sum(self.sizes[t] for t in self.open))
        multipliers = self._multipliers(basis)
        unit = lcm(*(factor.denominator for factor in multipliers.values()))
        weights: dict[int, int] = {}
        limit = 0
        for row, share in multipliers.items():
            source = self.sources[row]
            if isinstance(source, int):
                source = Row({source: 1}, 0, self.sizes[source])
            factor = int(share * unit)
            limit += factor * (source.high if factor > 0 else source.low)
            for t, entry in source.weights.items():
                weights[t] = weights.get(t, 0) + factor * entry
        stage = Stage(value, {t: weight for t, weight in weights.items() if weight}, limit)
        if not stage.settles(self.settled, self.sizes):
            raise ImpreciseError
        return stage

    def _multipliers(self, basis: Basis) -> dict[int, Fraction]:
        """What each tight row contributes to the proof: the dual at a basis, in fractions."""
        inside = {column: number for number, column in enumerate(basis.inside)}
        system = [
            {inside[c]: entry for c, entry in self.rows[row][0].items() if c in inside}
            for row in basis.tight
        ]
        costs = [int(column == self.level) for column in basis.inside]
        if self.level not in inside:
            # v is 0 in every solution: any weights prove it that make v's own price 1.
            raise ImpreciseError
        factors = exact.solve(exact.transposed(system), costs)
        if factors is None:
            raise ImpreciseError
        return {row: factor for row, factor in zip(basis.tight, factors, strict=True) if factor}


def _total(people: Mapping[Fraction, int]) -> Fraction:
    """How many of some people are chosen, by their chance."""
    return sum((chance * number for chance, number in people.items()), Fraction(0))
