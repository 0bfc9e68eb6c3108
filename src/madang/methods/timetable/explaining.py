"""Why no timetable is possible, and the least that would have to give.

A conflict is a set of rules that contradict each other and of which none can be left out. The
relaxation is found by implicit hitting sets: give up the cheapest set of rules that touches every
conflict known; if a timetable is possible then, nothing cheaper makes it so, because every set
that does must touch those conflicts; else there is a further conflict to learn.
"""

from collections.abc import Callable

from ortools.sat.python import cp_model

from madang.methods.timetable.problem import Problem, Rule
from madang.methods.timetable.rules import PRICES, key, rules
from madang.methods.timetable.solving import possible

Conflict = tuple[Rule, ...]
Possible = Callable[[list[Rule]], bool | None]


def explain(problem: Problem, deadline: float) -> tuple[tuple[Conflict, ...], tuple[Rule, ...]]:
    """The conflicts of an impossible problem, and the cheapest rules to give up.

    When `deadline` comes first: the conflicts found so far, and no rules.
    """

    def test(kept: list[Rule]) -> bool | None:
        return possible(problem, [key(rule) for rule in kept], deadline)

    every = rules(problem)
    conflicts: list[Conflict] = []
    while True:
        given_up = _cheapest_touching(conflicts)
        kept = [rule for rule in every if rule not in given_up]
        verdict = test(kept)
        if verdict:
            return tuple(conflicts), given_up
        conflict = None if verdict is None else _smallest(kept, test)
        if conflict is None:
            return tuple(conflicts), ()
        conflicts.append(conflict)


def _smallest(impossible: list[Rule], test: Possible) -> Conflict | None:
    """Leave rules out, many at a time at first, while it stays impossible; None if out of time."""
    kept = impossible
    chunk = (len(kept) + 1) // 2
    while True:
        position = 0
        while position < len(kept):
            fewer = kept[:position] + kept[position + chunk :]
            verdict = test(fewer)
            if verdict is None:
                return None
            if verdict:
                position += chunk
            else:
                kept = fewer
        if chunk == 1:
            return tuple(kept)
        chunk = (chunk + 1) // 2


def _cheapest_touching(conflicts: list[Conflict]) -> tuple[Rule, ...]:
    """The cheapest set of rules that has one of each conflict."""
    model = cp_model.CpModel()
    found = list(dict.fromkeys(rule for conflict in conflicts for rule in conflict))
    given_up = {rule: model.new_bool_var("") for rule in found}
    for conflict in conflicts:
        model.add_bool_or([given_up[rule] for rule in conflict])
    model.minimize(sum(PRICES[rule.kind] * literal for rule, literal in given_up.items()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.solve(model)
    return tuple(rule for rule in found if solver.value(given_up[rule]))
