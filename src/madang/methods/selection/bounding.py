"""Linear relaxations of a cohort, and the bounds in whole numbers that they give.

HiGHS solves the relaxations, each from the basis of the one before. Its prices (the dual values)
are only a suggestion: any prices give a bound by Lagrange's inequality, and so do these rounded to
binary fractions, for which it is computed in whole numbers. In the same way a ray of prices shows
that there is no cohort. So what is claimed here rests on no tolerance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from madang.methods.selection.instance import Instance, Whole
from madang.methods.selection.programme import Quiet

Floats = NDArray[np.float64]
# Whole numbers times 2 ** Bounds.shift: int64 where nothing overflows, else Python's own integers.
Fine = NDArray[np.int64] | NDArray[np.object_]
Ends = tuple[list[int], list[int]]

LEAST_SHIFT = 24
SAFE = 2**61
NOISE = 1e-11  # a price below this is taken for 0


@dataclass(frozen=True)
class Relaxed:
    """A relaxation: its solution, a whole bound on the points of its cohorts, and what proves it.

    `reduced` is what each column is worth beyond the prices, `exact` the bound before it is rounded
    down, both times 2 ** `shift`.
    """

    shares: Floats
    reduced: Fine
    exact: int
    shift: int

    @property
    def bound(self) -> int:
        return self.exact >> self.shift

    def decided(self, lower: Whole, upper: Whole, target: int) -> tuple[Whole, Whole]:
        """Columns go to the end without which `target` points are out of reach."""
        margin = min(self.exact - (target << self.shift), SAFE)
        short = np.abs(self.reduced) > margin
        lower = np.where((short & (self.reduced > 0)).astype(bool), upper, lower)
        upper = np.where((short & (self.reduced < 0)).astype(bool), lower, upper)
        return lower, upper

    def target(self, columns: Whole, size: int) -> int:
        """The points for which about `size` of the columns remain undecided."""
        margin = int(np.sort(np.abs(self.reduced[columns]))[size])
        return (self.exact - margin) >> self.shift


class Bounds:
    """The relaxation over the nominees `columns`; rows are the seats, the limits and the budget.

    `ends` are the least and the most of each row, unless they are those of the problem.
    """

    def __init__(self, known: Instance, columns: Whole, ends: Ends | None = None) -> None:
        self.known = known
        self.points = known.points[columns]
        self.costs = known.costs[columns]
        self.low, self.high = _ends(known) if ends is None else ends
        # Prices are fine enough when what rounding them does to a cohort's cost is below a point.
        dearest = known.seats * int(self.costs.max(initial=0)) if known.budget is not None else 0
        self.shift = max(LEAST_SHIFT, dearest.bit_length() + 4)
        self.counts = _by_type(known, len(self.low))[:, known.kind[columns]]
        if known.budget is not None:
            self.counts[-1] = self.costs
        self._highs = self._programme()
        self._at = (np.zeros_like(columns), np.ones_like(columns))

    def relax(self, lower: Whole, upper: Whole) -> Relaxed | None:
        """The relaxation over the box; None where HiGHS calls it infeasible."""
        self._bound(lower, upper)
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._highs.getSolution()
        prices = self._prices(np.array(solution.row_dual), self.known.in_points.digits)
        reduced = self._reduced(self.points, prices)
        bound = self._bounded(prices, reduced, lower, upper)
        return Relaxed(np.array(solution.col_value), reduced, bound, self.shift)

    def empty(self, lower: Whole, upper: Whole) -> bool:
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

    def allow(self, chosen: Whole) -> bool:
        """Whether the columns keep every row, in whole numbers."""
        totals = self.counts[:, chosen].sum(axis=1)
        return all(
            low <= total <= high
            for low, total, high in zip(self.low, totals.tolist(), self.high, strict=True)
        )

    def move(self, rows: Mapping[int, tuple[int, int]]) -> None:
        """Set other ends of some rows."""
        self.low, self.high = list(self.low), list(self.high)
        for row, (low, high) in rows.items():
            if (self.low[row], self.high[row]) != (low, high):
                self.low[row], self.high[row] = low, high
                if low <= high:
                    unit = self._unit(row)
                    self._highs.changeRowBounds(row, low / unit, high / unit)

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
        programme.num_col_, programme.num_row_ = len(self.points), len(self.low)
        programme.sense_ = highspy.ObjSense.kMaximize
        programme.col_cost_ = self.points / 10.0**self.known.in_points.digits
        programme.col_lower_ = np.zeros(len(self.points))
        programme.col_upper_ = np.ones(len(self.points))
        units = np.array([self._unit(row) for row in range(len(self.low))])
        programme.row_lower_ = np.array(self.low) / units
        programme.row_upper_ = np.maximum(np.array(self.low), np.array(self.high)) / units
        column, row = np.nonzero(self.counts.T)
        programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        programme.a_matrix_.start_ = np.searchsorted(column, np.arange(len(self.points) + 1))
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
