"""Answers of persons: how they are asked for, kept as one text, and judged.

Kept is: the place of a choice ("2"), several with commas, "true" or "false", a decimal, all places
in the order given, pairs such as "1=3,2=1" (the second is the place whose pair was chosen), or the
text as typed. "" is no answer. Choices are shown in an order that differs from sheet to sheet.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from madang.core import locales
from madang.learning import figures
from madang.learning.content import FALSE, TRUE, Content

Option = tuple[str, str]


class WrongAnswerError(ValueError):
    """What was typed can't be an answer; the text says what can."""


@dataclass(frozen=True)
class Part:
    """One line of a question with several: what it says, its field, and what is chosen there."""

    name: str
    text: str
    options: list[Option]
    chosen: str


@dataclass(frozen=True)
class Question:
    """A question as a page asks it of one person."""

    name: str
    number: int
    content: Content
    given: str
    options: list[Option]
    parts: list[Part]

    @property
    def chosen(self) -> set[str]:
        """The choices that were made, of kinds that are answered by choosing."""
        return set(self.given.split(",")) if self.given else set()

    @property
    def unit(self) -> str:
        return str(self.content.say(self.content.unit))

    @property
    def typed(self) -> str:
        """A number in the reader's digits, a text as it was typed."""
        return locales.digits(self.given) if self.content.kind == "number" else self.given


def question(number: int, content: Content, given: str, *, sheet: UUID, item: UUID) -> Question:
    """A question with its choices in this sheet's order."""
    name = f"answer-{number}"
    # Not a secret: the same sheet has the same order, on whatever device.
    shuffled = random.Random(f"{sheet}:{item}")  # noqa: S311
    options: list[Option] = [(key, content.say(choice.text)) for key, choice in content.numbered]
    parts: list[Part] = []
    match content.kind:
        case "truth":
            options = truth_options()
        case "order":
            shuffled.shuffle(options)
            places = [(str(n), locales.number(n)) for n in range(1, len(options) + 1)]
            at = {key: str(place) for place, key in enumerate(given.split(","), start=1)}
            parts = [Part(f"{name}-{key}", text, places, at.get(key, "")) for key, text in options]
        case "match":
            pairs = [(key, str(content.say(choice.pair))) for key, choice in content.numbered]
            shuffled.shuffle(pairs)
            chosen = dict(part.split("=") for part in given.split(",") if "=" in part)
            parts = [
                Part(f"{name}-{key}", text, pairs, chosen.get(key, "")) for key, text in options
            ]
        case _:
            shuffled.shuffle(options)
    return Question(name, number, content, given, options, parts)


def lot(seed: int, sheet: UUID, item: UUID) -> float:
    """Where a question comes in a sheet, among those of its module."""
    return random.Random(f"{seed}:{sheet}:{item}").random()  # noqa: S311


def truth_options() -> list[Option]:
    """The two answers to whether something is so."""
    return [(TRUE, pgettext("statement", "true")), (FALSE, pgettext("statement", "false"))]


def read(content: Content, name: str, sent: Any) -> str:
    """An answer as it is kept, from what a form sent (a `QueryDict`).

    What no page offers counts as no answer. Raises `WrongAnswerError` for what is mistyped.
    """
    keys = [key for key, _choice in content.numbered]
    match content.kind:
        case "single":
            return sent.get(name, "") if sent.get(name) in keys else ""
        case "truth":
            return sent.get(name, "") if sent.get(name) in {TRUE, FALSE} else ""
        case "several":
            chosen = set(sent.getlist(name))
            return ",".join(key for key in keys if key in chosen)
        case "order":
            return _order(keys, {key: sent.get(f"{name}-{key}", "") for key in keys})
        case "match":
            made = {key: sent.get(f"{name}-{key}", "") for key in keys}
            return ",".join(f"{key}={pair}" for key, pair in made.items() if pair in keys)
        case "number":
            return _number(sent.get(name, ""))
    text = sent.get(name, "").replace("\x00", "").strip()
    if len(text) > figures.LONGEST:
        raise WrongAnswerError(
            _("Use at most %(longest)s letters.") % {"longest": locales.number(figures.LONGEST)}
        )
    return str(text)


def _order(keys: list[str], places: Mapping[str, str]) -> str:
    given = [places[key] for key in keys if places[key]]
    if not given:
        return ""
    if sorted(given) != sorted(keys):
        raise WrongAnswerError(_("Give each line a place of its own."))
    return ",".join(sorted(keys, key=lambda key: int(places[key])))


def _number(typed: str) -> str:
    if not typed.strip():
        return ""
    found = figures.number(typed)
    if found is None:
        raise WrongAnswerError(_("Enter a number."))
    return str(found)


def is_right(content: Content, given: str) -> bool:
    """Whether an answer is right as a whole: there are no parts of a point."""
    if not given:
        return False
    match content.kind:
        case "single" | "several":
            right = (key for key, choice in content.numbered if choice.is_right)
            return given == ",".join(right)
        case "truth":
            return (given == TRUE) == content.is_true
        case "number":
            found = Decimal(given)
            return abs(found - Decimal(content.number)) <= Decimal(content.tolerance)
        case "order":
            return given == ",".join(key for key, _choice in content.numbered)
        case "match":
            return given == ",".join(f"{key}={key}" for key, _choice in content.numbered)
        case "short":
            return figures.folded(given) in {figures.folded(text) for text in content.accepted}


def shown(content: Content, given: str) -> str:
    """An answer in words, in the reader's language; "" for none."""
    texts = {key: str(content.say(choice.text)) for key, choice in content.numbered}
    pairs = {key: str(content.say(choice.pair)) for key, choice in content.numbered}
    match content.kind:
        case "single" | "several" | "order":
            return locales.listed(texts.get(key, "") for key in given.split(",") if key)
        case "truth":
            return dict(truth_options()).get(given, "")
        case "match":
            made = [part.split("=") for part in given.split(",") if "=" in part]
            return locales.listed(f"{texts[key]} – {pairs[pair]}" for key, pair in made)
        case "number" if given:
            return f"{locales.digits(given)} {content.say(content.unit)}".strip()
    return given


def right_answer(content: Content) -> str:
    """The right answer in words."""
    return shown(content, _right(content))


def _right(content: Content) -> str:
    match content.kind:
        case "single" | "several":
            return ",".join(key for key, choice in content.numbered if choice.is_right)
        case "truth":
            return TRUE if content.is_true else FALSE
        case "order":
            return ",".join(key for key, _choice in content.numbered)
        case "match":
            return ",".join(f"{key}={key}" for key, _choice in content.numbered)
        case "number":
            return content.number
    return content.accepted[0]


def one_of(content: Content) -> tuple[tuple[str, ...], str]:
    """The answers of which one is chosen, and the right one; none for other kinds."""
    if content.kind == "single":
        return tuple(key for key, _choice in content.numbered), _right(content)
    if content.kind == "truth":
        return (TRUE, FALSE), _right(content)
    return (), ""
