"""Whether the fonts of this computer can write a text: asked of the typesetter itself."""

import json
import re
import unicodedata
from collections.abc import Iterable

from madang.core import limits
from madang.documents.typesetting import ACCESSIBLE, MEGABYTES, PACKAGE, SECONDS, TypesettingError

_PROBE = b"""
#import "/documents/templates/documents/frame.typ": serif
#set document(title: "Fonts")
#set page(height: auto)
#set text(font: serif)
#for word in json(bytes(sys.inputs.data)) [#word ]
"""
_NOT_SHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# Pictures have more of these every year than this Python knows of.
_PICTURES = range(0x1F000, 0x1FC00)
# Codes that Unicode will never give to a character, beside the last two of each plane.
_NO_CHARACTERS = range(0xFDD0, 0xFDF0)
# What a script is called where Unicode's name of it says little.
_CALLED = {"Cjk": "Chinese", "Hangul": "Korean", "Hiragana": "Japanese", "Katakana": "Japanese"}


def missing(text: str) -> str:
    """The characters of a text that no font here has, in order and once each; empty: all is well.

    Loads fonts into this process: from a web process call `missing_apart`.
    """
    import typst

    words = sorted(set(text.split()))
    if not words:
        return ""
    try:
        typst.compile(
            _PROBE, root=PACKAGE, sys_inputs={"data": json.dumps(words)}, pdf_standards=ACCESSIBLE
        )
    except typst.TypstError as error:
        found = {char for part in _NOT_SHOWN.findall(error.diagnostic) for char in _unescaped(part)}
        if not found:
            raise TypesettingError(f"The fonts could not be tried: {error}") from error
        return "".join(sorted(found))
    return ""


def missing_apart(text: str) -> str:
    """The same in a process of its own."""
    found: str = limits.run_limited(missing, args=(text,), seconds=SECONDS, megabytes=MEGABYTES)
    return found


def without_signs(text: str, characters: str) -> str:
    """The text without those of `characters` that are no letters: a picture can be spared."""
    return "".join(char for char in text if char not in characters or is_letter(char))


def is_letter(char: str) -> bool:
    """Whether a text needs this character to be read: not a picture, nor what joins pictures.

    Nor what pasting brings along and nothing can show: controls, and codes that are no characters.
    """
    code = ord(char)
    if code in _PICTURES or code & 0xFFFE == 0xFFFE or code in _NO_CHARACTERS:
        return False
    return unicodedata.category(char) not in {"So", "Sk", "Cf", "Mn", "Co", "Cc"}


def scripts(characters: Iterable[str]) -> list[str]:
    """The scripts of characters by their English names: `["Khmer", "Korean"]`."""
    letters = [char for char in characters if is_letter(char)]
    names = {unicodedata.name(char, "unknown").split()[0].capitalize() for char in letters}
    return sorted({_CALLED.get(name, name) for name in names})


def _unescaped(text: str) -> str:
    """A text as Typst's messages quote it."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).replace("\\", "")
