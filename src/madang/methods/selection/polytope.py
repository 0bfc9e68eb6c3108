"""The cohorts as whole points of a polytope: how many of each type of nominee are chosen.

Nominees are of one type when no rule can tell them apart: they count for the same quotas and, where
the budget can bind, cost the same. By symmetry the fairest lottery gives them equal chances, so it
is enough to know how many of a type are chosen. Who is excluded is of no type; who is included
leaves the seats, quotas and budget that remain for the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from madang.methods.selection.instance import instance
from madang.methods.selection.problem import Problem


@dataclass(frozen=True)
class Row:
    """low ≤ Σ weights[t]·x[t] ≤ high for numbers x[t] of nominees chosen of type t."""

    weights: dict[int, int]
    low: int
    high: int

    def at(self, point: Sequence[int | Fraction]) -> int | Fraction:
        return sum((weight * point[t] for t, weight in self.weights.items()), 0)


@dataclass(frozen=True)
class Polytope:
    """0 ≤ x[t] ≤ sizes[t] within rows. `members[t]` are the indices of the nominees of type t."""

    members: tuple[tuple[int, ...], ...]
    rows: tuple[Row, ...]
    included: tuple[int, ...] = ()

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(map(len, self.members))

    def holds(self, point: Sequence[int | Fraction]) -> bool:
        """Whether a point lies inside, in exact arithmetic."""
        return all(0 <= x <= size for x, size in zip(point, self.sizes, strict=True)) and all(
            row.low <= row.at(point) <= row.high for row in self.rows
        )


def polytope(problem: Problem) -> Polytope:
    """The polytope of a problem; its first row is the number of seats."""
    known = instance(problem)
    included = sorted(known.included)
    costs = [int(cost) for cost in known.costs]
    budget = known.budget
    groups: dict[tuple[int, int], list[int]] = {}
    for nominee, kind in enumerate(known.kind):
        if nominee not in known.included and nominee not in known.excluded:
            key = (int(kind), 0 if budget is None else costs[nominee])
            groups.setdefault(key, []).append(nominee)
    seats = known.seats - len(included)
    rows = [Row(dict.fromkeys(range(len(groups)), 1), seats, seats)]
    counts = [set(known.types[kind].limits) for kind, _ in groups]
    already = known.counts(included)
    for number, limit in enumerate(known.limits):
        holders = {t: 1 for t, counted in enumerate(counts) if number in counted}
        rows.append(Row(holders, limit.least - already[number], limit.most - already[number]))
    if budget is not None:
        left = budget - sum(costs[nominee] for nominee in included)
        prices = {t: cost for t, (_, cost) in enumerate(groups) if cost}
        shared = gcd(*prices.values()) or 1
        rows.append(Row({t: cost // shared for t, cost in prices.items()}, 0, left // shared))
    if known.included & known.excluded:
        rows.append(Row({}, 1, 1))  # which nothing satisfies
    return Polytope(tuple(map(tuple, groups.values())), tuple(rows), tuple(included))
