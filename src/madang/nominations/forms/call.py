"""Forms of the call: what it says and asks, its questions, what it takes from an earlier one."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core.days import DayField
from madang.core.record_forms import RecordForm
from madang.nominations import clocks, questions
from madang.nominations.actions import asking
from madang.nominations.models import Call, Question
from madang.workshops.forms import fields as shared
from madang.workshops.models import Edition

LATEST_TIME = time(23, 59)
LONGEST_TEXT = 8000
LONGEST_CHOICE = 200
MOST_CHOICES = 100


def clock_input() -> forms.TimeInput:
    """A time to the minute: days end at 23:59."""
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class CallForm(RecordForm):
    """What a call offers, to whom, and until when."""

    day = DayField(label=gettext_lazy("Deadline: day"), required=False, widget=shared.day_input())
    time = forms.TimeField(
        label=gettext_lazy("Deadline: time"),
        required=False,
        widget=clock_input(),
        help_text=gettext_lazy("Left empty: the end of the day."),
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("On the clocks of"),
        help_text=gettext_lazy("Every country also reads it on its own clocks."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Written in"),
        choices=shared.language_choices,
        help_text=gettext_lazy("The language that you write these texts in; others can be added."),
    )

    class Meta:
        model = Call
        fields = (
            "introduction", "eligibility", "contact", "day", "time", "time_zone",
            "most_per_country", "least_experience", "least_language", "endorsement_needed",
            "language",
        )  # fmt: skip
        help_texts: ClassVar = {
            "introduction": gettext_lazy("Paragraphs, lists and links in Markdown."),
            "eligibility": gettext_lazy("Paragraphs, lists and links in Markdown."),
            "contact": gettext_lazy("It stands on the public page of the call."),
            "most_per_country": gettext_lazy("Leave it empty for no limit."),
            "least_experience": gettext_lazy("Who has less is not eligible."),
            "least_language": gettext_lazy("Who has less is not eligible."),
        }

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone: Any = self.fields["time_zone"]
        zone.choices = clocks.zone_choices(edition)
        for name in ("introduction", "eligibility"):
            self.fields[name].widget = forms.Textarea(attrs={"rows": 6})
            self.fields[name].max_length = LONGEST_TEXT
        for name, most in (("most_per_country", 999), ("least_experience", 60)):
            self.fields[name].validators += [MinValueValidator(0), MaxValueValidator(most)]
        self.fields["least_language"].validators += [MinValueValidator(1), MaxValueValidator(5)]
        self.initial |= self._typed_deadline(self.instance)

    def values(self) -> dict[str, Any]:
        return super().values() | {"deadline": self.deadline}

    @property
    def deadline(self) -> datetime | None:
        """The moment that was typed; None where no day was."""
        day = self.cleaned_data.get("day")
        if day is None:
            return None
        at = self.cleaned_data.get("time") or LATEST_TIME
        return datetime.combine(day, at, ZoneInfo(self.cleaned_data["time_zone"]))

    def stored_values(self, stored: Any) -> dict[str, Any]:
        return super().stored_values(stored) | self._typed_deadline(stored)

    @staticmethod
    def _typed_deadline(call: Call) -> dict[str, Any]:
        if call.deadline is None:
            return {"day": None, "time": None}
        local = call.deadline.astimezone(call.zone)
        return {"day": local.date(), "time": local.time()}


class QuestionForm(RecordForm):
    """One question: what is asked, how it is answered, and when it is asked at all."""

    choices = forms.CharField(
        label=gettext_lazy("Answers to choose from"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "One on each line. Where files bring answers as a code, write “code = answer”."
        ),
    )
    after = forms.ChoiceField(
        label=gettext_lazy("Asked only if"),
        required=False,
        help_text=gettext_lazy("An earlier question has this answer."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Written in"), choices=shared.language_choices)

    class Meta:
        model = Question
        fields = (
            "text", "hint", "kind", "choices", "minimum", "maximum", "is_required", "after",
            "language",
        )  # fmt: skip

    field_order = (
        "text", "hint", "kind", "choices", "minimum", "maximum", "is_required", "after",
        "language",
    )  # fmt: skip

    def __init__(self, *args: Any, earlier: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = {str(question.pk): question for question in earlier}
        after: Any = self.fields["after"]
        after.choices = _conditions(earlier)
        self.fields["minimum"].label = _("Smallest number")
        self.fields["maximum"].label = _("Largest number")
        self.fields["maximum"].help_text = _("For numbers and scales; a scale is 1 to 5 otherwise.")
        if not self.instance._state.adding:
            self.initial |= self._extra(self.instance)

    def clean_choices(self) -> list[tuple[str, str]]:
        """Codes and texts, from lines; a line without a code gets one."""
        lines = filter(None, (line.strip() for line in self.cleaned_data["choices"].splitlines()))
        found: dict[str, str] = {}
        for place, line in enumerate(lines, start=1):
            code, text = _choice(line, place)
            if code in found or text in found.values():
                raise forms.ValidationError(_("“%(answer)s” stands here twice.") % {"answer": text})
            found[code] = text
        if len(found) > MOST_CHOICES:
            raise forms.ValidationError(
                _("Offer at most %(most)s answers.") % {"most": MOST_CHOICES}
            )
        return list(found.items())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        least, most = given.get("minimum"), given.get("maximum")
        numeric = given.get("kind") in {Question.Kind.NUMBER, Question.Kind.SCALE}
        if not numeric:
            given["minimum"] = given["maximum"] = None
        elif least is not None and most is not None and most < least:
            self.add_error("maximum", _("This can't be less than the smallest number."))
        return given

    def values(self) -> dict[str, Any]:
        before, _equals, code = str(self.cleaned_data["after"]).partition("=")
        values = super().values()
        values.pop("choices", None)
        return values | {"depends_on": self.earlier.get(before), "depends_value": code}

    def stored_values(self, stored: Any) -> dict[str, Any]:
        return super().stored_values(stored) | self._extra(stored)

    def shown(self, stored: Any, name: str) -> str:
        if name in {"choices", "after"}:
            return str(self.stored_values(stored)[name]) or "—"
        return super().shown(stored, name)

    @staticmethod
    def _extra(question: Question) -> dict[str, Any]:
        lines = (f"{choice.code} = {choice.text}" for choice in question.choices.all())
        after = f"{question.depends_on_id}={question.depends_value}"
        return {
            "choices": "\n".join(lines),
            "after": after if question.depends_on_id is not None else "",
        }


def _choice(line: str, place: int) -> tuple[str, str]:
    """The code and the text of one line."""
    code, equals, text = (part.strip() for part in line.partition("="))
    if not equals or slugify(code) != code or not text:
        code, text = slugify(line)[:30].strip("-") or f"answer-{place}", line
    if len(code) > asking.KEY_LENGTH or len(text) > LONGEST_CHOICE:
        raise forms.ValidationError(_("“%(answer)s” is too long.") % {"answer": text[:60]})
    return code, text


def _conditions(earlier: Iterable[Question]) -> list[tuple[str, Any]]:
    """Answers of earlier questions, grouped by question, for a select."""
    groups: list[tuple[str, Any]] = [("", _("always"))]
    for question in earlier:
        answers = questions.offered(question)
        options = [(f"{question.pk}={code}", text) for code, text in answers.items()]
        groups.append((str(question.wording("text")), options))
    return groups


class TakeOverForm(forms.Form):
    """From which earlier edition, and what."""

    earlier = forms.ChoiceField(label=gettext_lazy("Earlier edition"))
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("What to take over"),
        choices=(
            ("questions", gettext_lazy("questions")),
            ("quotas", gettext_lazy("quotas")),
            ("rubric", gettext_lazy("the rubric of the screening")),
        ),
        initial=["questions", "quotas", "rubric"],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("What stands in this call already stays as it is."),
    )

    def __init__(self, calls: Iterable[Call], data: Any = None) -> None:
        super().__init__(data)
        self.calls = {str(call.pk): call for call in calls}
        choices = [(key, str(call.edition.wording("title"))) for key, call in self.calls.items()]
        earlier: Any = self.fields["earlier"]
        earlier.choices = choices

    @property
    def chosen(self) -> Call:
        """The call that was chosen."""
        return self.calls[self.cleaned_data["earlier"]]
