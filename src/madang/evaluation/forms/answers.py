"""The form in which somebody answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _

from madang.core import locales
from madang.evaluation import questions
from madang.evaluation.models import Question
from madang.evaluation.questions import Item

Kind = Question.Kind


class AnswersForm(forms.Form):
    """Every question of a form; what is left open counts as not answered."""

    def __init__(self, items: Sequence[Item], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[field_name(item)] = AnswerField(item)

    def answers(self) -> dict[str, str]:
        """What was answered, by the names of the questions."""
        return {item.name: self.cleaned_data[field_name(item)] for item in self.items}


class AnswerField(forms.Field):
    """Takes an answer as it is counted: see `questions.canonical`."""

    def __init__(self, item: Item) -> None:
        self.item = item
        super().__init__(label=_label(item), required=False, widget=_widget(item))
        if item.before is not None:
            words = [
                item.before.offered[code]
                for code in sorted(item.values)
                if code in item.before.offered
            ]
            self.help_text = escape(
                _("Only if you answered “%(answer)s” to “%(question)s”.")
                % {
                    "answer": " / ".join(words),
                    "question": item.before.question.wording("text"),
                }
            )
            self.widget.attrs |= {
                "data-after": field_name(item.before),
                "data-values": ",".join(sorted(item.values)),
            }

    def clean(self, value: Any) -> str:
        """The answer as it is counted."""
        try:
            return questions.canonical(self.item, value)
        except questions.WrongAnswerError as wrong:
            raise forms.ValidationError(str(wrong)) from None


def field_name(item: Item) -> str:
    """The name of a question's field: a point would not do in an element's id."""
    return "q_" + item.name.replace(".", "__")


def _label(item: Item) -> str:
    text = str(item.question.wording("text"))
    if item.speaker is None:
        return text
    return f"{text} – {item.speaker.participation.person}"


def _widget(item: Item) -> forms.Widget:
    choices = list(item.offered.items())
    match item.question.kind:
        case Kind.TEXT:
            return forms.Textarea(attrs={"rows": 3, "maxlength": questions.LONGEST})
        case Kind.SEVERAL:
            return forms.CheckboxSelectMultiple(choices=choices)
        case Kind.RATING | Kind.AGREEMENT:
            # The number stands before the word, as on paper: it is what the mean is made of.
            numbered = [(code, f"{locales.number(int(code))} – {text}") for code, text in choices]
            return forms.RadioSelect(choices=numbered)
        case Kind.NUMBER:
            return forms.Select(choices=[("", "—"), *choices])
    return forms.RadioSelect(choices=choices)
