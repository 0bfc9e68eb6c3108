"""What items are asked about and what is answered, as frozen dataclasses."""

from dataclasses import dataclass
from typing import Annotated, Literal

from madang.methods.documents import Between, InvalidDocumentError, Length

Answer = Literal[0, 1] | None
Code = Literal["too_easy", "too_hard", "low_discrimination", "negative_discrimination"]
Share = Annotated[float, Between(0, 1)]


@dataclass(frozen=True)
class Problem:
    """Answers by person and item, and from where on an item is flagged.

    `easy` and `hard` bound the difficulty; `discrimination` is the least corrected point-biserial
    that is not called low (R. L. Ebel and D. A. Frisbie, Essentials of Educational Measurement,
    5th edition, 1991, chapter 13).
    """

    matrix: Annotated[
        tuple[Annotated[tuple[Answer, ...], Length(1, 1000)], ...], Length(1, 100_000)
    ]
    easy: Share = 0.9
    hard: Share = 0.2
    discrimination: Share = 0.2


@dataclass(frozen=True)
class Flag:
    """An item (its place in the matrix, from 0) to look at again, and the value that says why."""

    item: int
    code: Code
    value: float


@dataclass(frozen=True)
class Items:
    """The answer; whatever is None has its reason, a sentence, under its name in `reasons`.

    `difficulty` is the share of right answers among those given. `corrected_point_biserial` is over
    those who answered the item and another one. `kr20` and `alpha` – the same number, where answers
    are right or wrong – are over the `complete` persons, who answered everything; `alpha_interval`
    holds alpha with a confidence of 95 %.
    """

    difficulty: tuple[float | None, ...]
    corrected_point_biserial: tuple[float | None, ...]
    kr20: float | None
    alpha: float | None
    alpha_interval: tuple[float, float] | None
    flagged: tuple[Flag, ...]
    answers: tuple[int, ...]
    persons: int
    complete: int
    missing: int
    reasons: dict[str, str]


def refuse_mistakes(problem: Problem) -> None:
    """Raise `InvalidDocumentError` where rows differ in length or the bounds contradict."""
    items = len(problem.matrix[0])
    for person, row in enumerate(problem.matrix):
        if len(row) != items:
            raise InvalidDocumentError(
                f"$.matrix[{person}]", f"must have {items} items, not {len(row)}"
            )
    if problem.hard > problem.easy:
        raise InvalidDocumentError("$.hard", "must not be above easy")
