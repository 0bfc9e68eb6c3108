"""The field of a form that asks a question of a call."""

from datetime import date
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _

from madang.core import locales
from madang.nominations import questions
from madang.nominations.models import Question
from madang.workshops.forms import fields as shared

# A choice among more is a list that opens.
MOST_BUTTONS = 6
# A longer scale is typed.
MOST_STEPS = 20

Kind = Question.Kind


def name_of(question: Question) -> str:
    """The name of the question's field."""
    return f"q_{question.key}"


def field_of(question: Question, after: Question | None) -> forms.Field:
    """The field; `after` is the question whose answer decides whether this one is asked."""
    field = AnswerField(question)
    hints = [str(question.wording("hint"))] if question.hint else []
    if after is not None:
        answer = questions.shown(after, question.depends_value)
        hints.append(
            _("Only if the answer to “%(question)s” is “%(answer)s”.")
            % {"question": after.wording("text"), "answer": answer}
        )
        field.widget.attrs |= {"data-after": name_of(after), "data-value": question.depends_value}
    field.help_text = escape(" ".join(hints))
    return field


def initial(question: Question, text: str) -> Any:
    """A kept answer as the field shows it."""
    if question.kind == Kind.SEVERAL:
        return [part for part in text.split(",") if part]
    if question.kind == Kind.DATE and text:
        return date.fromisoformat(text)
    return text


class AnswerField(forms.Field):
    """Takes an answer as it is kept: see `questions.canonical`."""

    def __init__(self, question: Question) -> None:
        self.question = question
        label = str(question.wording("text"))
        super().__init__(label=label, required=False, widget=_widget(question))

    def clean(self, value: Any) -> str:
        """The answer as it is kept."""
        try:
            return questions.canonical(self.question, value)
        except questions.WrongAnswerError as wrong:
            raise forms.ValidationError(str(wrong)) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether what was typed differs; a wrong answer always does."""
        try:
            typed = questions.canonical(self.question, data)
        except questions.WrongAnswerError:
            return True
        return typed != questions.canonical(self.question, initial)


def _widget(question: Question) -> forms.Widget:
    least, most = questions.bounds(question)
    match question.kind:
        case Kind.LONG:
            return forms.Textarea(attrs={"rows": 4})
        case Kind.YES_NO:
            return forms.RadioSelect(choices=list(questions.offered(question).items()))
        case Kind.ONE:
            choices = list(questions.offered(question).items())
            if len(choices) <= MOST_BUTTONS:
                return forms.RadioSelect(choices=choices)
            return forms.Select(choices=[("", "—"), *choices])
        case Kind.SEVERAL:
            return forms.CheckboxSelectMultiple(choices=list(questions.offered(question).items()))
        case Kind.DATE:
            return shared.day_input()
        case Kind.SCALE if most - least <= MOST_STEPS:
            steps = range(least, most + 1)
            return forms.Select(choices=[("", "—"), *((n, locales.number(n)) for n in steps)])
        case Kind.NUMBER | Kind.SCALE:
            bounds = {"min": least, "max": most}
            return forms.NumberInput(
                attrs={name: value for name, value in bounds.items() if value is not None}
            )
    return forms.TextInput(attrs={"maxlength": questions.LONGEST_SHORT})
