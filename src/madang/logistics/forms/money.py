"""Forms of sources of money, expenses, payments and the daily allowance."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core import clock, locales
from madang.core.days import DayField
from madang.core.record_forms import RecordForm
from madang.logistics import currencies
from madang.logistics.forms.parts import PersonField, anything
from madang.logistics.models import (
    AllowanceDay,
    AllowanceRate,
    Expense,
    NoAllowance,
    Payment,
    Source,
)
from madang.workshops.forms import fields
from madang.workshops.models import Edition, Participation
from madang.workshops.queries import people


class SourceForm(RecordForm):
    organisation = fields.organisation_field(
        required=False,
        label=gettext_lazy("Donor"),
        help_text=gettext_lazy("Its closing statement holds all its sources together."),
    )
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=currencies.choices)
    rate_currency = forms.ChoiceField(
        label=gettext_lazy("Rate to"),
        required=False,
        choices=lambda: [("", "—"), *currencies.choices()],
        help_text=gettext_lazy("For a common total, where sources are in several currencies."),
    )

    class Meta:
        model = Source
        fields = (
            "name", "kind", "organisation", "promised", "currency", "rate_currency", "rate",
            "rate_basis",
        )  # fmt: skip
        help_texts: ClassVar = {
            "promised": gettext_lazy("For what is given in kind: what it is worth."),
            "rate": gettext_lazy("What one unit of the currency above is worth in the other."),
            "rate_basis": gettext_lazy("For example: operational rate of October 2007."),
        }

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = self.edition.money_sources.exclude(pk=self.instance.pk)
        if others.filter(name=name).exists():
            raise ValidationError(_("Another source has this name."))
        return name

    def clean_rate(self) -> Any:
        rate = self.cleaned_data["rate"]
        if rate is not None and rate <= 0:
            raise ValidationError(_("A rate is more than 0."))
        return rate

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        rate, into = cleaned.get("rate"), cleaned.get("rate_currency")
        if into and into == cleaned.get("currency"):
            self.add_error("rate_currency", _("Choose another currency than that of the source."))
        elif into and rate is None and "rate" not in self.errors:
            self.add_error("rate", _("Give the rate too, or leave both empty."))
        elif rate is not None and not into:
            self.add_error("rate_currency", _("Say to which currency the rate is."))
        return cleaned


class SourceField(forms.ModelChoiceField):
    """A source with its currency; the form says of which edition."""

    def __init__(self, **options: Any) -> None:
        super().__init__(None, **options)

    def label_from_instance(self, source: Source) -> str:
        return f"{source.name} ({source.currency})"


class ExpenseForm(RecordForm):
    """An expense; the amount is in the currency of its source."""

    source = SourceField(label=gettext_lazy("Source"), empty_label=None)
    participation = PersonField(
        None,
        required=False,
        label=gettext_lazy("For whom"),
        empty_label=gettext_lazy("nobody in particular"),
    )

    class Meta:
        model = Expense
        fields = ("source", "kind", "description", "participation", "amount")
        help_texts: ClassVar = {
            "description": gettext_lazy("In a few words, without names of people."),
            "amount": gettext_lazy("In the currency of the source."),
        }

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = edition.money_sources.all()
        self.fields["participation"].queryset = people.in_edition(edition)


class PaymentForm(forms.ModelForm):
    """A payment with its receipt, or why there is none."""

    paid_on = DayField(label=gettext_lazy("Day"), widget=fields.day_input())
    upload = forms.FileField(
        label=gettext_lazy("Receipt"),
        required=False,
        help_text=gettext_lazy("A scan or photograph; it can be added later."),
    )

    class Meta:
        model = Payment
        fields = (
            "amount", "paid_on", "reference", "upload", "no_receipt_because", "beyond_because",
        )  # fmt: skip

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition

    def clean_paid_on(self) -> date:
        day: date = self.cleaned_data["paid_on"]
        if day > clock.today(self.edition.zone):
            raise ValidationError(_("This day is still to come."))
        return day

    def values(self) -> dict[str, Any]:
        """What was typed, for the action; the receipt goes by itself."""
        return {name: value for name, value in self.cleaned_data.items() if name != "upload"}


class ReceiptForm(forms.Form):
    """A receipt that comes later, or why none will."""

    upload = forms.FileField(label=gettext_lazy("Receipt"), required=False)
    no_receipt_because = forms.CharField(
        label=gettext_lazy("Or why there is none"), max_length=200, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given = [name for name in ("upload", "no_receipt_because") if cleaned.get(name)]
        if len(given) != 1 and not self.errors:
            raise ValidationError(_("Give either the receipt or why there is none."))
        return cleaned


class ExpenseFilters(forms.Form):
    """What to show of the expenses; lives in the address."""

    q = forms.CharField(
        label=gettext_lazy("For what"), required=False, widget=forms.TextInput({"type": "search"})
    )
    source = forms.ModelChoiceField(
        None, label=gettext_lazy("Source"), required=False, empty_label=gettext_lazy("all")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False, choices=lambda: anything(Expense.Kind.choices)
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=lambda: anything(Expense.State.choices)
    )

    def __init__(self, data: Any, *, edition: Edition) -> None:
        super().__init__(data)
        self.fields["source"].queryset = edition.money_sources.all()


# --- The daily allowance -------------------------------------------------------------------------
class RateForm(RecordForm):
    for_kind = forms.ChoiceField(
        label=gettext_lazy("For"),
        required=False,
        choices=lambda: [("", _("all who travel")), *Participation.Kind.choices],
    )
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=currencies.choices)
    source = SourceField(label=gettext_lazy("Paid from"), required=False, empty_label="—")

    class Meta:
        model = AllowanceRate
        fields = (
            "for_kind", "daily", "currency", "lodging", "breakfast", "lunch", "dinner", "last_day",
            "source",
        )  # fmt: skip
        help_texts: ClassVar = {
            "lodging": gettext_lazy("Percent of a full day that is kept back when it is provided."),
            "breakfast": gettext_lazy("Percent kept back when it is provided."),
            "lunch": gettext_lazy("Percent kept back when it is provided."),
            "dinner": gettext_lazy("Percent kept back when it is provided."),
            "last_day": gettext_lazy("Percent of that day's allowance that is due."),
            "source": gettext_lazy("Where the allowances stand in the budget."),
        }

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.fields["source"].queryset = edition.money_sources.all()

    def clean_for_kind(self) -> str:
        kind: str = self.cleaned_data["for_kind"]
        others = self.edition.allowance_rates.exclude(pk=self.instance.pk)
        if others.filter(for_kind=kind).exists():
            raise ValidationError(_("There is a rate for them already."))
        return kind

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if sum(cleaned.get(name) or 0 for name in AllowanceDay.PROVIDED) > 100:
            raise ValidationError(_("The shares of what is provided are more than a full day."))
        return cleaned


class DaysForm(forms.Form):
    """What is provided on each day: one row of boxes a day."""

    def __init__(self, data: Any, *, provided: Mapping[date, frozenset[str]]) -> None:
        super().__init__(data)
        self.days = list(provided)
        labels = {
            name: AllowanceDay._meta.get_field(name).verbose_name for name in AllowanceDay.PROVIDED
        }
        for day, names in provided.items():
            self.fields[day.isoformat()] = forms.MultipleChoiceField(
                label=locales.calendar_date(day, "day"),
                choices=list(labels.items()),
                required=False,
                initial=sorted(names),
                widget=forms.CheckboxSelectMultiple,
            )

    def provided(self) -> dict[date, frozenset[str]]:
        """What is provided by day, for the action."""
        return {day: frozenset(self.cleaned_data[day.isoformat()]) for day in self.days}


class EntitlementForm(forms.Form):
    """Whether somebody gets an allowance."""

    GETS_IT = "gets_it"

    answer = forms.ChoiceField(label=gettext_lazy("Allowance"))

    def __init__(self, data: Any, *, why_none: str) -> None:
        super().__init__(data, initial={"answer": why_none or self.GETS_IT})
        self.fields["answer"].choices = [
            (self.GETS_IT, _("gets it")),
            *(
                (code, _("none: %(why)s") % {"why": label})
                for code, label in NoAllowance.Why.choices
            ),
        ]

    @property
    def why_none(self) -> str:
        """A code of `NoAllowance.Why`; empty where they get it."""
        answer: str = self.cleaned_data["answer"]
        return "" if answer == self.GETS_IT else answer
