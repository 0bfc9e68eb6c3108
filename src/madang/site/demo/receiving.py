"""How the people of the demo were received: rooms, needs, protocol, the dinner and the buses."""

import math
from collections.abc import Iterator
from datetime import timedelta

from madang.logistics.actions import buses, hotels, needs, protocol, seating, stays
from madang.logistics.models import HotelRoom, SeatingPlan, Stay
from madang.logistics.queries import stays as stay_queries
from madang.logistics.queries.coming import coming
from madang.logistics.queries.travellers import travellers
from madang.site.demo.company import Company, participants
from madang.site.demo.content import content
from madang.site.demo.story import Step
from madang.workshops.models import Participation

BEDS = {HotelRoom.Kind.SINGLE: 1, HotelRoom.Kind.TWIN: 2}


def steps() -> Iterator[Step]:
    """The hotel and its rooms, what people need, and who sits where."""
    stated = content("reception")
    yield Step(stated["hotel"]["at"], _take_rooms)
    yield Step(stated["wishes"], _wish)
    yield Step(stated["needs_told"], _tell_needs)
    yield Step(stated["rooms_given"], _give_rooms)
    yield Step(stated["protocol_set"], _set_protocol)
    yield Step(stated["tables"]["laid"], _lay_tables)
    yield Step(stated["tables"]["laid"] + timedelta(minutes=20), _seat_hosts)
    yield Step(stated["tables"]["shown"], _show_tables)
    yield Step(stated["buses"]["at"], _fill_buses)


# --- Rooms ----------------------------------------------------------------------------------------
def _take_rooms(company: Company) -> None:
    entry = content("reception")["hotel"]
    values = {"name": entry["name"], "address": entry["address"]}
    hotel = hotels.add_hotel(company.incheon, values, actor=company.officer)
    for rooms in entry["rooms"]:
        labels = [str(number) for number in range(rooms["first"], rooms["last"] + 1)]
        kind = HotelRoom.Kind(rooms["kind"])
        alike = {
            "kind": kind,
            "beds": BEDS[kind],
            "is_step_free": rooms.get("step_free", False),
        }
        hotels.add_rooms(hotel, labels, alike, actor=company.officer)


def _wish(company: Company) -> None:
    """Some would share a room; the others want one of their own."""
    stated = content("reception")
    coming_by_address = participants(company.incheon)
    for address in stated["sharing"]:
        one = coming_by_address[address]
        woman = one.offer.nomination.sex == "female"
        wish = Stay.Sharing.WOMEN if woman else Stay.Sharing.MEN
        stays.save_stay(one, {"sharing": wish}, expected_version=None, actor=one.person.account)
    for address, other in stated["together"]:
        one = coming_by_address[address]
        wish = {"sharing": Stay.Sharing.TOGETHER, "together_with": coming_by_address[other]}
        stays.save_stay(one, wish, expected_version=None, actor=one.person.account)


def _give_rooms(company: Company) -> None:
    stays.open_stays(company.incheon)
    suggested = stay_queries.suggestion(company.incheon)
    stays.follow_suggestion(company.incheon, seen=suggested.digest, actor=company.officer)


# --- Needs and protocol ---------------------------------------------------------------------------
def _tell_needs(company: Company) -> None:
    stated = content("reception")
    coming_by_address = participants(company.incheon)
    for entry in stated["needs"]:
        one = coming_by_address[entry["who"]]
        values = {
            name: entry.get(name, "")
            for name in ("diet", "diet_note", "access", "access_note", "medical")
        }
        needs.save_needs(
            one,
            values | {"tells_hotel": entry.get("tells_hotel", False)},
            expected_version=None,
            actor=one.person.account,
        )
    relations = stated["relations"]
    for number, one in enumerate(coming_by_address.values()):
        if number % 6 == 5:  # a few have not told yet
            continue
        contact = {
            "name": f"{relations[number % len(relations)][1]} {one.person.name.split()[-1]}",
            "relation": relations[number % len(relations)][0],
            "phone": f"+000 {5550100 + number}",
            "languages": "English" if number % 2 else "",
        }
        needs.save_contact(one, contact, expected_version=None, actor=one.person.account)


def _set_protocol(company: Company) -> None:
    stated = content("reception")
    coming_by_address = participants(company.incheon)
    for entry in stated["protocol"]:
        one = coming_by_address.get(entry["who"]) or company.seats[entry["who"]]
        values = {
            "form_of_address": entry.get("address", ""),
            "name_plate": entry.get("plate", ""),
            "interpretation": entry.get("interpretation", ""),
        }
        protocol.change(one, values, expected_version=None, actor=company.officer)
    for place, who in enumerate(stated["first_places"], start=1):
        one = coming_by_address.get(who) or company.seats[who]
        protocol.place_at(one, place, actor=company.officer)
    for number, one in enumerate(travellers(company.incheon)):
        protocol.note_photo_consent(one, agrees=number % 9 != 4, actor=company.officer)


# --- The dinner and the trip ----------------------------------------------------------------------
def _lay_tables(company: Company) -> None:
    dinner = company.sessions["dinner"]
    seats = content("reception")["tables"]["seats"]
    tables = math.ceil(coming(dinner).count() / (seats - 1))
    plan = seating.make_plan(dinner, tables=tables, seats=seats, actor=company.officer)
    seating.ask(plan, actor=company.officer)


def _seat_hosts(company: Company) -> None:
    """The host sits at the first table, wherever the method put them, and stays there."""
    plan = SeatingPlan.objects.get(session=company.sessions["dinner"])
    host: Participation = company.seats["host"]
    first = plan.tables.get(number=1)
    if plan.places.get(participation=host).table_id != first.pk:
        other = plan.places.filter(table=first).exclude(participation=host).first()
        seating.move(plan, other.participation, None, actor=company.officer)
        seating.move(plan, host, first, actor=company.officer)
        free = next(table for table in plan.tables.all() if table.places.count() < table.seats)
        seating.move(plan, other.participation, free, actor=company.officer)
        return
    seating.fix(plan, host, fixed=True, actor=company.officer)


def _show_tables(company: Company) -> None:
    plan = SeatingPlan.objects.select_related("session").get(session=company.sessions["dinner"])
    plan.show(actor=company.officer, scope=company.incheon.pk)


def _fill_buses(company: Company) -> None:
    trip = company.sessions["trip"]
    stated = content("reception")["buses"]
    for name in stated["names"]:
        values = {
            "name": name,
            "seats": stated["seats"],
            "departs_at": trip.starts_at,
            "departs_from": stated["departs_from"],
        }
        buses.add_bus(trip, values, actor=company.officer)
    buses.fill(trip, actor=company.officer)
