"""The six intraclass correlations of P. E. Shrout and J. L. Fleiss, Psychological Bulletin 86(2),
1979, 420-428.

In 1,1 each item has judges of its own, in 2,1 the judges are a sample, in 3,1 they are all there
are; k stands for the mean of the k judges instead of one.
"""

import math

import numpy as np

from madang.methods.agreement.problem import Problem, complete

NAMES = ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")
# Sums of squares below this part of the whole are rounding errors.
NOTHING = 1e-12


def correlations(problem: Problem, reasons: dict[str, str]) -> dict[str, float | None]:
    """The correlations by name; where one is None the reason is put into `reasons`."""
    judges, items = len(problem.ratings), len(problem.ratings[0])
    reason = None
    if problem.level in ("nominal", "ordinal"):
        reason = f"Differences of {problem.level} ratings have no size."
    elif judges < 2 or items < 2:
        reason = "It takes two judges and two items."
    elif not complete(problem):
        reason = "A rating is missing."
    if reason:
        reasons |= {f"icc.{name}": reason for name in NAMES}
        return dict.fromkeys(NAMES)
    found = _correlations(np.array(problem.ratings, float))
    for name, value in found.items():
        if value is None:
            reasons[f"icc.{name}"] = "The items do not differ in what it compares."
    return found


def _correlations(
    ratings: "np.ndarray[tuple[int, int], np.dtype[np.float64]]",
) -> dict[str, float | None]:
    k, n = ratings.shape
    centred = ratings - ratings.mean()
    whole = float((centred**2).sum())
    between = float(k * (centred.mean(axis=0) ** 2).sum())
    judging = float(n * (centred.mean(axis=1) ** 2).sum())
    rest = float(((centred - centred.mean(axis=0) - centred.mean(axis=1)[:, None]) ** 2).sum())
    bms, wms, jms, ems = (
        0.0 if squares <= NOTHING * whole else squares / freedom
        for squares, freedom in (
            (between, n - 1),
            (judging + rest, n * (k - 1)),
            (judging, k - 1),
            (rest, (n - 1) * (k - 1)),
        )
    )
    fractions = {
        "1,1": (bms - wms, bms + (k - 1) * wms),
        "2,1": (bms - ems, bms + (k - 1) * ems + k * (jms - ems) / n),
        "3,1": (bms - ems, bms + (k - 1) * ems),
        "1,k": (bms - wms, bms),
        "2,k": (bms - ems, bms + (jms - ems) / n),
        "3,k": (bms - ems, bms),
    }
    scale = max(bms, wms, jms, ems)
    return {
        name: None if math.isclose(below, 0, abs_tol=NOTHING * scale) else above / below
        for name, (above, below) in fractions.items()
    }
