"""What a plan comes to, told without the search: whole numbers over the ids, written apart from it.

A plan is a list of rounds, each a list of groups, each a list of ids; the fixed rounds come first.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from madang.methods.rotation.problem import (
    Problem,
    Violation,
    present,
    sharing,
    value_of,
)

Plan = Sequence[Sequence[Sequence[str]]]


def check(problem: Problem, plan: Plan) -> list[str]:
    """Every rule that the plan breaks, as a sentence; an empty list for a valid one.

    Who is `apart` is no such rule: a country may be larger than the number of groups.
    """
    if len(plan) != problem.rounds:
        return [f"there are {len(plan)} rounds, not {problem.rounds}"]
    wrong = []
    for index, groups in enumerate(plan):
        number = index + 1
        if index < len(problem.fixed):
            if [list(group) for group in groups] != [list(g) for g in problem.fixed[index]]:
                wrong.append(f"round {number} is not as it was held")
            continue
        if len(groups) != problem.groups:
            wrong.append(f"round {number} has {len(groups)} groups")
        times = Counter(name for group in groups for name in group)
        there = Counter(present(problem, number))
        wrong += [
            f"{name} is in {times[name]} groups of round {number}, not in {there[name]}"
            for name in sorted(times | there)
            if times[name] != there[name]
        ]
        sizes = [len(group) for group in groups]
        if sizes and max(sizes) - min(sizes) > 1:
            wrong.append(f"the sizes of round {number} differ by more than one")
    wrong += [
        f"{place.person} is not in group {place.group} of round {place.round}"
        for place in problem.placed
        if place.person not in plan[place.round - 1][place.group - 1]
    ]
    return wrong


def meetings(problem: Problem, plan: Plan) -> Counter[frozenset[str]]:
    """How often each pair has met by the end of the plan, once before it counted for `met`."""
    counted = Counter({frozenset(pair): 1 for pair in problem.met})
    for groups in plan:
        for group in groups:
            counted.update(frozenset(pair) for pair in combinations(group, 2))
    return counted


def repeats(problem: Problem, plan: Plan) -> int:
    """Over all pairs, the meetings beyond the first."""
    return sum(times - 1 for times in meetings(problem, plan).values())


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Those in a group who share what members of a group should not."""
    by_id = {person.id: person for person in problem.people}
    for number, groups in enumerate(plan, start=1):
        for position, group in enumerate(groups, start=1):
            for attribute in problem.apart:
                having: dict[object, list[str]] = {}
                for name in group:
                    having.setdefault(value_of(by_id[name], attribute), []).append(name)
                for value, names in having.items():
                    if value is not None and len(names) > 1:
                        actual = by_id[names[0]].attributes[attribute]
                        yield Violation(number, position, attribute, actual, tuple(names))


def pairs_alike(problem: Problem, plan: Plan) -> int:
    """Meetings, in rounds that were not fixed, of pairs who should be apart."""
    alike = {frozenset(pair) for pair in sharing(problem)}
    return sum(
        frozenset(pair) in alike
        for groups in plan[len(problem.fixed) :]
        for group in groups
        for pair in combinations(group, 2)
    )


def imbalance(problem: Problem, plan: Plan, attribute: str) -> int:
    """By how many people the groups of the rounds not fixed differ from even shares of a value."""
    by_id = {person.id: person for person in problem.people}
    off = 0
    for groups in plan[len(problem.fixed) :]:
        inside = [Counter(value_of(by_id[name], attribute) for name in group) for group in groups]
        for value in {value for one in inside for value in one}:
            if value is not None:
                low, rest = divmod(sum(one[value] for one in inside), problem.groups)
                high = low + bool(rest)
                off += sum(max(0, low - one[value], one[value] - high) for one in inside)
    return off


def bound(problem: Problem, excused: int) -> int:
    """The repeats below which no plan goes that has no more meetings of pairs alike than `excused`.

    The pairs who may meet and have not yet make so many meetings that are no repeats, and `excused`
    more may be meetings of pairs who should be apart; all other meetings in the rounds to be
    planned, whose sizes are given, are repeats. Without anything fixed, met, absent or violated
    that is meetings per round, times rounds, less allowed pairs.
    """
    held = problem.fixed
    before = meetings(problem, held)
    alike = {frozenset(pair) for pair in sharing(problem)}
    to_come = 0
    there = []
    for number in range(len(held) + 1, problem.rounds + 1):
        there.append(frozenset(present(problem, number)))
        size, larger = divmod(len(there[-1]), problem.groups)
        to_come += larger * (size + 1) * size // 2
        to_come += (problem.groups - larger) * size * (size - 1) // 2
    rounds = set(there)
    fresh: Counter[bool] = Counter()
    for one, other in combinations([person.id for person in problem.people], 2):
        pair = frozenset((one, other))
        if not before[pair] and any(pair <= together for together in rounds):
            fresh[pair in alike] += 1
    first_meetings = fresh[False] + min(fresh[True], excused)
    return repeats(problem, held) + max(0, to_come - first_meetings)


def least_alike(problem: Problem) -> int:
    """Fewer meetings of pairs who should be apart than this are impossible in the rounds to come.

    For each attribute its values are spread as evenly as the people placed allow; the attribute
    for which that leaves most such meetings decides.
    """
    by_id = {person.id: person for person in problem.people}
    total = 0
    for number in range(len(problem.fixed) + 1, problem.rounds + 1):
        there = present(problem, number)
        placed = {place.person: place.group for place in problem.placed if place.round == number}
        by_attribute = [0]
        for attribute in problem.apart:
            counts = Counter(value_of(by_id[name], attribute) for name in there)
            left = 0
            for value, count in counts.items():
                if value is not None:
                    filled = [0] * problem.groups
                    for name, group in placed.items():
                        filled[group - 1] += int(value_of(by_id[name], attribute) == value)
                    for _ in range(count - sum(filled)):
                        filled[filled.index(min(filled))] += 1
                    left += sum(size * (size - 1) // 2 for size in filled)
            by_attribute.append(left)
        total += max(by_attribute)
    return total
