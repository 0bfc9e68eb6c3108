"""Who is to be met when: journeys by flight and hour, and the vehicles that there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from madang.logistics.models import Leg, Pickup
from madang.workshops.models import Edition, Participation

# Flights that come within this time of each other are met together.
WINDOW = timedelta(minutes=60)


@dataclass
class Flight:
    """Those who come (or leave) by one flight or train."""

    at: datetime
    number: str
    from_place: str
    to_place: str
    mode: str
    legs: list[Leg] = field(default_factory=list)


@dataclass
class Window:
    """Flights that are met together, and how many people that are."""

    flights: list[Flight]

    @property
    def start(self) -> datetime:
        return self.flights[0].at

    @property
    def end(self) -> datetime:
        return self.flights[-1].at

    @property
    def legs(self) -> list[Leg]:
        return [leg for flight in self.flights for leg in flight.legs]

    @property
    def waiting(self) -> int:
        """How many have no vehicle yet."""
        return sum(1 for leg in self.legs if leg.pickup_id is None)


@dataclass(frozen=True)
class Vehicle:
    """A pick-up with those who are on it."""

    pickup: Pickup
    legs: Sequence[Leg]

    @property
    def free(self) -> int:
        return self.pickup.seats - len(self.legs)


def legs(edition: Edition, direction: str) -> list[Leg]:
    """The journeys of those who are expected and want to be met, by time (one query)."""
    found = Leg.objects.filter(
        participation__edition=edition,
        participation__state=Participation.State.EXPECTED,
        direction=direction,
        wants_pickup=True,
    ).select_related("subject", "pickup", "participation__person__subject")
    return sorted(
        found, key=lambda leg: (leg.at, _folded(leg.number), leg.participation.person.sort_key)
    )


def windows(found: Iterable[Leg]) -> list[Window]:
    """Journeys, sorted by time, by flight, and flights by the hour in which they are met."""
    flights: list[Flight] = []
    for leg in found:
        last = flights[-1] if flights else None
        if last is None or (last.at, _folded(last.number), last.mode) != (
            leg.at, _folded(leg.number), leg.mode,
        ):  # fmt: skip
            last = Flight(leg.at, leg.number, leg.from_place, leg.to_place, leg.mode)
            flights.append(last)
        last.legs.append(leg)
    grouped: list[Window] = []
    for flight in flights:
        if grouped and flight.at - grouped[-1].start <= WINDOW:
            grouped[-1].flights.append(flight)
        else:
            grouped.append(Window([flight]))
    return grouped


def vehicles(edition: Edition, direction: str, found: Iterable[Leg]) -> list[Vehicle]:
    """The pick-ups of one direction with those of the journeys that are on them (one query)."""
    on: dict[object, list[Leg]] = {}
    for leg in found:
        on.setdefault(leg.pickup_id, []).append(leg)
    pickups = Pickup.objects.filter(edition=edition, direction=direction)
    return [Vehicle(pickup, on.get(pickup.pk, [])) for pickup in pickups]


def _folded(number: str) -> str:
    """A flight's number however it is typed: `KE130`, `KE 130`, `ke-130`."""
    return "".join(char for char in number.casefold() if char.isalnum())
