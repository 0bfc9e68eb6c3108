"""The constraint programme put to CP-SAT, and its answer as placements."""

import math
import time as stopwatch
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from ortools.sat.python import cp_model

from madang.methods.timetable import wishes
from madang.methods.timetable.checking import terms
from madang.methods.timetable.model import DAY, Model, minute_of
from madang.methods.timetable.problem import Placement, Problem
from madang.methods.timetable.rules import Key

# One thread searches the same way on every run. Most wishes can be granted at once, and then a
# search by cores (what contradicts granting all of them?) without linear relaxations finds and
# proves timetables many times sooner than CP-SAT's other strategies, or several of them in turns.
WORKERS = 1
FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
# How much search, in CP-SAT's deterministic seconds, goes into moving sessions to earlier starts.
TIDYING = 0.2


@dataclass(frozen=True)
class Outcome:
    """What the search came to: `proven` that it can't be better, or can't be at all."""

    proven: bool
    placements: tuple[Placement, ...] | None = None
    cost: int = 0
    bound: int = 0


def best(problem: Problem, keys: Collection[Key], deadline: float) -> Outcome:
    """The cheapest timetable under the rules `keys` that is found by `deadline`.

    First any timetable, without regard to its cost: that is much easier to find, or to disprove,
    and then where the search begins.
    """
    model = Model(problem, keys)
    solver = _solver(problem, deadline)
    status = solver.solve(model.cp)
    if status not in FOUND:
        return Outcome(proven=status == cp_model.INFEASIBLE)
    first = _placements(model, solver)
    _hint(model, first)
    model.cp.minimize(wishes.cost(model))
    solver = _solver(problem, deadline)
    solver.parameters.optimize_with_core = True
    solver.parameters.linearization_level = 0
    status = solver.solve(model.cp)
    if status not in FOUND:
        cost = sum(terms(problem, first).values())
        return Outcome(proven=False, placements=first, cost=cost)
    cost = round(solver.objective_value)
    # The bound of an integer objective is an integer; rounding down keeps it a bound in any case.
    bound = cost if status == cp_model.OPTIMAL else math.floor(solver.best_objective_bound + 1e-6)
    return Outcome(status == cp_model.OPTIMAL, _placements(model, solver), cost, max(0, bound))


def possible(problem: Problem, keys: Collection[Key], deadline: float) -> bool | None:
    """Whether any timetable keeps the rules `keys`; None when `deadline` comes before a proof."""
    model = Model(problem, keys)
    status = _solver(problem, deadline).solve(model.cp)
    if status == cp_model.INFEASIBLE:
        return False
    return True if status in FOUND else None


def tidy(
    problem: Problem, keys: Collection[Key], outcome: Outcome, deadline: float
) -> tuple[Placement, ...]:
    """The timetable with its sessions moved to earlier starts in their days, at no more cost."""
    placements = outcome.placements or ()
    model = Model(problem, keys)
    model.cp.add(wishes.cost(model) <= outcome.cost)
    for placement in placements:
        name = placement.session
        start = _minute(model, placement)
        model.cp.add(model.start[name] >= start - start % DAY)
        model.cp.add(model.start[name] <= start)
        model.cp.add(_room_literal(model, placement) == 1)
    _hint(model, placements)
    model.cp.minimize(sum(model.start.values()))
    solver = _solver(problem, deadline)
    solver.parameters.max_deterministic_time = TIDYING
    status = solver.solve(model.cp)
    return _placements(model, solver) if status in FOUND else placements


def _solver(problem: Problem, deadline: float) -> Any:
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = problem.seed
    solver.parameters.num_workers = WORKERS
    # Looking for symmetries crashes OR-Tools 9.15 on models that presolve empties (an IndexError);
    # rooms alike, the one symmetry that there always is, are grouped in the model.
    solver.parameters.symmetry_level = 0
    solver.parameters.relative_gap_limit = 0.0
    solver.parameters.absolute_gap_limit = 0.0
    solver.parameters.max_time_in_seconds = max(0.01, deadline - stopwatch.perf_counter())
    return solver


def _hint(model: Model, placements: Collection[Placement]) -> None:
    for placement in placements:
        model.cp.add_hint(model.start[placement.session], _minute(model, placement))
        model.cp.add_hint(_room_literal(model, placement), 1)


def _room_literal(model: Model, placement: Placement) -> Any:
    (literal,) = [
        literal
        for index, literal in model.in_group[placement.session].items()
        if any(room.id == placement.room for room in model.groups[index])
    ]
    return literal


def _minute(model: Model, placement: Placement) -> int:
    return (placement.day - model.first).days * DAY + minute_of(placement.start)


def _placements(model: Model, solver: Any) -> tuple[Placement, ...]:
    """The solution, with the rooms of each group dealt out in the order of the starts."""
    starts = {name: solver.value(start) for name, start in model.start.items()}
    free: dict[str, int] = defaultdict(int)
    placed = {}
    for name in sorted(starts, key=starts.__getitem__):
        (index,) = [i for i, literal in model.in_group[name].items() if solver.value(literal)]
        start = starts[name]
        room = next(room for room in model.groups[index] if free[room.id] <= start)
        free[room.id] = start + model.sessions[name].length
        days, minute = divmod(start, DAY)
        placed[name] = Placement(
            name, model.first + timedelta(days=days), time(*divmod(minute, 60)), room.id
        )
    return tuple(placed[name] for name in starts)
