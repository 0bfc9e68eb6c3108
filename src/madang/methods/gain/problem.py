"""What gain is asked about and what is answered, as frozen dataclasses."""

from dataclasses import dataclass
from typing import Annotated

from madang.methods.documents import Between, InvalidDocumentError, Length

NOBODY = "Nobody took both tests."
Result = Annotated[float, Between(0, 1e9)] | None


@dataclass(frozen=True)
class Problem:
    """Results before and after by person; `resamples` are drawn with `seed` for intervals."""

    pre: Annotated[tuple[Result, ...], Length(1, 100_000)]
    post: Annotated[tuple[Result, ...], Length(1, 100_000)]
    maximum: Annotated[float, Between(1e-6, 1e9)]
    seed: Annotated[int, Between(0, 2**31 - 1)] = 0
    resamples: Annotated[int, Between(100, 20_000)] = 2000


@dataclass(frozen=True)
class Estimate:
    """A value with the interval that holds it with a confidence of 95 %."""

    value: float | None = None
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Gain:
    """The answer; whatever is None has its reason, a sentence, under its name in `reasons`.

    `gains` has a value for each person. Everything else is of the `pairs`, who took both tests.
    `group_gain` is that of the means, `mean_gain` the mean over those not `at_ceiling` before.
    `effect_size` is the mean difference over the standard deviation of the differences.
    """

    gains: tuple[float | None, ...]
    group_gain: float | None
    group_gain_interval: tuple[float, float] | None
    mean_gain: float | None
    mean_gain_interval: tuple[float, float] | None
    effect_size: float | None
    effect_size_interval: tuple[float, float] | None
    pre_mean: float | None
    post_mean: float | None
    pairs: int
    at_ceiling: int
    unpaired: int
    reasons: dict[str, str]


def refuse_mistakes(problem: Problem) -> None:
    """Raise `InvalidDocumentError` where lengths differ or a result is above the maximum."""
    if len(problem.post) != len(problem.pre):
        raise InvalidDocumentError(
            "$.post", f"must have {len(problem.pre)} results like pre, not {len(problem.post)}"
        )
    for name, results in (("pre", problem.pre), ("post", problem.post)):
        for person, result in enumerate(results):
            if result is not None and result > problem.maximum:
                raise InvalidDocumentError(
                    f"$.{name}[{person}]", f"must be at most the maximum, {problem.maximum}"
                )
