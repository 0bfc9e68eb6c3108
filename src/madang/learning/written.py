"""Questions as people write them: in a form, or in a row of a sheet.

The answers are one text for each kind: a line for each choice, right ones with a star before them;
"true" or "false"; a number, with ± and a tolerance and a unit where there are; lines in their right
order; lines of two with = between; spellings that count. In a cell, | stands for a new line.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from madang.learning import figures
from madang.learning.content import FALSE, KINDS, TRUE, Choice, Content, Kind

RIGHT = "*"
LONGEST_TEXT = 2000
LONGEST_CHOICE = 300
MOST_CHOICES = 12
_NUMBER = re.compile(r"([^±]+?)(?:\s*(?:±|\+/?-)\s*(\S+))?(?:\s+([^\d±+]\S*(?: \S+)*))?")
_TRUE = {"true", "yes", "1", "درست", "صحیح"}
_FALSE = {"false", "no", "0", "نادرست", "غلط"}


class WrongWordingError(ValueError):
    """What was written is no question; the text says how to mend it, `field` what."""

    def __init__(self, why: str, field: str = "answers") -> None:
        super().__init__(why)
        self.why = why
        self.field = field


def read(kind: str, language: str, text: str, answers: str, explanation: str = "") -> Content:
    """A question in the language it is written in. Raises `WrongWordingError`."""
    if kind not in KINDS:
        raise WrongWordingError(_("This kind of question is not known."), "kind")
    text, explanation = text.strip(), explanation.strip()
    if not text:
        raise WrongWordingError(_("Say what is asked."), "text")
    if max(len(text), len(explanation)) > LONGEST_TEXT:
        long = "text" if len(text) > LONGEST_TEXT else "explanation"
        raise WrongWordingError(_("Write less: this is too long."), long)
    found = Content(
        kind=kind,  # type: ignore[arg-type]
        language=language,
        text={language: text},
        explanation={language: explanation} if explanation else {},
    )
    return _ANSWERS[found.kind](found, _lines(answers))


def translated(
    content: Content, language: str, text: str, answers: str, explanation: str = ""
) -> Content:
    """The question with its words in one more language; without `text` that language goes."""
    lines = [line.removeprefix(RIGHT).strip() for line in _lines(answers)]
    if not text.strip():
        lines = []
    elif content.choices and len(lines) != len(content.choices):
        raise WrongWordingError(_("Write as many answers as in the source, in the same order."))
    choices = tuple(
        _translated_choice(choice, language, lines[place] if lines else "", content.kind)
        for place, choice in enumerate(content.choices)
    )
    unit = " ".join(lines) if content.kind == "number" else ""
    return replace(
        content,
        text=_with(content.text, language, text.strip()),
        explanation=_with(content.explanation, language, explanation.strip() if text else ""),
        choices=choices,
        unit=_with(content.unit, language, unit),
    )


def keep_translations(content: Content, earlier: Content | None) -> Content:
    """The question with what an earlier wording of it says in other languages.

    Where it is of another kind or has more or fewer choices, nothing fits any more.
    """
    if (
        earlier is None
        or earlier.kind != content.kind
        or earlier.language != content.language
        or len(earlier.choices) != len(content.choices)
    ):
        return content

    def both(new: dict[str, str], old: dict[str, str]) -> dict[str, str]:
        return new | {code: text for code, text in old.items() if code != content.language}

    return replace(
        content,
        text=both(content.text, earlier.text),
        explanation=both(content.explanation, earlier.explanation),
        unit=both(content.unit, earlier.unit),
        choices=tuple(
            replace(new, text=both(new.text, old.text), pair=both(new.pair, old.pair))
            for new, old in zip(content.choices, earlier.choices, strict=True)
        ),
    )


def answers_of(content: Content, language: str | None = None) -> str:
    """The answers as `read` takes them; in another language as `translated` takes them."""
    shown = language or content.language
    is_source = shown == content.language
    match content.kind:
        case "truth":
            return (TRUE if content.is_true else FALSE) if is_source else ""
        case "number":
            unit = content.unit.get(shown, "")
            if not is_source:
                return unit
            near = f" ± {content.tolerance}" if Decimal(content.tolerance) else ""
            return f"{content.number}{near} {unit}".strip()
        case "short":
            return "\n".join(content.accepted) if is_source else ""
    star = content.kind in {"single", "several"} and is_source
    return "\n".join(
        f"{RIGHT if star and choice.is_right else ''}{choice.text.get(shown, '')}"
        + (f" = {choice.pair.get(shown, '')}" if content.kind == "match" else "")
        for choice in content.choices
    )


def _lines(answers: str) -> list[str]:
    text = answers.strip()
    parts = text.splitlines() if "\n" in text or "\r" in text else text.split("|")
    return [part.strip() for part in parts if part.strip()]


def _choices(content: Content, lines: Sequence[str]) -> Content:
    choices = []
    for line in lines:
        words = line.removeprefix(RIGHT).strip()
        choices.append(Choice({content.language: words}, is_right=line.startswith(RIGHT)))
    right = sum(choice.is_right for choice in choices)
    _refuse_odd_choices([choice.text[content.language] for choice in choices])
    if content.kind == "single" and right != 1:
        raise WrongWordingError(_("Put a star before the one right answer."))
    if content.kind == "several" and not right:
        raise WrongWordingError(_("Put a star before each right answer."))
    return replace(content, choices=tuple(choices))


def _truth(content: Content, lines: Sequence[str]) -> Content:
    said = lines[0].casefold() if len(lines) == 1 else ""
    if said not in _TRUE | _FALSE:
        raise WrongWordingError(_("Say whether it is true or false."))
    return replace(content, is_true=said in _TRUE)


def _number(content: Content, lines: Sequence[str]) -> Content:
    found = _NUMBER.fullmatch(lines[0]) if len(lines) == 1 else None
    number = figures.number(found[1]) if found else None
    tolerance = figures.number(found[2]) if found and found[2] else Decimal(0)
    if number is None or tolerance is None or tolerance < 0:
        raise WrongWordingError(
            _("Write the number, and where there are: ± and a tolerance, and a unit.")
        )
    unit = {content.language: found[3]} if found and found[3] else {}
    return replace(content, number=str(number), tolerance=str(tolerance), unit=unit)


def _order(content: Content, lines: Sequence[str]) -> Content:
    _refuse_odd_choices(lines)
    choices = tuple(Choice({content.language: line}) for line in lines)
    return replace(content, choices=choices)


def _match(content: Content, lines: Sequence[str]) -> Content:
    pairs = [_pair(line) for line in lines]
    for side in (0, 1):
        _refuse_odd_choices([pair[side] for pair in pairs])
    choices = (Choice({content.language: a}, {content.language: b}) for a, b in pairs)
    return replace(content, choices=tuple(choices))


def _short(content: Content, lines: Sequence[str]) -> Content:
    if not lines or not all(figures.folded(line) for line in lines):
        raise WrongWordingError(_("Write each spelling that counts on a line of its own."))
    if max(map(len, lines)) > figures.LONGEST:
        raise WrongWordingError(_("Write less: this is too long."))
    return replace(content, accepted=tuple(dict.fromkeys(lines)))


def _pair(line: str) -> tuple[str, str]:
    left, equals, right = (part.strip() for part in line.partition("="))
    if not (left and equals and right):
        raise WrongWordingError(_("Write pairs with = between, each on a line of its own."))
    return left, right


def _refuse_odd_choices(texts: Sequence[str]) -> None:
    if not 2 <= len(texts) <= MOST_CHOICES:
        raise WrongWordingError(
            _("Offer two answers at least and %(most)s at most, each on a line of its own.")
            % {"most": MOST_CHOICES}
        )
    if not all(texts) or len(set(texts)) < len(texts):
        raise WrongWordingError(_("Two answers are the same, or one is empty."))
    if max(map(len, texts)) > LONGEST_CHOICE:
        raise WrongWordingError(_("Write less: this is too long."))


def _translated_choice(choice: Choice, language: str, line: str, kind: Kind) -> Choice:
    text, pair = _pair(line) if kind == "match" and line else (line, "")
    return replace(
        choice,
        text=_with(choice.text, language, text),
        pair=_with(choice.pair, language, pair),
    )


def _with(texts: dict[str, str], language: str, text: str) -> dict[str, str]:
    others = {code: said for code, said in texts.items() if code != language}
    return others | ({language: text} if text else {})


_ANSWERS = {
    "single": _choices,
    "several": _choices,
    "truth": _truth,
    "number": _number,
    "order": _order,
    "match": _match,
    "short": _short,
}
