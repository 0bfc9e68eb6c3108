"""Why each nominee is in the best cohort or not: what it is worth with them, or without them.

Each answer is a search of its own for the best cohort with somebody put in or left out, proven in
the same way; the relaxations start from each other's bases, so that most take milliseconds.
"""

import time as stopwatch
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np

from madang.methods.selection import sentences
from madang.methods.selection.instance import Instance, eligible
from madang.methods.selection.pool import Pool
from madang.methods.selection.problem import Code, Cohort, End, Problem, Reason, Relaxation, Rule
from madang.methods.selection.relaxing import relax
from madang.methods.selection.search import Found, Search

# Of the time left, what the comparison of one nominee with the others may take.
SHARE = 0.25


def explain(
    problem: Problem, known: Instance, answer: Cohort, deadline: float
) -> dict[str, Reason]:
    """Why, for those whom `problem.explain` asks about, in the order of the nominees."""
    if not problem.explained:
        return {}
    return _Explainer(problem, known, answer, deadline).reasons()


class _Explainer:
    """The search with everybody asked about, and what is known of the best cohort."""

    def __init__(self, problem: Problem, known: Instance, answer: Cohort, deadline: float) -> None:
        self.problem = problem
        self.known = known
        self.deadline = deadline
        ids = [nominee.id for nominee in problem.nominees]
        asked = problem.explained
        self.asked = [number for number, name in enumerate(ids) if name in asked]
        selected = set(answer.selected)
        self.chosen = {number for number, name in enumerate(ids) if name in selected}
        self.value = sum(int(known.points[number]) for number in self.chosen)
        self.counts = known.counts(self.chosen)
        self.spent = sum(int(known.costs[number]) for number in self.chosen)
        # One may be forbidden, so that one more of each type has to be kept.
        kept, needed = set(eligible(known, spare=1).tolist()), set(eligible(known).tolist())
        self.next = self._next_of_types(kept - needed)
        self.alike: dict[int, Found] = {}
        columns = sorted(kept | {n for n in self.asked if self._stand_in(n) is None})
        self.search = Search(known, np.array(columns, dtype=np.int64))
        self.pool = Pool(known)
        self.pool.add(tuple(sorted(self.chosen)))
        self.relaxations: dict[tuple[int, ...], tuple[Relaxation, ...]] = {}

    def reasons(self) -> dict[str, Reason]:
        # Those left out come first: what is best with them is often best without somebody chosen.
        order = sorted(self.asked, key=lambda number: number in self.chosen)
        why = {number: self._reason(number) for number in order}
        found = {}
        for number in self.asked:
            name = self.problem.nominees[number].id
            found[name] = replace(why[number], text=sentences.reason(name, why[number]))
        return found

    def _reason(self, number: int) -> Reason:
        known = self.known
        chosen = number in self.chosen
        pinned = number in (known.included if chosen else known.excluded)
        best = self._best(number)
        if best is None:
            return Reason(chosen, "undecided")
        if best.chosen is None and best.proven:
            return Reason(
                chosen,
                _code(chosen=chosen, pinned=pinned, otherwise="needed" if chosen else "rules"),
                rules=tuple(self._needing(number)) if chosen else (),
                relaxations=self._relaxations(number, chosen=chosen),
            )
        if best.chosen is None or best.bound != best.value:
            return Reason(chosen, "undecided", points=self._at_least(best))
        return self._compared(number, best, pinned=pinned)

    def _best(self, number: int) -> Found | None:
        """The best cohort with somebody left out or without somebody chosen; None out of time."""
        known = self.known
        other = self._stand_in(number)
        if other is not None:
            return self._exchanged(number, other)
        now = stopwatch.perf_counter()
        if now > self.deadline:
            return None
        chosen = number in self.chosen
        keep = known.included - {number}
        return self.search.best(
            now + SHARE * (self.deadline - now),
            inside=keep if chosen else keep | {number},
            outside=known.excluded | {number} if chosen else known.excluded - {number},
            known=self.pool.without(number, keep) if chosen else self.pool.having(number, keep),
        )

    def _next_of_types(self, spare: set[int]) -> dict[int, int]:
        """For each type the first nominee of whom no best cohort has need, if money is no matter.

        Whoever of the type comes after them is worth the same to a cohort but for the points.
        """
        if self.known.budget is not None:
            return {}
        free = spare - self.known.included
        return {int(self.known.kind[number]): number for number in sorted(free)}

    def _stand_in(self, number: int) -> int | None:
        """Somebody else of the type whose best cohort tells that of this nominee."""
        other = self.next.get(int(self.known.kind[number]))
        if other is None or number in self.known.excluded or number in self.chosen:
            return None
        return other if self.known.rank(other) < self.known.rank(number) else None

    def _exchanged(self, number: int, other: int) -> Found | None:
        found = self.alike.get(other) or self._best(other)
        if found is None:
            return None
        self.alike[other] = found
        if found.chosen is None:
            return found
        more = int(self.known.points[number] - self.known.points[other])
        return replace(
            found,
            chosen=tuple(sorted({*found.chosen, number} - {other})),
            value=found.value + more,
            bound=None if found.bound is None else found.bound + more,
        )

    def _compared(self, number: int, best: Found, *, pinned: bool) -> Reason:
        known = self.known
        chosen = number in self.chosen
        points = self.value - best.value
        other = set(best.chosen or ())
        if not other & known.excluded:
            self.pool.add(tuple(sorted(other)))
        return Reason(
            chosen=chosen,
            code=_code(chosen=chosen, pinned=pinned, otherwise="merit" if points else "tie"),
            points=known.in_points.value(points),
            objective=known.in_points.value(best.value),
            enters=self._ids(other - self.chosen),
            leaves=self._ids(self.chosen - other),
            rules=() if chosen else tuple(self._in_the_way(number)),
            indistinguishable=self._within_uncertainty(points, other ^ self.chosen),
        )

    def _at_least(self, best: Found) -> float | None:
        if best.bound is None or best.bound > self.value:
            return None
        return self.known.in_points.value(self.value - best.bound)

    def _within_uncertainty(self, points: int, moved: set[int]) -> bool:
        """Whether the difference is within the standard error of the sum that makes it."""
        variance = sum(
            Fraction(repr(self.problem.nominees[number].uncertainty)) ** 2 for number in moved
        )
        return Fraction(points, 10**self.known.in_points.digits) ** 2 <= variance

    def _in_the_way(self, number: int) -> Iterator[Rule]:
        """The rules that taking the place of a member with fewer points would break."""
        known = self.known
        come = set(known.limits_of(number))
        least, most = set(), set()
        places, budget = [], False
        for other in sorted(self.chosen):
            if known.points[other] >= known.points[number]:
                continue
            gone = set(known.limits_of(other))
            least |= {n for n in gone - come if self.counts[n] <= known.limits[n].least}
            most |= {n for n in come - gone if self.counts[n] >= known.limits[n].most}
            places += [other] * (other in known.included)
            spent = self.spent - int(known.costs[other]) + int(known.costs[number])
            budget |= known.budget is not None and spent > known.budget
        yield from (self._rule(n, "max") for n in sorted(most))
        yield from (self._rule(n, "min") for n in sorted(least))
        if budget:
            yield Rule("budget", at=self.problem.budget)
        yield from (Rule("include", id=self.problem.nominees[other].id) for other in places)

    def _needing(self, number: int) -> Iterator[Rule]:
        """The quotas of which somebody chosen fills the least there may be."""
        for limit in self.known.limits_of(number):
            if self.counts[limit] <= self.known.limits[limit].least:
                yield self._rule(limit, "min")

    def _rule(self, number: int, end: End) -> Rule:
        limit = self.known.limits[number]
        at = limit.least if end == "min" else limit.most
        return Rule("quota", limit.attribute, limit.value, end, at=at)

    def _relaxations(self, number: int, *, chosen: bool) -> tuple[Relaxation, ...]:
        """What would have to give way; the same for all of one type who cost the same."""
        cost = 0 if self.known.budget is None else int(self.known.costs[number])
        pinned = number in self.known.included or number in self.known.excluded
        key = (number,) if chosen or pinned else (-1, int(self.known.kind[number]), cost)
        if key not in self.relaxations:
            name = (self.problem.nominees[number].id,)
            self.relaxations[key] = relax(
                self.problem,
                self.deadline,
                inside=() if chosen else name,
                outside=name if chosen else (),
            )
        return self.relaxations[key]

    def _ids(self, numbers: set[int]) -> tuple[str, ...]:
        return tuple(self.problem.nominees[number].id for number in sorted(numbers))


def _code(*, chosen: bool, pinned: bool, otherwise: Code) -> Code:
    if pinned:
        return "included" if chosen else "excluded"
    return otherwise
