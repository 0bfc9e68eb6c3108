"""Working out results from answers, in a process of its own: plain values in, plain values out."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from madang.learning.analysis import suppression
from madang.learning.analysis.results import (
    Cell,
    GainCell,
    ItemResult,
    LearnedResult,
    Part,
    TestResult,
)
from madang.methods import gain, items

# Of whom the best third is five people at least.
ENOUGH_FOR_THIRDS = 15
LARGEST_GROUPS = (("best_two_thirds", 2 / 3), ("best_half", 1 / 2))


@dataclass(frozen=True)
class Asked:
    """A question of a test: its keys, its choices, and which of these is right.

    `choices` is empty, and `right` too, where people do not choose one answer.
    """

    item: str
    version: str
    module: str
    competency: str
    choices: tuple[str, ...] = ()
    right: str = ""


@dataclass(frozen=True)
class Taken:
    """The answers of one person by question: what was given, and whether it is right.

    Every question that this person was asked is in `right`.
    """

    person: str
    right: dict[str, int]
    given: dict[str, str]


@dataclass(frozen=True)
class Frozen:
    """What is told of a test, and with the second of two, of what was learned."""

    test: TestResult
    learned: LearnedResult | None


@dataclass(frozen=True)
class Before:
    """The test before the week: its questions and answers, and of how many it was told."""

    asked: tuple[Asked, ...]
    taken: tuple[Taken, ...]
    told: int | None


def freeze(asked: Sequence[Asked], taken: Sequence[Taken], before: Before | None) -> Frozen:
    """What may be told for good of a test, and of the gain since the one `before`."""
    if before is None:
        return Frozen(_test(asked, taken), None)
    first = {one.person: one for one in before.taken}
    both = [one.person for one in taken if one.person in first]
    base = suppression.base(both, before.told)
    if not base:
        return Frozen(_test(asked, taken), None)
    # Told of the same people as the gain: two groups would differ by whoever took only one test.
    counted = [one for one in taken if one.person in base]
    learned = _learned(asked, counted, before.asked, [first[one.person] for one in counted])
    return Frozen(_test(asked, counted, left_out=len(counted) < len(taken)), learned)


def _test(asked: Sequence[Asked], taken: Sequence[Taken], *, left_out: bool = False) -> TestResult:
    if len(taken) < suppression.FLOOR:
        return TestResult(None)
    answer = items.of([[one.right.get(each.item) for each in asked] for one in taken])
    flags: dict[int, list[str]] = {}
    for flag in answer.flagged:
        flags.setdefault(flag.item, []).append(flag.code)
    best = _best(taken)
    return TestResult(
        n=len(taken),
        cells=tuple(_cell(part, key, within, taken) for part, key, within in _parts(asked)),
        items=tuple(
            _item(each, taken, answer.corrected_point_biserial[place], flags.get(place, []), best)
            for place, each in enumerate(asked)
        ),
        kr20=suppression.rounded(answer.kr20),
        interval=suppression.rounded_interval(answer.alpha_interval),
        left_out=left_out,
    )


def _parts(asked: Sequence[Asked]) -> list[tuple[Part, str, set[str]]]:
    """The whole test, its modules and its competencies, with the questions of each."""
    found: list[tuple[Part, str, set[str]]] = [("all", "", {each.item for each in asked})]
    kinds: tuple[tuple[Part, Callable[[Asked], str]], ...] = (
        ("module", lambda each: each.module),
        ("competency", lambda each: each.competency),
    )
    for part, key_of in kinds:
        keys = dict.fromkeys(filter(None, map(key_of, asked)))
        found += [(part, key, {it.item for it in asked if key_of(it) == key}) for key in keys]
    return found


def _cell(part: Part, key: str, within: Collection[str], taken: Sequence[Taken]) -> Cell:
    answers = [right for one in taken for item, right in one.right.items() if item in within]
    n = sum(not within.isdisjoint(one.right) for one in taken)  # type: ignore[attr-defined]
    if not suppression.may_tell(n, len(taken)):
        return Cell(part, key, len(within), None, None, "few")
    share, note = suppression.share(sum(answers), len(answers))
    return Cell(part, key, len(within), n, share, note)


def _item(
    each: Asked,
    taken: Sequence[Taken],
    discrimination: float | None,
    flags: list[str],
    best: Collection[str],
) -> ItemResult:
    asked = [one for one in taken if each.item in one.right]
    if not suppression.may_tell(len(asked), len(taken)):
        return ItemResult(each.version, None, None, "few", None)
    share, note = suppression.share(sum(one.right[each.item] for one in asked), len(asked))
    chosen, drawn_to = None, ""
    if each.choices and not note:
        wrong = dict.fromkeys((*(key for key in each.choices if key != each.right), ""), 0)
        wrong |= Counter(one.given.get(each.item, "") for one in asked if not one.right[each.item])
        chosen = suppression.counts(wrong)
        code, drawn_to = _drawn(each, asked, best)
        flags = flags + [code] * bool(code)
    return ItemResult(
        version=each.version,
        n=len(asked),
        share=share,
        note=note,
        discrimination=suppression.rounded(discrimination),
        flags=tuple(flags),
        chosen=chosen,
        drawn_to=drawn_to,
    )


def _best(taken: Sequence[Taken]) -> set[str]:
    """The third that did best; nobody where that would be fewer than five."""
    if len(taken) < ENOUGH_FOR_THIRDS:
        return set()
    by_share = sorted(
        taken, key=lambda one: (-sum(one.right.values()) / max(1, len(one.right)), one.person)
    )
    return {one.person for one in by_share[: len(taken) // 3]}


def _drawn(each: Asked, asked: Sequence[Taken], best: Collection[str]) -> tuple[str, str]:
    """Whether many of the best chose the same wrong answer: a code and that answer."""
    given = [one.given.get(each.item, "") for one in asked if one.person in best]
    wrong = Counter(key for key in given if key and key != each.right)
    if not wrong:
        return "", ""
    [(key, n)] = wrong.most_common(1)
    for code, part in LARGEST_GROUPS:
        if n >= suppression.FLOOR and n >= part * len(given):
            return code, key
    return "", ""


def _learned(
    asked: Sequence[Asked],
    after: Sequence[Taken],
    asked_before: Sequence[Asked],
    before: Sequence[Taken],
) -> LearnedResult:
    """Gain of the same persons in the same order, in all parts that both tests asked about."""
    first = {(part, key): within for part, key, within in _parts(asked_before)}
    cells = []
    for part, key, within in _parts(asked):
        if (part, key) not in first:
            continue
        scores = [
            (_score(one, first[part, key]), _score(other, within))
            for one, other in zip(before, after, strict=True)
        ]
        cell = _gain_cell(part, key, len(within), scores)
        if cell is not None:
            cells.append(cell)
    return LearnedResult(
        n=len(after),
        cells=tuple(cells),
        same_items={each.version for each in asked} == {each.version for each in asked_before},
    )


def _score(one: Taken, within: Collection[str]) -> float | None:
    marks = [right for item, right in one.right.items() if item in within]
    return sum(marks) / len(marks) if marks else None


def _gain_cell(
    part: Part, key: str, size: int, scores: Sequence[tuple[float | None, float | None]]
) -> GainCell | None:
    answer = gain.of([pre for pre, _ in scores], [post for _, post in scores], 1)
    if not suppression.may_tell(answer.pairs, len(scores)):
        return None
    return GainCell(
        part=part,
        key=key,
        items=size,
        n=answer.pairs,
        pre=suppression.rounded(answer.pre_mean),
        post=suppression.rounded(answer.post_mean),
        gain=suppression.rounded(answer.group_gain),
        interval=suppression.rounded_interval(answer.group_gain_interval),
        effect=suppression.rounded(answer.effect_size),
        effect_interval=suppression.rounded_interval(answer.effect_size_interval),
    )
