"""Text in cells: what editors and keyboards leave in it, and what does not belong there."""

import re
import unicodedata

from madang.nominations.reading import words
from madang.nominations.reading.spot import Spot, suggest
from madang.nominations.sheets.cells import Cell, ErrorValue, Formula, shown

# Joiners are letters of Persian and of Indian scripts, where they stand between letters.
JOINERS = "\u200c\u200d"
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
LOOSE_JOINER = re.compile(rf"(?<!\w)[{JOINERS}]+|[{JOINERS}]+(?!\w)")
MARKUP = re.compile(r"</?[a-zA-Z!?][^<>]*>|javascript\s*:|&#?\w{2,8};", re.IGNORECASE)
# What spreadsheet programs would run if it were typed into them.
COMMAND = re.compile(r"\s*(?:=|@\w+\s*\(|[+\-][\w.$']*[(|!])")
SIGNS_OF_MARKUP = frozenset("<&:")
LOST = re.compile("\ufffd|\\?{3,}")
MOJIBAKE = re.compile("[ÃÂÄÅáàâÐÑØÙ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
LONG_TEXT = 500


def of(spot: Spot) -> str | None:
    """The clean text of a cell; None where there is none, or it can't be taken."""
    if is_command(spot.cell):
        spot.wrong("formula")
        return None
    if isinstance(spot.cell, ErrorValue):
        spot.wrong("error_value")
        return None
    return cleaned(spot, shown(spot.cell))


def is_command(cell: Cell) -> bool:
    """Whether a cell is a formula, or a text that would be one where somebody opened it again."""
    if isinstance(cell, str):
        # A telephone number begins with “+” and has brackets, but letters in none of them.
        return bool(COMMAND.match(cell)) and not re.fullmatch(r"[\d+\-\s().,/;:xext]*", cell)
    return isinstance(cell, Formula)


def cleaned(spot: Spot, text: str) -> str | None:
    """The text without what nobody sees, composed; each change is noted."""
    plain = tidy(text, keep_lines=spot.field.longest > LONG_TEXT)
    if plain != text:
        spot.note(_what_changed(text), plain)
    if plain.casefold() in words.NOTHING:
        if plain:
            spot.note("placeholder", "")
        return None
    return plain


def tidy(text: str, *, keep_lines: bool = False) -> str:
    """Composed, one space between words, none at the ends, nothing invisible."""
    if text.isascii() and text.isprintable():
        return _spaced(text)
    visible = LOOSE_JOINER.sub("", INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    if keep_lines:
        lines = (_spaced(line) for line in visible.splitlines())
        return "\n".join(line for line in lines if line)
    return _spaced(visible)


def looked_through(spot: Spot, text: str) -> str | None:
    """The text, after a look for what does not belong into any; None where it is too long."""
    if len(text) > spot.field.longest:
        spot.wrong("too_long", most=spot.field.longest, letters=len(text))
        return None
    if words.is_to_be_told(text):
        spot.doubt("to_be_told")
        return None
    if not SIGNS_OF_MARKUP.isdisjoint(text) and MARKUP.search(text):
        spot.odd("markup")
    if LOST.search(text):
        spot.odd("lost_letters")
    elif not text.isascii() and MOJIBAKE.search(text):
        _suspect_encoding(spot, text)
    return text


def plain_text(spot: Spot) -> str | None:
    """The reader of fields that hold any text."""
    text = of(spot)
    return None if text is None else looked_through(spot, text)


def scripts_of(text: str) -> list[str]:
    """The scripts of a text's letters, in their order: “Latin”, “Cyrillic”, “Arabic” …"""
    found: dict[str, None] = {}
    for letter in text:
        if letter.isalpha():
            found.setdefault(_script(letter))
    return [script for script in found if script]


def _script(letter: str) -> str:
    if letter < "\u0250":
        return "Latin"
    word = unicodedata.name(letter, "").partition(" ")[0]
    if word in {"CJK", "HIRAGANA", "KATAKANA", "IDEOGRAPHIC"}:
        return "Han"
    return "" if word in {"MODIFIER", ""} else word.capitalize()


def _suspect_encoding(spot: Spot, text: str) -> None:
    for encoding in ("cp1252", "latin-1"):
        try:
            mended = text.encode(encoding).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        spot.odd("mojibake", suggest(tidy(mended)))
        return


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _what_changed(text: str) -> str:
    if INVISIBLE.search(text) or LOOSE_JOINER.search(text):
        return "invisible"
    if unicodedata.normalize("NFC", text) != text:
        return "composed"
    return "line_break" if "\n" in text or "\r" in text else "spaces"
