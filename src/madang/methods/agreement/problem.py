"""What agreement is asked about and what is answered, as frozen dataclasses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from madang.methods.documents import Between, InvalidDocumentError, Length

Level = Literal["nominal", "ordinal", "interval", "ratio"]
Rating = Annotated[float, Between(-1e12, 1e12)] | Annotated[str, Length(0, 200)] | None
Ratings = Sequence[Sequence[float | str | None]]


@dataclass(frozen=True)
class Problem:
    """Ratings by judge and item. `resamples` are drawn with `seed` for the interval of alpha."""

    ratings: Annotated[
        tuple[Annotated[tuple[Rating, ...], Length(1, 10_000)], ...], Length(1, 1000)
    ]
    level: Level
    seed: Annotated[int, Between(0, 2**31 - 1)] = 0
    resamples: Annotated[int, Between(100, 100_000)] = 1000


@dataclass(frozen=True)
class Agreement:
    """The answer; whatever is None has its reason, a sentence, under its name in `reasons`.

    `krippendorff_interval` holds alpha with a confidence of 95 %. `icc` has the names of Shrout and
    Fleiss: "1,1", "2,1", "3,1" for one judge, "1,k", "2,k", "3,k" for the mean of them all.
    """

    krippendorff_alpha: float | None
    krippendorff_interval: tuple[float, float] | None
    kendall_w: float | None
    icc: dict[str, float | None]
    judges: int
    items: int
    missing: int
    reasons: dict[str, str]


def refuse_mistakes(problem: Problem) -> None:
    """Raise `InvalidDocumentError` where rows differ in length or a text is no number."""
    items = len(problem.ratings[0])
    for judge, row in enumerate(problem.ratings):
        path = f"$.ratings[{judge}]"
        if len(row) != items:
            raise InvalidDocumentError(path, f"must have {items} items, not {len(row)}")
        if problem.level != "nominal":
            for item, rating in enumerate(row):
                if isinstance(rating, str):
                    raise InvalidDocumentError(
                        f"{path}[{item}]", f"must be a number for {problem.level} ratings"
                    )


def complete(problem: Problem) -> bool:
    """Whether no rating is missing."""
    return all(rating is not None for row in problem.ratings for rating in row)
