"""The quotas in normal form, and the nominees sorted by which of them they count for.

`limits` makes of `Problem.quotas` one limit for each attribute and value: `"*"` becomes every value
that a nominee has, and where several quotas speak of the same value, the strictest holds. Limits
that no cohort could break are left out unless `every` one is asked for. `types` puts together the
nominees whom the limits can't tell apart.
"""

from dataclasses import dataclass

from madang.methods.selection.problem import EACH, Problem


@dataclass(frozen=True)
class Limit:
    """At least `least` and at most `most` of those chosen have `value` as their `attribute`.

    The two contradict each other (`least` > `most`, or above the seats) where the problem does.
    """

    attribute: str
    value: str
    least: int
    most: int


@dataclass(frozen=True)
class Type:
    """Nominees who count for the same limits; both as indices, ascending."""

    limits: tuple[int, ...]
    members: tuple[int, ...]


def limits(problem: Problem, *, every: bool = False) -> tuple[Limit, ...]:
    """One limit for each attribute and value, in the order in which the quotas first say so."""
    values: dict[str, list[str]] = {quota.attribute: [] for quota in problem.quotas}
    having: dict[tuple[str, str], int] = {}
    for nominee in problem.nominees:
        for attribute, value in nominee.attributes.items():
            if attribute in values:
                if (attribute, value) not in having:
                    values[attribute].append(value)
                having[attribute, value] = having.get((attribute, value), 0) + 1
    strictest: dict[tuple[str, str], Limit] = {}
    for quota in problem.quotas:
        most = problem.seats if quota.max is None else min(quota.max, problem.seats)
        for value in values[quota.attribute] if quota.value == EACH else (quota.value,):
            key = (quota.attribute, value)
            before = strictest.get(key, Limit(*key, 0, problem.seats))
            strictest[key] = Limit(*key, max(before.least, quota.min), min(before.most, most))
    return tuple(
        limit
        for key, limit in strictest.items()
        if every or limit.least > 0 or limit.most < min(problem.seats, having.get(key, 0))
    )


def counted(problem: Problem, known: tuple[Limit, ...]) -> tuple[tuple[int, ...], ...]:
    """For each nominee the indices of the limits they count for."""
    index = {(limit.attribute, limit.value): number for number, limit in enumerate(known)}
    return tuple(
        tuple(sorted(index[pair] for pair in nominee.attributes.items() if pair in index))
        for nominee in problem.nominees
    )


def types(problem: Problem, known: tuple[Limit, ...]) -> tuple[Type, ...]:
    """The nominees by the limits they count for, in the order of the first of each."""
    members: dict[tuple[int, ...], list[int]] = {}
    for nominee, numbers in enumerate(counted(problem, known)):
        members.setdefault(numbers, []).append(nominee)
    return tuple(Type(numbers, tuple(who)) for numbers, who in members.items())
