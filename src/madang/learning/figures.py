"""Numbers and short texts as people type them, in any script."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from madang.nominations.reading.figures import ascii_digits

LONGEST = 200
MOST_DIGITS = 18
# Letters that Arabic, Persian and Urdu keyboards write differently for the same word, and those
# without width.
LETTERS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ـ": None,
        "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None,
    }
)  # fmt: skip
# Vowel signs of Arabic, accents of Latin and Cyrillic; marks of other scripts are letters.
MARKS = re.compile("[\u0300-\u036f\u064b-\u0655\u0670]")
NOT_LETTERS = re.compile(r"[^\w]+|_")


def number(text: str) -> Decimal | None:
    """The number somebody typed; None where it is none.

    One comma before three digits separates thousands ("1,500"); any other one, and any one dot,
    begins the fraction.
    """
    plain = ascii_digits(text.strip()[:LONGEST]).translate(str.maketrans("−–", "--"))
    plain = re.sub(r"[\s\u00a0\u202f'’]", "", plain).removesuffix("%")
    marks = [sign for sign in plain if sign in ".,"]
    if len(set(marks)) == 2:  # the last kind of sign is that of fractions
        plain = plain.replace(next(sign for sign in ".," if sign != marks[-1]), "")
    elif len(marks) > 1 or re.fullmatch(r"[+-]?\d{1,3},\d{3}", plain):
        plain = plain.replace(marks[0], "")
    plain = plain.replace(",", ".")
    if not re.fullmatch(rf"[+-]?(\d{{1,{MOST_DIGITS}}})?(\.\d{{1,{MOST_DIGITS}}})?", plain):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def folded(text: str) -> str:
    """The form in which two spellings of the same answer are equal: letters and digits only."""
    plain = unicodedata.normalize("NFKC", text.strip()[:LONGEST]).casefold()
    plain = ascii_digits(plain.translate(LETTERS))
    plain = MARKS.sub("", unicodedata.normalize("NFKD", plain))
    return " ".join(NOT_LETTERS.sub(" ", unicodedata.normalize("NFKC", plain)).split())
