"""Whether those who know the rest of a test answer an item right more often than others.

The corrected point-biserial of an item is the product-moment correlation of its answers with each
person's share of right answers among the other items that they answered; "corrected" because the
item itself is left out (S. Henrysson, Correction of item-total correlations in item analysis,
Psychometrika 28, 1963). Where everybody answered everything that is the usual item-rest
correlation.
"""

from typing import Any

import numpy as np

from madang.methods.items.problem import Problem

DIGITS = 12


def corrected(problem: Problem, reasons: dict[str, str]) -> tuple[float | None, ...]:
    """The correlation of each item; what is None has its reason put into `reasons`."""
    given = np.array([[answer is not None for answer in row] for row in problem.matrix])
    right = np.array([[answer or 0 for answer in row] for row in problem.matrix], np.float64)
    others = given.sum(axis=1, keepdims=True) - given
    rest = np.divide(
        right.sum(axis=1, keepdims=True) - right, others, out=np.zeros_like(right), where=others > 0
    )
    found: list[float | None] = []
    for item in range(right.shape[1]):
        who = given[:, item] & (others[:, item] > 0)
        value = _correlation(right[who, item], rest[who, item])
        if isinstance(value, str):
            reasons[f"corrected_point_biserial.{item}"] = value
        found.append(None if isinstance(value, str) else value)
    return tuple(found)


def _correlation(right: Any, rest: Any) -> float | str:
    """The correlation, or the reason why there is none."""
    if len(right) < 2:
        return "Fewer than two persons answered this item and another one."
    if np.ptp(right) == 0:
        return "Everybody answered this item alike."
    if np.ptp(rest) == 0:
        return "Everybody did equally well on the rest."
    one, other = right - right.mean(), rest - rest.mean()
    value = (one @ other) / np.sqrt((one @ one) * (other @ other))
    # What is left of rounding must not make 0 a negative correlation.
    return float(np.clip(round(value, DIGITS), -1, 1))
