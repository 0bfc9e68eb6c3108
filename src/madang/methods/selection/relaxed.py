"""The problem as it is after relaxations."""

from collections.abc import Collection
from dataclasses import replace

from madang.methods.selection.problem import Problem, Quota, Relaxation
from madang.methods.selection.quotas import Limit, limits
from madang.methods.selection.scaling import money_scale

# How far each rule gives way: by kind, attribute, value, limit and id.
_Moves = dict[tuple[str, str | None, str | None, str | None, str | None], float]


def uncut(problem: Problem) -> tuple[Limit, ...]:
    """The quotas in normal form, their upper ends not cut to the seats."""
    return limits(replace(problem, seats=len(problem.nominees) + problem.seats))


def relaxed(problem: Problem, relaxations: Collection[Relaxation]) -> Problem:
    """The problem after the relaxations, with one quota for each attribute and value."""
    by: _Moves = {
        (one.kind, one.attribute, one.value, one.limit, one.id): one.by for one in relaxations
    }

    def moved(kind: str, limit: str, attribute: str | None = None, value: str | None = None) -> int:
        return int(by.get((kind, attribute, value, limit, None), 0))

    seats = problem.seats + moved("seats", "max") - moved("seats", "min")
    quotas = tuple(
        Quota(
            limit.attribute,
            limit.value,
            limit.least - moved("quota", "min", limit.attribute, limit.value),
            limit.most + moved("quota", "max", limit.attribute, limit.value),
        )
        for limit in uncut(problem)
    )
    budget = problem.budget
    if budget is not None:
        money = money_scale(problem)
        extra = money.whole(by.get(("budget", None, None, None, None), 0))
        budget = money.value(money.down(budget) + extra)
    return replace(
        problem,
        seats=seats,
        quotas=quotas,
        budget=budget,
        include=_without(problem.include, by, "include"),
        exclude=_without(problem.exclude, by, "exclude"),
    )


def _without(names: tuple[str, ...], by: _Moves, kind: str) -> tuple[str, ...]:
    return tuple(name for name in names if (kind, None, None, None, name) not in by)
