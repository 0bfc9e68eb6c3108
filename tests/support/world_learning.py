"""The part of the world with learning."""

from typing import Any

from madang.people.models import Account
from madang.workshops.models import Participation


def add_learning(
    half: Any, text: str, officer: Account, director: Account, taking_part: Participation
) -> None:
    """One of everything; `text` is hostile in one half."""
