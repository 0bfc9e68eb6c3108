"""Whether the items of a test measure the same: KR-20, and how far it can be trusted.

G. F. Kuder and M. W. Richardson, The theory of the estimation of test reliability, Psychometrika 2,
1937, formula 20: k / (k - 1) · (1 - Σ pq / variance of the sums), with population variances. For
answers that are right or wrong it is the alpha of L. J. Cronbach (1951). The interval is that of
L. S. Feldt, The approximate sampling distribution of Kuder-Richardson reliability coefficient
twenty, Psychometrika 30, 1965: (1 - alpha) / (1 - estimate) follows F with n - 1 and
(n - 1)(k - 1) degrees of freedom.
"""

from collections.abc import Sequence
from fractions import Fraction

CONFIDENCE = 0.95


def kr20(
    rows: Sequence[Sequence[int | None]], reasons: dict[str, str]
) -> tuple[float | None, tuple[float, float] | None]:
    """KR-20 of persons who answered everything, and its interval; reasons for what is None."""
    value = _exact(rows)
    if isinstance(value, str):
        reasons |= dict.fromkeys(("kr20", "alpha", "alpha_interval"), value)
        return None, None
    return float(value), _interval(float(value), len(rows), len(rows[0]))


def _exact(rows: Sequence[Sequence[int | None]]) -> Fraction | str:
    """The coefficient in whole numbers, or the reason why there is none."""
    persons = len(rows)
    if persons < 2:
        return "Fewer than two persons answered every item."
    items = len(rows[0])
    if items < 2:
        return "It takes two items."
    sums = [sum(answer or 0 for answer in row) for row in rows]
    # Both variances times persons², so that everything stays whole.
    spread = persons * sum(total * total for total in sums) - sum(sums) ** 2
    if not spread:
        return "Everybody has the same result."
    right = [sum(answer or 0 for answer in column) for column in zip(*rows, strict=True)]
    within = sum(count * (persons - count) for count in right)
    return Fraction(items, items - 1) * (1 - Fraction(within, spread))


def _interval(value: float, persons: int, items: int) -> tuple[float, float]:
    from scipy.special import fdtri

    tail = (1 - CONFIDENCE) / 2
    freedom = persons - 1, (persons - 1) * (items - 1)
    low, high = (float(1 - (1 - value) * fdtri(*freedom, part)) for part in (1 - tail, tail))
    return low, high
