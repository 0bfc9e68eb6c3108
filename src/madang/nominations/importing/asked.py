"""The fields that a call's sheet may fill: the built-in ones, and one for each of its questions."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from madang.core import texts
from madang.nominations import questions
from madang.nominations.importing.lines import Line
from madang.nominations.models import Question
from madang.nominations.reading.fields import FIELDS, Field, Kind
from madang.nominations.reading.folding import fold
from madang.nominations.reading.rows import Plain, Suggestion, Wrong
from madang.nominations.sheets import shown
from madang.workshops.models import Edition

QUESTION = "question:"
KINDS = {
    Question.Kind.SHORT: Kind.TEXT,
    Question.Kind.LONG: Kind.TEXT,
    Question.Kind.NUMBER: Kind.NUMBER,
    Question.Kind.YES_NO: Kind.YES_NO,
    Question.Kind.ONE: Kind.CHOICE,
    # Several of several are written in one cell: `check_answers` takes it apart.
    Question.Kind.SEVERAL: Kind.TEXT,
    Question.Kind.DATE: Kind.DATE,
    Question.Kind.SCALE: Kind.SCALE,
}
BETWEEN = re.compile(r"[,;/\n|•·]+")


def questions_of(edition: Edition) -> list[Question]:
    """The questions of an edition's call, with all their wordings."""
    listed = list(Question.objects.filter(call__edition=edition).prefetch_related("choices"))
    texts.prefetch(listed)
    texts.prefetch([choice for question in listed for choice in question.choices.all()])
    return listed


def fields_of(listed: Sequence[Question]) -> tuple[Field, ...]:
    """All fields, with their labels as plain text in the language that is active."""
    built_in = (replace(field, label=str(field.label)) for field in FIELDS)
    return (*built_in, *map(_field, listed))


def labels(fields: Iterable[Field]) -> dict[str, str]:
    """How the fields read, by their keys."""
    return {field.key: str(field.label) for field in fields}


def may_be_empty(it: Field | None) -> bool:
    """Whether a nomination can do without a field."""
    return it is not None and not it.required and it.key != "name"


def _field(question: Question) -> Field:
    wordings = tuple(question.all_wordings("text").values())
    least, most = questions.bounds(question)
    is_long = question.kind in {Question.Kind.LONG, Question.Kind.SEVERAL}
    return Field(
        key=QUESTION + question.key,
        kind=KINDS[Question.Kind(question.kind)],
        label=str(question.wording("text")),
        headings=(question.text, question.key, *wordings),
        whole=question.kind in {Question.Kind.NUMBER, Question.Kind.SCALE},
        minimum=least,
        maximum=most,
        longest=questions.LONGEST_LONG if is_long else questions.LONGEST_SHORT,
        choices={choice.code: _spellings(choice) for choice in question.choices.all()},
    )


def _spellings(choice: texts.Translated) -> tuple[str, ...]:
    wordings = (str(choice.wording("text")), *choice.all_wordings("text").values())
    return tuple(dict.fromkeys(wordings))


def check_answers(line: Line, listed: Sequence[Question], places: dict[str, int]) -> None:
    """Make the values of questions what answers are kept as; one that fits no question is wrong.

    Several answers in one cell are taken apart. `places` are columns by field.
    """
    for question in listed:
        key = QUESTION + question.key
        value = line.values.get(key)
        if value is None:
            continue
        try:
            if question.kind == Question.Kind.SEVERAL:
                value = _several(question, str(value))
            line.values[key] = questions.canonical(question, value)
        except questions.WrongAnswerError:
            del line.values[key]
            code = "not_a_date" if question.kind == Question.Kind.DATE else "not_a_choice"
            line.wrongs.append(Wrong(code, key, places.get(key), shown(value)))


def _several(question: Question, text: str) -> str:
    """The codes of what a cell names; a part that nobody offered stays as it is."""
    codes = {
        fold(spelling): choice.code
        for choice in question.choices.all()
        for spelling in (choice.code, *_spellings(choice))
    }
    if fold(text) in codes:
        return codes[fold(text)]
    parts = [part for part in BETWEEN.split(text) if part.strip()]
    return ",".join(codes.get(fold(part), part) for part in parts)


def answers(values: dict[str, Plain], listed: Sequence[Question]) -> dict[str, str]:
    """What a line answers, by the key of the question, as answers are kept."""
    found = {question.key: values.get(QUESTION + question.key) for question in listed}
    return {key: str(value) for key, value in found.items() if value is not None}


def as_typed(suggestion: Suggestion) -> str:
    """A suggestion as somebody would type it into the cell, so that it is read once more."""
    if isinstance(suggestion.value, bool):
        return questions.YES if suggestion.value else questions.NO
    return shown(suggestion.value)


def in_words(key: str, value: Plain) -> str:
    """A value of a built-in field, for people: codes in words."""
    words: dict[tuple[str, Plain], str] = {
        ("sex", "female"): _("female"), ("sex", "male"): _("male"),
        ("sex", "other"): _("other, or not stated"),
        ("organisation_kind", "government"): _("government"),
        ("organisation_kind", "academia"): _("academia"),
        ("organisation_kind", "civil_society"): _("civil society"),
        ("organisation_kind", "private"): _("private sector"),
        ("organisation_kind", "international"): _("international organisation"),
    }  # fmt: skip
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return words.get((key, value), shown(value))
