"""The questions of a call: which are asked, what counts as an answer, and how it reads.

An answer is kept as one text: a number in digits, a day as 2007-10-08, "yes" or "no", the code of a
choice, several codes with commas between.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from madang.core import days, locales, texts
from madang.nominations.models import Question
from madang.people.actions.people import tidy

YES, NO = "yes", "no"
LONGEST_SHORT = 500
LONGEST_LONG = 4000
MOST_DIGITS = 15
SCALE = (1, 5)

Kind = Question.Kind


class WrongAnswerError(ValueError):
    """What was answered does not fit the question; the text says how to mend it."""


def asked(questions: Sequence[Question], answers: Mapping[UUID, str]) -> list[Question]:
    """Those of a call's questions whose condition holds, given the answers by question.

    What depends on a question that is itself not asked is not asked either.
    """
    by_id = {question.pk: question for question in questions}
    known: dict[UUID, bool] = {}

    def is_asked(question: Question, above: frozenset[UUID] = frozenset()) -> bool:
        if question.pk in above:  # a ring of conditions: none of them is ever met
            return False
        if question.pk not in known:
            parent = by_id.get(question.depends_on_id)
            known[question.pk] = question.depends_on_id is None or (
                parent is not None
                and question.depends_value in answers.get(parent.pk, "").split(",")
                and is_asked(parent, above | {question.pk})
            )
        return known[question.pk]

    return [question for question in questions if is_asked(question)]


def with_wordings(questions: Iterable[Question]) -> list[Question]:
    """Questions with all texts of theirs and of the answers that they offer."""
    listed = list(questions)
    texts.prefetch(listed)
    texts.prefetch([choice for question in listed for choice in question.choices.all()])
    return listed


def offered(question: Question) -> dict[str, str]:
    """The answers that a question offers, in the reader's language, by their codes."""
    if question.kind == Kind.YES_NO:
        return {YES: _("yes"), NO: _("no")}
    return {choice.code: str(choice.wording("text")) for choice in question.choices.all()}


def canonical(question: Question, value: Any) -> str:
    """An answer as it is kept, from what was typed or read; "" for none.

    Raises `WrongAnswerError` with a sentence for the person.
    """
    if value in (None, "", []):
        return ""
    if question.kind == Kind.SEVERAL:
        return _several(question, value)
    text = tidy(value.isoformat() if isinstance(value, date) else str(value))
    if not text:
        return ""
    match question.kind:
        case Kind.NUMBER | Kind.SCALE:
            return _number(question, text)
        case Kind.YES_NO:
            return _yes_no(value, text)
        case Kind.ONE:
            return _code(question, text)
        case Kind.DATE:
            return _day(text)
    longest = LONGEST_SHORT if question.kind == Kind.SHORT else LONGEST_LONG
    if len(text) > longest:
        raise WrongAnswerError(_("Use at most %(longest)s letters.") % {"longest": longest})
    return text


def code(question: Question, text: str) -> str:
    """What quotas can count of an answer: the code of a choice, yes or no."""
    return text if question.kind in {Kind.ONE, Kind.YES_NO} else ""


def bounds(question: Question) -> tuple[int | None, int | None]:
    """The least and the most that a number or a scale may be; a scale always has both."""
    if question.kind != Kind.SCALE:
        return question.minimum, question.maximum
    least, most = SCALE
    return (
        least if question.minimum is None else question.minimum,
        most if question.maximum is None else question.maximum,
    )


def shown(question: Question, text: str) -> str:
    """An answer in words, in the reader's language."""
    match question.kind:
        case Kind.YES_NO:
            return offered(question).get(text, text)
        case Kind.ONE | Kind.SEVERAL:
            words = offered(question)
            return locales.listed(words.get(part, part) for part in text.split(",") if part)
        case Kind.DATE if text:
            return locales.calendar_date(date.fromisoformat(text), "long")
        case Kind.NUMBER | Kind.SCALE if text:
            return locales.number(int(text))
    return text


def _several(question: Question, value: Any) -> str:
    parts = value.split(",") if isinstance(value, str) else value
    chosen = {_code(question, tidy(str(part))) for part in parts if str(part).strip()}
    return ",".join(choice.code for choice in question.choices.all() if choice.code in chosen)


def _code(question: Question, text: str) -> str:
    codes = {choice.code for choice in question.choices.all()}
    if text not in codes:
        raise WrongAnswerError(_("Choose one of the answers offered."))
    return text


def _number(question: Question, text: str) -> str:
    if len(text) > MOST_DIGITS or not text.removeprefix("-").isdecimal():
        raise WrongAnswerError(_("Enter a whole number."))
    number = int(text)
    least, most = bounds(question)
    if least is not None and number < least:
        raise WrongAnswerError(_("Enter %(least)s or more.") % {"least": locales.number(least)})
    if most is not None and number > most:
        raise WrongAnswerError(_("Enter %(most)s or less.") % {"most": locales.number(most)})
    return str(number)


def _yes_no(value: Any, text: str) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if text not in {YES, NO}:
        raise WrongAnswerError(_("Answer yes or no."))
    return text


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise WrongAnswerError(_("Enter a day like 2007-10-08.")) from None
    if not days.FIRST <= day <= days.LAST:
        raise WrongAnswerError(_("Check the year: this is centuries away."))
    return day.isoformat()


def by_question(answers: Iterable[Any]) -> dict[UUID, str]:
    """The texts of answers that are kept, by question."""
    return {answer.question_id: answer.text for answer in answers}
