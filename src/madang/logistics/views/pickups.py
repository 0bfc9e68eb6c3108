"""Pick-ups: who comes by which flight, and which vehicle meets them."""

from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from madang.core import locales
from madang.core.requests import Request, form_page, page_of
from madang.documents import tables
from madang.logistics import exports
from madang.logistics.actions import pickups as actions
from madang.logistics.forms.travel import PickupForm, SeatForm
from madang.logistics.models import Leg, Pickup
from madang.logistics.queries import pickups as queries
from madang.logistics.views.pages import listed, page
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


def direction_of(request: Request) -> str:
    """Which way the address asks for: arrivals, unless it says departures."""
    asked = request.GET.get("direction", "")
    return asked if asked in Leg.Direction else Leg.Direction.ARRIVAL.value


def direction_file(request: Request, edition: Edition) -> HttpResponseBase:
    """The list of one direction as a file: the same for secretariat and host."""
    direction = direction_of(request)
    arrives = direction == Leg.Direction.ARRIVAL
    windows = queries.windows(queries.legs(edition, direction))
    title = _("Pick-ups: arrivals") if arrives else _("Pick-ups: departures")
    table = exports.pickups(windows, edition)
    return listed(request, edition, table, f"pick-ups-{direction}", title=title)


def shown(request: Request, edition: Edition) -> dict[str, Any]:
    """What the page of one direction shows (three queries)."""
    direction = direction_of(request)
    legs = queries.legs(edition, direction)
    windows = queries.windows(legs)
    return {
        "direction": direction,
        "directions": [
            {"url": f"?direction={value}", "label": label, "current": current}
            for value, label in (("arrival", _("Arrivals")), ("departure", _("Departures")))
            for current in ["page" if value == direction else ""]
        ],
        "rows": page_of(request, windows),
        "vehicles": queries.vehicles(edition, direction, legs),
        "people": len(legs),
        "waiting": sum(window.waiting for window in windows),
    }


@require_safe
@common.of_edition()
def pickups(request: Request, edition: Edition) -> HttpResponseBase:
    """Flights by the hour with those on them, and the vehicles with their seats."""
    if tables.wanted(request):
        return direction_file(request, edition)
    return page(request, "pickups", edition, **shown(request, edition))


def _back(edition: Edition, direction: str) -> str:
    address = reverse("logistics:pickups", args=[edition.slug])
    return f"{address}?direction={direction}"


@form_page
@common.of_edition(changes=True)
def pickup_add(request: Request, edition: Edition) -> HttpResponseBase:
    direction = direction_of(request)
    form = PickupForm(request.POST or None, initial={"direction": direction})
    return common.edit(
        request,
        form,
        lambda: actions.add_pickup(edition, form.values(), actor=request.who),
        said=_("The pick-up is added. Now fill its seats."),
        back=_back(edition, direction),
        title=_("Add a pick-up"),
        submit=_("Add the pick-up"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def pickup_edit(request: Request, edition: Edition, pickup_id: UUID) -> HttpResponseBase:
    pickup = common.found(edition.pickups, pickup_id)
    direction = pickup.direction
    form = PickupForm(request.POST or None, instance=pickup)
    return common.edit(
        request,
        form,
        lambda: actions.change_pickup(
            pickup, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("The pick-up is saved."),
        back=_back(edition, direction),
        title=_("Edit the pick-up"),
        submit=_("Save the pick-up"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def pickup_remove(request: Request, edition: Edition, pickup_id: UUID) -> HttpResponseBase:
    pickup: Pickup = common.found(edition.pickups, pickup_id)
    return common.remove(
        request,
        lambda: actions.remove_pickup(pickup, actor=request.who),
        said=_("The pick-up is removed."),
        back=_back(edition, pickup.direction),
        title=_("Remove “%(name)s”?") % {"name": pickup.vehicle},
        submit=_("Remove the pick-up"),
        consequences=[_("Those who were on it wait for another one.")],
    )


@require_POST
@common.of_edition(changes=True)
def pickup_fill(request: Request, edition: Edition, pickup_id: UUID) -> HttpResponseBase:
    """Fill the free seats with those who wait and fit in time."""
    pickup: Pickup = common.found(edition.pickups, pickup_id)
    number = actions.fill(pickup, actor=request.who)
    said = ngettext(
        "%(number)s person is put on it.", "%(number)s people are put on it.", number
    ) % {"number": locales.number(number)}
    said = said if number else _("Nobody who waits fits: look at the time and the seats.")
    return common.done(request, said, _back(edition, pickup.direction))


@form_page
@common.of_edition(changes=True)
def pickup_put(request: Request, edition: Edition, leg_id: UUID) -> HttpResponseBase:
    """Put somebody on a vehicle, or off theirs."""
    legs = Leg.objects.filter(participation__edition=edition).select_related(
        "subject", "pickup", "participation__person__subject", "participation__edition"
    )
    leg: Leg = common.found(legs, leg_id)
    form = SeatForm(
        request.POST or None,
        edition=edition,
        direction=leg.direction,
        initial={"pickup": leg.pickup_id},
    )
    return common.edit(
        request,
        form,
        lambda: actions.put_on(leg, form.cleaned_data["pickup"], actor=request.who),
        said=_("The seat is saved."),
        back=_back(edition, leg.direction),
        title=_("Which vehicle takes %(name)s?") % {"name": leg.participation.person},
        submit=_("Save the seat"),
        edition=edition,
    )
