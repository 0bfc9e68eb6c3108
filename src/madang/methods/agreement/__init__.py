"""Agreement: whether judges who rate the same items mean the same.

Reads ratings, a list for each judge with a number (or, for nominal ratings, a text) for each item
and null where one is missing, and their level: nominal, ordinal, interval or ratio. Answers
Krippendorff's alpha with a bootstrap interval, Kendall's W and the six intraclass correlations of
Shrout and Fleiss; null, and the reason, where one does not apply. The fields are those of `Problem`
and `Agreement` in `madang.methods.agreement.problem`; docs/develop/methods.md has an example.

From Python, `of(ratings, level)` answers the same, and `merit(ratings)` gives each item's value
with its standard error, the judges' severity taken out.
"""

from typing import Any

from madang.methods import documents
from madang.methods.agreement.problem import (
    Agreement,
    Level,
    Problem,
    Ratings,
    refuse_mistakes,
)

__all__ = ["Agreement", "Level", "Problem", "Ratings", "agree", "merit", "of", "run"]


def run(document: Any) -> Agreement:
    """The answer to a JSON document as `documents.load` gives it."""
    return agree(documents.read(Problem, document))


def of(ratings: Ratings, level: Level, *, seed: int = 0) -> Agreement:
    """How well the judges agree; `ratings[judge][item]` is None where a rating is missing."""
    return agree(Problem(tuple(tuple(row) for row in ratings), level, seed=seed))


def agree(problem: Problem) -> Agreement:
    """The statistics of a problem.

    Raises `documents.InvalidDocumentError` for a problem that contradicts its own description.
    """
    # Imports NumPy for those only who ask.
    from madang.methods.agreement import alpha, concordance, intraclass

    problem = documents.read(Problem, documents.plain(problem))
    refuse_mistakes(problem)
    reasons: dict[str, str] = {}
    value, interval = alpha.krippendorff(problem, reasons)
    return Agreement(
        krippendorff_alpha=value,
        krippendorff_interval=interval,
        kendall_w=concordance.kendall(problem, reasons),
        icc=intraclass.correlations(problem, reasons),
        judges=len(problem.ratings),
        items=len(problem.ratings[0]),
        missing=sum(rating is None for row in problem.ratings for rating in row),
        reasons=reasons,
    )


def merit(ratings: Ratings, *, severity: bool = True) -> list[tuple[float | None, float | None]]:
    """Each item's value and standard error; see `madang.methods.agreement.merits`."""
    from madang.methods.agreement import merits

    return merits.merit(ratings, severity=severity)
