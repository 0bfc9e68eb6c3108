"""The cohort with the most points."""

import time as stopwatch
from dataclasses import replace

from madang.methods.selection.explaining import explain
from madang.methods.selection.instance import eligible, instance
from madang.methods.selection.problem import Cohort, Problem
from madang.methods.selection.relaxing import relax
from madang.methods.selection.reserves import reserves
from madang.methods.selection.search import Search

# Of the time, what stays for the explanations when the best cohort can't be proven.
EXPLAINING = 0.3


def choose(problem: Problem, deadline: float) -> Cohort:
    """The best cohort found by `deadline` of the performance counter, not yet checked."""
    known = instance(problem)
    now = stopwatch.perf_counter()
    until = deadline - EXPLAINING * (deadline - now) if problem.explain else deadline
    found = Search(known, eligible(known)).best(until)
    if found.chosen is None:
        if not found.proven:
            return Cohort("unknown")
        return Cohort("infeasible", relaxations=relax(problem, deadline))
    bound = found.value if found.bound is None else found.bound
    answer = Cohort(
        status="optimal" if bound == found.value else "feasible",
        selected=tuple(problem.nominees[number].id for number in found.chosen),
        reserves=reserves(problem, known, found.chosen),
        objective=known.in_points.value(found.value),
        bound=known.in_points.value(bound),
    )
    return replace(answer, why=explain(problem, known, answer, deadline))
