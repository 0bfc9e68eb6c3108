"""What every method does with an answer that its own check refuses."""

from collections.abc import Sequence


class WrongAnswerError(Exception):
    """An answer failed our own check: a fault in the method, not in its input."""


def refuse(wrong: Sequence[str]) -> None:
    """Raise `WrongAnswerError` if anything is wrong."""
    if wrong:
        raise WrongAnswerError("; ".join(wrong))
