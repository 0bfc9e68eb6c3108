"""A linear or integer programme for HiGHS, one thread, with the basis in which it ended.

J. A. J. Hall, I. Galabova and others, HiGHS: high performance software for linear optimization.
"""

import time as stopwatch
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import highspy
import numpy as np

INFINITY = float("inf")


class Status(Enum):
    """How a run ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNFINISHED = "unfinished"


@dataclass(frozen=True)
class Outcome:
    """`values` of the columns, empty where none were found; no values give more than `bound`."""

    status: Status
    values: tuple[float, ...] = ()
    bound: float = INFINITY


@dataclass(frozen=True)
class Basis:
    """Columns inside their bounds, columns at their upper bound; rows at an end, and at which.

    Columns not named are at their lower bound, rows not named have slack. `at_upper` tells for each
    row of `tight` whether it is at its upper end.
    """

    inside: tuple[int, ...]
    upper: frozenset[int]
    tight: tuple[int, ...]
    at_upper: tuple[bool, ...]


class Quiet(highspy.Highs):
    """HiGHS that prints nothing. Its own `silent` comes too late for the first line, a greeting."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802 - called by the constructor of HiGHS
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


class Programme:
    """Maximise `costs`·x over lows ≤ x ≤ highs and low ≤ row·x ≤ high for each row."""

    def __init__(
        self,
        bounds: Sequence[tuple[float, float]],
        rows: Sequence[tuple[Mapping[int, float], float, float]],
    ) -> None:
        self.width = len(bounds)
        self.height = 0
        self._highs = Quiet()
        for name, value in {
            "threads": 1,
            "random_seed": 0,
            "primal_feasibility_tolerance": 1e-9,
            "dual_feasibility_tolerance": 1e-9,
            "mip_feasibility_tolerance": 1e-9,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 1e-9,
        }.items():
            self._highs.setOptionValue(name, value)
        self._highs.addVars(
            self.width,
            np.array([low for low, _ in bounds], dtype=float),
            np.array([high for _, high in bounds], dtype=float),
        )
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self.add_rows(rows)

    def add_rows(self, rows: Sequence[tuple[Mapping[int, float], float, float]]) -> None:
        for entries, low, high in rows:
            self._highs.addRow(
                low,
                high,
                len(entries),
                np.fromiter(entries, dtype=np.int32, count=len(entries)),
                np.fromiter(entries.values(), dtype=float, count=len(entries)),
            )
        self.height += len(rows)

    def add_column(self, cost: float, entries: Mapping[int, float]) -> None:
        """A further column ≥ 0 with entries in some rows."""
        self._highs.addCol(
            cost,
            0.0,
            INFINITY,
            len(entries),
            np.fromiter(entries, dtype=np.int32, count=len(entries)),
            np.fromiter(entries.values(), dtype=float, count=len(entries)),
        )
        self.width += 1

    def bound_column(self, column: int, low: float, high: float) -> None:
        self._highs.changeColBounds(column, low, high)

    def bound_row(self, row: int, low: float, high: float) -> None:
        self._highs.changeRowBounds(row, low, high)

    def change_entry(self, row: int, column: int, value: float) -> None:
        self._highs.changeCoeff(row, column, value)

    def maximise(
        self,
        costs: Sequence[float] | None = None,
        *,
        integral: bool = False,
        gap: float = 0.0,
        deadline: float = INFINITY,
    ) -> Outcome:
        """Run it until `deadline` of the performance counter, with other costs if any are given.

        An integer programme ends when what it found is within `gap` (a share) of the bound.
        """
        every = np.arange(self.width, dtype=np.int32)
        if costs is not None:
            self._highs.changeColsCost(self.width, every, np.array(costs, dtype=float))
        self._highs.setOptionValue("mip_rel_gap", gap)
        kind = highspy.HighsVarType.kInteger if integral else highspy.HighsVarType.kContinuous
        self._highs.changeColsIntegrality(
            self.width, every, np.full(self.width, int(kind), dtype=np.uint8)
        )
        left = deadline - stopwatch.perf_counter()
        if left <= 0:
            return Outcome(Status.UNFINISHED)
        if deadline < INFINITY:
            # HiGHS counts the time of all runs of one model together.
            self._highs.setOptionValue("time_limit", self._highs.getRunTime() + left)
        self._highs.run()
        return self._outcome(integral=integral)

    def _outcome(self, *, integral: bool) -> Outcome:
        ended = self._highs.getModelStatus()
        solution = self._highs.getSolution()
        information = self._highs.getInfo()
        values = tuple(solution.col_value) if information.primal_solution_status == 2 else ()
        if ended == highspy.HighsModelStatus.kOptimal:
            found = information.objective_function_value
            return Outcome(
                Status.OPTIMAL, values, information.mip_dual_bound if integral else found
            )
        if ended == highspy.HighsModelStatus.kInfeasible:
            return Outcome(Status.INFEASIBLE)
        bound = information.mip_dual_bound if integral else INFINITY
        return Outcome(Status.UNFINISHED, values if integral else (), bound)

    def duals(self) -> tuple[float, ...]:
        """Of each row of the last linear run: what its right side is worth."""
        return tuple(self._highs.getSolution().row_dual)

    def basis(self) -> Basis:
        """Where the last linear run ended."""
        found = self._highs.getBasis()
        status: Any = highspy.HighsBasisStatus
        columns, rows = found.col_status, found.row_status
        tight = tuple(row for row, at in enumerate(rows) if at != status.kBasic)
        return Basis(
            inside=tuple(column for column, at in enumerate(columns) if at == status.kBasic),
            upper=frozenset(column for column, at in enumerate(columns) if at == status.kUpper),
            tight=tight,
            at_upper=tuple(rows[row] == status.kUpper for row in tight),
        )
