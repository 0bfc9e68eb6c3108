"""Forms of a test: when it can be taken, and what it asks."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core.days import MomentField
from madang.core.record_forms import RecordForm
from madang.learning.models import Exam, Item
from madang.learning.models.exam import Form
from madang.workshops.forms import fields

NOT_ASKED = "-"
MOST_MINUTES = 240


class ExamForm(RecordForm):
    """From when until when, in the time of the place, and how long it takes about."""

    opens_at = MomentField(label=gettext_lazy("From"), widget=fields.moment_input())
    closes_at = MomentField(
        label=gettext_lazy("Until"),
        widget=fields.moment_input(),
        help_text=gettext_lazy(
            "Then the results are worked out, once and for good, and told of groups only."
        ),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Takes about (minutes)"),
        help_text=gettext_lazy("Advice, and no limit: nobody is cut off."),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)],
    )

    class Meta:
        model = Exam
        fields = ("opens_at", "closes_at", "minutes")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It has to end after it begins."))
        return cleaned


class ItemsForm(forms.Form):
    """Of each question that the bank offers: whether a test asks it, and whom."""

    def __init__(
        self, *args: Any, items: Sequence[Item], chosen: dict[UUID, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        choices = [(NOT_ASKED, _("not asked")), *Form.choices]
        for item in items:
            field = forms.ChoiceField(choices=choices, required=False, label=str(item.newest))
            field.initial = chosen.get(item.pk, NOT_ASKED)
            self.fields[str(item.pk)] = field

    def forms(self) -> dict[UUID, str]:
        """The form in which each chosen question is asked, by the id of the item."""
        return {
            item.pk: self.cleaned_data[str(item.pk)]
            for item in self.items
            if self.cleaned_data.get(str(item.pk), NOT_ASKED) != NOT_ASKED
            and str(item.pk) in self.data
        }

    @property
    def rows(self) -> list[tuple[Item, Any]]:
        return [(item, self[str(item.pk)]) for item in self.items]
