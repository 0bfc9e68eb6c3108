"""What of counted answers may be told, so that nobody can be told apart. Pure: no database.

The rules, for every form alone and all of them together:

1. **Floor.** Nothing is told of fewer than five people.
2. **Blocks.** The answers to a question are told as blocks that share the people out among them.
   Each block holds nobody or at least five: smaller ones are merged with their neighbours on a
   scale, or with each other. So the people of any blocks, and all others, are nobody or five.
3. **Conditions.** A question asked only after an answer is told only where those who gave that
   answer are whole blocks of the question before. So who was asked, and who was not, are five.
4. **Breakdown.** By one question of the form's own at most, and only as means. Who did not answer
   it is a cell of it like any other. It is left out where in any block one to four people
   answered: the others could be taken from the total.
5. **Grain.** People are told in steps of five, rounded down; shares in steps of five per cent, of
   those who answered; means and spreads to one place. How many left a question open is not told.
   So no two numbers of people, wherever they stand, differ by one to four.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

FLOOR = 5
STEP = 5
# The code of no answer.
NONE = ""

# The answers of one person, by the name of what was asked; of several choices with commas between.
Ballot = Mapping[str, str]


@dataclass(frozen=True)
class Asked:
    """What was asked: its name, how it is answered, and after which answers.

    `codes` are all answers, in order on a scale. `shape` is "scale" (codes are whole numbers),
    "one", "several" or "text".
    """

    name: str
    shape: str
    codes: tuple[str, ...] = ()
    after: str = ""
    values: frozenset[str] = frozenset()
    tells_apart: bool = False


@dataclass(frozen=True)
class Block:
    """Answers that are told together, and how many per cent of those who answered gave one."""

    codes: tuple[str, ...]
    share: int


@dataclass(frozen=True)
class Part:
    """The mean of those who gave one of these answers to the question that tells apart."""

    codes: tuple[str, ...]
    mean: float


@dataclass(frozen=True)
class Told:
    """What may be told of one question. Without `is_told`: too few answered."""

    name: str
    is_told: bool
    blocks: tuple[Block, ...] = ()
    mean: float | None = None
    spread: float | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Publication:
    """What may be told of a form: `people` answered at least, and that of each question."""

    people: int
    questions: tuple[Told, ...]


@dataclass(frozen=True)
class Cells:
    """Some answers and exactly how many people gave one of them: never leaves this module."""

    codes: tuple[str, ...]
    count: int


def publish(asked: Sequence[Asked], ballots: Sequence[Ballot]) -> Publication:
    """What may be told of these ballots."""
    if len(ballots) < FLOOR:
        return Publication(0, tuple(Told(each.name, is_told=False) for each in asked))
    blocks: dict[str, list[Cells]] = {}
    apart = next((each for each in asked if each.tells_apart), None)
    by = _partition(apart, ballots) if apart is not None and not apart.after else []
    told = []
    for each in asked:
        given = _asked(each, blocks, ballots)
        found = _partition(each, given) if given is not None else []
        blocks[each.name] = found
        told.append(_told(each, given or [], found, by, apart))
    return Publication(banded(len(ballots)), tuple(told))


def banded(people: int) -> int:
    """A number of people as it may be told: at least so many."""
    return people - people % STEP if people >= FLOOR else 0


def may_be_kept(texts: Sequence[str]) -> bool:
    """Whether so many free texts to one question can be read without telling who wrote one."""
    return len(texts) >= FLOOR


def _asked(
    each: Asked, blocks: Mapping[str, list[Cells]], ballots: Sequence[Ballot]
) -> list[Ballot] | None:
    """The ballots of those who were asked; None where it can't be told who that was."""
    if not each.after:
        return list(ballots)
    before = [cells for cells in blocks.get(each.after, []) if set(cells.codes) & each.values]
    if not before or not {code for cells in before for code in cells.codes} <= each.values:
        return None
    answered = [one for one in ballots if _codes(one, each.after)]
    given = [one for one in answered if _codes(one, each.after) & each.values]
    # Of several choices, those who made any of some can be few even where each has many.
    if len(given) < FLOOR or _is_few(len(answered) - len(given)):
        return None
    return given


def _partition(each: Asked, ballots: Sequence[Ballot]) -> list[Cells]:
    """Blocks of answers with their counts, each nobody or five and more; empty if none can be."""
    answered = [one for one in ballots if one.get(each.name, NONE) != NONE]
    if len(answered) < FLOOR or each.shape == "text":
        return []
    counts = Counter(code for one in answered for code in _codes(one, each.name))
    if each.shape == "several":
        alone = ((code, counts[code]) for code in each.codes)
        return [
            Cells((code,), count)
            for code, count in alone
            if not _is_few(count) and not _is_few(len(answered) - count)
        ]
    cells = [Cells((code,), counts[code]) for code in each.codes]
    if each.shape == "scale":
        return neighbours(cells)
    if each.tells_apart:
        cells.append(Cells((NONE,), len(ballots) - len(answered)))
    return pooled(cells)


def neighbours(cells: Sequence[Cells]) -> list[Cells]:
    """The finest way to cut a scale into blocks of nobody or five and more.

    Of two equally fine ones, that which keeps the upper end apart.
    """
    # best[i]: the blocks of the first i cells.
    best: list[list[Cells] | None] = [[]] + [None] * len(cells)
    for end in range(1, len(cells) + 1):
        for start in range(end):
            before = best[start]
            count = sum(each.count for each in cells[start:end])
            if before is None or _is_few(count):
                continue
            if count == 0 and end - start > 1:
                continue
            found = [*before, _merged(cells[start:end])]
            known = best[end]
            if known is None or len(found) > len(known):
                best[end] = found
    return best[-1] or []


def pooled(cells: Sequence[Cells]) -> list[Cells]:
    """Answers without order: the small ones together, with the next larger where needed.

    They stay in the order in which they were offered, which does not tell the small ones apart.
    """
    small = {each for each in cells if _is_few(each.count)}
    larger = sorted((each for each in cells if each.count >= FLOOR), key=lambda each: each.count)
    while _is_few(sum(each.count for each in small)):
        if not larger:
            return []
        small.add(larger.pop(0))
    found = [each for each in cells if each not in small]
    if small:
        place = next(place for place, each in enumerate(cells) if each in small)
        found.insert(
            sum(each not in small for each in cells[:place]),
            _merged(each for each in cells if each in small),
        )
    return found


def _merged(cells: Iterable[Cells]) -> Cells:
    cells = list(cells)
    return Cells(
        tuple(code for each in cells for code in each.codes), sum(each.count for each in cells)
    )


def _told(
    each: Asked,
    ballots: Sequence[Ballot],
    blocks: Sequence[Cells],
    by: Sequence[Cells],
    apart: Asked | None,
) -> Told:
    answered = [one for one in ballots if one.get(each.name, NONE) != NONE]
    if len(answered) < FLOOR or not (blocks or each.shape == "text"):
        return Told(each.name, is_told=each.shape == "several" and len(answered) >= FLOOR)
    base = len(ballots) if each.tells_apart else len(answered)
    shares = tuple(Block(cells.codes, _share(cells.count, base)) for cells in blocks)
    if each.shape != "scale":
        return Told(each.name, is_told=True, blocks=shares)
    numbers = [int(one[each.name]) for one in answered]
    parts = () if each.after or apart is None else _parts(each, ballots, by, apart)
    return Told(
        each.name,
        is_told=True,
        blocks=shares,
        mean=_mean(numbers),
        spread=_spread(numbers),
        parts=parts,
    )


def _parts(
    each: Asked, ballots: Sequence[Ballot], by: Sequence[Cells], apart: Asked
) -> tuple[Part, ...]:
    found = []
    for cells in by:
        group = [one for one in ballots if one.get(apart.name, NONE) in cells.codes]
        numbers = [int(one[each.name]) for one in group if one.get(each.name, NONE) != NONE]
        if _is_few(len(numbers)):
            return ()
        if numbers:
            found.append(Part(cells.codes, _mean(numbers)))
    return tuple(found) if len(found) > 1 else ()


def _codes(ballot: Ballot, name: str) -> set[str]:
    return set(ballot.get(name, NONE).split(",")) - {NONE}


def _is_few(count: int) -> bool:
    return 0 < count < FLOOR


def _share(count: int, of: int) -> int:
    return STEP * math.floor(100 * count / of / STEP + 0.5)


def _mean(numbers: Sequence[int]) -> float:
    return math.floor(10 * sum(numbers) / len(numbers) + 0.5) / 10


def _spread(numbers: Sequence[int]) -> float:
    """The standard deviation of the sample."""
    mean = sum(numbers) / len(numbers)
    squares = sum((number - mean) ** 2 for number in numbers)
    return math.floor(10 * math.sqrt(squares / (len(numbers) - 1)) + 0.5) / 10
