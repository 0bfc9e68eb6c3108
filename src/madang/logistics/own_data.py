"""What is known of somebody's journeys, stays, money and seats beside their encrypted words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from madang.logistics.currencies import Money
from madang.logistics.models import BusSeat, Errand, Expense, Leg, Stay, TablePlace
from madang.people.models import Person


def journeys(person: Person) -> Iterable[Mapping[str, Any]]:
    """Visas, tickets, journeys and nights, for a person's copy of their own data."""
    for errand in Errand.objects.filter(participation__person=person).order_by("pk"):
        yield {_("what for"): errand.get_kind_display(), _("state"): str(errand.state_label)}
    for leg in Leg.objects.filter(participation__person=person).order_by("at"):
        yield {
            _("which way"): leg.get_direction_display(),
            _("how"): leg.get_mode_display(),
            _("when"): leg.at,
        }
    for stay in Stay.objects.filter(participation__person=person).select_related("room__hotel"):
        yield {
            _("hotel"): str(stay.room.hotel.wording("name")) if stay.room else "",
            _("room"): str(stay.room or ""),
            _("first night"): stay.check_in,
            _("day of leaving"): stay.check_out,
            _("would like"): stay.get_sharing_display(),
            _("state"): stay.get_state_display(),
        }


def hospitality(person: Person) -> Iterable[Mapping[str, Any]]:
    """What was spent on somebody and where they sat, for a copy of their own data."""
    mine = {"participation__person": person}
    for expense in Expense.objects.filter(**mine).select_related("source").order_by("pk"):
        yield {
            _("expense"): expense.description,
            _("amount"): str(Money(expense.amount, expense.source.currency)),
            _("state"): expense.get_state_display(),
        }
    for seat in BusSeat.objects.filter(**mine).select_related("bus", "session").order_by("pk"):
        yield {_("session"): str(seat.session), _("bus"): str(seat.bus)}
    places = TablePlace.objects.filter(**mine).select_related("table", "plan__session")
    for place in places.order_by("pk"):
        yield {_("session"): str(place.plan.session), _("table"): place.table.number}
