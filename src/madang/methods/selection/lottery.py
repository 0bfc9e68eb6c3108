"""A lottery over cohorts in which chances are as equal as the rules allow (leximin).

The chances are solved over types of nominees, whole or not (`levels`): nothing fairer exists. A
walk over the faces (`walking`) mixes them from cohorts, which proves them to be the fairest; where
it can't, columns are generated (`columns`) and the gap is told. The people of a type then take
turns (`rotation`). Weights of panels are whole numbers and chances are fractions throughout.

B. Flanigan, P. Gölz, A. Gupta, B. Hennig and A. D. Procaccia, Fair algorithms for selecting
citizens' assemblies, Nature 596, 2021.
"""

import time as stopwatch
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import Literal

import numpy as np

from madang.methods.checking import refuse
from madang.methods.selection import chances, columns, drawing, levels
from madang.methods.selection.instance import instance
from madang.methods.selection.polytope import Polytope, polytope
from madang.methods.selection.problem import EACH, Cohort, Panel, Problem
from madang.methods.selection.relaxing import relax
from madang.methods.selection.reserves import reserves
from madang.methods.selection.rotation import Panels, rotate
from madang.methods.selection.scaling import money_scale
from madang.methods.selection.search import Search
from madang.methods.selection.walking import decompose

WALKING = 0.5  # of the time left goes into the walk, before columns are generated


@dataclass(frozen=True)
class Lottery:
    """Panels with whole weights that sum to `unit`, and the chance of each nominee, in order.

    Members are indices of nominees, ascending. `minimum` is the least chance of anybody who is not
    excluded; no lottery has a larger one than `bound`. `optimal`: proven that none is fairer, that
    is, raises somebody's chance except by lowering one that is no larger. `feasible`: found in the
    time, not proven. `infeasible`: no cohort keeps the rules. `unknown`: neither was found.
    """

    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    unit: int = 1
    panels: Panels = ()
    chances: tuple[Fraction, ...] = ()
    minimum: Fraction | None = None
    bound: Fraction | None = None


def choose(problem: Problem, deadline: float) -> Cohort:
    """The fairest lottery found by `deadline`, and the panel that the problem's seed draws."""
    found = leximin(problem, deadline)
    if found.minimum is None or found.bound is None:
        relaxations = relax(problem, deadline) if found.status == "infeasible" else ()
        return Cohort(found.status, relaxations=relaxations)
    panels = named(problem, found)
    drawn = drawing.draw(drawing.freeze(problem, panels), str(problem.seed))
    number_of = {nominee.id: number for number, nominee in enumerate(problem.nominees)}
    answer = Cohort(
        status=found.status,
        selected=drawn.members,
        reserves=reserves(
            problem, instance(problem), tuple(number_of[name] for name in drawn.members)
        ),
        objective=float(found.minimum),
        bound=float(found.bound),
        probabilities={
            nominee.id: float(chance)
            for nominee, chance in zip(problem.nominees, found.chances, strict=True)
        },
        panels=panels,
        minimum=float(found.minimum),
    )
    return replace(answer, why=chances.explain(problem, answer, deadline))


def named(problem: Problem, found: Lottery) -> tuple[Panel, ...]:
    """The panels with the ids of their members."""
    return tuple(
        Panel(
            members=tuple(problem.nominees[member].id for member in members),
            probability=weight / found.unit,
            weight=str(weight),
        )
        for weight, members in found.panels
    )


def leximin(problem: Problem, deadline: float) -> Lottery:
    """The fairest lottery found by `deadline` of the performance counter, checked."""
    whole = polytope(problem)
    try:
        found = _mixed(problem, whole, deadline)
    except TimeoutError:
        return Lottery("unknown")
    if found.mixture is None:
        return Lottery("infeasible" if found.proven else "unknown")
    unit, panels = rotate(whole, found.mixture)
    chances = [Fraction(0)] * len(problem.nominees)
    for t, people in enumerate(whole.members):
        total = sum(weight * cohort[t] for weight, cohort in found.mixture.parts)
        for person in people:
            chances[person] = Fraction(total, found.mixture.unit * len(people))
    for person in whole.included:
        chances[person] = Fraction(1)
    excluded = set(problem.exclude)
    minimum = min(
        (c for n, c in zip(problem.nominees, chances, strict=True) if n.id not in excluded),
        default=Fraction(0),
    )
    lottery = Lottery(
        status="optimal" if found.proven else "feasible",
        unit=unit,
        panels=panels,
        chances=tuple(chances),
        minimum=minimum,
        bound=minimum if found.proven else max(minimum, found.bound),
    )
    refuse(wrong(problem, lottery))
    return lottery


def _mixed(problem: Problem, whole: Polytope, deadline: float) -> columns.Outcome:
    """The fairest mixture of cohorts, as numbers of each type."""
    prove = prover(problem, whole)
    try:
        relaxed = levels.leximin(whole, deadline)
    except levels.ImpreciseError:
        return columns.leximin(whole, levels.Levels(), (), prove, deadline)
    if relaxed is None:
        return columns.Outcome(None, Fraction(0), proven=True)
    unit = lcm(*(chance.denominator for chance in relaxed.chances))
    point = [int(c * n * unit) for c, n in zip(relaxed.chances, whole.sizes, strict=True)]
    now = stopwatch.perf_counter()
    mixture = decompose(whole, point, unit, now + WALKING * (deadline - now))
    if mixture.complete:
        return columns.Outcome(mixture, min(relaxed.chances, default=Fraction(1)), proven=True)
    seeds = [cohort for _, cohort in mixture.parts]
    return columns.leximin(whole, relaxed, seeds, prove, deadline)


def prover(problem: Problem, whole: Polytope) -> columns.Prove:
    """Proves the most weight of any cohort in whole numbers, by the search for merit."""
    known = instance(problem)

    def prove(weights: Mapping[int, int], deadline: float) -> int | None:
        points = np.zeros_like(known.points)
        for t, weight in weights.items():
            points[list(whole.members[t])] = weight
        free = np.array(sorted(n for people in whole.members for n in people), dtype=np.int64)
        everybody = np.array(sorted({*free.tolist(), *whole.included}), dtype=np.int64)
        found = Search(replace(known, points=points), everybody).best(deadline)
        return found.value if found.proven and found.chosen is not None else None

    return prove


def wrong(problem: Problem, lottery: Lottery) -> list[str]:
    """What is wrong with a lottery, told from the problem as it was given, in whole numbers."""
    faults = []
    if sum(weight for weight, _ in lottery.panels) != lottery.unit:
        faults.append("the weights of the panels do not sum to one")
    if any(weight <= 0 for weight, _ in lottery.panels):
        faults.append("a panel has no weight")
    drawn = [0] * len(problem.nominees)
    broken = _rules(problem)
    for number, (weight, members) in enumerate(lottery.panels):
        faults += [f"panel {number}: {fault}" for fault in broken(members)]
        for member in members:
            drawn[member] += weight
    for nominee, weight, chance in zip(problem.nominees, drawn, lottery.chances, strict=True):
        if Fraction(weight, lottery.unit) != chance:
            faults.append(f"{nominee.id} is drawn in {weight} of {lottery.unit}, not {chance}")
    return faults


def _rules(problem: Problem) -> Callable[[tuple[int, ...]], Iterator[str]]:
    """A function that tells which rules a panel breaks; as `checking.check`, but for thousands."""
    quoted = {quota.attribute for quota in problem.quotas}
    held = [
        [pair for pair in nominee.attributes.items() if pair[0] in quoted]
        for nominee in problem.nominees
    ]
    values = {pair for pairs in held for pair in pairs}
    ends = []
    for quota in problem.quotas:
        most = problem.seats if quota.max is None else quota.max
        if quota.value == EACH:
            named = sorted(pair for pair in values if pair[0] == quota.attribute)
        else:
            named = [(quota.attribute, quota.value)]
        ends += [(pair, quota.min, most) for pair in named]
    index = {nominee.id: number for number, nominee in enumerate(problem.nominees)}
    included = {index[name] for name in problem.include}
    excluded = {index[name] for name in problem.exclude}
    costs, budget = [0] * len(held), 0
    if problem.budget is not None:
        money = money_scale(problem)
        costs = [money.whole(nominee.cost) for nominee in problem.nominees]
        budget = money.down(problem.budget)

    def broken(members: tuple[int, ...]) -> Iterator[str]:
        present = set(members)
        if len(present) != len(members) or len(members) != problem.seats:
            yield f"has {len(present)} people in {len(members)} places"
        if not included <= present or excluded & present:
            yield "lacks somebody included, or has somebody excluded"
        counts = Counter(pair for member in members for pair in held[member])
        for pair, least, most in ends:
            if not least <= counts[pair] <= most:
                yield f"{counts[pair]} have {' = '.join(pair)}, not from {least} to {most}"
        if sum(costs[member] for member in members) > budget:
            yield "costs more than the budget"

    return broken
