"""Forms of protocol."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core.record_forms import RecordForm
from madang.logistics.forms.parts import Choices, anything
from madang.logistics.models import Protocol
from madang.logistics.queries.protocol import OUTSIDE
from madang.workshops.forms import fields
from madang.workshops.models import Edition, Participation, Session


class ProtocolForm(RecordForm):
    form_of_address = forms.CharField(
        label=gettext_lazy("Form of address"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("As they are announced, for example: Her Excellency."),
    )
    name_plate = forms.CharField(
        label=gettext_lazy("Name on the plate"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Empty: their name as they write it."),
    )
    interpretation = forms.ChoiceField(
        label=gettext_lazy("Hears it in"),
        required=False,
        choices=lambda: [("", _("needs no interpretation")), *fields.language_choices()],
    )

    class Meta:
        model = Protocol
        fields = ("form_of_address", "name_plate", "interpretation")


class ProtocolFilters(forms.Form):
    """Whom to show; lives in the address."""

    q = forms.CharField(
        label=gettext_lazy("Name"), required=False, widget=forms.TextInput({"type": "search"})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Takes part as"),
        required=False,
        choices=lambda: anything(
            choice for choice in Participation.Kind.choices if choice[0] not in OUTSIDE
        ),
    )
    interpretation = forms.ChoiceField(label=gettext_lazy("Hears it in"), required=False)
    photographs = forms.ChoiceField(
        label=gettext_lazy("Photographs"),
        required=False,
        choices=lambda: anything([("yes", _("agreed")), ("no", _("did not agree"))]),
    )

    def __init__(self, data: Any, *, languages: Choices) -> None:
        super().__init__(data)
        self.fields["interpretation"].choices = anything(languages)


class SpeakersForm(forms.Form):
    """Who speaks in which order; lives in the address."""

    session = fields.WordedChoiceField(
        None,
        required=False,
        named_by="title",
        label=gettext_lazy("At"),
        empty_label=gettext_lazy("one of each delegation"),
    )
    order = forms.ChoiceField(
        label=gettext_lazy("In the order of"),
        required=False,
        choices=[
            ("", gettext_lazy("precedence")),
            ("country", gettext_lazy("the names of the countries")),
        ],
    )

    field_order: ClassVar = ["session", "order"]

    def __init__(self, data: Any, *, edition: Edition) -> None:
        super().__init__(data)
        with_parts = Session.objects.filter(edition=edition, people__isnull=False).distinct()
        self.fields["session"].queryset = with_parts
