"""A rotation: who is in which group in each round, so that as few as possible meet twice.

Reads people with attributes, the numbers of groups and rounds, attributes that group members must
not share and attributes to be spread evenly, who has met before, which rounds were held and who is
absent; answers groups whose sizes differ by at most one, with a bound that proves how good they
are. The fields are those of `Problem` and `Rotation` in `madang.methods.rotation.problem`;
docs/develop/methods.md has an example.

Where the number of groups is a prime power, q rounds without a repeat come from the affine plane
AG(2, q); everything else, and what dropouts leave of it, from simulated annealing. The search is
deterministic for a seed; two runs may differ only where `seconds` cut them short. Every plan is
checked and counted in whole numbers, apart from the search, before it is returned.
"""

import time as stopwatch
from dataclasses import replace
from typing import Any

from madang.methods import documents
from madang.methods.checking import WrongAnswerError, refuse
from madang.methods.rotation.checking import (
    Plan,
    bound,
    check,
    imbalance,
    least_alike,
    meetings,
    pairs_alike,
    repeats,
    violations,
)
from madang.methods.rotation.problem import (
    Person,
    Place,
    Point,
    Problem,
    Rotation,
    Violation,
    read,
    refuse_mistakes,
    sharing,
)

__all__ = [
    "Person",
    "Place",
    "Point",
    "Problem",
    "Rotation",
    "Violation",
    "WrongAnswerError",
    "check",
    "rotate",
    "run",
    "warm",
]


def run(document: Any) -> Rotation:
    """The answer to a JSON document as `documents.load` gives it."""
    return rotate(read(document))


def warm() -> None:
    """Compile the search and keep the result for later processes; takes some seconds, once."""
    people = tuple(Person(str(n), {"country": n // 2, "sex": n % 2}) for n in range(12))
    rotate(Problem(people, groups=6, rounds=3, apart=("country",), balance=("sex",), seconds=0.1))


def rotate(problem: Problem) -> Rotation:
    """The plan with the fewest repeats found in `problem.seconds`.

    Compiling, where `warm` has not been called, does not count as part of these. Raises
    `documents.InvalidDocumentError` for a problem that contradicts its own description.
    """
    began = stopwatch.perf_counter()
    problem = documents.read(Problem, documents.plain(problem))
    refuse_mistakes(problem)
    plan: Plan = problem.fixed
    found: list[tuple[int, int]] = []
    least = least_alike(problem)
    if problem.rounds > len(problem.fixed):
        # Imports numba, about 100 MB, for those only who ask.
        from madang.methods.rotation import board, searching

        planned, found = searching.search(
            board.board_of(problem), problem.seed, (least, bound(problem, least)), problem.seconds
        )
        names = [person.id for person in problem.people]
        plan = (
            *problem.fixed,
            *(tuple(tuple(names[p] for p in g) for g in groups) for groups in planned),
        )
    answer = _checked(problem, plan, found, least)
    return replace(answer, seconds=round(stopwatch.perf_counter() - began, 3))


def _checked(problem: Problem, plan: Plan, found: list[tuple[int, int]], least: int) -> Rotation:
    """The answer, once the plan has passed the check and comes to what the search said."""
    refuse(check(problem, plan))
    actual, alike = repeats(problem, plan), pairs_alike(problem, plan)
    lowest = bound(problem, alike)
    balance = {name: imbalance(problem, plan, name) for name in problem.balance}
    front = found or [(actual, 0)]
    if actual < lowest or alike < least or front[0] != (actual, sum(balance.values())):
        raise WrongAnswerError(
            f"{actual} repeats and {alike} meetings of those alike, where the search said {front}"
            f" and proofs that neither is below {lowest} and {least}"
        )
    met = meetings(problem, plan)
    by_person = {person.id: 0 for person in problem.people}
    for pair in met:
        for name in pair:
            by_person[name] += 1
    everybody = len(problem.people)
    return Rotation(
        rounds=tuple(tuple(tuple(group) for group in groups) for groups in plan),
        repeats=actual,
        bound=lowest,
        status="optimal" if (actual, alike) == (lowest, least) else "feasible",
        pairs_met=len(met),
        pairs_allowed=everybody * (everybody - 1) // 2 - sum(1 for _ in sharing(problem)),
        met_by_person=by_person,
        balance=balance,
        front=tuple(Point(*point) for point in front),
        violations=tuple(violations(problem, plan)),
    )
