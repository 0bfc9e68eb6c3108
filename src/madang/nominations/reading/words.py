"""Words in the languages that lists come in: headings, sexes, yes and no, months …

They stand in `data/`, one section a meaning, so that anybody can add those of their language.
"""

from functools import cache
from pathlib import Path

from madang.nominations.reading.folding import fold

FOLDER = Path(__file__).parent / "data"


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """A file of words: section → its words as they are written."""
    found: dict[str, list[str]] = {}
    words: list[str] = []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            words = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            words += [word.strip() for word in line.split(";") if word.strip()]
    return {section: tuple(words) for section, words in found.items()}


def meanings(prefix: str) -> dict[str, str]:
    """Folded word → what it means, of all sections “prefix meaning”."""
    return {
        fold(word) or word: section.removeprefix(prefix).strip()
        for section, words in sections("words.txt").items()
        if section.startswith(f"{prefix} ")
        for word in words
    }


def listed(section: str) -> frozenset[str]:
    """The words of one section, without capitals and otherwise as they are written."""
    return frozenset(word.casefold() for word in sections("words.txt")[section])


HEADINGS = sections("headings.txt")
SEXES = meanings("sex")
YES_NO = {
    fold(word) or word: answer == "yes"
    for answer in ("no", "yes")
    for word in sections("words.txt")[answer]
}
KINDS = meanings("kind")
# What the words of an organisation's name tell of its kind; looked for within the name.
KIND_WORDS = meanings("name")
MONTHS = {word: int(month) for word, month in meanings("month").items()}
SOLAR_MONTHS = {word: int(month) for word, month in meanings("solar month").items()}
NOTHING = listed("nothing")
TO_BE_TOLD = listed("to be told")


def is_to_be_told(text: str) -> bool:
    """Whether a text says that what belongs here is still to come: “TBC.”"""
    return text.casefold().strip(" .") in TO_BE_TOLD
