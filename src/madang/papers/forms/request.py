"""Forms of the request: until when, what is asked for, templates."""

import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core.days import MomentField
from madang.core.record_forms import RecordForm
from madang.papers.models import PaperKind, PaperRequest
from madang.papers.taking import ACCEPTED
from madang.workshops.forms import fields as shared

MOST_REMINDERS = 10
MOST_DAYS = 365
LONGEST_GUIDANCE = 8000


class RequestForm(RecordForm):
    """Until when papers are asked for, and when delegations are reminded."""

    deadline = MomentField(
        label=gettext_lazy("Deadline"),
        required=False,
        widget=shared.moment_input(),
        help_text=gettext_lazy(
            "On the clock of the workshop's place. Delegations also read it on their own clocks."
        ),
    )
    reminder_days = forms.CharField(
        label=gettext_lazy("Reminders: days before the deadline"),
        required=False,
        max_length=80,
        help_text=gettext_lazy(
            "Numbers with a comma between: “7, 1, -2” is a week before, a day before, and two days "
            "after. Only those who still owe something get them, each once."
        ),
    )

    class Meta:
        model = PaperRequest
        fields = ("deadline",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial |= self._days(self.instance)

    def clean_reminder_days(self) -> list[int]:
        parts = re.findall(r"[^\s,،;]+", self.cleaned_data["reminder_days"])
        try:
            days = [int(part.replace("−", "-")) for part in parts]
        except ValueError:
            raise forms.ValidationError(_("Write numbers with a comma between.")) from None
        if len(days) > MOST_REMINDERS or any(abs(day) > MOST_DAYS for day in days):
            raise forms.ValidationError(_("These are too many, or too far from the deadline."))
        return sorted(set(days), reverse=True)

    def stored_values(self, stored: Any) -> dict[str, Any]:
        return super().stored_values(stored) | self._days(stored)

    @staticmethod
    def _days(stored: PaperRequest) -> dict[str, Any]:
        return {"reminder_days": ", ".join(map(str, stored.reminder_days))}


class KindForm(RecordForm):
    """One thing that each delegation is asked for."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("In which languages"),
        required=False,
        choices=shared.language_choices,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=gettext_lazy("Choose none, and it may be in any."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("These texts are in"), choices=shared.language_choices
    )

    class Meta:
        model = PaperKind
        fields = ("title", "guidance", "most_pages", "languages", "order", "language")
        help_texts: ClassVar = {
            "title": gettext_lazy("As delegations read it: “Country paper”, “Slides”, “Poster”."),
            "guidance": gettext_lazy("What it should hold. Paragraphs and lists in Markdown."),
            "most_pages": gettext_lazy("Leave it empty for no limit."),
            "order": gettext_lazy("Smaller numbers stand first."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guidance"].widget = forms.Textarea(attrs={"rows": 8})
        self.fields["guidance"].max_length = LONGEST_GUIDANCE


class TemplateForm(forms.Form):
    """A file to start from, in one language."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=shared.language_choices)
    upload = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        help_text=gettext_lazy("DOCX, PPTX, ODT, ODP or PDF; it replaces an earlier one."),
    )
