"""Who comes next: those not chosen, by how many of those chosen they could stand in for."""

from madang.methods.selection.instance import Instance
from madang.methods.selection.pool import fits as can_exchange
from madang.methods.selection.problem import Problem, Reserve


def reserves(problem: Problem, known: Instance, chosen: tuple[int, ...]) -> tuple[Reserve, ...]:
    """The `problem.reserves` who can take most places, then those with most points, then cheapest.

    A place can be taken where the cohort keeps the quotas and the budget with the one instead of
    the other; that somebody was to be included says nothing once they are gone. Who can take no
    place is no reserve.
    """
    if not problem.reserves:
        return ()
    counts = known.counts(chosen)
    spent = sum(int(known.costs[one]) for one in chosen)
    cohort = set(chosen)
    by_type: dict[int, list[int]] = {}
    for one in chosen:
        by_type.setdefault(int(known.kind[one]), []).append(one)
    fits = {
        (leaving, entering): can_exchange(known, counts, leaving, entering)
        for leaving in by_type
        for entering in range(len(known.types))
    }
    found = []
    for one in range(len(problem.nominees)):
        if one in cohort or one in known.excluded:
            continue
        places = [
            other
            for leaving, members in by_type.items()
            if fits[leaving, int(known.kind[one])]
            for other in members
            if known.budget is None or spent - known.costs[other] + known.costs[one] <= known.budget
        ]
        if places:
            rank = (-len(places), *known.rank(one))
            found.append((rank, sorted(places)))
    found.sort()
    return tuple(
        Reserve(problem.nominees[rank[-1]].id, tuple(problem.nominees[n].id for n in places))
        for rank, places in found[: problem.reserves]
    )
