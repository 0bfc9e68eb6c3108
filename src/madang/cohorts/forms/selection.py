"""Forms of the selection: scenarios, pins, estimates of travel, what one more would cost."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from madang.cohorts.models import Pin, Scenario, TravelEstimate
from madang.core.record_forms import RecordForm
from madang.nominations.attributes import Attribute
from madang.nominations.models import Quota

MOST_SEATS = 10_000
CURRENCIES = ("USD", "EUR", "KRW", "JPY", "AUD", "FJD", "THB")


class ScenarioForm(RecordForm):
    """What a cohort is chosen by, apart from its quotas."""

    class Meta:
        model = Scenario
        fields = ("name", "objective", "seats", "reserves", "budget")

    def __init__(self, *args: Any, currency: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["budget"].label = (
            gettext("Budget for travel, in %(currency)s") % {"currency": currency}
            if currency
            else gettext("Budget for travel")
        )
        self.fields["budget"].help_text = _("Leave it empty for none.")
        self.fields["seats"].validators += [MinValueValidator(1), MaxValueValidator(MOST_SEATS)]
        self.fields["seats"].widget.attrs |= {"min": 1, "max": MOST_SEATS}


class PinForm(forms.Form):
    """That somebody is in or out, and why."""

    kind = forms.ChoiceField(label=_("Decided"), choices=Pin.Kind, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The director reads it, and it stands in the minutes by number only."),
    )


class NewScenarioForm(forms.Form):
    """The name of a scenario that is begun or copied."""

    name = forms.CharField(label=_("Name"), max_length=120)


class OneMoreForm(forms.Form):
    """Of whom one more would be asked for: any of several attributes at once. A GET form."""

    def __init__(self, attributes: Mapping[str, Attribute], data: Any) -> None:
        super().__init__(data)
        for attribute in attributes.values():
            if attribute.name == Quota.Attribute.COUNTRY or not attribute.values:
                continue
            self.fields[f"more-{attribute.name}"] = forms.ChoiceField(
                label=attribute.label,
                required=False,
                choices=[("", _("any")), *attribute.values.items()],
            )

    def wanted(self) -> dict[str, str]:
        """The values that the one more person should have, by attribute."""
        if not self.is_valid():
            return {}
        return {
            name.removeprefix("more-"): value for name, value in self.cleaned_data.items() if value
        }


class EstimatesForm(forms.Form):
    """What one person from each country costs."""

    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])

    def __init__(
        self,
        countries: Sequence[Any],
        estimates: Mapping[Any, TravelEstimate],
        data: Any = None,
    ) -> None:
        super().__init__(data)
        self.countries = {f"country-{country.alpha2}": country for country in countries}
        known = next(iter(estimates.values()), None)
        self.fields["currency"].initial = known.currency if known else CURRENCIES[0]
        for name, country in self.countries.items():
            estimate = estimates.get(country.pk)
            self.fields[name] = forms.DecimalField(
                label=country.wording("name"),
                min_value=0,
                max_digits=10,
                decimal_places=2,
                required=False,
                initial=estimate.amount if estimate else None,
            )

    def amounts(self) -> dict[Any, Any]:
        """The amounts by country; None where there is none."""
        return {country: self.cleaned_data[name] for name, country in self.countries.items()}
