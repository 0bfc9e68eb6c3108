"""The search around the construction: which plans are annealed, how long and in which order.

The steps of a run follow from the problem alone, `seconds` included, not from the clock, which
only cuts short what takes too long. So the same problem and seed give the same answer.
"""

import math
import random
import time as stopwatch
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from madang.methods.rotation.annealing import COOLING, State, anneal
from madang.methods.rotation.board import Board, Plan, dealt, plan_of, state_of
from madang.methods.rotation.fields import field as finite_field
from madang.methods.rotation.plane import planned

# Steps in a second, times the people in a group and two more: half of what a core does.
SPEED = 8_000_000
LOOK = 0.1  # of a second's steps pass at most between two looks at the clock
NOTES = 16  # plans that are taken note of in each run, for the front
# Repeats rise by some in a step: at the hot end many steps are taken, at the cold one few.
HOTTEST, HOT, WARM, COLD = 2.0, 0.4, 0.3, 0.14
FORBIDDING = 20.0  # a violation's weight in repeats
# Parts of all steps: for other columns of the plane, for everything, and for the balance.
PLANES, BALANCE = 0.3, 0.2
PER_SLOT = 700  # steps for each slot of the rounds beyond the plane, and for a first attempt
# What a repeat weighs beside a person out of balance, along the front.
PRICES = (6.0, 2.5, 1.5, 1.0, 0.7, 0.4, 0.06)
DEAR = 50.0
BALANCING = 50_000  # steps at most for each of them
PARTS = 64  # one step in so many swaps two people in all rounds
ANY = 2**60


@dataclass
class Search:
    """The best plan so far and the clock; a plan is worth (violations, repeats, imbalance)."""

    board: Board
    seed: int
    goal: tuple[int, int]  # violations and repeats of which none can be fewer
    steps: int
    deadline: float
    worth: tuple[int, int, int] = (ANY, ANY, ANY)
    slots: Any = None
    points: set[tuple[int, int, int]] = field(default_factory=set)
    states: int = 0

    @property
    def reached(self) -> bool:
        """Whether no plan has fewer violations or repeats."""
        return self.worth[:2] <= self.goal

    @property
    def over(self) -> bool:
        """Whether steps or time are used up."""
        return self.steps <= 0 or stopwatch.perf_counter() > self.deadline

    def state(self, plan: Plan) -> State:
        """The arrays of a plan, with random numbers of their own; the plan is taken note of."""
        self.states += 1
        state = state_of(self.board, plan, self.seed * 1_000_003 + self.states)
        self.note(state.slots, state.totals)
        return state

    def note(self, slots: Any, totals: Any) -> None:
        """Keep a plan if it is the best, and what it is worth in any case."""
        violations, repeats, imbalance = (int(total) for total in totals)
        self.points.add((violations, repeats, imbalance))
        if (violations, repeats, imbalance) < self.worth:
            self.worth = violations, repeats, imbalance
            self.slots = slots.copy()

    def anneal(
        self,
        plan: Plan,
        steps: int,
        *,
        hot: float = HOT,
        first: int = 0,
        weights: tuple[float, float, float] = (FORBIDDING, 1.0, 0.0),
        goal: tuple[int, int, int] | None = None,
        parts: int = PARTS,
    ) -> Plan:
        """One run from `plan`, in the rounds from `first` on, until it comes down to `goal`."""
        state = self.state(plan)
        least = np.array(goal or (*self.goal, ANY), np.int64)
        slots, totals = state.slots.copy(), state.totals.copy()
        weighing = np.array(weights)
        price = 1 + 2 * self.board.rounds // parts  # swapping people in all rounds takes longer
        steps = min(steps, self.steps // price + 1)  # so as to cool down before they are used up
        look = min(LOOK * SPEED / (self.board.width + 2) / price, steps / NOTES)
        look = COOLING * math.ceil(look / COOLING)
        temperature, cooling = hot, (COLD / hot) ** (COOLING / max(steps, COOLING))
        while steps > 0 and not self.over and not (totals <= least).all():
            now = min(steps, look)
            temperature = anneal(
                state, first, weighing, temperature, cooling, now, slots, totals, least, parts
            )
            steps -= now
            self.steps -= now * price
            self.note(state.slots, state.totals)
        self.note(slots, totals)
        return plan_of(self.board, slots)


def search(
    board: Board, seed: int, goal: tuple[int, int], seconds: float
) -> tuple[Plan, list[tuple[int, int]]]:
    """The best plan of the rounds to come, and (repeats, imbalance) of those none is better than.

    `goal` are the violations and repeats below which no plan goes; the repeats of the rounds held
    are among them.
    """
    _compile(board)
    deadline = stopwatch.perf_counter() + seconds
    steps = int(SPEED / (board.width + 2) * seconds)
    found = Search(board, seed, goal, steps, deadline)
    chance = random.Random(seed)  # noqa: S311 - a search, not a secret
    kept = int(BALANCE * steps) if len(board.values) else 0
    found.steps -= kept
    _from_planes(found, chance, int(PLANES * steps))
    _from_anywhere(found, chance)
    found.steps = kept
    if len(board.values):
        _balanced(found)
    return plan_of(board, found.slots), _front(found)


def _compile(board: Board) -> None:
    """Have the annealing ready before the clock starts: its first call in a process loads it."""
    plan = [dealt(board, t, random.Random(0)) for t in range(board.rounds)]  # noqa: S311
    Search(board, 0, (0, 0), 1, stopwatch.perf_counter() + 60).anneal(plan, 1)


def _from_planes(found: Search, chance: random.Random, steps: int) -> None:
    """Rounds from the plane stay, the others are annealed; for one choice of columns after another.

    Which countries share a column decides how many pairs are left for the rounds beyond.
    """
    board = found.board
    plane = finite_field(board.groups)
    end = found.steps - steps
    while plane and not found.reached and not found.over and found.steps > end:
        made = planned(board, plane, chance)
        if made is None:
            return
        plan, first = made
        if board.history.any():
            # Other people on the points, so that those who have met before lie on no line.
            swaps = PER_SLOT * board.people
            plan = found.anneal(plan, swaps, hot=HOTTEST, weights=(3.0, 1.0, 0.0), parts=1)
        beyond = board.rounds - first
        if beyond:
            slots = beyond * board.groups * board.width
            found.anneal(plan, PER_SLOT * slots, first=first)
        else:
            found.anneal(plan, PER_SLOT * board.rounds * board.groups * board.width, hot=WARM)


def _from_anywhere(found: Search, chance: random.Random) -> None:
    """All rounds are annealed, from new plans and from the best one in turns, longer each time."""
    board = found.board
    for steps in _doubling(PER_SLOT * board.rounds * board.groups * board.width):
        if found.reached or found.over:
            break
        plan = [dealt(board, t, chance) for t in range(board.rounds)]
        # Dealing may have left more violations than there must be: first nothing but these.
        plan = found.anneal(plan, steps, weights=(1.0, 0.0, 0.0), goal=(found.goal[0], ANY, ANY))
        found.anneal(plan, steps)
        if not found.reached:
            found.anneal(plan_of(board, found.slots), steps, hot=WARM)


def _balanced(found: Search) -> None:
    """Better balance, first at no cost in repeats, then at a rising one."""
    steps = min(BALANCING, found.steps // (2 * len(PRICES)))
    plan = found.anneal(
        plan_of(found.board, found.slots),
        steps,
        weights=(20 * DEAR, DEAR, 1.0),
        goal=(*found.worth[:2], 0),
        parts=4,
    )
    for price in PRICES:
        unit = min(price, 1.0)
        plan = found.anneal(
            plan,
            steps,
            hot=WARM,
            weights=(20 * DEAR, price / unit, 1 / unit),
            goal=(found.goal[0], 0, 0),
        )


def _front(found: Search) -> list[tuple[int, int]]:
    """The repeats and imbalance of which none of the plans found has both lower."""
    front: list[tuple[int, int]] = []
    for violations, repeats, imbalance in sorted(found.points):
        better = not front or imbalance < front[-1][1]
        if violations == found.worth[0] and better:
            front.append((repeats, imbalance))
    return front


def _doubling(start: int) -> Iterator[int]:
    while True:
        yield start
        start *= 2
