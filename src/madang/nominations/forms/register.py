"""Forms of the register: an entry with its scans, and the filters of the list."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.days import DayField, MomentField
from madang.core.record_forms import RecordForm
from madang.nominations.models import Correspondence
from madang.workshops.forms import fields as shared
from madang.workshops.models import Edition

LONGEST_SUMMARY = 2000
MOST_NOMINEES = 500
MOST_FILES = 20
# Entries that a new one can be said to answer: nobody looks further back in a list.
MOST_ANSWERABLE = 200
_ALL = ("", _("all"))


class ManyFilesInput(forms.ClearableFileInput):
    """An input that takes several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; an empty list for none."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list) else [data] if data else []
        if len(given) > MOST_FILES:
            raise forms.ValidationError(_("These are too many files at once."))
        return [super(ManyFilesField, self).clean(each, initial) for each in given]


class AnsweredField(forms.ModelChoiceField):
    """A choice among earlier entries, named by day, country and reference."""

    def label_from_instance(self, entry: Any) -> str:
        parts = [entry.at.date().isoformat(), entry.country.alpha2, entry.get_kind_display()]
        return " · ".join([*parts, entry.reference] if entry.reference else parts)


class EntryForm(RecordForm):
    """One entry of the register."""

    country = shared.country_field(label=_("Country"))
    at = MomentField(label=_("Sent or received"), widget=shared.moment_input())
    answers = AnsweredField(
        Correspondence.objects.none(), label=_("In answer to"), required=False, empty_label="—"
    )
    upload = ManyFilesField(
        label=_("Scans"),
        required=False,
        help_text=_("Images or PDF, several at once. They are encrypted."),
    )

    class Meta:
        model = Correspondence
        fields = (
            "country", "direction", "channel", "kind", "reference", "dated", "at", "summary",
            "nominees_stated", "answers", "upload",
        )  # fmt: skip
        field_classes: ClassVar = {"dated": DayField}
        widgets: ClassVar = {
            "dated": shared.day_input(),
            "summary": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts: ClassVar = {
            "nominees_stated": _("How many people it nominates: so many are keyed in from it."),
        }

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers: Any = self.fields["answers"]
        answers.queryset = _answerable(edition, self.instance)
        self.fields["nominees_stated"].max_value = MOST_NOMINEES
        self.fields["nominees_stated"].widget.attrs |= {"min": 0, "max": MOST_NOMINEES}
        self.fields["summary"].max_length = LONGEST_SUMMARY
        if self.instance._state.adding:
            self.initial = {"at": clock.now(), "direction": "received"} | self.initial
        elif self.instance.key is not None:
            # What Madang sent is as it is; only what it is about can be put right.
            for name in set(self.fields) - {"summary", "reference", "upload", "version"}:
                del self.fields[name]

    def clean_nominees_stated(self) -> int | None:
        number: int | None = self.cleaned_data["nominees_stated"]
        if number is not None and number > MOST_NOMINEES:
            raise forms.ValidationError(_("This is more than one letter brings."))
        return number

    def uploads(self) -> list[Any]:
        """The scans that were chosen."""
        return list(self.cleaned_data.get("upload") or [])

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "upload"}


def _answerable(edition: Edition, entry: Correspondence) -> QuerySet[Correspondence]:
    """The newest entries, and the one that this answers already."""
    newest = edition.correspondence.exclude(pk=entry.pk).values_list("pk", flat=True)
    return Correspondence.objects.filter(
        pk__in=[*newest[:MOST_ANSWERABLE], *filter(None, [entry.answers_id])]
    ).select_related("country")


class RegisterFilters(forms.Form):
    """Which entries the list shows; lives in the address."""

    q = forms.CharField(label=_("Reference"), required=False, max_length=80)
    country = forms.ChoiceField(label=_("Country"), required=False)
    direction = forms.ChoiceField(
        label=_("Direction"), required=False, choices=[_ALL, *Correspondence.Direction.choices]
    )
    channel = forms.ChoiceField(
        label=_("Channel"), required=False, choices=[_ALL, *Correspondence.Channel.choices]
    )
    kind = forms.ChoiceField(
        label=_("About"), required=False, choices=[_ALL, *Correspondence.Kind.choices]
    )
    open = forms.BooleanField(label=_("Not keyed in yet"), required=False)

    def __init__(self, data: Any, *, countries: list[tuple[str, str]]) -> None:
        super().__init__(data)
        country: Any = self.fields["country"]
        country.choices = [_ALL, *countries]
