"""Forms of visas and tickets, journeys and pick-ups."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.days import DayField, MomentField
from madang.core.record_forms import RecordForm
from madang.logistics.forms.parts import Choices, anything, one_line
from madang.logistics.models import Errand, Leg, Pickup
from madang.logistics.queries.travellers import TRAVELLING
from madang.people.models import Account, Role
from madang.workshops.forms import fields
from madang.workshops.models import Edition


class TravelFilters(forms.Form):
    """Which people the list of visas and tickets shows."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Takes part as"),
        required=False,
        choices=lambda: anything((kind.value, kind.label) for kind in TRAVELLING),
    )
    errand = forms.ChoiceField(
        label=_("What for"), required=False, choices=lambda: anything(Errand.Kind.choices)
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=lambda: anything(Errand.State.choices)
    )
    owner = forms.ChoiceField(label=_("Who does it"), required=False)
    due = forms.ChoiceField(
        label=_("Until"), required=False, choices=lambda: anything([("late", _("late"))])
    )

    def __init__(self, *args: Any, owners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = anything(owners)


class OwnerField(forms.ModelChoiceField):
    """Somebody of the secretariat of an edition; `edition` is set by the form."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Account.objects.none(), **options)

    def offer(self, edition: Edition) -> None:
        held = Role.objects.in_force(clock.now()).filter(kind="secretariat")
        here = held.filter(scope_id=edition.pk) | held.filter(scope_id__isnull=True)
        self.queryset = Account.objects.filter(
            is_active=True, pk__in=here.values("account")
        ).select_related("person__subject")


class ErrandForm(RecordForm):
    """What is to be done next, by whom, until when."""

    owner = OwnerField(label=_("Who does it"), required=False, empty_label=_("nobody yet"))
    due = DayField(label=_("Until"), required=False, widget=fields.day_input())

    class Meta:
        model = Errand
        fields = ("next_action", "owner", "due")

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one_line(self, "next_action")
        self.fields["owner"].offer(edition)


class LegForm(RecordForm):
    """One way, as it is on the ticket."""

    at = MomentField(
        label=_("When"),
        widget=fields.moment_input(),
        help_text=_("On the clock of the place of the workshop."),
    )

    class Meta:
        model = Leg
        fields = ("mode", "at", "number", "from_place", "to_place", "wants_pickup")
        help_texts: ClassVar = {"number": _("As on the ticket, such as KE 130.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one_line(self, "number", "from_place", "to_place")
        self.fields["number"].required = False


class PickupForm(RecordForm):
    at = MomentField(label=_("Leaves"), widget=fields.moment_input())

    class Meta:
        model = Pickup
        fields = ("direction", "vehicle", "seats", "at", "place", "driver")
        help_texts: ClassVar = {
            "seats": _("For passengers, without the driver."),
            "place": _("Such as “Arrivals hall, gate C”."),
        }


class SeatForm(forms.Form):
    """Which vehicle somebody is on."""

    pickup = forms.ModelChoiceField(
        Pickup.objects.none(), label=_("Vehicle"), required=False, empty_label=_("none")
    )

    def __init__(self, *args: Any, edition: Edition, direction: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pickup"].queryset = Pickup.objects.filter(edition=edition, direction=direction)
