"""What each rule costs: the best cohort when a quota, the seats or the budget moves a little."""

import time as stopwatch
from collections.abc import Iterator, Mapping
from dataclasses import replace

from madang.methods.selection.instance import Instance, eligible, instance
from madang.methods.selection.problem import Change, End, Problem
from madang.methods.selection.quotas import limits
from madang.methods.selection.search import Found, Search

# Steps by which the budget moves, in hundredths of it.
STEPS = (-5, -1, 1, 5)
# Of the time left, what one change may take.
SHARE = 0.25

Ends = tuple[int, int]
Moved = tuple[Change, Mapping[int, Ends]]


def changes(problem: Problem, deadline: float) -> tuple[Change, ...]:
    """Each quota by one either way at each end and in the count, the seats by one, the budget.

    Empty where there is no cohort to begin with.
    """
    known = instance(problem, every=True)
    # One more of each type may be asked for than the rules allow.
    search = Search(known, eligible(known, spare=1))
    now = search.best(deadline)
    if now.chosen is None or not now.proven:
        return ()
    found = []
    for change, rows in _moves(problem, known, now.chosen):
        kept = _keeps(known, now.chosen, rows)
        still = now.chosen if _allowed(known, now.chosen, rows) else None
        start = stopwatch.perf_counter()
        until = start + SHARE * (deadline - start)
        best = now if kept else search.best(until, rows=rows, known=still)
        found.append(_told(problem, known, change, now, best))
    return tuple(found)


def _moves(problem: Problem, known: Instance, chosen: tuple[int, ...]) -> Iterator[Moved]:
    """What moves, with the ends of the rows that it moves."""
    counts = known.counts(chosen)
    for number, limit in enumerate(known.limits):
        row, least, most, count = number + 1, limit.least, limit.most, counts[number]
        moves: list[tuple[End | None, int, Ends]] = [
            ("min", -1, (least - 1, most)),
            ("min", 1, (least + 1, most)),
            ("max", -1, (least, most - 1)),
            ("max", 1, (least, most + 1)),
            (None, -1, (min(least, count - 1), count - 1)),
            (None, 1, (count + 1, max(most, count + 1))),
        ]
        for end, by, ends in moves:
            if min(ends) >= 0:
                yield Change("quota", by, limit.attribute, limit.value, end), {row: ends}
    for by in (-1, 1):
        seats = problem.seats + by
        if seats >= 0:
            # The upper ends that are the seats move with them.
            there = enumerate(limits(replace(problem, seats=seats), every=True))
            rows = {number + 1: (limit.least, limit.most) for number, limit in there}
            yield Change("seats", by), {**rows, 0: (seats, seats)}
    if known.budget:
        for step in STEPS:
            by_money = known.budget * step // 100
            if by_money:
                row = len(known.limits) + 1
                change = Change("budget", known.in_money.value(by_money))
                yield change, {row: (0, known.budget + by_money)}


def _allowed(known: Instance, chosen: tuple[int, ...], rows: Mapping[int, Ends]) -> bool:
    """Whether the cohort keeps the rows."""
    counts = known.counts(chosen)
    spent = int(known.costs[list(chosen)].sum())
    totals = [known.seats, *(counts[number] for number in range(len(known.limits))), spent]
    return all(low <= totals[row] <= high for row, (low, high) in rows.items())


def _keeps(known: Instance, chosen: tuple[int, ...], rows: Mapping[int, Ends]) -> bool:
    """Whether the rows only became stricter and the cohort keeps them, so that it stays best."""
    for row, (low, high) in rows.items():
        if not 0 < row <= len(known.limits):
            return False
        limit = known.limits[row - 1]
        if low < limit.least or high > limit.most:
            return False
    return _allowed(known, chosen, rows)


def _told(problem: Problem, known: Instance, change: Change, now: Found, best: Found) -> Change:
    if best.chosen is None:
        return replace(change, proven=best.proven)
    before, after = set(now.chosen or ()), set(best.chosen)
    return replace(
        change,
        objective=known.in_points.value(best.value),
        points=known.in_points.value(best.value - now.value),
        enters=tuple(problem.nominees[number].id for number in sorted(after - before)),
        leaves=tuple(problem.nominees[number].id for number in sorted(before - after)),
        proven=best.proven,
    )
