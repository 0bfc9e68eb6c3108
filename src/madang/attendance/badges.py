"""What a badge shows: a code for cameras and a short one for people, neither of which is stored.

Both are derived from the badge's row and the master key. A phone at the door has only hashes of
them: the long code has eighty bits, so nobody makes a badge from its hash; who finds the short one
could as well tick the name by hand.
"""

import hashlib
from uuid import UUID

from madang.attendance.models import Badge
from madang.core import vault
from madang.documents import verification

# In letters and digits that a QR code packs tightly: eighteen signs fit the smallest of all.
PREFIX = "MB"
SIGNS = 16
SHORT = 6
_HALF = 3


def shown(badge: Badge) -> str:
    """What the QR code on a badge says."""
    return PREFIX + _signs("badge", badge.pk, SIGNS)


def short_code(badge: Badge) -> str:
    """The code that can be typed, as it is printed: "K7Q-4DX"."""
    signs = _signs("badge short code", badge.pk, SHORT)
    return f"{signs[:_HALF]}-{signs[_HALF:]}"


def seal(badge: Badge) -> None:
    """Set the hashes of a badge that is not stored yet."""
    badge.digest = digest(shown(badge))
    badge.short_digest = short_digest(badge.participation.edition_id, short_code(badge))


def digest(text: str) -> str:
    """The hash of what a camera read, as phones make it too."""
    return hashlib.sha256(text.encode()).hexdigest()


def short_digest(edition_id: UUID, typed: str) -> str:
    """The hash of a typed code, as phones make it too: signs only, in capitals, of one edition."""
    signs = "".join(char for char in typed.upper() if char.isalnum())
    return digest(f"{edition_id}:{signs}")


def _signs(purpose: str, badge_id: UUID, how_many: int) -> str:
    number = int(vault.blind_index(purpose, str(badge_id)), 16)
    base = len(verification.ALPHABET)
    return "".join(verification.ALPHABET[number // base**place % base] for place in range(how_many))
