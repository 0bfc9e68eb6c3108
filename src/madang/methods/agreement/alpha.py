"""Krippendorff's alpha for any number of judges, missing ratings and four levels.

K. Krippendorff, Computing Krippendorff's alpha-reliability, University of Pennsylvania, 2011:
alpha = 1 - observed / expected disagreement, over the items that at least two judges have rated.
The interval is that of the percentiles when items are drawn again with replacement, as advised by
A. Zapf et al., Measuring inter-rater reliability for nominal data, BMC Medical Research Methodology
16:93, 2016.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from madang.methods.agreement.problem import Level, Problem

CONFIDENCE = 95.0  # per cent
MOST_VALUES = 2000  # different values whose ratios are compared in pairs
# The part of the resamples in which alpha must be defined for an interval.
DEFINED = 0.5


def krippendorff(
    problem: Problem, reasons: dict[str, str]
) -> tuple[float | None, tuple[float, float] | None]:
    """Alpha and its interval; what is None has its reason put into `reasons`."""
    codes, values = _coded(problem)
    pairable = codes[:, (codes >= 0).sum(axis=0) > 1]
    value = None
    if not pairable.size:
        reasons["krippendorff_alpha"] = "No item was rated by two judges."
    elif problem.level == "ratio" and values.min() < 0:
        reasons["krippendorff_alpha"] = "Ratios need a scale from zero up; a rating is negative."
    elif problem.level == "ratio" and len(values) > MOST_VALUES:
        reasons["krippendorff_alpha"] = "The ratings have too many different values for ratios."
    else:
        drawing = _Drawing(pairable, values, problem.level)
        value = drawing.alpha(np.ones(pairable.shape[1], np.int64))
        if value is None:
            reasons["krippendorff_alpha"] = "All ratings are the same, so chance can't be told."
    if value is None:
        reasons["krippendorff_interval"] = "There is no alpha."
        return None, None
    return value, _interval(drawing, problem, reasons)


def _interval(
    drawing: "_Drawing", problem: Problem, reasons: dict[str, str]
) -> tuple[float, float] | None:
    rng = np.random.default_rng(problem.seed)
    items = drawing.codes.shape[1]
    if items < 2:
        reasons["krippendorff_interval"] = "One item says nothing about others."
        return None
    drawn = (
        drawing.alpha(np.bincount(rng.integers(items, size=items), minlength=items))
        for _ in range(problem.resamples)
    )
    found = [value for value in drawn if value is not None]
    if len(found) < DEFINED * problem.resamples:
        reasons["krippendorff_interval"] = "Too few items differ."
        return None
    tail = (100 - CONFIDENCE) / 2
    low, high = np.percentile(found, [tail, 100 - tail])
    return float(low), float(high)


def _coded(problem: Problem) -> tuple[Any, Any]:
    """Ratings as positions in the sorted array of their values, -1 where missing; that array.

    The values of nominal ratings are their numbers only.
    """
    given = sorted(
        {(isinstance(r, str), r) for row in problem.ratings for r in row if r is not None}
    )
    position = {rating: index for index, (_, rating) in enumerate(given)}
    codes = [[-1 if r is None else position[r] for r in row] for row in problem.ratings]
    nominal = problem.level == "nominal"
    values = [float(index if nominal else rating) for index, (_, rating) in enumerate(given)]
    return np.array(codes, np.int64), np.array(values)


class _Drawing:
    """Alpha when each item counts as often as it was drawn."""

    def __init__(self, codes: Any, values: Any, level: Level) -> None:
        """`codes`: judges × items, each with at least two ratings; `values` of the codes."""
        self.codes = codes
        self.values = values
        self.level = level
        self.items = np.nonzero(codes >= 0)[1]
        self.rated = codes[codes >= 0]
        self.sizes = np.bincount(self.items, minlength=codes.shape[1])
        self.between: Callable[[Any, Any], Any] = _nominal if level == "nominal" else _squares
        if level == "ratio":
            self.between = _ratios
        # Ordinal distances depend on how often each value was drawn, the others do not.
        self.within = None if level == "ordinal" else self._within(values)

    def alpha(self, drawn: Any) -> float | None:
        """Alpha for items drawn so often; None when all ratings are the same."""
        counts = np.bincount(self.rated, weights=drawn[self.items], minlength=len(self.values))
        values, within = self.values, self.within
        if self.level == "ordinal":
            values = np.cumsum(counts) - counts / 2
            within = self._within(values)
        if np.count_nonzero(counts) < 2:
            return None
        total = counts.sum()
        expected = float(self.between(counts, values)) / (total - 1)
        return float(1 - (drawn * within).sum() / expected)

    def _within(self, values: Any) -> Any:
        """For each item, the disagreement of its ratings by the number of others for each."""
        found = np.empty(self.codes.shape[1])
        for item in range(len(found)):
            column = self.codes[:, item]
            present, counts = np.unique(column[column >= 0], return_counts=True)
            found[item] = self.between(counts, values[present]) / (self.sizes[item] - 1)
        return found


def _nominal(counts: Any, _values: Any) -> Any:
    return counts.sum() ** 2 - (counts**2).sum()


def _squares(counts: Any, values: Any) -> Any:
    """The sum over all pairs of (value - value)²; ordinal values are ranks, ties in the middle."""
    mean = (counts * values).sum() / counts.sum()
    return 2 * counts.sum() * (counts * (values - mean) ** 2).sum()


def _ratios(counts: Any, values: Any) -> Any:
    sums = values[:, None] + values
    differences = values[:, None] - values
    relative = np.divide(differences, sums, out=np.zeros_like(sums), where=sums > 0)
    return counts @ relative**2 @ counts
