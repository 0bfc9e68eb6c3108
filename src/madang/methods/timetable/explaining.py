"""Why no timetable is possible, and what would have to give.

A conflict is a set of rules that contradict each other: proven, and cut down until none can be left
out, unless that can't be decided in time. The cheapest relaxation is found by implicit hitting
sets: give up the cheapest set of rules that touches every conflict known; if a timetable is
possible then, nothing cheaper makes it so, because every set that does must touch those conflicts;
else there is a further conflict to learn. A week that is a little too full has very many
conflicts; when half of the time has gone, a relaxation is made instead by giving up whatever took
part in them and taking back as much as possible, what is dearest first.
"""

import time as stopwatch
from collections.abc import Callable

from ortools.sat.python import cp_model

from madang.methods.timetable.problem import Problem, Rule
from madang.methods.timetable.rules import PRICES, every_rule, key
from madang.methods.timetable.solving import possible

Conflict = tuple[Rule, ...]


# The part of the time for the cheapest relaxation; and, of the time left, the part in which one
# conflict is cut down and the part that one question put to the solver may take.
CHEAPEST, CUTTING, QUESTION = 0.5, 0.5, 0.02


def explain(problem: Problem, deadline: float) -> tuple[tuple[Conflict, ...], tuple[Rule, ...]]:
    """Conflicts of an impossible problem, and rules whose giving up makes a timetable possible.

    No rules when `deadline` comes first.
    """
    now = stopwatch.perf_counter()
    switch = now + CHEAPEST * (deadline - now)
    kept = every_rule(problem)
    conflicts: list[Conflict] = []
    while True:
        conflicts.append(_small(problem, kept, switch))
        given_up = _cheapest_touching(conflicts)
        kept = [rule for rule in every_rule(problem) if rule not in given_up]
        verdict = _possible(problem, kept, switch)
        if verdict:
            return tuple(conflicts), given_up
        if verdict is None or stopwatch.perf_counter() > switch:
            return tuple(conflicts), _taken_back(problem, conflicts, deadline)


def _small(problem: Problem, impossible: list[Rule], deadline: float) -> Conflict:
    """Leave rules out while it is proven to stay impossible."""
    now = stopwatch.perf_counter()
    ends, question = now + CUTTING * (deadline - now), QUESTION * (deadline - now)

    def still_impossible(rules: list[Rule]) -> bool:
        limit = min(ends, stopwatch.perf_counter() + question)
        return _possible(problem, rules, limit) is False

    return _cut_down(impossible, still_impossible, ends)


def _taken_back(problem: Problem, conflicts: list[Conflict], deadline: float) -> tuple[Rule, ...]:
    """Give up every rule of the conflicts, then take back as many as stay possible together."""
    question = QUESTION * (deadline - stopwatch.perf_counter())
    every = every_rule(problem)

    def enough(given_up: list[Rule]) -> bool:
        limit = min(deadline, stopwatch.perf_counter() + question)
        kept = [rule for rule in every if rule not in given_up]
        return _possible(problem, kept, limit) is True

    given_up = sorted(_of_all(conflicts), key=lambda rule: -PRICES[rule.kind])
    return _cut_down(given_up, enough, deadline) if enough(given_up) else ()


def _cut_down(
    rules: list[Rule], holds: Callable[[list[Rule]], bool], ends: float
) -> tuple[Rule, ...]:
    """As few of the rules as still make `holds` true: leave out many first, then one by one."""
    chunk = (len(rules) + 1) // 2
    while True:
        position = 0
        while position < len(rules):
            if stopwatch.perf_counter() > ends:
                return tuple(rules)
            fewer = rules[:position] + rules[position + chunk :]
            if holds(fewer):
                rules = fewer
            else:
                position += chunk
        if chunk <= 1:
            return tuple(rules)
        chunk = (chunk + 1) // 2


def _possible(problem: Problem, kept: list[Rule], deadline: float) -> bool | None:
    return possible(problem, [key(rule) for rule in kept], deadline)


def _of_all(conflicts: list[Conflict]) -> list[Rule]:
    return list(dict.fromkeys(rule for conflict in conflicts for rule in conflict))


def _cheapest_touching(conflicts: list[Conflict]) -> tuple[Rule, ...]:
    """The cheapest set of rules that has one of each conflict."""
    model = cp_model.CpModel()
    found = _of_all(conflicts)
    given_up = {rule: model.new_bool_var("") for rule in found}
    for conflict in conflicts:
        model.add_bool_or([given_up[rule] for rule in conflict])
    model.minimize(sum(PRICES[rule.kind] * literal for rule, literal in given_up.items()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.solve(model)
    return tuple(rule for rule in found if solver.value(given_up[rule]))
