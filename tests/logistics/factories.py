"""Makes what tests of travel, stay and hospitality need: each takes what matters."""

from datetime import date, datetime
from itertools import count
from typing import Any

from madang.logistics.models import (
    EmergencyContact,
    Errand,
    Hotel,
    HotelRoom,
    Leg,
    Needs,
    Pickup,
    Stay,
)
from madang.workshops.models import Edition, Participation
from tests import factories as make

_numbers = count(1)

CHECK_IN = date(2007, 10, 7)
CHECK_OUT = date(2007, 10, 13)


def make_traveller(edition: Edition, name: str = "", **fields: Any) -> Participation:
    """Somebody who comes to an edition."""
    return make.make_participation(edition, make.make_person(name), **fields)


def make_errand(participation: Participation, kind: str = "visa", **fields: Any) -> Errand:
    return Errand.objects.create(
        participation=participation,
        subject=participation.person.subject,
        kind=kind,
        **fields,
    )


def make_leg(
    participation: Participation,
    at: datetime | None = None,
    number: str = "KE 130",
    **fields: Any,
) -> Leg:
    """An arrival by plane on the Sunday before, at two in the afternoon of the place."""
    values = {
        "direction": Leg.Direction.ARRIVAL,
        "at": at or datetime(2007, 10, 7, 14, 0, tzinfo=participation.edition.zone),
        "number": number,
        "from_place": "NAN",
        "to_place": "ICN",
    } | fields
    return Leg.objects.create(
        participation=participation, subject=participation.person.subject, **values
    )


def make_pickup(edition: Edition, seats: int = 4, **fields: Any) -> Pickup:
    values = {
        "vehicle": f"Van {next(_numbers)}",
        "at": datetime(2007, 10, 7, 15, 0, tzinfo=edition.zone),
    } | fields
    return Pickup.objects.create(edition=edition, seats=seats, **values)


def make_hotel(edition: Edition, name: str = "", **fields: Any) -> Hotel:
    return Hotel.objects.create(edition=edition, name=name or f"Hotel {next(_numbers)}", **fields)


def make_hotel_room(hotel: Hotel, label: str = "", **fields: Any) -> HotelRoom:
    return HotelRoom.objects.create(hotel=hotel, label=label or str(next(_numbers)), **fields)


def make_stay(participation: Participation, **fields: Any) -> Stay:
    """The six nights of the week, in a room of one's own as far as wishes go."""
    values = {"check_in": CHECK_IN, "check_out": CHECK_OUT} | fields
    return Stay.objects.create(participation=participation, **values)


def make_needs(participation: Participation, **fields: Any) -> Needs:
    return Needs.objects.create(
        participation=participation, subject=participation.person.subject, **fields
    )


def make_contact(participation: Participation, **fields: Any) -> EmergencyContact:
    values = {"name": "Sela Vakalala", "relation": "sister", "phone": "+679 330 0000"} | fields
    return EmergencyContact.objects.create(
        participation=participation, subject=participation.person.subject, **values
    )
