"""Rounds as they were planned, mended for who has left, come or is away: as few as may be move.

Those who are gone leave their groups, who is new joins a group with room, and only where the sizes
of groups would differ by more than one does somebody move. After that people change places as long
as it makes the plan better, by what matters in this order: meetings of those who should be apart,
people in another group than planned, repeats, imbalance. Each step lowers these numbers: it ends.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from madang.methods.rotation.checking import meetings
from madang.methods.rotation.problem import Problem, present, sharing, value_of

Worth = tuple[int, int, int, int]
Step = tuple[int, int, str | None, str | None]
Rounds = tuple[tuple[tuple[str, ...], ...], ...]
NOTHING: Worth = (0, 0, 0, 0)


def repaired(problem: Problem) -> Rounds:
    """The rounds to come, mended."""
    mending = _Mending(problem)
    for t in range(len(mending.groups)):
        mending.even(t)
    mending.improve()
    order = {person.id: number for number, person in enumerate(problem.people)}
    return tuple(
        tuple(tuple(sorted(group, key=order.__getitem__)) for group in groups)
        for groups in mending.groups
    )


class _Mending:
    """The rounds to come, who has met how often in all, and what a step would change."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.met: Counter[frozenset[str]] = Counter(meetings(problem, problem.fixed))
        self.alike = {frozenset(pair) for pair in sharing(problem)}
        self.values = {
            person.id: [value_of(person, attribute) for attribute in problem.balance]
            for person in problem.people
        }
        self.groups: list[list[list[str]]] = []
        self.was: list[dict[str, int]] = []
        self.put: list[dict[str, int]] = []
        self.waiting: list[list[str]] = []
        for t, groups in enumerate(problem.planned):
            number = len(problem.fixed) + 1 + t
            there = present(problem, number)
            was = {name: g for g, group in enumerate(groups) for name in group}
            put = {p.person: p.group - 1 for p in problem.placed if p.round == number}
            self.was.append(was)
            self.put.append(put)
            self.groups.append([[] for _ in range(problem.groups)])
            self.waiting.append([name for name in there if name not in was | put])
            for name in there:
                group = (was | put).get(name)
                if group is not None:
                    self._join(t, group, name)

    # --- Groups of even sizes ---------------------------------------------------------------------
    def even(self, t: int) -> None:
        """Move whom the sizes leave no choice but to move, and let the new ones in."""
        groups, put = self.groups[t], self.put[t]
        count = sum(map(len, groups)) + len(self.waiting[t])
        small, larger = divmod(count, len(groups))
        # The largest groups stay larger, so that as few as possible have to leave.
        order = sorted(range(len(groups)), key=lambda g: (-len(groups[g]), g))
        size = {g: small + (place < larger) for place, g in enumerate(order)}
        while True:
            full = [g for g in order if len(groups[g]) > size[g]]
            room = [g for g in order if len(groups[g]) < size[g]]
            moves = [
                (self.change(t, name, here, there), name, here, there)
                for here in full
                for name in groups[here]
                if name not in put
                for there in room
            ]
            if not moves:
                break
            _worth, name, here, there = min(moves)
            self._leave(t, here, name)
            self._join(t, there, name)
        for name in self.waiting[t]:
            room = [g for g in order if len(groups[g]) < size[g]]
            self._join(t, min(room, key=lambda g: (self.change(t, name, None, g), g)), name)

    # --- Better places ----------------------------------------------------------------------------
    def improve(self) -> None:
        """Take the best step of each round in turn, until none makes the plan better."""
        improved = True
        while improved:
            improved = False
            for t in range(len(self.groups)):
                while self._step(t):
                    improved = True

    def _step(self, t: int) -> bool:
        """Exchange two people, or let one go to a smaller group, if that is better."""
        worth, step = min(
            (
                (self.exchange(t, *step), step)
                for here, there in combinations(range(len(self.groups[t])), 2)
                for step in self._steps(t, here, there)
            ),
            key=lambda each: each[0],
            default=(NOTHING, None),
        )
        if step is None or worth >= NOTHING:
            return False
        here, there, one, other = step
        if one is not None:
            self._leave(t, here, one)
        if other is not None:
            self._leave(t, there, other)
            self._join(t, here, other)
        if one is not None:
            self._join(t, there, one)
        return True

    def _steps(self, t: int, here: int, there: int) -> Iterator[Step]:
        """What two groups may exchange without differing more in size than before."""
        groups, put = self.groups[t], self.put[t]
        ours = [name for name in groups[here] if name not in put]
        theirs = [name for name in groups[there] if name not in put]
        for one in ours:
            for other in theirs:
                yield here, there, one, other
        if len(groups[here]) > len(groups[there]):
            for one in ours:
                yield here, there, one, None
        elif len(groups[there]) > len(groups[here]):
            for other in theirs:
                yield here, there, None, other

    def exchange(self, t: int, here: int, there: int, one: str | None, other: str | None) -> Worth:
        """What it changes that `one` goes there, and `other` comes here."""
        total = NOTHING
        if one is not None:
            total = _sum(total, self.change(t, one, here, there, without=other))
        if other is not None:
            total = _sum(total, self.change(t, other, there, here, without=one))
        off = self._off(t, (here, there), {})
        moving = {here: (one, other), there: (other, one)}
        return _sum(total, (0, 0, 0, self._off(t, (here, there), moving) - off))

    def change(
        self, t: int, name: str, here: int | None, there: int, without: str | None = None
    ) -> Worth:
        """What it changes that somebody goes from a group to another, the balance left out."""
        groups, was = self.groups[t], self.was[t].get(name)
        alike = again = 0
        for other in groups[there]:
            if other != without:
                pair = frozenset((name, other))
                alike += pair in self.alike
                again += self.met[pair] > 0
        for other in groups[here] if here is not None else ():
            if other != name:
                pair = frozenset((name, other))
                alike -= pair in self.alike
                again -= self.met[pair] > 1
        moves = 0 if was is None or here is None else (there != was) - (here != was)
        return alike, moves, again, 0

    def _off(
        self, t: int, places: tuple[int, int], moving: dict[int, tuple[str | None, str | None]]
    ) -> int:
        """How far two groups are from even shares, once one has left each and another has come."""
        off = 0
        for row in range(len(self.problem.balance)):
            everybody = Counter(
                self.values[name][row] for group in self.groups[t] for name in group
            )
            for place in places:
                leaving, coming = moving.get(place, (None, None))
                members = [name for name in self.groups[t][place] if name != leaving]
                members += [coming] if coming is not None else []
                inside = Counter(self.values[name][row] for name in members)
                for value, count in everybody.items():
                    if value is not None:
                        low, rest = divmod(count, len(self.groups[t]))
                        high = low + bool(rest)
                        off += max(0, low - inside[value], inside[value] - high)
        return off

    def _join(self, t: int, group: int, name: str) -> None:
        self.met.update(frozenset((name, other)) for other in self.groups[t][group])
        self.groups[t][group].append(name)

    def _leave(self, t: int, group: int, name: str) -> None:
        self.groups[t][group].remove(name)
        self.met.subtract(frozenset((name, other)) for other in self.groups[t][group])


def _sum(one: Worth, other: Worth) -> Worth:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3]
