"""What officers set: times, questions, how a comment is published, what was counted elsewhere."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core.days import MomentField
from madang.core.record_forms import RecordForm
from madang.evaluation import questions
from madang.evaluation.actions import asking
from madang.evaluation.forms.answers import field_name
from madang.evaluation.models import Comment, Form, Question
from madang.evaluation.questions import Item
from madang.workshops.forms import fields as shared

MOST_CHOICES = 12
LONGEST_CHOICE = 200
MOST_PEOPLE = 5000


class TimesForm(RecordForm):
    """From when until when a form is open, on the clocks of the place."""

    opens_at = MomentField(label=gettext_lazy("Opens"), widget=shared.moment_input())
    closes_at = MomentField(label=gettext_lazy("Closes"), widget=shared.moment_input())

    class Meta:
        model = Form
        fields = ("opens_at", "closes_at")


class QuestionForm(RecordForm):
    """One question: what is asked, how it is answered, and when it is asked at all."""

    choices = forms.CharField(
        label=gettext_lazy("Answers to choose from"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("One on each line; only for choices."),
    )
    after = forms.MultipleChoiceField(
        label=gettext_lazy("Asked only if"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Answers to one earlier question. None: everybody is asked."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Written in"), choices=shared.language_choices)

    class Meta:
        model = Question
        fields = ("text", "kind", "choices", "of_speaker", "tells_apart", "after", "language")

    field_order = ("text", "kind", "choices", "of_speaker", "tells_apart", "after", "language")

    def __init__(self, *args: Any, earlier: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = {str(question.pk): question for question in earlier}
        after: Any = self.fields["after"]
        after.choices = [
            (
                f"{question.pk}={code}",
                _("“%(question)s”: %(answer)s")
                % {"question": question.wording("text"), "answer": text},
            )
            for question in earlier
            for code, text in questions.offered(question).items()
        ]
        self.fields["tells_apart"].help_text = _(
            "Means of other questions are also shown by its answers, where each has five people. "
            "One question at most; never a country."
        )
        if not self.instance._state.adding:
            self.initial |= self._extra(self.instance)

    def clean_choices(self) -> list[tuple[str, str]]:
        """Codes and texts, from lines; a text that stayed keeps its code."""
        lines = filter(None, (line.strip() for line in self.cleaned_data["choices"].splitlines()))
        kept: dict[str, str] = {}
        if not self.instance._state.adding:
            kept = {choice.text: choice.code for choice in self.instance.choices.all()}
        found: dict[str, str] = {}
        for place, text in enumerate(lines, start=1):
            if len(text) > LONGEST_CHOICE:
                raise forms.ValidationError(_("“%(answer)s” is too long.") % {"answer": text[:60]})
            code = kept.get(text) or slugify(text)[: asking.KEY_LENGTH].strip("-")
            if not code or code in found:
                code = f"answer-{place}"
            if text in found.values():
                raise forms.ValidationError(_("“%(answer)s” stands here twice.") % {"answer": text})
            found[code] = text
        if len(found) > MOST_CHOICES:
            raise forms.ValidationError(
                _("Offer at most %(most)s answers.") % {"most": MOST_CHOICES}
            )
        return list(found.items())

    def clean_after(self) -> list[str]:
        """Answers to one question only."""
        chosen: list[str] = self.cleaned_data["after"]
        if len({each.partition("=")[0] for each in chosen}) > 1:
            raise forms.ValidationError(_("Choose answers to one question only."))
        return chosen

    def values(self) -> dict[str, Any]:
        chosen = [each.partition("=") for each in self.cleaned_data["after"]]
        before = self.earlier[chosen[0][0]] if chosen else None
        values = super().values()
        values.pop("choices", None)
        return values | {
            "depends_on": before,
            "depends_value": ",".join(code for _key, _equals, code in chosen),
        }

    def stored_values(self, stored: Any) -> dict[str, Any]:
        return super().stored_values(stored) | self._extra(stored)

    def shown(self, stored: Any, name: str) -> str:
        if name in {"choices", "after"}:
            return str(self.stored_values(stored)[name]) or "—"
        return super().shown(stored, name)

    @staticmethod
    def _extra(question: Question) -> dict[str, Any]:
        codes = filter(None, question.depends_value.split(","))
        return {
            "choices": "\n".join(choice.text for choice in question.choices.all()),
            "after": [f"{question.depends_on_id}={code}" for code in codes],
        }


class CommentForm(RecordForm):
    """What somebody wrote, as it may be read by others."""

    class Meta:
        model = Comment
        fields = ("text",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget = forms.Textarea(attrs={"rows": 5})
        self.fields["text"].max_length = questions.LONGEST
        self.fields["text"].help_text = _(
            "Take out names, countries, and whatever tells who wrote it. What you take out is lost."
        )


class CountsForm(forms.Form):
    """How many people gave each answer, counted elsewhere."""

    people = forms.IntegerField(
        label=gettext_lazy("People who answered"), min_value=0, max_value=MOST_PEOPLE
    )

    def __init__(self, items: Sequence[Item], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = [item for item in items if item.question.kind != Question.Kind.TEXT]
        for item in self.items:
            for code in item.offered:
                self.fields[self._name(item, code)] = forms.IntegerField(
                    label=item.offered[code],
                    required=False,
                    min_value=0,
                    max_value=MOST_PEOPLE,
                    widget=forms.NumberInput(attrs={"min": 0, "inputmode": "numeric"}),
                )

    def groups(self) -> list[tuple[Item, list[forms.BoundField]]]:
        """The fields of each question."""
        return [
            (item, [self[self._name(item, code)] for code in item.offered]) for item in self.items
        ]

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many gave each answer, by question."""
        return {
            item.name: {
                code: count
                for code in item.offered
                if (count := self.cleaned_data[self._name(item, code)])
            }
            for item in self.items
        }

    @staticmethod
    def _name(item: Item, code: str) -> str:
        return f"{field_name(item)}--{code}"
