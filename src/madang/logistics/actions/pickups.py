"""Vehicles that meet people, and who is on which."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from madang.core import audit, clock
from madang.logistics.models import Leg, Pickup
from madang.logistics.queries import pickups
from madang.people import retention
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records
from madang.workshops.models import Edition

# Whom a vehicle can take: those who arrived at most so long before it leaves, or who depart after
# it at the earliest and the latest.
WAITS = timedelta(hours=2)
EARLIEST_DEPARTURE, LATEST_DEPARTURE = timedelta(hours=1), timedelta(hours=5)


def add_pickup(edition: Edition, values: Mapping[str, Any], *, actor: audit.Actor | None) -> Pickup:
    pickup = Pickup(edition=edition, **values)
    records.add(pickup, "pickup.added", actor=actor, seats=pickup.seats)
    return pickup


@transaction.atomic
def change_pickup(
    pickup: Pickup, values: Mapping[str, Any], *, expected_version: int, actor: audit.Actor | None
) -> None:
    """Change a vehicle. Raises `RefusedError` where those on it would not fit any more."""
    stored = Pickup.objects.select_for_update().get(pk=pickup.pk)
    on = stored.legs.count()
    if values["seats"] < on:
        raise RefusedError(_("More people are on it already: take some off first."), "seats")
    if on and values["direction"] != stored.direction:
        raise RefusedError(_("There are people on it: take them off first."), "direction")
    records.change(stored, values, "pickup.changed", expected_version=expected_version, actor=actor)


def remove_pickup(pickup: Pickup, *, actor: audit.Actor | None) -> None:
    """Remove a vehicle; those who were on it wait for another."""
    records.remove(pickup, "pickup.removed", actor=actor)


@transaction.atomic
def put_on(leg: Leg, pickup: Pickup | None, *, actor: audit.Actor | None) -> None:
    """Put somebody on a vehicle, or off the one they are on.

    Raises `RefusedError` where no seat is free, or the vehicle goes the other way.
    """
    if pickup is not None:
        pickup = Pickup.objects.select_for_update().get(pk=pickup.pk)
    leg = Leg.objects.select_for_update(of=("self",)).get(pk=leg.pk)
    if leg.pickup_id == (pickup.pk if pickup else None):
        return
    if pickup is not None:
        if pickup.direction != leg.direction:
            raise RefusedError(_("This vehicle goes the other way."))
        if pickup.legs.count() >= pickup.seats:
            raise RefusedError(_("All seats of this vehicle are taken."))
    leg.pickup = pickup
    leg.save(update_fields=["pickup"])
    verb = "leg.met" if pickup else "leg.unmet"
    audit.record(actor, verb, leg, scope=leg.participation.edition_id)


@transaction.atomic
def fill(pickup: Pickup, *, actor: audit.Actor | None) -> int:
    """Put those who wait and fit in time on a vehicle, flight by flight; returns how many.

    Those of one flight stay together where a later flight would fill the seats as well.
    """
    pickup = Pickup.objects.select_for_update().select_related("edition").get(pk=pickup.pk)
    waiting = [
        leg
        for leg in pickups.legs(pickup.edition, pickup.direction)
        if leg.pickup_id is None and _is_in_time(leg, pickup)
    ]
    free = pickup.seats - pickup.legs.count()
    flights = [flight.legs for window in pickups.windows(waiting) for flight in window.flights]
    whole = [legs for legs in flights if len(legs) <= free]
    chosen: list[Leg] = []
    for legs in whole:
        if len(legs) <= free - len(chosen):
            chosen += legs
    for legs in flights:
        taken = set(chosen)
        chosen += [leg for leg in legs if leg not in taken][: free - len(chosen)]
    for leg in chosen:
        leg.pickup = pickup
        leg.save(update_fields=["pickup"])
    if chosen:
        audit.record(actor, "pickup.filled", pickup, number=len(chosen))
    return len(chosen)


def _is_in_time(leg: Leg, pickup: Pickup) -> bool:
    if pickup.direction == Pickup.Direction.ARRIVAL:
        return pickup.at - WAITS <= leg.at <= pickup.at
    return pickup.at + EARLIEST_DEPARTURE <= leg.at <= pickup.at + LATEST_DEPARTURE


def forget_drivers() -> int:
    """Remove who drove, as long after an edition as its people's journeys are kept.

    Returns of how many pick-ups; nothing is written in the history, since nobody did it.
    """
    over = (clock.now() - retention.THIRTY_DAYS).date()
    past = Pickup.objects.filter(edition__ends_on__lt=over).exclude(driver="")
    return past.update(driver="", version=F("version") + 1, changed_at=clock.now())
