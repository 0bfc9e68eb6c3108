"""Kendall's coefficient of concordance W, corrected for ties.

M. G. Kendall and J. D. Gibbons, Rank Correlation Methods, 5th edition, 1990, chapter 6:
W = 12 S / (m² (n³ - n) - m Σ (t³ - t)) for m judges, n items, S the squared deviations of the
items' rank sums from their mean and t the numbers of items that a judge has ranked alike.
"""

from collections import Counter
from fractions import Fraction

from madang.methods.agreement.problem import Problem, complete


def kendall(problem: Problem, reasons: dict[str, str]) -> float | None:
    """W; where it is None the reason is put into `reasons`."""
    judges, items = len(problem.ratings), len(problem.ratings[0])
    reason = None
    if problem.level == "nominal":
        reason = "Nominal ratings have no order."
    elif judges < 2 or items < 2:
        reason = "It takes two judges and two items."
    elif not complete(problem):
        reason = "A rating is missing."
    else:
        ranks = [_ranks([float(r) for r in row if r is not None]) for row in problem.ratings]
        sums = [sum(column) for column in zip(*ranks, strict=True)]
        middle = Fraction(judges * (items + 1), 2)
        spread = sum((total - middle) ** 2 for total in sums)
        ties = sum(count**3 - count for row in problem.ratings for count in Counter(row).values())
        most = judges**2 * (items**3 - items) - judges * ties
        if most:
            return float(12 * spread / most)
        reason = "Each judge rates all items alike."
    reasons["kendall_w"] = reason
    return None


def _ranks(ratings: list[float]) -> list[Fraction]:
    """The ranks from 1, equal ratings sharing the middle of theirs."""
    counts = Counter(ratings)
    rank, below = {}, 0
    for rating in sorted(counts):
        rank[rating] = below + Fraction(counts[rating] + 1, 2)
        below += counts[rating]
    return [rank[rating] for rating in ratings]
