"""What each code says, in plain words."""

from collections.abc import Mapping
from typing import Any

SENTENCES: dict[str, Any] = {}


def of(code: str, details: Mapping[str, Any]) -> str:
    """The sentence of a code, in the language that is active."""
    return str(SENTENCES[code]) % details
