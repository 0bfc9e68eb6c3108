"""What would have to give so that there is a cohort: the smallest relaxation.

An elastic programme: every quota may be missed at a cost of one for each person, the seats may be
more or fewer, whoever is included may stay out and whoever is excluded come in. The fewest such
people are found first; among equals quotas give way rather than seats, these rather than
exclusions, and inclusions last. Then the least money. Where the budget alone stands in the way, a
search like that for the best cohort finds the cheapest. What is found is applied and checked.
"""

from collections.abc import Collection
from dataclasses import replace

from madang.methods.checking import refuse
from madang.methods.selection.checking import check
from madang.methods.selection.instance import eligible, instance
from madang.methods.selection.problem import Problem, Relaxation
from madang.methods.selection.programme import Programme, Status
from madang.methods.selection.relaxed import relaxed, uncut
from madang.methods.selection.scaling import money_scale
from madang.methods.selection.search import Search
from madang.methods.selection.sentences import amount

UNIT = 4096  # one person; far above what preferences between equals can add up to in practice
QUOTA, SEATS, EXCLUDE, INCLUDE = UNIT, UNIT + 1, UNIT + 2, UNIT + 3


def relax(
    problem: Problem,
    deadline: float,
    *,
    inside: Collection[str] = (),
    outside: Collection[str] = (),
) -> tuple[Relaxation, ...]:
    """The relaxations, in the order of the rules; empty where the time did not suffice.

    Those `inside` are in and those `outside` out, whatever gives way.
    """
    decided = {*inside, *outside}
    problem = replace(
        problem,
        include=(*(name for name in problem.include if name not in decided), *inside),
        exclude=(*(name for name in problem.exclude if name not in decided), *outside),
    )
    chosen = _cheapest(problem, deadline)
    if chosen is None:
        chosen = _Elastic(problem, set(inside), set(outside)).cohort(deadline)
    if chosen is None:
        return ()
    found = tuple(_missed(problem, chosen))
    refuse(check(relaxed(problem, found), chosen))
    return found


def _cheapest(problem: Problem, deadline: float) -> list[str] | None:
    """The cheapest cohort if only the budget stands in the way, which is the usual case."""
    if problem.budget is None:
        return None
    known = instance(replace(problem, budget=None))
    known = replace(known, points=-known.costs)
    found = Search(known, eligible(known)).best(deadline)
    if found.chosen is None or found.bound != found.value:
        return None
    return [problem.nominees[number].id for number in found.chosen]


class _Elastic:
    """The programme: a column for each nominee, then two for the seats and for each limit."""

    def __init__(self, problem: Problem, inside: set[str], outside: set[str]) -> None:
        self.problem = problem
        self.limits = uncut(problem)
        count = len(problem.nominees)
        self.costs = [0.0] * (count + 2 + 2 * len(self.limits))
        self.costs[count : count + 2] = [-SEATS, -SEATS]
        self.costs[count + 2 :] = [-QUOTA] * (2 * len(self.limits))
        bounds = []
        include, exclude = set(problem.include), set(problem.exclude)
        for number, nominee in enumerate(problem.nominees):
            self.costs[number] = (nominee.id in include) * INCLUDE
            self.costs[number] -= (nominee.id in exclude) * EXCLUDE
            bounds.append((float(nominee.id in inside), float(nominee.id not in outside)))
        bounds += [(0.0, float(count + problem.seats))] * (2 + 2 * len(self.limits))
        self.programme = Programme(bounds, self._rows())

    def _rows(self) -> list[tuple[dict[int, float], float, float]]:
        nominees = self.problem.nominees
        count = len(nominees)
        seats = self.problem.seats
        everybody = dict.fromkeys(range(count), 1.0)
        rows = [({**everybody, count: 1.0, count + 1: -1.0}, float(seats), float(seats))]
        for number, limit in enumerate(self.limits):
            counted = {
                one: 1.0
                for one, nominee in enumerate(nominees)
                if nominee.attributes.get(limit.attribute) == limit.value
            }
            fewer, more = count + 2 + 2 * number, count + 3 + 2 * number
            rows.append(({**counted, fewer: 1.0}, float(limit.least), float("inf")))
            rows.append(({**counted, more: -1.0}, float("-inf"), float(limit.most)))
        return rows

    def cohort(self, deadline: float) -> list[str] | None:
        """The ids of a cohort that needs the smallest relaxation."""
        found = self.programme.maximise(self.costs, integral=True, deadline=deadline)
        if found.status is not Status.OPTIMAL:
            return None
        values = found.values
        if self.problem.budget is not None:
            least = round(sum(cost * value for cost, value in zip(self.costs, values, strict=True)))
            entries = {column: cost for column, cost in enumerate(self.costs) if cost}
            self.programme.add_rows([(entries, least - 0.5, float("inf"))])
            prices = [-nominee.cost for nominee in self.problem.nominees]
            rest = [0.0] * (len(self.costs) - len(prices))
            cheapest = self.programme.maximise([*prices, *rest], integral=True, deadline=deadline)
            values = cheapest.values or values
        # The columns of the nominees come first.
        pairs = zip(self.problem.nominees, values, strict=False)
        return [nominee.id for nominee, value in pairs if value > 0.5]


def _missed(problem: Problem, chosen: list[str]) -> list[Relaxation]:
    """By how much the cohort misses each rule."""
    found = []
    cohort = set(chosen)
    for limit in uncut(problem):
        count = sum(
            nominee.id in cohort and nominee.attributes.get(limit.attribute) == limit.value
            for nominee in problem.nominees
        )
        named = f"of those with {limit.attribute} = {limit.value}"
        if count < limit.least:
            by, text = limit.least - count, f"Ask for at least {count} {named}."
            found.append(Relaxation("quota", by, limit.attribute, limit.value, "min", text=text))
        if count > limit.most:
            by, text = count - limit.most, f"Allow {count} {named}."
            found.append(Relaxation("quota", by, limit.attribute, limit.value, "max", text=text))
    seats = problem.seats
    if len(chosen) != seats:
        text = f"Set the number of seats to {len(chosen)} instead of {seats}."
        by = abs(len(chosen) - seats)
        more = len(chosen) > seats
        found.append(Relaxation("seats", by, limit="max" if more else "min", text=text))
    found += [
        Relaxation("include", 1, id=name, text=f"Do not insist on {name}.")
        for name in problem.include
        if name not in cohort
    ]
    found += [
        Relaxation("exclude", 1, id=name, text=f"Allow {name}.")
        for name in problem.exclude
        if name in cohort
    ]
    return found + _overspent(problem, cohort)


def _overspent(problem: Problem, cohort: set[str]) -> list[Relaxation]:
    if problem.budget is None:
        return []
    money = money_scale(problem)
    spent = sum(money.whole(one.cost) for one in problem.nominees if one.id in cohort)
    extra = spent - money.down(problem.budget)
    if extra <= 0:
        return []
    by = money.value(extra)
    return [Relaxation("budget", by, text=f"Raise the budget by {amount(by)}.")]
