"""Whether a cohort keeps every rule and what it is worth, told without the solver.

It reads the problem as it was given, quota by quota, in whole numbers and apart from the model, so
that a mistake in one of them shows against the other.
"""

from collections.abc import Iterator, Sequence

from madang.methods.selection.problem import EACH, Nominee, Problem, Quota
from madang.methods.selection.scaling import money_scale, points_scale


def check(problem: Problem, selected: Sequence[str]) -> list[str]:
    """Every rule that the cohort breaks, as a sentence; an empty list for a valid one."""
    by_id = {nominee.id: nominee for nominee in problem.nominees}
    wrong = [f"there is no nominee {name}" for name in selected if name not in by_id]
    if len(set(selected)) != len(selected):
        wrong.append("somebody is selected twice")
    if wrong:
        return wrong
    if len(selected) != problem.seats:
        wrong.append(f"{len(selected)} are selected, not {problem.seats}")
    wrong += [f"{name} is not included" for name in problem.include if name not in selected]
    wrong += [
        f"{name} is selected although excluded" for name in problem.exclude if name in selected
    ]
    cohort = [by_id[name] for name in selected]
    for quota in problem.quotas:
        wrong += _quota(problem, quota, cohort)
    if problem.budget is not None:
        money = money_scale(problem)
        if sum(money.whole(nominee.cost) for nominee in cohort) > money.down(problem.budget):
            wrong.append("the cohort costs more than the budget")
    return wrong


def worth(problem: Problem, selected: Sequence[str]) -> float:
    """The points of a cohort, in the units of the problem."""
    points = points_scale(problem)
    chosen = set(selected)
    return points.value(
        sum(points.whole(nominee.merit) for nominee in problem.nominees if nominee.id in chosen)
    )


def _quota(problem: Problem, quota: Quota, cohort: list[Nominee]) -> Iterator[str]:
    held = (nominee.attributes.get(quota.attribute) for nominee in problem.nominees)
    values = [quota.value]
    if quota.value == EACH:
        values = sorted({value for value in held if value is not None})
    most = problem.seats if quota.max is None else quota.max
    for value in values:
        count = sum(nominee.attributes.get(quota.attribute) == value for nominee in cohort)
        if not quota.min <= count <= most:
            yield (f"{count} have {quota.attribute} = {value}, not from {quota.min} to {most}")
