"""Normalised gain: the part of what was still to be learned that was learned.

R. R. Hake, Interactive-engagement versus traditional methods, American Journal of Physics 66, 1998:
(post - pre) / (maximum - pre), for a group with its means. The mean of the persons' own gains is
another number, which leaves out those who had the maximum before. The intervals are those of the
percentiles when persons are drawn again with replacement (B. Efron and R. J. Tibshirani, An
Introduction to the Bootstrap, 1993, chapter 13).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from madang.methods.gain.problem import NOBODY, Estimate, Problem

CONFIDENCE = 95.0  # per cent
# The part of the resamples in which the gain must be defined for an interval.
DEFINED = 0.5
ALONE = "One person says nothing about others."


def of_persons(problem: Problem, reasons: dict[str, str]) -> tuple[float | None, ...]:
    """The gain of each person; what is None has its reason put into `reasons`."""
    found: list[float | None] = []
    for person, (before, after) in enumerate(zip(problem.pre, problem.post, strict=True)):
        if before is None or after is None:
            reasons[f"gains.{person}"] = "A result is missing."
            found.append(None)
        elif before == problem.maximum:
            reasons[f"gains.{person}"] = "The maximum was reached before: nothing was left to gain."
            found.append(None)
        else:
            found.append((after - before) / (problem.maximum - before))
    return tuple(found)


def of_means(
    pairs: Sequence[tuple[float, float]], problem: Problem, reasons: dict[str, str]
) -> Estimate:
    """The gain of the means of those who took both tests."""
    if not pairs:
        return _none("group_gain", NOBODY, reasons)
    table = np.array(pairs)
    left = problem.maximum - table[:, 0]
    if not left.any():
        return _none("group_gain", "Everybody had the maximum before.", reasons)
    gained = table[:, 1] - table[:, 0]
    value = float(gained.sum() / left.sum())
    if len(pairs) < 2:
        reasons["group_gain_interval"] = ALONE
        return Estimate(value)
    drawn = [
        gained[who].sum() / left[who].sum()
        for who in _drawings(len(pairs), problem)
        if left[who].any()
    ]
    if len(drawn) < DEFINED * problem.resamples:
        reasons["group_gain_interval"] = "Too many had the maximum before."
        return Estimate(value)
    return Estimate(value, _percentiles(drawn))


def mean(gains: Sequence[float | None], problem: Problem, reasons: dict[str, str]) -> Estimate:
    """The mean of the gains that there are."""
    known = np.array([gain for gain in gains if gain is not None])
    if not len(known):
        return _none("mean_gain", "Nobody has a gain of their own.", reasons)
    value = float(known.mean())
    if len(known) < 2:
        reasons["mean_gain_interval"] = ALONE
        return Estimate(value)
    drawn = [known[who].mean() for who in _drawings(len(known), problem)]
    return Estimate(value, _percentiles(drawn))


def _drawings(size: int, problem: Problem) -> Any:
    rng = np.random.default_rng(problem.seed)
    return (rng.integers(size, size=size) for _ in range(problem.resamples))


def _percentiles(drawn: Sequence[Any]) -> tuple[float, float]:
    tail = (100 - CONFIDENCE) / 2
    low, high = np.percentile(drawn, [tail, 100 - tail])
    return float(low), float(high)


def _none(name: str, reason: str, reasons: dict[str, str]) -> Estimate:
    reasons |= {name: reason, f"{name}_interval": reason}
    return Estimate()
