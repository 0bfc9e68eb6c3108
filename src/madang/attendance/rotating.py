"""The code on the room's screen: six signs that change twice a minute.

It is derived from the session, the time and the master key, so nothing of it is stored. The one
before is still accepted: people type, and projectors lag.
"""

import hmac
import unicodedata
from datetime import datetime, timedelta
from uuid import UUID

from madang.core import vault
from madang.documents import verification

SECONDS = 30
SIGNS = 6
# Codes are shown and taken from so long before the start until so long after the end.
BEFORE = timedelta(minutes=20)
AFTER = timedelta(minutes=5)
_MISREAD = str.maketrans("OILU", "011V")


def code(session_id: UUID, moment: datetime) -> str:
    """The code that is shown at a moment."""
    return _code(session_id, _step(moment))


def seconds_left(moment: datetime) -> int:
    """How long the code of a moment is still shown."""
    return SECONDS - int(moment.timestamp()) % SECONDS


def is_right(session_id: UUID, typed: str, moment: datetime) -> bool:
    """Whether somebody typed the code that is shown now, or the one before."""
    step = _step(moment)
    signs = normalised(typed)
    # Both are compared, so that the answer's time tells nothing.
    found = [
        hmac.compare_digest(signs.encode(), _code(session_id, each).encode())
        for each in (step, step - 1)
    ]
    return any(found)


def normalised(typed: str) -> str:
    """The signs of what somebody typed, in any digits and in small letters too."""
    kept = []
    for char in unicodedata.normalize("NFKC", typed).upper():
        value = unicodedata.digit(char, None)
        if value is not None:
            kept.append(str(value))
        elif char.isalpha():
            kept.append(char)
    return "".join(kept).translate(_MISREAD)


def _step(moment: datetime) -> int:
    return int(moment.timestamp()) // SECONDS


def _code(session_id: UUID, step: int) -> str:
    number = int(vault.blind_index("check-in", f"{session_id}:{step}"), 16)
    base = len(verification.ALPHABET)
    return "".join(verification.ALPHABET[number // base**place % base] for place in range(SIGNS))
