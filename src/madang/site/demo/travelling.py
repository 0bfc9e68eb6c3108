"""How the people of the demo travelled: errands, flights, pick-ups, and who arrived when."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from madang.logistics.actions import pickups, stays, travel
from madang.logistics.models import Errand, Leg, Pickup, Stay
from madang.logistics.queries.travellers import travellers
from madang.site.demo.company import Company
from madang.site.demo.content import content
from madang.site.demo.story import Step
from madang.workshops.models import Participation

Kind = Errand.Kind


def steps() -> Iterator[Step]:
    """Errands are opened and done, journeys are told, vehicles filled, and people arrive."""
    stated = content("travel")
    for moment in stated["opened"]:
        yield Step(moment, _open)
    for entry in stated["errands"]:
        yield Step(entry["at"], partial(_move, entry=entry))
    for entry in stated["actions"]:
        yield Step(entry["at"], partial(_say, entry=entry))
    yield Step(stated["told"], _tell)
    for entry in stated["pickups"]:
        yield Step(stated["planned"], partial(_plan, entry=entry))
    for moment in stated["arrivals"]:
        yield Step(moment, _arrive)


def _open(company: Company) -> None:
    travel.open_errands(company.incheon, actor=company.accounts["officer2"])


def _errands(company: Company, entry: Mapping[str, Any]) -> list[Errand]:
    """The open errands of a kind; `countries` or `without` say of whom."""
    found = Errand.objects.filter(
        participation__edition=company.incheon, kind=entry["kind"]
    ).select_related("participation__edition", "participation__person__subject")
    if "countries" in entry:
        found = found.filter(participation__country__alpha2__in=entry["countries"])
    found = found.exclude(participation__country__alpha2__in=entry.get("without", ()))
    return [errand for errand in found.order_by("participation__created_at") if errand.is_open]


def _move(company: Company, *, entry: Mapping[str, Any]) -> None:
    """Many errands come to the same state on one day."""
    for errand in _errands(company, entry):
        move = getattr(errand, entry["move"])
        if move.refusal() is None:
            move(actor=company.accounts["officer2"], scope=company.incheon.pk)


def _say(company: Company, *, entry: Mapping[str, Any]) -> None:
    """What is to be done next, by whom, until when."""
    for errand in _errands(company, entry):
        values = {
            "next_action": entry["next"],
            "owner": company.accounts[entry["owner"]],
            "due": entry["due"],
        }
        travel.change_errand(errand, values, expected_version=errand.version, actor=company.officer)


def _tell(company: Company) -> None:
    """Everybody tells how they come and leave."""
    flights = {
        (code, direction): flight
        for direction in Leg.Direction.values
        for flight in content("travel")[direction]
        for code in flight["countries"]
    }
    for one in travellers(company.incheon):
        for direction in Leg.Direction.values:
            flight = flights.get((one.country.alpha2 if one.country else "", direction))
            if flight is not None:
                _save_leg(company, one, direction, flight)


def _save_leg(
    company: Company, one: Participation, direction: str, flight: Mapping[str, Any]
) -> None:
    arrives = direction == Leg.Direction.ARRIVAL
    at: datetime = flight["at"]
    values = {
        "mode": Leg.Mode.PLANE,
        "at": at,
        "number": flight["number"],
        "from_place": flight["place"] if arrives else "Incheon",
        "to_place": "Incheon" if arrives else flight["place"],
        "wants_pickup": True,
    }
    account = getattr(one.person, "account", None)
    travel.save_leg(one, direction, values, expected_version=None, actor=account or company.officer)


def _plan(company: Company, *, entry: Mapping[str, Any]) -> None:
    """A vehicle, with those who wait for one at that hour."""
    values = {name: entry[name] for name in ("direction", "place", "vehicle", "seats", "driver")}
    pickup: Pickup = pickups.add_pickup(
        company.incheon, values | {"at": entry["leaves"]}, actor=company.officer
    )
    pickups.fill(pickup, actor=company.officer)


def _arrive(company: Company) -> None:
    """Those are there whose flight has landed."""
    expected = Stay.objects.filter(
        participation__edition=company.incheon, state=Stay.State.EXPECTED
    ).select_related("participation__edition")
    for stay in expected:
        if stay.arrive.refusal() is None:
            stays.mark(stay, "arrive", actor=company.accounts["officer2"])
