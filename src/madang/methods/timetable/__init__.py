"""A timetable: sessions into days, times and rooms, as a suggestion for a draft programme.

Reads days, rooms and sessions with what they need, who must be there and what goes before what;
answers the cheapest arrangement by the wishes weighed in `weights`, with a bound that proves how
good it is, or a proof that there is none and which rules contradict each other. The fields are
those of `Problem` and `Suggestion` in `madang.methods.timetable.problem`; docs/develop/methods.md
has an example.

The solver is CP-SAT (L. Perron and F. Didier, OR-Tools, Google). The search is deterministic for a
seed; two runs may differ only where `seconds` cut them short. Every timetable is checked in
integers, apart from the solver, before it is returned.
"""

import time as stopwatch
from dataclasses import replace
from typing import Any

from madang.methods import documents
from madang.methods.checking import WrongAnswerError, refuse
from madang.methods.timetable.checking import check, terms
from madang.methods.timetable.problem import (
    Absence,
    Break,
    Day,
    Interest,
    Kind,
    Module,
    Placement,
    Problem,
    Room,
    Rule,
    Session,
    Suggestion,
    Travel,
    Weights,
    refuse_mistakes,
)
from madang.methods.timetable.rules import every_rule, key

__all__ = [
    "Absence",
    "Break",
    "Day",
    "Interest",
    "Kind",
    "Module",
    "Placement",
    "Problem",
    "Room",
    "Rule",
    "Session",
    "Suggestion",
    "Travel",
    "Weights",
    "WrongAnswerError",
    "check",
    "run",
    "suggest",
    "terms",
]

# Of the time left after a timetable that can't be improved in time, this much stays for tidying.
RESERVED = 0.1


def run(document: Any) -> Suggestion:
    """The answer to a JSON document as `documents.load` gives it."""
    return suggest(documents.read(Problem, document))


def suggest(problem: Problem) -> Suggestion:
    """The best timetable found in `problem.seconds`.

    Raises `documents.InvalidDocumentError` for a problem that contradicts its own description.
    """
    # Imports OR-Tools, about 100 MB, for those only who ask.
    from madang.methods.timetable import explaining, solving

    began = stopwatch.perf_counter()
    deadline = began + problem.seconds
    problem = documents.read(Problem, documents.plain(problem))
    refuse_mistakes(problem)
    keys = [key(rule) for rule in every_rule(problem)]
    outcome = solving.best(problem, keys, deadline - RESERVED * problem.seconds)
    if outcome.placements is None:
        if not outcome.proven:
            answer = Suggestion("unknown")
        else:
            conflicts, relaxations = explaining.explain(problem, deadline)
            answer = Suggestion("infeasible", conflicts=conflicts, relaxations=relaxations)
    else:
        placements = solving.tidy(problem, keys, outcome, deadline)
        answer = _checked(problem, placements, outcome.cost, outcome.bound)
    return replace(answer, seconds=round(stopwatch.perf_counter() - began, 3))


def _checked(
    problem: Problem, placements: tuple[Placement, ...], cost: int, bound: int
) -> Suggestion:
    """The suggestion, once the timetable has passed the check and its cost is what was said."""
    refuse(check(problem, placements))
    by_wish = terms(problem, placements)
    actual = sum(by_wish.values())
    if not bound <= actual <= cost:
        raise WrongAnswerError(f"the cost is {actual}, not from {bound} to {cost}")
    return Suggestion(
        status="optimal" if actual == bound else "feasible",
        placements=placements,
        cost=actual,
        bound=bound,
        gap=(actual - bound) / actual if actual else 0.0,
        terms=by_wish,
    )
