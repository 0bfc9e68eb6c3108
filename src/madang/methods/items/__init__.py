"""Items: how hard the questions of a test are, and whether they measure the same.

Reads a matrix with a row for each person and, for each item, 1 where the answer was right, 0 where
it was wrong and null where there is none. Answers each item's difficulty (the share of right
answers) and its corrected point-biserial correlation with the rest of the test, the test's KR-20
and Cronbach's alpha with its interval, and the items to look at again; null, and the reason, where
one does not apply. The fields are those of `Problem` and `Items` in `madang.methods.items.problem`;
docs/develop/methods.md has an example.

From Python, `of(matrix)` answers the same.
"""

from collections.abc import Sequence
from typing import Any

from madang.methods import documents
from madang.methods.items.problem import Flag, Items, Problem, refuse_mistakes

__all__ = ["Flag", "Items", "Problem", "analyse", "of", "run"]


def run(document: Any) -> Items:
    """The answer to a JSON document as `documents.load` gives it."""
    return analyse(documents.read(Problem, document))


def of(matrix: Sequence[Sequence[int | None]]) -> Items:
    """What `matrix[person][item]` – 1 right, 0 wrong, None no answer – says of the items."""
    return analyse(Problem(tuple(tuple(row) for row in matrix)))  # type: ignore[arg-type]


def analyse(problem: Problem) -> Items:
    """The statistics of a problem.

    Raises `documents.InvalidDocumentError` for a problem that contradicts its own description.
    """
    # Imports NumPy for those only who ask.
    from madang.methods.items import consistency, discrimination

    problem = documents.read(Problem, documents.plain(problem))
    refuse_mistakes(problem)
    reasons: dict[str, str] = {}
    columns = list(zip(*problem.matrix, strict=True))
    answers = tuple(sum(answer is not None for answer in column) for column in columns)
    difficulty = tuple(
        sum(answer or 0 for answer in column) / count if count else None
        for column, count in zip(columns, answers, strict=True)
    )
    for item, share in enumerate(difficulty):
        if share is None:
            reasons[f"difficulty.{item}"] = "Nobody answered this item."
    correlations = discrimination.corrected(problem, reasons)
    complete = [row for row in problem.matrix if None not in row]
    kr20, interval = consistency.kr20(complete, reasons)
    return Items(
        difficulty=difficulty,
        corrected_point_biserial=correlations,
        kr20=kr20,
        alpha=kr20,
        alpha_interval=interval,
        flagged=_flagged(problem, difficulty, correlations),
        answers=answers,
        persons=len(problem.matrix),
        complete=len(complete),
        missing=sum(answer is None for row in problem.matrix for answer in row),
        reasons=reasons,
    )


def _flagged(
    problem: Problem,
    difficulty: tuple[float | None, ...],
    correlations: tuple[float | None, ...],
) -> tuple[Flag, ...]:
    """What to look at, in the order of the items; an item may have two flags."""
    found = []
    for item, (share, correlation) in enumerate(zip(difficulty, correlations, strict=True)):
        if share is not None and share > problem.easy:
            found.append(Flag(item, "too_easy", share))
        if share is not None and share < problem.hard:
            found.append(Flag(item, "too_hard", share))
        if correlation is not None and correlation < 0:
            found.append(Flag(item, "negative_discrimination", correlation))
        elif correlation is not None and correlation < problem.discrimination:
            found.append(Flag(item, "low_discrimination", correlation))
    return tuple(found)
