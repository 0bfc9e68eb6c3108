"""Forms of the countries asked: adding many at once, one of them, filters of their list."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core.days import DayField
from madang.core.record_forms import RecordForm
from madang.nominations import groups
from madang.nominations.actions.invitations import FocalPoint
from madang.nominations.forms.call import LATEST_TIME, clock_input
from madang.nominations.models import Invitation
from madang.nominations.queries.countries import FILTERS
from madang.people import countries as matching
from madang.people.models import Country
from madang.people.models.country import Subregion
from madang.workshops.forms import fields as shared

LONGEST_LIST = 20_000
MOST_NAMES = 500


def letter_languages() -> list[tuple[str, str]]:
    """Languages that Madang speaks, in which letters and mails can be written."""
    return [(code, shared.language_name(code)) for code, _name in settings.LANGUAGES]


class AddCountriesForm(forms.Form):
    """Which countries to ask: by group, by sub-region, or by their names in any spelling."""

    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Groups"),
        required=False,
        choices=[(name, label) for name, (label, _q) in groups.GROUPS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    subregions = forms.MultipleChoiceField(
        label=gettext_lazy("Sub-regions"),
        required=False,
        choices=Subregion.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    names = forms.CharField(
        label=gettext_lazy("Names"),
        required=False,
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("One on each line, in any usual spelling or language."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letters"), choices=letter_languages
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        # What was read of the names: sure ones, and those that a person has to settle.
        self.read: list[Country] = []
        self.likely: list[tuple[str, Country]] = []
        self.unknown: list[tuple[str, Sequence[Country]]] = []

    def clean_names(self) -> str:
        """Read the names; what is only likely has to be confirmed, what is unknown mended."""
        text = str(self.cleaned_data["names"])
        lines = [line.strip(" \t;,•-–") for line in text.replace(";", "\n").splitlines()]
        lines = list(dict.fromkeys(filter(None, lines)))
        if len(lines) > MOST_NAMES:
            raise forms.ValidationError(_("Enter at most %(most)s names.") % {"most": MOST_NAMES})
        confirmed = set(self.data.getlist("meant")) if hasattr(self.data, "getlist") else set()
        index = matching.Index.read() if lines else None
        for line in lines:
            match = index.match(line)
            if match.country is None:
                self.unknown.append((line, match.candidates))
            elif match.certainty is matching.Certainty.EXACT or match.country.key in confirmed:
                self.read.append(match.country)
            else:
                self.likely.append((line, match.country))
        if self.unknown or self.likely:
            raise forms.ValidationError(_("Nobody is added yet: look at these names first."))
        return text

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not self.chosen():
            self.add_error(None, _("Choose countries, or write their names."))
        return given

    def chosen(self) -> list[Country]:
        """The countries, each once."""
        found = {country.pk: country for country in self.read}
        for name in self.cleaned_data.get("groups", []):
            found |= {country.pk: country for country in groups.of_group(name)}
        subregions = self.cleaned_data.get("subregions", [])
        if subregions:
            listed = Country.objects.filter(subregion__in=subregions, is_listed=True)
            found |= {country.pk: country for country in listed}
        return list(found.values())


class InvitationForm(RecordForm):
    """Through whom a country is asked, in which language, and until when."""

    organisation = shared.organisation_field(
        label=gettext_lazy("Ministry or agency"), required=False
    )
    name = forms.CharField(label=gettext_lazy("Focal point: name"), required=False, max_length=200)
    email = forms.EmailField(
        label=gettext_lazy("Focal point: e-mail address"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("The link is sent there. Another address ends the old link."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letters"), choices=letter_languages
    )
    day = DayField(
        label=gettext_lazy("Deadline of its own: day"),
        required=False,
        widget=shared.day_input(),
        help_text=gettext_lazy("Leave it empty: the deadline of the call holds."),
    )
    time = forms.TimeField(
        label=gettext_lazy("Deadline of its own: time"), required=False, widget=clock_input()
    )

    class Meta:
        model = Invitation
        fields = ("organisation", "name", "email", "language", "day", "time")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation: Any = self.fields["organisation"]
        country = self.instance.country_id
        organisation.queryset = organisation.queryset.filter(country__in=[country]) | (
            organisation.queryset.filter(country=None)
        )
        self.fields["time"].help_text = _("On the clocks of: %(zone)s") % {
            "zone": self.instance.call.zone_name
        }
        self.initial |= self._extra(self.instance)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("email") and not given.get("name"):
            self.add_error("name", _("Enter the name, too: the mail begins with it."))
        return given

    def values(self) -> dict[str, Any]:
        day = self.cleaned_data.get("day")
        at = self.cleaned_data.get("time") or LATEST_TIME
        zone = self.instance.call.zone
        own = datetime.combine(day, at, zone) if day is not None else None
        return super().values() | {"deadline": own}

    def focal_point(self) -> FocalPoint:
        """Whom one writes to."""
        return FocalPoint(self.cleaned_data["name"], self.cleaned_data["email"])

    def stored_values(self, stored: Any) -> dict[str, Any]:
        return super().stored_values(stored) | self._extra(stored)

    @staticmethod
    def _extra(stored: Invitation) -> dict[str, Any]:
        person = stored.focal_point
        local = stored.deadline.astimezone(stored.call.zone) if stored.deadline else None
        return {
            "name": person.name if person is not None else "",
            "email": person.email if person is not None else "",
            "day": local.date() if local else None,
            "time": local.time() if local else None,
        }


class CountryFilters(forms.Form):
    """Which countries the list shows; lives in the address."""

    q = forms.CharField(
        label=gettext_lazy("Country, ministry or focal point"), required=False, max_length=100
    )
    state = forms.ChoiceField(
        label=gettext_lazy("How it stands"),
        required=False,
        choices=[("", gettext_lazy("all")), *FILTERS.items()],
    )
