"""The problem as arrays: people as numbers, only the rounds that are to be planned."""

import random
from dataclasses import dataclass
from typing import Any

import numpy as np

from madang.methods.rotation.annealing import EMPTY, State
from madang.methods.rotation.problem import Problem, present, sharing, value_of

Plan = list[list[list[int]]]  # rounds, groups, people by number


@dataclass(frozen=True)
class Board:
    """What the search needs of a problem; the arrays are described in `annealing.py`.

    `there` are the people of each round, `placed` the group of each person put into one, `held` the
    fixed rounds as (person, group) pairs, `history` how often each pair has met before.
    """

    people: int
    groups: int
    there: tuple[tuple[int, ...], ...]
    placed: tuple[dict[int, int], ...]
    held: tuple[dict[int, int], ...]
    history: Any
    alike: Any
    values: Any

    @property
    def rounds(self) -> int:
        """The rounds to be planned."""
        return len(self.there)

    @property
    def width(self) -> int:
        """The people in the largest group."""
        return max(1, -(-max(map(len, self.there)) // self.groups))

    def size(self, t: int) -> tuple[int, int]:
        """The size of a small group of a round, and how many groups have one more."""
        return divmod(len(self.there[t]), self.groups)


def board_of(problem: Problem) -> Board:
    """The arrays of a problem."""
    number = {person.id: index for index, person in enumerate(problem.people)}
    free = range(len(problem.fixed) + 1, problem.rounds + 1)
    count = len(number)
    history = np.zeros((count, count), np.int64)
    for one, other in problem.met:
        history[number[one], number[other]] = history[number[other], number[one]] = 1
    held = []
    for groups in problem.fixed:
        held.append({number[name]: g for g, group in enumerate(groups) for name in group})
        for group in groups:
            members = [number[name] for name in group]
            history[np.ix_(members, members)] += 1
    np.fill_diagonal(history, 0)
    alike = np.zeros((count, count), np.int64)
    for one, other in sharing(problem):
        alike[number[one], number[other]] = alike[number[other], number[one]] = 1
    values = np.full((len(problem.balance), count), -1, np.int64)
    numbers: dict[object, int] = {}
    for row, attribute in enumerate(problem.balance):
        for column, person in enumerate(problem.people):
            value = value_of(person, attribute)
            if value is not None:
                values[row, column] = numbers.setdefault((attribute, value), len(numbers))
    return Board(
        people=count,
        groups=problem.groups,
        there=tuple(tuple(number[name] for name in present(problem, t)) for t in free),
        placed=tuple(
            {number[p.person]: p.group - 1 for p in problem.placed if p.round == t} for t in free
        ),
        held=tuple(held),
        history=history,
        alike=alike,
        values=values,
    )


def state_of(board: Board, plan: Plan, seed: int) -> State:
    """A plan of the rounds to come as the arrays that the annealing works on."""
    width, groups, rounds = board.width, board.groups, board.rounds
    slots = np.full((rounds, groups * width), EMPTY, np.int64)
    locked = np.zeros(slots.shape, np.bool_)
    sizes = np.zeros((rounds, groups), np.int64)
    where = np.full((rounds, board.people), -1, np.int64)
    kinds = int(board.values.max(initial=-1)) + 1
    counts = np.zeros((rounds, kinds, groups), np.int64)
    met = board.history.copy()
    together = np.zeros_like(met)
    for t, round_ in enumerate(plan):
        small, larger = board.size(t)
        for g, members in enumerate(round_):
            first = g * width
            slots[t, first : first + len(members)] = members
            where[t, members] = range(first, first + len(members))
            locked[t, first + small + (larger > 0) : first + width] = True
            locked[t, [where[t, p] for p in members if p in board.placed[t]]] = True
            sizes[t, g] = len(members)
            together[np.ix_(members, members)] += 1
            for row in board.values:
                for person in members:
                    if row[person] >= 0:
                        counts[t, row[person], g] += 1
    np.fill_diagonal(together, 0)
    met += together
    low, rest = np.divmod(counts.sum(axis=2), groups)
    high = low + (rest > 0)
    off = np.maximum(low[:, :, None] - counts, counts - high[:, :, None])
    totals = np.array(
        [
            int((together * board.alike).sum()) // 2,
            int(np.maximum(met - 1, 0).sum()) // 2,
            int(np.maximum(off, 0).sum()),
        ],
        np.int64,
    )
    # Any state but 0 will do; the multiplier of Knuth's generator spreads small seeds.
    rng = np.array([(seed + 1) * 6364136223846793005 % 2**64 or 1], np.uint64)
    return State(
        slots, locked, sizes, where, met, board.alike, board.values, counts, low, high, totals, rng
    )


def plan_of(board: Board, slots: Any) -> Plan:
    """The plan in the slots of a state, with the people of each group in their order."""
    return [
        [
            sorted(int(p) for p in group if p != EMPTY)
            for group in row.reshape(board.groups, board.width)
        ]
        for row in slots
    ]


def dealt(board: Board, t: int, chance: random.Random) -> list[list[int]]:
    """A round in which each person joins the group where fewest are alike, by chance among equals.

    Those come first who are like most others, so that they are spread before the rest fills up.
    """
    groups: list[list[int]] = [[] for _ in range(board.groups)]
    for person, group in board.placed[t].items():
        groups[group].append(person)
    rest = [person for person in board.there[t] if person not in board.placed[t]]
    chance.shuffle(rest)
    rest.sort(key=lambda person: -int(board.alike[person].sum()))
    for person in rest:
        groups[_emptiest(board, t, groups, person, chance)].append(person)
    return groups


def evened(board: Board, t: int, groups: list[list[int]], chance: random.Random) -> list[list[int]]:
    """A round made from one whose groups may have wrong sizes or lack the people placed."""
    placed = board.placed[t]
    there = set(board.there[t])
    kept = [[p for p in group if p in there and p not in placed] for group in groups]
    for person, g in placed.items():
        kept[g].append(person)
    small, larger = board.size(t)
    for group in sorted(
        kept, key=lambda group: (sum(p in placed for p in group), len(group)), reverse=True
    ):
        limit = small + (larger > 0)
        larger -= len(group) >= limit > small
        movable = [p for p in group if p not in placed]
        for person in chance.sample(movable, max(0, len(group) - limit)):
            group.remove(person)
    seated = {person for group in kept for person in group}
    for person in board.there[t]:
        if person not in seated:
            kept[_emptiest(board, t, kept, person, chance)].append(person)
    return kept


def _emptiest(
    board: Board, t: int, groups: list[list[int]], person: int, chance: random.Random
) -> int:
    """The group that a person joins: with a seat, few who are alike or met before, few people."""
    small, larger = board.size(t)
    limit = small + (sum(len(group) > small for group in groups) < larger)
    open_ = [g for g in range(board.groups) if len(groups[g]) < limit]
    return min(
        open_,
        key=lambda g: (
            sum(int(board.alike[person, other]) for other in groups[g]),
            len(groups[g]),
            chance.random(),
        ),
    )
