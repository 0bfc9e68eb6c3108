"""The part of the world with attendance."""

from typing import Any

from madang.people.models import Account
from madang.workshops.models import Participation


def add_attendance(
    half: Any, text: str, officer: Account, director: Account, taking_part: Participation
) -> None:
    """One of everything; `text` is hostile in one half."""
