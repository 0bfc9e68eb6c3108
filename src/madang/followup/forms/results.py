"""Forms of results, and of when an edition asks for plans."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from madang.core import citations
from madang.core.days import DayField, MomentField
from madang.core.links import Reference
from madang.core.policies import Who
from madang.core.record_forms import RecordForm
from madang.followup.models import FollowUp, Result, Round
from madang.workshops.forms import fields as shared
from madang.workshops.models import Edition

PURPOSE = "result"


class TellForm(RecordForm):
    """A result as somebody who took part tells it."""

    happened_on = DayField(label=gettext_lazy("Since when"), widget=shared.day_input())
    evidence_url = shared.web_address(label=gettext_lazy("Address of the evidence"))
    language = forms.ChoiceField(label=gettext_lazy("Written in"), choices=shared.language_choices)

    class Meta:
        model = Result
        fields = ("title", "text", "happened_on", "evidence", "evidence_url", "language")


class ResultForm(TellForm):
    """A result as the secretariat writes or reviews it, with what it has to do with."""

    country = shared.country_field(required=False)
    cites = forms.MultipleChoiceField(
        label=gettext_lazy("What it has to do with"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta(TellForm.Meta):
        fields = (*TellForm.Meta.fields, "country", "country_agrees")

    field_order = (
        "title", "text", "happened_on", "evidence", "evidence_url", "country", "country_agrees",
        "cites", "language",
    )  # fmt: skip

    def __init__(self, *args: Any, edition: Edition, who: Who, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = citations.choices(PURPOSE, edition.pk, who)
        self.fields["cites"].choices = [(group.kind, group.choices) for group in groups]
        if not self.instance._state.adding:
            self.initial["cites"] = [
                citations.as_key(Reference(link.thing_model, link.thing_id))
                for link in self.instance.links.all()
            ]
        if not groups:
            del self.fields["cites"]

    def references(self) -> list[Reference]:
        return citations.chosen(PURPOSE, self.cleaned_data.get("cites", ()))

    def stored_values(self, stored: Any) -> dict[str, Any]:
        values = super().stored_values(stored)
        values.pop("cites", None)
        return values


class FollowUpForm(RecordForm):
    """The window of plans, the days of both rounds, the reminder and the hint."""

    opens_at = MomentField(
        label=gettext_lazy("Plans can be made from"), widget=shared.moment_input()
    )
    closes_at = MomentField(
        label=gettext_lazy("Plans can be made until"), widget=shared.moment_input()
    )
    language = forms.ChoiceField(label=gettext_lazy("Written in"), choices=shared.language_choices)

    class Meta:
        model = FollowUp
        fields = ("opens_at", "closes_at", "hint", "reminder_days", "language")

    def __init__(self, *args: Any, rounds: list[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rounds = [it for it in rounds if it.state == Round.State.PLANNED]
        labels = {
            6: gettext_lazy("People are asked after six months, on"),
            12: gettext_lazy("People are asked after twelve months, on"),
        }
        for it in self.rounds:
            self.fields[f"round_{it.months}"] = DayField(
                label=labels[it.months], widget=shared.day_input(), initial=it.opens_on
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", gettext_lazy("The window closes after it opens."))
        return cleaned

    def days(self) -> dict[int, date]:
        """The day of each round that has not begun, by its months."""
        return {it.months: self.cleaned_data[f"round_{it.months}"] for it in self.rounds}
