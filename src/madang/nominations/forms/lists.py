"""Filters of the list of nominations, and how one is judged."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.nominations import eligibility
from madang.nominations.models import Nomination, Sector, Sex

_ALL = ("", _("all"))


class NominationFilters(forms.Form):
    """Which nominations a list shows; lives in the address."""

    q = forms.CharField(label=_("Number or name"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[_ALL, *Nomination.State.choices]
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=[_ALL, *Sector.choices])
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=[_ALL, *Sex.choices])
    origin = forms.ChoiceField(
        label=_("Came as"), required=False, choices=[_ALL, *Nomination.Origin.choices]
    )
    endorsement = forms.ChoiceField(
        label=_("Endorsement"),
        required=False,
        choices=[_ALL, ("given", _("given")), ("none", _("none yet"))],
    )

    def __init__(self, data: Any, *, countries: list[tuple[str, str]]) -> None:
        super().__init__(data)
        country: Any = self.fields["country"]
        country.choices = [_ALL, *countries]


class JudgeForm(forms.Form):
    """Why a nomination is not eligible."""

    grounds = forms.MultipleChoiceField(
        label=_("Grounds"),
        choices=list(eligibility.GROUNDS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The country reads these, and nothing else."),
    )
