"""The best cohort, proven in whole numbers: branch and bound with linear relaxations.

HiGHS solves the relaxations, each from the basis of the one before. Its prices (the dual values)
are only a suggestion: any prices give a bound by Lagrange's inequality, and so do these rounded to
binary fractions, for which it is computed in whole numbers and rounded down. In the same way a ray
of prices shows that there is no cohort. So a claim made here rests on no tolerance.

Most nominees are far from the decision. What a nominee's reduced points tell exactly, that no
cohort with (or without) them reaches a target, takes them out of the search; the target starts near
the bound of the relaxation and falls until a cohort is found or nobody is left to be taken out.
"""

import time as stopwatch
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from madang.methods.selection.instance import Instance, Whole
from madang.methods.selection.programme import Quiet

Floats = NDArray[np.float64]
# Whole numbers times 2 ** Search.shift: int64 where nothing overflows, else Python's own integers.
Fine = NDArray[np.int64] | NDArray[np.object_]

LEAST_SHIFT = 24
SAFE = 2**61
NOISE = 1e-11  # a price below this is taken for 0
FRACTION = 1e-6  # a share of a seat this far from 0 and 1 is worth branching on
PROVING = 0.6  # of the time, before any cohort at all is sought
FIRST, GROWTH = 5, 2  # nominees in the search at first, beyond one for each rule; and then


@dataclass(frozen=True)
class Found:
    """The best cohort (nominees, ascending), its points, and what none exceeds.

    `chosen` is None where none was found: there is none if `proven`. `parts` counts the pieces into
    which the proof divides the cohorts, each closed by prices or by looking at its one cohort.
    """

    chosen: tuple[int, ...] | None
    value: int
    bound: int | None
    proven: bool
    parts: int


@dataclass(frozen=True)
class _Box:
    """The cohorts between `lower` and `upper` (0 or 1 for each column), worth at most `ceiling`."""

    lower: Whole
    upper: Whole
    ceiling: int


@dataclass(frozen=True)
class _Relaxed:
    """A relaxation: its solution, and the reduced points under its prices with their bound."""

    shares: Floats
    reduced: Fine
    bound: int  # times 2 ** Search.shift


class Search:
    """Cohorts among the nominees `columns`; rows are the seats, the limits and the budget."""

    def __init__(
        self,
        known: Instance,
        columns: Whole,
        ends: tuple[list[int], list[int]] | None = None,
    ) -> None:
        self.known = known
        self.columns = columns
        self.points = known.points[columns]
        self.costs = known.costs[columns]
        self.kind = known.kind[columns]
        self.low, self.high = _ends(known) if ends is None else ends
        # Prices are fine enough when what rounding them does to a cohort's cost is below a point.
        dearest = known.seats * int(self.costs.max(initial=0)) if known.budget is not None else 0
        self.shift = max(LEAST_SHIFT, dearest.bit_length() + 4)
        self.counts = _by_type(known, len(self.low))[:, self.kind]
        if known.budget is not None:
            self.counts[-1] = self.costs
        self.parts = 0
        self._highs = self._programme()
        self._at = (np.zeros_like(columns), np.ones_like(columns))

    def best(
        self,
        deadline: float,
        *,
        inside: Collection[int] | None = None,
        outside: Collection[int] | None = None,
        rows: Mapping[int, tuple[int, int]] | None = None,
        known: tuple[int, ...] | None = None,
    ) -> Found:
        """The best cohort with the nominees `inside` and without those `outside`.

        These are whom the problem includes and excludes unless said otherwise. `rows` sets other
        ends for some rows: 0 is the seats, then the limits, then the budget. `known` is a cohort
        that keeps all this: what is sought then is a better one.
        """
        self.parts = 0
        inside = self.known.included if inside is None else inside
        outside = self.known.excluded if outside is None else outside
        lower = np.isin(self.columns, list(inside)).astype(np.int64)
        upper = 1 - np.isin(self.columns, list(outside)).astype(np.int64)
        before = self.low, self.high
        self._move_rows(rows or {})
        try:
            return self._best(lower, upper, deadline, known)
        finally:
            self._move_rows(dict(enumerate(zip(*before, strict=True))))

    def _best(
        self, lower: Whole, upper: Whole, deadline: float, known: tuple[int, ...] | None
    ) -> Found:
        if (lower > upper).any() or any(a > b for a, b in zip(self.low, self.high, strict=True)):
            return Found(None, 0, None, proven=True, parts=1)
        root = self._relax(lower, upper)
        if root is None:
            self.parts += 1
            if self._empty(lower, upper):
                return Found(None, 0, None, proven=True, parts=1)
            return self._open(_Box(lower, upper, int(np.abs(self.points).sum())), deadline)
        ceiling = root.bound >> self.shift
        now = stopwatch.perf_counter()
        switch = now + PROVING * (deadline - now)
        core = len(self.low) + FIRST
        while True:
            box, target = self._core(root, _Box(lower, upper, ceiling), core)
            if known is not None and target <= self._worth(known):
                return self._better(root, _Box(lower, upper, ceiling), known, deadline)
            found = self._inside(box, target, switch)
            whole = bool((box.lower == lower).all() and (box.upper == upper).all())
            if found.chosen is not None or (whole and found.proven):
                return found
            if not found.proven:
                return self._open(_Box(lower, upper, ceiling), deadline)
            ceiling = target - 1
            core *= GROWTH

    def _better(self, root: _Relaxed, box: _Box, known: tuple[int, ...], deadline: float) -> Found:
        """A cohort of the box worth more than one that is known, or this one."""
        value = self._worth(known)
        inner = _Box(*self._fixed(root, box.lower, box.upper, value + 1), box.ceiling)
        found = self._inside(inner, value + 1, deadline)
        if found.chosen is not None:
            return found
        bound = value if found.bound is None else max(value, found.bound)
        return Found(known, value, bound, found.proven, found.parts)

    def _worth(self, nominees: tuple[int, ...]) -> int:
        return int(self.known.points[list(nominees)].sum())

    def _inside(self, box: _Box, target: int, deadline: float) -> Found:
        """The best cohort of the box, sought among the open columns alone."""
        sure, free = np.flatnonzero(box.lower), np.flatnonzero(box.lower < box.upper)
        taken = self.counts[:, sure].sum(axis=1).tolist()
        worth = int(self.points[sure].sum())
        ends = (
            [low - part for low, part in zip(self.low, taken, strict=True)],
            [high - part for high, part in zip(self.high, taken, strict=True)],
        )
        inner = Search(self.known, self.columns[free], ends)
        every = _Box(np.zeros_like(free), np.ones_like(free), box.ceiling - worth)
        found = inner._explore(every, target - worth, deadline)
        self.parts += found.parts
        chosen = found.chosen
        if chosen is not None:
            chosen = tuple(sorted([*chosen, *self.columns[sure].tolist()]))
        bound = None if found.bound is None else found.bound + worth
        return Found(chosen, found.value + worth, bound, found.proven, self.parts)

    def _open(self, box: _Box, deadline: float) -> Found:
        """Any cohort of the box, and better ones while there is time."""
        return self._inside(box, self._worst(), deadline)

    def _worst(self) -> int:
        """Points that every cohort has."""
        return -int(np.abs(self.points).sum())

    def _core(self, root: _Relaxed, box: _Box, size: int) -> tuple[_Box, int]:
        """The box without what can't reach the target, which leaves about `size` columns open."""
        free = np.flatnonzero(box.lower < box.upper)
        distance = np.abs(root.reduced[free])
        if size >= len(free):
            return box, self._worst()
        margin = int(np.sort(distance)[size])
        target = (root.bound - margin) >> self.shift
        target = min(target, box.ceiling)
        return _Box(*self._fixed(root, box.lower, box.upper, target), box.ceiling), target

    def _fixed(
        self, relaxed: _Relaxed, lower: Whole, upper: Whole, target: int
    ) -> tuple[Whole, Whole]:
        """Columns go to the end without which `target` is out of reach."""
        margin = min(relaxed.bound - (target << self.shift), SAFE)
        short = np.abs(relaxed.reduced) > margin
        lower = np.where((short & (relaxed.reduced > 0)).astype(bool), upper, lower)
        upper = np.where((short & (relaxed.reduced < 0)).astype(bool), lower, upper)
        return lower, upper

    def _explore(self, first: _Box, target: int, deadline: float) -> Found:
        """The best cohort of the box worth at least `target`."""
        best: tuple[int, ...] | None = None
        value = 0
        missed = target - 1  # cohorts worth less were never looked for
        stack = [first]
        while stack:
            if stopwatch.perf_counter() > deadline:
                bound = max(missed, *(box.ceiling for box in stack))
                if best is not None:
                    bound = max(bound, value)
                return Found(best, value, bound, proven=False, parts=self.parts)
            box = stack.pop()
            if box.ceiling < target:
                self.parts += 1
                continue
            chosen, boxes = self._split(box, target)
            if chosen is not None:
                worth = int(self.points[chosen].sum())
                if worth >= target:
                    best, value = tuple(int(n) for n in self.columns[chosen]), worth
                    target = worth + 1
            stack += boxes
            self.parts += not boxes
        end = value if best is not None else None
        return Found(best, value, end, proven=True, parts=self.parts)

    def _split(self, box: _Box, target: int) -> tuple[Whole | None, list[_Box]]:
        """A cohort of the box, if one shows, and the boxes in which better ones may be."""
        lower, upper = box.lower, box.upper
        relaxed = self._relax(lower, upper)
        ceiling = box.ceiling
        shares = lower.astype(float)
        if relaxed is None:
            if self._empty(lower, upper):
                return None, []
        else:
            ceiling = min(ceiling, relaxed.bound >> self.shift)
            if ceiling < target:
                return None, []
            lower, upper = self._fixed(relaxed, lower, upper, target)
            shares = relaxed.shares
        whole = np.flatnonzero(shares > 1 - FRACTION)
        split = np.abs(shares - np.rint(shares)) > FRACTION
        chosen = whole if not split.any() and self._allowed(whole) else None
        if chosen is not None and int(self.points[chosen].sum()) >= ceiling:
            return chosen, []
        free = np.flatnonzero(lower < upper)
        if not len(free):
            last = np.flatnonzero(lower)
            return (last if self._allowed(last) else chosen), []
        column = self._branching(shares, free)
        without, including = upper.copy(), lower.copy()
        without[column], including[column] = 0, 1
        children = [_Box(lower, without, ceiling), _Box(including, upper, ceiling)]
        return chosen, children if shares[column] >= 0.5 else children[::-1]

    def _branching(self, shares: Floats, free: Whole) -> int:
        """The open column to decide next: of those with part of a seat, what weighs most.

        That is the cost where there is a budget: the relaxation splits a seat to spend all of it.
        """
        parts = np.abs(shares[free] - np.rint(shares[free])) > FRACTION
        open_ = free[parts] if parts.any() else free
        weight = self.points if self.known.budget is None else self.costs
        return int(open_[np.argmax(weight[open_])])

    def _allowed(self, chosen: Whole) -> bool:
        """Whether the columns keep every row, in whole numbers."""
        totals = self.counts[:, chosen].sum(axis=1)
        return all(
            low <= total <= high
            for low, total, high in zip(self.low, totals.tolist(), self.high, strict=True)
        )

    def _relax(self, lower: Whole, upper: Whole) -> _Relaxed | None:
        """The relaxation over the box; None where HiGHS calls it infeasible."""
        self._bound(lower, upper)
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._highs.getSolution()
        prices = self._prices(np.array(solution.row_dual), self.known.in_points.digits)
        reduced = self._reduced(self.points, prices)
        bound = self._bounded(prices, reduced, lower, upper)
        return _Relaxed(np.array(solution.col_value), reduced, bound)

    def _empty(self, lower: Whole, upper: Whole) -> bool:
        """Whether a ray of prices proves, exactly, that the box has no cohort."""
        _, has_ray, ray = self._highs.getDualRay()
        if not has_ray:
            return False
        ray = np.array(ray)
        ray /= np.abs(ray).max(initial=0.0) or 1.0
        nothing = np.zeros_like(self.points)
        for direction in (ray, -ray):
            prices = self._prices(direction, 0)
            reduced = self._reduced(nothing, prices)
            if self._bounded(prices, reduced, lower, upper) < 0:
                return True
        return False

    def _prices(self, duals: Floats, digits: int) -> list[int]:
        """Prices of the rows in whole units of points, times 2 ** shift."""
        duals = np.where(np.abs(duals) < NOISE, 0.0, duals)
        prices = [round(dual * 10**digits * 2**self.shift) for dual in duals.tolist()]
        if self.known.budget is not None:
            in_money = 10.0**self.known.in_money.digits
            prices[-1] = round(duals[-1] * 10**digits / in_money * 2**self.shift)
        return prices

    def _reduced(self, points: Whole, prices: list[int]) -> Fine:
        """What each column is worth beyond the prices of the rows that count it."""
        largest = int(np.abs(points).max(initial=0)) << self.shift
        dearest = int(self.costs.max(initial=0)) + 1
        largest += sum(map(abs, prices)) * dearest
        safe = largest * (len(points) + 1) < SAFE
        kind: Any = np.int64 if safe else object
        values = np.array(prices, dtype=kind)
        reduced: Fine = points.astype(kind) * (1 << self.shift) - values @ self.counts.astype(kind)
        return reduced

    def _bounded(self, prices: list[int], reduced: Fine, lower: Whole, upper: Whole) -> int:
        """Lagrange's bound over the box."""
        rows = sum(
            price * (high if price > 0 else low)
            for price, low, high in zip(prices, self.low, self.high, strict=True)
        )
        ends: Any = np.where((reduced > 0).astype(bool), upper, lower)
        return rows + int(ends.astype(reduced.dtype) @ reduced)

    def _bound(self, lower: Whole, upper: Whole) -> None:
        changed = np.flatnonzero((self._at[0] != lower) | (self._at[1] != upper))
        if len(changed):
            self._highs.changeColsBounds(
                len(changed),
                changed.astype(np.int32),
                lower[changed].astype(float),
                upper[changed].astype(float),
            )
            self._at = (lower, upper)

    def _move_rows(self, rows: Mapping[int, tuple[int, int]]) -> None:
        self.low, self.high = list(self.low), list(self.high)
        for row, (low, high) in rows.items():
            if (self.low[row], self.high[row]) != (low, high):
                self.low[row], self.high[row] = low, high
                if low <= high:
                    unit = self._unit(row)
                    self._highs.changeRowBounds(row, low / unit, high / unit)

    def _unit(self, row: int) -> float:
        money = self.known.budget is not None and row == len(self.low) - 1
        return 10.0**self.known.in_money.digits if money else 1.0

    def _programme(self) -> Any:
        highs: Any = Quiet()
        for name, value in {
            "threads": 1,
            "random_seed": 0,
            "presolve": "off",
            "solver": "simplex",
        }.items():
            highs.setOptionValue(name, value)
        programme = highspy.HighsLp()
        programme.num_col_, programme.num_row_ = len(self.columns), len(self.low)
        programme.sense_ = highspy.ObjSense.kMaximize
        programme.col_cost_ = self.points / 10.0**self.known.in_points.digits
        programme.col_lower_ = np.zeros(len(self.columns))
        programme.col_upper_ = np.ones(len(self.columns))
        units = np.array([self._unit(row) for row in range(len(self.low))])
        programme.row_lower_ = np.array(self.low) / units
        programme.row_upper_ = np.maximum(np.array(self.low), np.array(self.high)) / units
        column, row = np.nonzero(self.counts.T)
        programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        programme.a_matrix_.start_ = np.searchsorted(column, np.arange(len(self.columns) + 1))
        programme.a_matrix_.index_ = row
        programme.a_matrix_.value_ = self.counts[row, column] / units[row]
        highs.passModel(programme)
        return highs


def _ends(known: Instance) -> tuple[list[int], list[int]]:
    """The least and the most of each row."""
    budget = [] if known.budget is None else [known.budget]
    low = [known.seats, *(limit.least for limit in known.limits), *(0 for _ in budget)]
    return low, [known.seats, *(limit.most for limit in known.limits), *budget]


def _by_type(known: Instance, rows: int) -> Whole:
    """In which rows, the budget apart, each type counts."""
    counts = np.zeros((rows, len(known.types)), dtype=np.int64)
    counts[0] = 1
    for number, group in enumerate(known.types):
        counts[[1 + limit for limit in group.limits], number] = 1
    return counts
