"""The form of passport data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.cohorts.actions.passports import FIELDS
from madang.cohorts.models import Passport
from madang.core import clock
from madang.core.days import DayField
from madang.core.record_forms import RecordForm
from madang.workshops.forms.fields import day_input

_DAYS = ("born_on", "issued_on", "expires_on")


class PassportForm(RecordForm):
    """What stands in somebody's passport. The view gives it the row only to whom it is shown."""

    name = forms.CharField(
        label=_("Name as in the passport"), max_length=200,
        help_text=_("In Latin letters, as on the page with your picture."),
    )  # fmt: skip
    number = forms.CharField(label=_("Passport number"), max_length=30)
    nationality = forms.CharField(label=_("Nationality"), max_length=100)
    born_on = DayField(label=_("Date of birth"), widget=day_input())
    born_in = forms.CharField(label=_("Place of birth"), max_length=120)
    issued_on = DayField(label=_("Date of issue"), widget=day_input())
    expires_on = DayField(label=_("Date of expiry"), widget=day_input())

    class Meta:
        model = Passport
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        born, issued, expires = (values.get(name) for name in _DAYS)
        today = clock.now().date()
        if born and born >= today:
            self.add_error("born_on", _("This day has not come yet."))
        if issued and born and issued < born:
            self.add_error("issued_on", _("This is before the date of birth."))
        if issued and expires and expires <= issued:
            self.add_error("expires_on", _("This is before the date of issue."))
        elif expires and expires < today:
            self.add_error("expires_on", _("This passport has expired."))
        return values

    def stored_values(self, stored: Any) -> dict[str, Any]:
        """The values are read from the row itself: they are sealed."""
        return {name: getattr(stored, name) for name in FIELDS}


class PassportFilters(forms.Form):
    """Whose passport data to list; lives in the address."""

    given = forms.ChoiceField(
        label=_("Passport data"),
        required=False,
        choices=[("", _("any")), ("yes", _("here")), ("no", _("not here"))],
    )
