"""One form for all the ways of writing a country's name: what two spellings must share to match.

Case, accents, apostrophes, punctuation, small words ("the", "of", "and", their French, Spanish and
Portuguese sisters) and the order of words do not tell countries apart; "Rep.", "Is.", "St.", "S."
are read as the words that they stand for. Whatever does tell countries apart ("Democratic",
"Guinea-Bissau", "North") stays.
"""

import re
import unicodedata

APOSTROPHES = "'’‘ʻʼʽʾʿ`´′‵ꞌ＇‛"
# The words that no list agrees on.
SMALL_WORDS = frozenset(
    {
        "the", "of", "and", "a", "an", "la", "le", "les", "l", "el", "los", "las", "de",
        "del", "du", "des", "d", "et", "y", "e", "da", "do", "das", "dos",
    }
)  # fmt: skip
ABBREVIATIONS = {
    "rep": "republic",
    "dem": "democratic",
    "is": "islands",
    "isl": "islands",
    "isls": "islands",
    "island": "islands",
    "st": "saint",
    "ste": "saint",
    "sts": "states",
    "fed": "federal",
    "federated": "federal",
    "federative": "federal",
    "people": "peoples",
    "soc": "socialist",
    "n": "north",
    "s": "south",
    "w": "west",
}
# Letters that Unicode does not take apart into a base and a mark, and those that Arabic, Persian
# and Urdu keyboards write differently for the same word.
LETTERS = str.maketrans(
    {
        "ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th",
        "ي": "ی", "ى": "ی", "ې": "ی", "ے": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه",
        "ە": "ه", "ـ": None, "\u200b": None, "\u2060": None, "\ufeff": None, "\u00ad": None,
        **dict.fromkeys(APOSTROPHES),
    }
)  # fmt: skip
# Accents of Latin, Greek and Cyrillic, vowel signs of Hebrew and Arabic. Marks of other scripts
# (Thai, Khmer, Burmese, Devanagari …) are letters of their words and stay.
MARKS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u0591-\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]"
)
INITIALS = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}", re.UNICODE)
LONGEST = 200


def normalize(text: str) -> str:
    """The form in which two spellings of one name are equal; empty where nothing is left.

    Folding twice changes nothing more. Longer texts than any name are cut first.
    """
    words = _fold(INITIALS.sub(_join_initials, text.strip()[:LONGEST])).split()
    told = [ABBREVIATIONS.get(word, word) for word in words]
    kept = [word for word in told if word not in SMALL_WORDS]
    return " ".join(sorted(kept))


def sort_key(text: str) -> str:
    """A name as alphabetical lists order it: without case and accents, words in their order."""
    return " ".join(_fold(text).split())


def _fold(text: str) -> str:
    """Letters without case, accents and punctuation, words in their order."""
    # A second round catches what the first one brought to light, such as the letters of a ligature.
    for _round in range(3):
        folded = _fold_letters(text)
        if folded == text:
            break
        text = folded
    return text


def _fold_letters(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.translate(LETTERS).replace("\u200c", " "))
    text = unicodedata.normalize("NFKD", text.casefold()).translate(LETTERS)
    text = unicodedata.normalize("NFC", MARKS.sub("", text))
    return "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in text)


def _join_initials(found: re.Match[str]) -> str:
    """“D.P.R.K.” is one word, “P. R. China” two."""
    return re.sub(r"[.\s]", "", found.group()) + " "
