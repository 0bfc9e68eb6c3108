"""Cells that take one of few values: sex, yes or no, kinds of organisation, choices of a call."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from madang.nominations.reading import texts
from madang.nominations.reading.fields import ORGANISATION_KINDS
from madang.nominations.reading.folding import fold
from madang.nominations.reading.spot import Spot, suggest
from madang.nominations.reading.words import KIND_WORDS, KINDS, SEXES, YES_NO
from madang.nominations.sheets.cells import shown

YES_AND_NO = (True, False)
CLOSE_ENOUGH = 80
MOST_SUGGESTIONS = 5
# The codes of ISO 5218, which some lists use and others turn round.
SEX_BY_NUMBER = {"1": "male", "2": "female"}


def sex(spot: Spot) -> str | None:
    """The reader of sexes."""
    text = texts.of(spot)
    if text is None:
        return None
    value = SEXES.get(fold(text))
    if value is None:
        meant = SEX_BY_NUMBER.get(text)
        offered = (meant,) if meant else ("female", "male", "other")
        spot.doubt("sex_unknown", *(suggest(each) for each in offered))
    return value


def yes_no(spot: Spot) -> bool | None:
    """The reader of yes and no."""
    if isinstance(spot.cell, bool):
        return spot.cell
    # In some languages the word for no is also the one for nothing, so this comes first.
    value = _yes_no(shown(spot.cell))
    text = texts.of(spot) if value is None else None
    if text is None:
        return value
    folded = fold(text)
    first = YES_NO.get(folded.split(" ")[0])
    if first is not None:
        spot.doubt("more_than_yes_no", suggest(first, _word(first)))
    else:
        spot.wrong("not_yes_no", *(suggest(value, _word(value)) for value in YES_AND_NO))
    return None


def _yes_no(text: str) -> bool | None:
    plain = text.strip()
    return YES_NO.get(fold(plain) or plain)


def organisation_kind(spot: Spot) -> str | None:
    """The reader of kinds of organisation."""
    text = texts.of(spot)
    if text is None:
        return None
    folded = fold(text)
    value = KINDS.get(folded)
    if value is None:
        told = kind_of(text)
        offered = (told,) if told else ORGANISATION_KINDS
        spot.doubt("kind_unknown", *(suggest(each) for each in offered))
    return value


def kind_of(organisation: str) -> str | None:
    """The kind that an organisation's name tells, if its words agree on one."""
    folded = f" {fold(organisation)} "
    # Scripts beyond ASCII may write words without spaces.
    told = {
        kind
        for word, kind in KIND_WORDS.items()
        if (f" {word} " if word.isascii() else word) in folded
    }
    return told.pop() if len(told) == 1 else None


def choice(spot: Spot) -> str | None:
    """The reader of a question with given answers."""
    text = texts.of(spot)
    if text is None:
        return None
    spellings = _spellings(spot.field.choices)
    value = spellings.get(fold(text))
    if value is not None:
        return value
    near = process.extract(fold(text), list(spellings), scorer=fuzz.WRatio, limit=MOST_SUGGESTIONS)
    close = dict.fromkeys(spellings[name] for name, score, _at in near if score >= CLOSE_ENOUGH)
    offered = list(close) or list(spot.field.choices)[:MOST_SUGGESTIONS]
    report = spot.doubt if close else spot.wrong
    labels = spot.field.choices
    report("not_a_choice", *(suggest(each, next(iter(labels[each]), each)) for each in offered))
    return None


def _spellings(choices: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {
        fold(spelling): value
        for value, spellings in choices.items()
        for spelling in (value, *spellings)
    }


def _word(value: object) -> str:
    return "yes" if value else "no"
