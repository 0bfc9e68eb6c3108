"""Texts as XML 1.0 can hold them, in a feed or in a workbook."""

import re

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    """A text without the characters that XML has no way to write."""
    return _UNWRITABLE.sub("", text)
