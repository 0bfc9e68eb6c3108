"""Gain: how much of what could be learned was learned between two tests.

Reads the results of the same persons before and after, in the same order, null where somebody did
not take one, and the maximum. Answers the normalised gain (post - pre) / (maximum - pre) of each
person, of the group's means and as the mean over persons, and the effect size, with intervals;
null, and the reason, where one does not apply. The fields are those of `Problem` and `Gain` in
`madang.methods.gain.problem`; docs/develop/methods.md has an example.

From Python, `of(pre, post, maximum)` answers the same.
"""

from collections.abc import Sequence
from typing import Any

from madang.methods import documents
from madang.methods.gain.problem import NOBODY, Gain, Problem, refuse_mistakes

__all__ = ["Gain", "Problem", "measure", "of", "run"]


def run(document: Any) -> Gain:
    """The answer to a JSON document as `documents.load` gives it."""
    return measure(documents.read(Problem, document))


def of(
    pre: Sequence[float | None], post: Sequence[float | None], maximum: float, *, seed: int = 0
) -> Gain:
    """What persons gained; None where somebody did not take a test."""
    return measure(Problem(tuple(pre), tuple(post), maximum, seed=seed))


def measure(problem: Problem) -> Gain:
    """The statistics of a problem.

    Raises `documents.InvalidDocumentError` for a problem that contradicts its own description.
    """
    from madang.methods.gain import effect, normalised

    problem = documents.read(Problem, documents.plain(problem))
    refuse_mistakes(problem)
    reasons: dict[str, str] = {}
    gains = normalised.of_persons(problem, reasons)
    pairs = [
        (before, after)
        for before, after in zip(problem.pre, problem.post, strict=True)
        if before is not None and after is not None
    ]
    group = normalised.of_means(pairs, problem, reasons)
    mean = normalised.mean(gains, problem, reasons)
    size = effect.paired([after - before for before, after in pairs], reasons)
    return Gain(
        gains=gains,
        group_gain=group.value,
        group_gain_interval=group.interval,
        mean_gain=mean.value,
        mean_gain_interval=mean.interval,
        effect_size=size.value,
        effect_size_interval=size.interval,
        pre_mean=sum(before for before, _ in pairs) / len(pairs) if pairs else None,
        post_mean=sum(after for _, after in pairs) / len(pairs) if pairs else None,
        pairs=len(pairs),
        at_ceiling=sum(before == problem.maximum for before, _ in pairs),
        unpaired=len(problem.pre) - len(pairs),
        reasons=reasons | ({} if pairs else dict.fromkeys(("pre_mean", "post_mean"), NOBODY)),
    )
