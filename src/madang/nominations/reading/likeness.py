"""How alike two names are: across scripts, spellings, the order of their parts, and initials."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz import fuzz

# Alike enough to ask whether it is one person.
ALIKE = 0.85
PART = 0.7
FEWEST_CONSONANTS = 3
SURE_CONSONANTS = 4
ALIKE_LETTERS = 82
ALIKE_PART = 75
TITLES = frozenset(
    {
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "eng", "engr", "hon", "sir",
        "madam", "mme", "mlle", "haji", "hajah",
    }
)  # fmt: skip
# Families whose usual Latin spelling is far from their letters.
KOREAN_FAMILIES = {
    "이": "lee", "박": "park", "최": "choi", "정": "jung", "강": "kang", "조": "cho", "임": "lim",
    "신": "shin", "권": "kwon", "황": "hwang", "유": "yoo", "노": "roh", "류": "ryu", "우": "woo",
}  # fmt: skip
HANGUL = ("가", "힣")
FIRST_IDEOGRAPH = "\u2e80"
CAMEL = re.compile(r"[A-Z][^A-Z]*|[^A-Z]+")
NOT_LETTERS = re.compile(r"[^a-z]+")
VOWELS = re.compile(r"[aeiouwyh]+")
DOUBLED = re.compile(r"(.)\1+")
# Ways to write one sound.
SOUNDS = (("ph", "f"), ("ck", "k"), ("q", "k"), ("x", "ks"), ("tch", "ch"), ("c", "k"), ("z", "s"))


class Name:
    """A name made ready: its parts in Latin letters, their consonants, and its script."""

    __slots__ = ("consonants", "is_latin", "joined", "key", "parts", "turned")

    def __init__(self, name: str) -> None:
        self.parts = _parts(name)
        self.key = " ".join(sorted(self.parts))
        self.joined = "".join(self.parts)
        self.turned = "".join((*self.parts[-1:], *self.parts[:-1]))
        self.consonants = "".join(sorted(filter(None, map(consonants, self.parts))))
        self.is_latin = all(map(_is_latin, filter(str.isalpha, name)))


@dataclass(frozen=True)
class Likeness:
    """From 0 to 1, and the code of the reason (`sentences.ON_PAIRS`)."""

    score: float
    reason: str


def likeness(one: Name, other: Name) -> Likeness:
    """How alike two names are, and in what way."""
    if not one.parts or not other.parts:
        return Likeness(0.0, "other_name")
    if one.key == other.key or one.joined == other.joined:
        return _equal(one, other)
    if _sound_alike(one, other):
        return Likeness(0.9, "name_script")
    by_parts = _by_parts(one, other)
    if by_parts is not None:
        return by_parts
    ratio = max(
        fuzz.ratio(one.key, other.key),
        fuzz.ratio(one.joined, other.joined),
        fuzz.ratio(one.joined, other.turned),
    )
    if ratio >= ALIKE_LETTERS and _parts_alike(one, other):
        return Likeness(max(ALIKE, ratio / 100 * 0.95), "name_alike")
    return Likeness(min(ratio / 100, 0.6), "other_name")


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or "\u1e00" <= letter < "\u1f00"


def _equal(one: Name, other: Name) -> Likeness:
    if one.is_latin != other.is_latin:
        return Likeness(0.98, "name_script")
    return Likeness(1.0, "same_name" if one.joined == other.joined else "name_order")


def _sound_alike(one: Name, other: Name) -> bool:
    """The same consonants; of two Latin names more of them, since those write their vowels."""
    if one.consonants != other.consonants:
        return False
    as_many_parts = len(one.parts) == len(other.parts)
    if one.is_latin and other.is_latin:
        return as_many_parts and len(one.consonants) >= SURE_CONSONANTS
    # Korean and Chinese syllables may have none.
    return one.is_latin != other.is_latin and (
        len(one.consonants) >= FEWEST_CONSONANTS
        or (as_many_parts and len(one.parts) >= FEWEST_CONSONANTS and one.consonants != "")
    )


def _by_parts(one: Name, other: Name) -> Likeness | None:
    """One name is the other with initials, or a part of it."""
    short, long = sorted(
        (one.parts, other.parts), key=lambda parts: (len(parts), sum(map(len, parts)))
    )
    left = list(long)
    initials = whole = 0
    for part in sorted(short, key=len, reverse=True):
        if part in left:
            left.remove(part)
            whole += len(part) > 1
            continue
        match = next((each for each in left if _is_initial(part, each)), None)
        if match is None:
            return None
        left.remove(match)
        initials += 1
    if not whole:
        return None
    if initials:
        return Likeness(0.88, "name_initials")
    return Likeness(0.87 if len(short) > 1 else PART, "name_part")


def _is_initial(part: str, other: str) -> bool:
    return part[0] == other[0] and (len(part) == 1 or len(other) == 1)


def _parts_alike(one: Name, other: Name) -> bool:
    """Every part of the shorter name is like one of the other: Hung is not Dung."""
    short, long = sorted((one.parts, other.parts), key=len)
    return all(any(_part_alike(part, each) for each in long) for part in short) or (
        fuzz.ratio(one.joined, other.joined) >= 90 and len(short) != len(long)
    )


def _part_alike(part: str, other: str) -> bool:
    if part == other or (consonants(part) == consonants(other) != ""):
        return True
    return part[0] == other[0] and fuzz.ratio(part, other) >= ALIKE_PART


@lru_cache(maxsize=50_000)
def consonants(part: str) -> str:
    """What different spellings of one name share: its consonants, by their sound."""
    for written, sound in SOUNDS:
        part = part.replace(written, sound)
    return DOUBLED.sub(r"\1", VOWELS.sub("", part))


def _parts(name: str) -> tuple[str, ...]:
    parts: list[str] = []
    for word in re.split(r"[\s\-‐–,./()]+", unicodedata.normalize("NFKC", name)):
        parts += _latin(word)
    named = tuple(part for part in parts if part and part not in TITLES)
    return named or tuple(part for part in parts if part)


def _latin(word: str) -> list[str]:
    """A word in small Latin letters; names in characters and syllables are taken apart."""
    if word.isascii():
        return [NOT_LETTERS.sub("", word.lower())]
    if word[0] in KOREAN_FAMILIES and all(HANGUL[0] <= letter <= HANGUL[1] for letter in word):
        return [KOREAN_FAMILIES[word[0]], *_latin(word[1:])]
    latin = anyascii(word)
    # Characters come with a capital each: “LiFang”.
    pieces = CAMEL.findall(latin) if any(letter >= FIRST_IDEOGRAPH for letter in word) else [latin]
    return [NOT_LETTERS.sub("", piece.lower()) for piece in pieces]
