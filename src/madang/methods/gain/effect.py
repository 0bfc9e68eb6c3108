"""The effect size of a difference in pairs: d_z, the mean over the standard deviation.

J. Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd edition, 1988, section 2.3.5.
Its interval is exact for normal differences: √n · d_z follows the noncentral t distribution with
n - 1 degrees of freedom, whose noncentrality is looked for at both ends (G. Cumming and S. Finch,
A primer on … confidence intervals …, Educational and Psychological Measurement 61, 2001).
"""

import math
from collections.abc import Sequence

import numpy as np

from madang.methods.gain.problem import Estimate

CONFIDENCE = 0.95
NODES = 400  # of the quadrature; the distribution function is right to 1e-6
REACH = 12  # standard deviations beyond which a normal distribution has nothing left


def paired(differences: Sequence[float], reasons: dict[str, str]) -> Estimate:
    """d_z and its interval; what is None has its reason put into `reasons`."""
    count = len(differences)
    if count < 2:
        reason = "It takes two persons who took both tests."
    elif max(differences) == min(differences):
        reason = "The differences do not differ."
    else:
        values = np.array(differences)
        size = float(values.mean() / values.std(ddof=1))
        statistic = size * math.sqrt(count)
        tail = (1 - CONFIDENCE) / 2
        low, high = (
            noncentrality(statistic, count - 1, part) / math.sqrt(count)
            for part in (1 - tail, tail)
        )
        return Estimate(size, (low, high))
    reasons |= {"effect_size": reason, "effect_size_interval": reason}
    return Estimate()


def noncentrality(statistic: float, freedom: int, part: float) -> float:
    """The noncentrality with which t is at most `statistic` in such a `part` of cases.

    t = (Z + noncentrality) / w with w = √(χ² / freedom), so P(t ≤ statistic) is the mean of
    Φ(statistic · w - noncentrality) over w. SciPy's own function loses its digits where t is large.
    """
    from scipy.optimize import brentq
    from scipy.special import chdtri, ndtr

    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    scales = np.sqrt(chdtri(freedom, (1 - nodes) / 2) / freedom)
    ends = (statistic * scales[0], statistic * scales[-1])

    def excess(value: float) -> float:
        return float(weights @ ndtr(statistic * scales - value) / 2 - part)

    return float(brentq(excess, min(ends) - REACH, max(ends) + REACH, xtol=1e-10))
