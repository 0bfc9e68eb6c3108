"""What no plan can be better than, proven by counting; written apart from the search.

Each bound holds for every plan of the rounds to come, whatever the search finds; the largest is
the answer. All numbers are whole.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

from madang.methods.rotation.checking import meetings, repeats
from madang.methods.rotation.problem import Problem, present, sharing, value_of


def bound(problem: Problem, excused: int) -> int:
    """The repeats below which no plan goes that has no more meetings of pairs alike than `excused`.

    Those of the rounds held are among them.
    """
    to_come = max(_by_partners(problem, excused), _by_pigeonholes(problem))
    return repeats(problem, problem.fixed) + to_come


def _numbers(problem: Problem) -> range:
    return range(len(problem.fixed) + 1, problem.rounds + 1)


def _sizes(problem: Problem, number: int) -> list[int]:
    """The sizes of a round's groups, in descending order."""
    small, larger = divmod(len(present(problem, number)), problem.groups)
    return [small + 1] * larger + [small] * (problem.groups - larger)


def _by_partners(problem: Problem, excused: int) -> int:
    """Repeats in the rounds to come, since each person has only so many others left to meet.

    In all rounds together somebody meets between `least` and `most` others, by the sizes of the
    groups, and everybody together twice as many as there are meetings. Whom they may meet and have
    not yet is no repeat, and `excused` meetings may be first ones of pairs who should be apart.
    """
    before = meetings(problem, problem.fixed)
    alike = {frozenset(pair) for pair in sharing(problem)}
    least: Counter[str] = Counter()
    most: Counter[str] = Counter()
    everybody = 0
    rounds = set()
    for number in _numbers(problem):
        there = present(problem, number)
        rounds.add(frozenset(there))
        sizes = _sizes(problem, number)
        everybody += sum(size * (size - 1) for size in sizes)
        for name in there:
            least[name] += max(0, sizes[-1] - 1)
            most[name] += max(0, sizes[0] - 1)
    fresh: Counter[str] = Counter()
    excusable = 0
    for one, other in combinations([person.id for person in problem.people], 2):
        pair = frozenset((one, other))
        if not before[pair] and any(pair <= together for together in rounds):
            if pair in alike:
                excusable += 1
            else:
                fresh.update(pair)
    # As few meetings as possible beyond the fresh ones of each: first what nobody can avoid, then
    # what is left over when all the others meet as many as they may.
    unavoidable = sum(max(0, least[name] - fresh[name]) for name in least)
    taken = sum(min(most[name], max(least[name], fresh[name])) for name in least)
    twice = unavoidable + max(0, everybody - taken)
    return max(0, -(-twice // 2) - min(excusable, excused))


def _by_pigeonholes(problem: Problem) -> int:
    """Repeats in the rounds to come, since a group larger than another round's number of groups
    has members who were in one group there.

    Of each round the earlier one counts for which there are most such pairs.
    """
    held = [[set(group) for group in groups if group] for groups in problem.fixed]
    earlier = [(set().union(*groups), len(groups)) for groups in held]
    total = 0
    for number in _numbers(problem):
        there = set(present(problem, number))
        sizes = _sizes(problem, number)
        total += max(
            (_crowded(sizes, holes, len(there - were)) for were, holes in earlier), default=0
        )
        earlier.append((there, sum(size > 0 for size in sizes)))
    return total


def _crowded(sizes: Iterable[int], holes: int, strangers: int) -> int:
    """Pairs in groups of these sizes who share one of so many holes, at least.

    `strangers` are in no hole: they are where most pairs would be. The nth member of a group meets
    (n - 1) // holes of the others at least, when these are spread evenly.
    """
    if not holes:
        return 0
    nth = sorted((n for size in sizes for n in range(size)), reverse=True)
    return sum(n // holes for n in nth[strangers:])


def least_moves(problem: Problem) -> int:
    """Fewer people than this can't be put into another group, counted anew in each round.

    Where somebody has left, the sizes of the groups may differ by too much; and who is placed
    elsewhere than planned has to go there.
    """
    total = 0
    for number, groups in zip(_numbers(problem), problem.planned, strict=True):
        there = set(present(problem, number))
        kept = sorted((len(there.intersection(group)) for group in groups), reverse=True)
        surplus = sum(
            max(0, count - size) for count, size in zip(kept, _sizes(problem, number), strict=True)
        )
        was = {name: place for place, group in enumerate(groups, start=1) for name in group}
        elsewhere = {
            place.person
            for place in problem.placed
            if place.round == number and was.get(place.person, place.group) != place.group
        }
        total += max(surplus, len(elsewhere))
    return total


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
