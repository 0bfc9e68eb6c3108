"""Under which name the answers of somebody are kept.

Without the master key, which lies outside the database, nobody can say whose a pseudonym is.
"""

from collections.abc import Iterable
from uuid import UUID

from madang.core import vault


def of(participation_id: UUID) -> str:
    """The pseudonym of a participation, in all tests of its edition."""
    return vault.blind_index("answers to a test", str(participation_id))


def of_all(participation_ids: Iterable[UUID]) -> list[str]:
    return [of(participation_id) for participation_id in participation_ids]
