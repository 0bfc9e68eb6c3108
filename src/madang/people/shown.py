"""Telling other apps that what they show of somebody has changed: a name, a consent, an erasure.

An app that keeps rendered pages registers what is to happen; it runs in the transaction of the
change, so that no page outlives what it was made from.
"""

from collections.abc import Callable
from uuid import UUID

Listener = Callable[[UUID], None]

_listeners: list[Listener] = []


def register(listener: Listener) -> None:
    """Call `listener(person's id)` with each change. Called from an app's `ready()`."""
    _listeners.append(listener)


def changed(person_id: UUID) -> None:
    """What others may be shown of this person has changed."""
    for listener in _listeners:
        listener(person_id)
