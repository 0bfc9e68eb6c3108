"""A cohort: the best nominees within seats, quotas and budget, or a fair lottery among them.

Reads seats, nominees with attributes, merit and cost, quotas, a budget, whom to include and whom to
exclude. `"objective": "merit"` answers the cohort with the most points, proven by a bound, who
stands in for whom, why each is in it or not, or, where no cohort keeps the rules, the smallest
relaxation that makes one possible. `"leximin"` answers a lottery over cohorts in which chances are
as equal as the rules allow. The fields are those of `Problem` and `Cohort` in
`madang.methods.selection.problem`; docs/develop/methods.md has an example.

Linear relaxations are solved by HiGHS (J. A. J. Hall, I. Galabova and others); what is claimed is
proven in whole numbers, and every cohort is checked apart from the solver before it is returned.
The same problem and seed give the same answer unless `seconds` cut the search short.
"""

import time as stopwatch
from dataclasses import replace
from typing import Any

from madang.methods import documents
from madang.methods.checking import WrongAnswerError, refuse
from madang.methods.selection.checking import check, worth
from madang.methods.selection.problem import (
    Change,
    Cohort,
    Nominee,
    Panel,
    Problem,
    Quota,
    Reason,
    Relaxation,
    Reserve,
    Rule,
    refuse_mistakes,
)
from madang.methods.selection.relaxed import relaxed

__all__ = [
    "Change",
    "Cohort",
    "Nominee",
    "Panel",
    "Problem",
    "Quota",
    "Reason",
    "Relaxation",
    "Reserve",
    "Rule",
    "WrongAnswerError",
    "check",
    "relaxed",
    "run",
    "sensitivity",
    "solve",
    "worth",
]


def run(document: Any) -> Cohort:
    """The answer to a JSON document as `documents.load` gives it."""
    return _solved(documents.read(Problem, document))


def solve(problem: Problem) -> Cohort:
    """The best cohort, or the fairest lottery, found in `problem.seconds`.

    Raises `documents.InvalidDocumentError` for a problem that contradicts its own description.
    """
    return _solved(documents.read(Problem, documents.plain(problem)))


def _solved(problem: Problem) -> Cohort:
    # Imports HiGHS and NumPy for those only who ask.
    from madang.methods.selection import lottery, merit

    began = stopwatch.perf_counter()
    refuse_mistakes(problem)
    choose = lottery.choose if problem.objective == "leximin" else merit.choose
    answer = choose(problem, began + problem.seconds)
    _refuse_wrong(problem, answer)
    return replace(answer, seconds=round(stopwatch.perf_counter() - began, 3))


def sensitivity(problem: Problem) -> tuple[Change, ...]:
    """What the best cohort becomes when each rule moves a little; empty where there is none.

    Takes as long as `problem.seconds` allows; changes that could not be decided by then say so.
    """
    from madang.methods.selection import changes

    deadline = stopwatch.perf_counter() + problem.seconds
    problem = documents.read(Problem, documents.plain(problem))
    refuse_mistakes(problem)
    return changes.changes(problem, deadline)


def _refuse_wrong(problem: Problem, answer: Cohort) -> None:
    """Raise `WrongAnswerError` where the cohort breaks a rule or is not worth what was said."""
    if answer.status not in ("optimal", "feasible"):
        return
    wrong = check(problem, answer.selected)
    actual = worth(problem, answer.selected) if answer.minimum is None else answer.minimum
    if answer.objective != actual:
        wrong.append(f"the cohort is worth {actual}, not {answer.objective}")
    if answer.bound is not None and answer.bound < actual:
        wrong.append(f"the cohort is worth {actual}, above the bound of {answer.bound}")
    refuse(wrong)
