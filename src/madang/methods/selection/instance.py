"""The problem in whole numbers, as arrays, and which nominees can be left out of its solution.

A nominee can be left out where enough others count for the same quotas, have no fewer points and
cost no more: any cohort that has the nominee then lacks one of these, who can stand in. Enough are
as many as a cohort can have of the type. Who must be included stays in any case.
"""

from bisect import insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from madang.methods.selection import quotas
from madang.methods.selection.problem import Problem
from madang.methods.selection.quotas import Limit, Type
from madang.methods.selection.scaling import Scale, money_scale, points_scale

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Instance:
    """Nominees are indices in the order given; `kind[i]` is the type of nominee i.

    `points` and `costs` are in the units of their scales. `budget` is None where no cohort could
    exceed it.
    """

    seats: int
    limits: tuple[Limit, ...]
    types: tuple[Type, ...]
    kind: Whole
    points: Whole
    costs: Whole
    budget: int | None
    included: frozenset[int]
    excluded: frozenset[int]
    in_points: Scale
    in_money: Scale

    def rank(self, number: int) -> tuple[int, int, int]:
        """Who comes first in a type: most points, then least cost, then as given."""
        return -int(self.points[number]), int(self.costs[number]), number

    def limits_of(self, number: int) -> tuple[int, ...]:
        """The limits for which a nominee counts."""
        return self.types[int(self.kind[number])].limits

    def counts(self, cohort: Iterable[int]) -> Counter[int]:
        """For each limit how many of a cohort it counts."""
        return Counter(limit for number in cohort for limit in self.limits_of(number))


def instance(problem: Problem, *, every: bool = False) -> Instance:
    """The problem in whole numbers, with `every` rule, or those only that a cohort could break."""
    limits = quotas.limits(problem, every=every)
    types = quotas.types(problem, limits)
    merits = [nominee.merit for nominee in problem.nominees]
    prices = [nominee.cost for nominee in problem.nominees]
    in_points, in_money = points_scale(problem), money_scale(problem)
    costs = np.array([in_money.whole(price) for price in prices], dtype=np.int64)
    most = None if problem.budget is None else in_money.down(problem.budget)
    dearest = int(np.sort(costs)[::-1][: problem.seats].sum())
    if most is not None and dearest <= most and not every:
        most = None
    kind = np.zeros(len(merits), dtype=np.int64)
    for number, group in enumerate(types):
        kind[list(group.members)] = number
    number_of = {nominee.id: number for number, nominee in enumerate(problem.nominees)}
    return Instance(
        seats=problem.seats,
        limits=limits,
        types=types,
        kind=kind,
        points=np.array([in_points.whole(merit) for merit in merits], dtype=np.int64),
        costs=costs,
        budget=most,
        included=frozenset(number_of[name] for name in problem.include),
        excluded=frozenset(number_of[name] for name in problem.exclude),
        in_points=in_points,
        in_money=in_money,
    )


def eligible(known: Instance, spare: int = 0) -> Whole:
    """The nominees who can't be left out, ascending.

    With `spare` the others stay superfluous even when so many of those kept are forbidden, or so
    many more of each type allowed.
    """
    kept = set(known.included)
    for group in known.types:
        most = min((known.limits[number].most for number in group.limits), default=known.seats)
        enough = min(most, known.seats) + spare
        candidates = sorted(
            (number for number in group.members if number not in known.excluded),
            key=known.rank,
        )
        kept.update(_undominated(known, candidates, enough))
    return np.array(sorted(kept), dtype=np.int64)


def _undominated(known: Instance, candidates: list[int], enough: int) -> list[int]:
    """Those before whom fewer than `enough` come that cost no more."""
    if known.budget is None or enough <= 0:
        return candidates[: max(0, enough)]
    kept: list[int] = []
    cheapest: list[int] = []
    for number in candidates:
        cost = int(known.costs[number])
        if len(cheapest) < enough or cheapest[enough - 1] > cost:
            kept.append(number)
            insort(cheapest, cost)
    return kept
