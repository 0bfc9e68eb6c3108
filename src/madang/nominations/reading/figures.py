"""Numbers and scales in cells, whatever digits and words they are written in."""

import re
import unicodedata
from datetime import date, time

from madang.nominations.reading import texts
from madang.nominations.reading.folding import fold
from madang.nominations.reading.spot import Spot, suggest
from madang.nominations.sheets.cells import shown

NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,6})?")
THOUSANDS = re.compile(r"\d{1,3}(?:[ ,']\d{3})+")
WORDS = {
    **dict(zip((
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
        "nineteen", "twenty",
    ), range(21), strict=True)),
    "thirty": 30, "forty": 40, "fifty": 50, "dozen": 12,
    "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "douze": 12, "quinze": 15, "vingt": 20,
    "один": 1, "два": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8,
    "девять": 9, "десять": 10, "пятнадцать": 15, "двадцать": 20,
    "یک": 1, "دو": 2, "سه": 3, "چهار": 4, "پنج": 5, "شش": 6, "هفت": 7, "هشت": 8, "نه": 9, "ده": 10,
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
    "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
    "nueve": 9, "diez": 10, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6,
    "tujuh": 7, "delapan": 8, "sembilan": 9, "sepuluh": 10,
}  # fmt: skip
TENS = 20
SEPARATORS = str.maketrans("٫−–", ".--", "٬")
MOST_SUGGESTIONS = 3


def ascii_digits(text: str) -> str:
    """The text with the digits of all scripts as 0–9, and the Arabic separators as our own."""
    if text.isascii():
        return text
    plain = (str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)
    return "".join(plain).translate(SEPARATORS)


def number(spot: Spot) -> int | float | None:
    """The reader of numbers within the field's bounds."""
    return _bounded(spot, _figure(spot, "not_a_number"), "out_of_range")


def scale(spot: Spot) -> int | float | None:
    """The reader of a step on a scale."""
    return _bounded(spot, _figure(spot, "not_on_scale"), "off_scale")


def _figure(spot: Spot, code: str) -> int | float | None:
    cell = spot.cell
    if isinstance(cell, bool | date | time):
        # Programs take “5-7” for the fifth of July.
        spot.wrong("date_for_number" if isinstance(cell, date | time) else code)
        return None
    if isinstance(cell, int | float):
        return int(cell) if float(cell).is_integer() else cell
    text = texts.of(spot)
    if text is None:
        return None
    plain = ascii_digits(text).lstrip("'")
    if THOUSANDS.fullmatch(plain):
        plain = re.sub(r"[ ,']", "", plain)
    if NUMBER.fullmatch(plain):
        value = _value(plain)
        if not text.isascii():
            spot.note("digits", shown(value))
        return value
    spot.wrong(code, *(suggest(value) for value in _told(spot, plain)))
    return None


def _value(text: str) -> int | float:
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value


def _told(spot: Spot, text: str) -> list[int | float]:
    """Numbers within a text, in digits or in words, that the field may hold."""
    found = [_value(part) for part in NUMBER.findall(text.replace("-", " "))]
    tens = 0
    for word in fold(text).split():
        value = WORDS.get(word)
        if value is not None and tens and value < 10:
            found[-1] = tens + value
            tens = 0
        elif value is not None:
            found.append(value)
            tens = value if value >= TENS else 0
    fitting = [value for value in dict.fromkeys(found) if _fits(spot, value)]
    return fitting[:MOST_SUGGESTIONS]


def _fits(spot: Spot, value: float) -> bool:
    low, high = spot.field.minimum, spot.field.maximum
    return (low is None or value >= low) and (high is None or value <= high)


def _bounded(spot: Spot, value: float | None, code: str) -> int | float | None:
    if value is None:
        return None
    field = spot.field
    if not _fits(spot, value):
        if field.maximum is None:
            spot.wrong("too_small", least=shown(field.minimum))
        else:
            spot.wrong(code, least=shown(field.minimum), most=shown(field.maximum))
        return None
    if field.whole and isinstance(value, float):
        spot.doubt("fraction", suggest(int(value)), suggest(int(value) + 1))
        return None
    return value
