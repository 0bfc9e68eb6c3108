"""The inner loop of the search: simulated annealing over swaps, compiled by numba.

The arrays of a `State`, for R rounds, G groups of up to W people, n people, A attributes to be
balanced and V values of them:

- `slots[R, G * W]`: who is where, as an index of a person or `EMPTY`; the first W columns are the
  first group. `locked[R, G * W]`: slots whose content stays. `sizes[R, G]`: people in each group.
- `where[R, n]`: each person's slot in each round, or -1.
- `met[n, n]`: how often each pair meets, earlier meetings included. `alike[n, n]`: 1 for pairs who
  must not be in a group.
- `values[A, n]`: each person's value of each attribute, numbered over all attributes, or -1.
  `counts[R, V, G]`: how many of a value are in a group. `low[R, V]`, `high[R, V]`: an even share.
- `totals[3]`: violations (meetings of pairs alike), repeats, imbalance; of all rounds together.
- `rng[1]`: the state of the random numbers.

A step swaps the content of two slots of a round, one of which may be empty, or now and then the
places of two people in all rounds. It is taken if the weighed sum of the totals does not rise, or
else with probability exp(-rise / temperature).
"""

import math
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import numba
import numpy as np

EMPTY = -1
VIOLATIONS, REPEATS, IMBALANCE = range(3)
COOLING = 256  # steps at one temperature

Function = TypeVar("Function", bound=Callable[..., Any])


class State(NamedTuple):
    """The arrays described above; all but `rng` (unsigned) and `locked` (bool) are int64."""

    slots: Any
    locked: Any
    sizes: Any
    where: Any
    met: Any
    alike: Any
    values: Any
    counts: Any
    low: Any
    high: Any
    totals: Any
    rng: Any


def compiled(function: Function) -> Function:
    """Compile at the first call; the result is kept where numba may write, if there is a place."""
    try:
        made: Any = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # neither $NUMBA_CACHE_DIR nor the folders that it tries can be written
        made = numba.njit(nogil=True)(function)
    result: Function = made
    return result


MULTIPLIER = np.uint64(0x2545F4914F6CDD1D)
S12, S25, S27, S11 = np.uint64(12), np.uint64(25), np.uint64(27), np.uint64(11)
UNIT = 1.0 / 2**53


@compiled
def uniform(rng: Any) -> float:
    """A number in [0, 1): xorshift64* (S. Vigna, ACM Trans. Math. Softw. 42(4), 2016)."""
    x = rng[0]
    x ^= x >> S12
    x ^= x << S25
    x ^= x >> S27
    rng[0] = x
    return float((x * MULTIPLIER) >> S11) * UNIT


@compiled
def below(rng: Any, limit: int) -> int:
    """A whole number in [0, limit)."""
    return int(uniform(rng) * limit)


@compiled
def pairs_change(state: Any, t: int, i: int, j: int, width: int, change: Any) -> None:
    """Add what it changes in violations and repeats that slot i's person goes into j's group."""
    person = state.slots[t, i]
    if person == EMPTY:
        return
    met, alike = state.met, state.alike
    old, new = i - i % width, j - j % width
    for slot in range(old, old + width):
        other = state.slots[t, slot]
        if other not in (EMPTY, person):
            change[REPEATS] -= met[person, other] > 1
            change[VIOLATIONS] -= alike[person, other]
    for slot in range(new, new + width):
        other = state.slots[t, slot]
        if other != EMPTY and slot != j:
            change[REPEATS] += met[person, other] > 0
            change[VIOLATIONS] += alike[person, other]


@compiled
def outside(count: int, low: int, high: int) -> int:
    """How far a count is from an even share."""
    return max(0, low - count, count - high)


@compiled
def balance_change(state: Any, t: int, i: int, j: int, width: int, change: Any) -> None:
    """Add what a swap of the slots i and j changes in the imbalance."""
    person, partner = state.slots[t, i], state.slots[t, j]
    old, new = i // width, j // width
    for attribute in range(state.values.shape[0]):
        leaving = state.values[attribute, person] if person != EMPTY else -1
        coming = state.values[attribute, partner] if partner != EMPTY else -1
        if leaving == coming:
            continue
        for value, sign in ((leaving, 1), (coming, -1)):
            if value >= 0:
                low, high = state.low[t, value], state.high[t, value]
                here, there = state.counts[t, value, old], state.counts[t, value, new]
                change[IMBALANCE] += (
                    outside(here - sign, low, high)
                    - outside(here, low, high)
                    + outside(there + sign, low, high)
                    - outside(there, low, high)
                )


@compiled
def regroup(state: Any, t: int, person: int, group: int, width: int, by: int) -> None:
    """Count a person's meetings and values in a group once more (1) or less (-1)."""
    for slot in range(group * width, (group + 1) * width):
        other = state.slots[t, slot]
        if other not in (EMPTY, person):
            state.met[person, other] += by
            state.met[other, person] += by
    for attribute in range(state.values.shape[0]):
        value = state.values[attribute, person]
        if value >= 0:
            state.counts[t, value, group] += by
    state.sizes[t, group] += by


@compiled
def swap(state: Any, t: int, i: int, j: int, width: int) -> None:
    """Swap the content of two slots of different groups."""
    person, partner = state.slots[t, i], state.slots[t, j]
    if person != EMPTY:
        regroup(state, t, person, i // width, width, -1)
        state.slots[t, i] = EMPTY
    if partner != EMPTY:
        regroup(state, t, partner, j // width, width, -1)
        state.slots[t, j] = EMPTY
    if person != EMPTY:
        regroup(state, t, person, j // width, width, 1)
        state.slots[t, j] = person
        state.where[t, person] = j
    if partner != EMPTY:
        regroup(state, t, partner, i // width, width, 1)
        state.slots[t, i] = partner
        state.where[t, partner] = i


@compiled
def possible(state: Any, t: int, i: int, j: int, width: int) -> bool:
    """Whether the slots may be swapped: in different groups, whose sizes stay even."""
    if i // width == j // width or state.locked[t, i] or state.locked[t, j]:
        return False
    here, there = state.slots[t, i] == EMPTY, state.slots[t, j] == EMPTY
    if here and there:
        return False
    if here:
        return bool(state.sizes[t, j // width] > state.sizes[t, i // width])
    if there:
        return bool(state.sizes[t, i // width] > state.sizes[t, j // width])
    return True


@compiled
def accepted(change: Any, weights: Any, temperature: float, rng: Any) -> bool:
    """Whether a step is taken."""
    rise = 0.0
    for term in range(3):
        rise += weights[term] * change[term]
    return rise <= 0 or uniform(rng) < math.exp(-rise / temperature)


@compiled
def swap_parts(state: Any, first: int, weights: Any, temperature: float, change: Any) -> None:
    """Swap two people's places in all rounds from `first` on, and back if that is not accepted."""
    rounds, people = state.where.shape
    width = state.slots.shape[1] // state.sizes.shape[1]
    person, partner = below(state.rng, people), below(state.rng, people)
    change[:] = 0
    swapped = np.zeros((rounds, 2), np.int64)
    done = 0
    for t in range(first, rounds):
        i, j = state.where[t, person], state.where[t, partner]
        if i < 0 or j < 0 or not possible(state, t, i, j, width):
            continue
        pairs_change(state, t, i, j, width, change)
        pairs_change(state, t, j, i, width, change)
        balance_change(state, t, i, j, width, change)
        swap(state, t, i, j, width)
        swapped[t, 0], swapped[t, 1] = i, j
        done += 1
    if done and accepted(change, weights, temperature, state.rng):
        state.totals[:] += change
    else:
        for t in range(first, rounds):
            if swapped[t, 0] != swapped[t, 1]:
                swap(state, t, swapped[t, 0], swapped[t, 1], width)


@compiled
def anneal(
    state: Any,
    first: int,
    weights: Any,
    temperature: float,
    cooling: float,
    steps: int,
    best_slots: Any,
    best_totals: Any,
    goal: Any,
    parts: int,
) -> float:
    """Take `steps` steps in the rounds from `first` on; the answer is the temperature reached.

    It falls by the factor `cooling` every 256 steps. One step in `parts` swaps the parts of two
    people. The slots and totals of least weight seen are kept in `best_slots` and `best_totals`;
    the end comes early when none of these totals is above `goal`.
    """
    rounds, slots = state.slots.shape
    width = slots // state.sizes.shape[1]
    change = np.zeros(3, np.int64)
    least = 0.0
    for term in range(3):
        least += weights[term] * best_totals[term]
    for step in range(steps):
        if step % COOLING == 0:
            temperature *= cooling
        if step % parts == 0:
            swap_parts(state, first, weights, temperature, change)
        else:
            t = first + below(state.rng, rounds - first)
            i, j = below(state.rng, slots), below(state.rng, slots)
            if not possible(state, t, i, j, width):
                continue
            change[:] = 0
            pairs_change(state, t, i, j, width, change)
            pairs_change(state, t, j, i, width, change)
            balance_change(state, t, i, j, width, change)
            if not accepted(change, weights, temperature, state.rng):
                continue
            swap(state, t, i, j, width)
            state.totals[:] += change
        weight = 0.0
        for term in range(3):
            weight += weights[term] * state.totals[term]
        if weight < least:
            least = weight
            best_slots[:] = state.slots
            best_totals[:] = state.totals
            if (best_totals <= goal).all():
                break
    return temperature
