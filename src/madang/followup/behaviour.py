"""What may be told of how actions stand, so that nobody can be told apart. Pure: no database.

1. **Floor.** Nothing is told of fewer than five people.
2. **Steps of people.** Of those who answered, only the first five, ten, fifteen … count, in the
   order in which they answered: so no two published results differ by one to four people, however
   often somebody looks.
3. **Blocks.** A status is told by itself only where nobody or at least five people have an action
   that stands so; otherwise it is merged with its neighbour (given up, under way, done).
4. **Grain.** Shares are told in steps of five per cent.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

FLOOR = 5
STEP = 5
# Of a normal distribution, 95 per cent lie within so many standard deviations.
CERTAIN = 1.96

# In the order in which they are merged: each with the next.
ORDER = ("given_up", "under_way", "done")

# How each action of one person stands.
Person = Sequence[str]


@dataclass(frozen=True)
class Block:
    """Statuses that are told together, and how many per cent of the actions stand so."""

    codes: tuple[str, ...]
    share: int

    @property
    def part(self) -> float:
        """The share from 0 to 1."""
        return self.share / 100


@dataclass(frozen=True)
class Behaviour:
    """What may be told of one round: `people` answered at least, 0 where fewer than five did.

    `interval` is that of the share that is done, in per cent (95 %), where that is told.
    """

    people: int
    blocks: tuple[Block, ...] = ()
    interval: tuple[int, int] | None = None

    @property
    def done(self) -> int | None:
        """How many per cent are done, where that may be told by itself."""
        return self.share_of("done")

    @property
    def done_part(self) -> float | None:
        """The same from 0 to 1."""
        return None if self.done is None else self.done / 100

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The interval from 0 to 1."""
        return None if self.interval is None else (self.interval[0] / 100, self.interval[1] / 100)

    def share_of(self, code: str) -> int | None:
        """The share of one status, where it stands alone."""
        return next((block.share for block in self.blocks if block.codes == (code,)), None)


def told(answers: Sequence[Person]) -> Behaviour:
    """What may be told of these answers, which come in the order in which they were given."""
    counted = [person for person in answers[: len(answers) - len(answers) % STEP] if person]
    if len(counted) < FLOOR:
        return Behaviour(0)
    actions = sum(len(person) for person in counted)
    blocks = [
        Block(codes, _grained(sum(status in codes for it in counted for status in it) / actions))
        for codes in _blocks(counted)
    ]
    if len(blocks) < 2:
        return Behaviour(len(counted) - len(counted) % STEP)
    alone = any(block.codes == ("done",) for block in blocks)
    return Behaviour(
        len(counted) - len(counted) % STEP,
        tuple(reversed(blocks)),
        _interval(counted, "done") if alone else None,
    )


def _blocks(counted: Sequence[Person]) -> list[tuple[str, ...]]:
    """Statuses merged until in each block stand actions of nobody or of at least five people."""
    found: list[tuple[str, ...]] = []
    waiting: tuple[str, ...] = ()
    for code in ORDER:
        waiting = (*waiting, code)
        if _is_enough(waiting, counted):
            found.append(waiting)
            waiting = ()
    if waiting:
        last = found.pop() if found else ()
        found.append((*last, *waiting))
    return found


def _is_enough(codes: tuple[str, ...], counted: Sequence[Person]) -> bool:
    people = sum(any(status in codes for status in person) for person in counted)
    return people == 0 or people >= FLOOR


def _grained(share: float) -> int:
    return round(100 * share / STEP) * STEP


def _interval(counted: Sequence[Person], code: str) -> tuple[int, int]:
    """The interval of a share of actions that come in people: a ratio estimate.

    Cochran, Sampling Techniques, 3rd edition, section 3.12: the variance of a share of elements
    where whole clusters are drawn. Where people are more alike than chance would make them, the
    binomial deviation of the actions stands in its place. Widened to the next steps of five.
    """
    n = len(counted)
    sizes = [len(person) for person in counted]
    hits = [sum(status == code for status in person) for person in counted]
    share = sum(hits) / sum(sizes)
    spread = sum((hit - share * size) ** 2 for hit, size in zip(hits, sizes, strict=True))
    by_people = math.sqrt(n / (n - 1) * spread) / sum(sizes)
    by_actions = math.sqrt(share * (1 - share) / sum(sizes))
    deviation = max(by_people, by_actions)
    low, high = share - CERTAIN * deviation, share + CERTAIN * deviation
    return (
        max(0, math.floor(100 * low / STEP) * STEP),
        min(100, math.ceil(100 * high / STEP) * STEP),
    )
