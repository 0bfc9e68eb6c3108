"""What few judges say an item is worth, and how sure that is.

The model is additive, rating = item + severity of the judge + error, and fitted by least squares
(S. R. Searle, Linear Models, 1971, chapter 7: the two-way crossed classification without
interaction). Eliminating the items leaves the normal equations Q s = r of the severities s, with

    Q = diag(ratings of each judge) - N diag(1 / ratings of each item) N',

N[judge, item] being 1 where there is a rating, and r the judges' sums of deviations from the items'
means. The severities of judges who are compared with each other, if only through others, sum to 0,
so that a value is what such judges would give on average. An item's value is the mean of its
ratings less their judges' severity; its variance is

    σ² (1 / n + a' Q⁺ a)

for its n ratings, a being 1 / n for their judges, Q⁺ the pseudoinverse. σ² is pooled over all
items: the residual squares over their degrees of freedom (ratings - items - judges + 1 for each
set of judges compared with each other). Judges who share no item, even through others, can't be
told from their items: their severities are taken to be alike on average.
"""

from typing import Any

import numpy as np

from madang.methods.agreement.problem import Ratings


def merit(ratings: Ratings, *, severity: bool) -> list[tuple[float | None, float | None]]:
    """Each item's value and standard error, for `ratings[judge][item]`, None where missing.

    Without `severity` values are plain means. An item that nobody has rated has neither a value
    nor an error; the error is None for all where no item has a rating to spare. Raises ValueError
    for rows of different lengths or ratings that are no finite numbers.
    """
    table = np.array([[np.nan if r is None else r for r in row] for row in ratings], float)
    if (
        table.ndim != 2
        or not np.isfinite([r for row in ratings for r in row if r is not None]).all()
    ):
        raise ValueError("ratings are rows of finite numbers, one row for each judge")
    given = np.isfinite(table)
    times = given.sum(axis=0)
    rated = times > 0
    given, times, table = given[:, rated], times[rated], np.where(given, table, 0.0)[:, rated]
    judges = given.any(axis=1)
    given, table = given[judges], table[judges]
    shares = given / times
    spread, free = np.zeros(len(times)), given.sum() - len(times)
    severities = np.zeros(len(table))
    if severity:
        system = np.diag(given.sum(axis=1)) - given @ shares.T
        inverse = np.linalg.pinv(system, hermitian=True)
        deviations = np.where(given, table - (table.sum(axis=0) / times), 0.0)
        severities = inverse @ deviations.sum(axis=1)
        spread = np.einsum("ji,jk,ki->i", shares, inverse, shares)
        free -= np.linalg.matrix_rank(system, hermitian=True)
    adjusted = np.where(given, table - severities[:, None], 0.0)
    values = adjusted.sum(axis=0) / times
    residuals = np.where(given, adjusted - values, 0.0)
    errors: list[Any] = [None] * len(values)
    if free > 0:
        variance = float((residuals**2).sum()) / float(free)
        errors = [float(e) for e in np.sqrt(variance * (1 / times + spread))]
    found = iter(zip((float(value) for value in values), errors, strict=True))
    return [next(found) if is_rated else (None, None) for is_rated in rated]
