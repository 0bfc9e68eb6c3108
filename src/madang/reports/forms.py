"""Forms of reports."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core.days import DayField, MomentField
from madang.core.record_forms import RecordForm
from madang.people.models import Account
from madang.reports.models import Point, Report, Section
from madang.workshops.forms import fields
from madang.workshops.models import Edition, Session

_MARKUP = gettext_lazy("Markdown: **bold**, lists, [words](https://…) for links.")


class ReportForm(RecordForm):
    """Title, language and audience of a report; for minutes also of which session or meeting."""

    language = forms.ChoiceField(
        label=gettext_lazy("It is written in"), choices=fields.language_choices
    )
    session = fields.WordedChoiceField(
        None,
        required=False,
        named_by="title",
        label=gettext_lazy("Session"),
        empty_label=gettext_lazy("none: another meeting"),
        help_text=gettext_lazy("Who was present is taken from its attendance."),
    )
    held_at = MomentField(label=gettext_lazy("Begins"), required=False)

    class Meta:
        model = Report
        fields = ("title", "language", "audience", "session", "held_at")
        help_texts: ClassVar = {
            "audience": gettext_lazy(
                "For everyone, only those are named who agreed to be named in public."
            ),
        }

    def __init__(self, *args: Any, edition: Edition, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == Report.Kind.MINUTES:
            self.fields["session"].queryset = Session.objects.filter(edition=edition).order_by(
                "starts_at"
            )
        else:
            del self.fields["session"], self.fields["held_at"]


class SectionForm(RecordForm):
    """A section's own text; what the data say follows it."""

    language = forms.ChoiceField(
        label=gettext_lazy("It is written in"), choices=fields.language_choices
    )

    class Meta:
        model = Section
        fields = ("title", "text", "language", "is_left_out")
        help_texts: ClassVar = {"text": _MARKUP}

    def __init__(self, *args: Any, needs_title: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = needs_title
        if not needs_title:
            self.fields["title"].help_text = _("Empty: the usual title.")


class PointForm(RecordForm):
    """A decision, or a task with who does it until when."""

    language = forms.ChoiceField(
        label=gettext_lazy("It is written in"), choices=fields.language_choices
    )
    responsible = forms.ModelChoiceField(
        None, required=False, label=gettext_lazy("Who"), empty_label=gettext_lazy("nobody named")
    )
    due_on = DayField(label=gettext_lazy("Until"), required=False)

    class Meta:
        model = Point
        fields = ("kind", "text", "responsible", "due_on", "language")

    def __init__(self, *args: Any, people: Iterable[Any], edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        responsible: Any = self.fields["responsible"]
        responsible.queryset = edition.participations.select_related("person__subject")
        responsible.choices = [
            ("", responsible.empty_label),
            *((str(one.pk), str(one.person)) for one in people),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == Point.Kind.DECISION:
            for name in ("responsible", "due_on"):
                if cleaned.get(name):
                    self.add_error(name, _("A decision has nobody and no day: make it a task."))
        return cleaned


class PutUpForm(forms.Form):
    """To whom it goes for approval."""

    director = forms.UUIDField(label=gettext_lazy("Director"), widget=forms.Select)

    def __init__(self, *args: Any, directors: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.directors = {director.pk: director for director in directors}
        self.fields["director"].widget.choices = [
            (str(key), director.person.name) for key, director in self.directors.items()
        ]

    def clean_director(self) -> Account:
        try:
            return self.directors[self.cleaned_data["director"]]
        except KeyError:
            raise forms.ValidationError(_("Choose one of the directors in the list.")) from None
