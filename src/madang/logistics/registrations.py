"""What this app tells the rest of the house at the start: audit verbs, pages, lifetimes."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.core import audit, links
from madang.logistics import own_data as own
from madang.logistics import rules
from madang.logistics.actions import forgetting
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
from madang.people import erasure, own_data, retention
from madang.workshops import desk_pages
from madang.workshops.desk_pages import DeskPage

TRAVEL_VERBS = {
    "errand.opened": _("opened for %(thing)s: visa, ticket or insurance"),
    "errand.changed": _("changed %(fields)s: %(thing)s"),
    "errand.asked": _("asked for it: %(thing)s"),
    "errand.done": _("got it: %(thing)s"),
    "errand.refused": _("was refused: %(thing)s"),
    "errand.spared": _("is not needed: %(thing)s"),
    "errand.reopened": _("is to do again: %(thing)s"),
    "errands.opened": _("opened visas, tickets and insurances for %(number)s people"),
    "leg.added": _("added a journey"),
    "leg.changed": _("changed %(fields)s of a journey"),
    "leg.removed": _("removed a journey"),
    "leg.met": _("put somebody on a pick-up"),
    "leg.unmet": _("took somebody off a pick-up"),
    "pickup.added": _("added the pick-up %(thing)s"),
    "pickup.changed": _("changed %(fields)s of the pick-up %(thing)s"),
    "pickup.removed": _("removed a pick-up"),
    "pickup.filled": _("put %(number)s people on %(thing)s"),
    "hotel.added": _("added the hotel %(thing)s"),
    "hotel.changed": _("changed %(fields)s of the hotel %(thing)s"),
    "hotel.removed": _("removed a hotel"),
    "hotel_rooms.added": _("added %(number)s rooms to %(thing)s"),
    "hotel_room.changed": _("changed %(fields)s of the hotel room %(thing)s"),
    "hotel_room.removed": _("removed a hotel room"),
    "stay.changed": _("changed %(fields)s of the stay of %(thing)s"),
    "stay.arrived": _("noted that they are there: %(thing)s"),
    "stay.missed": _("noted that they did not come: %(thing)s"),
    "stay.expected": _("expects again: %(thing)s"),
    "stays.placed": _("gave %(number)s people the rooms that were suggested"),
    "needs.changed": _("changed %(fields)s: diet and access of %(thing)s"),
    "emergency_contact.changed": _("changed the emergency contact of %(thing)s"),
    "emergency_list.taken": _("took the list of emergency contacts of %(thing)s"),
}

TRAVEL_PAGES = (
    DeskPage("logistics:travel", _("Visas and tickets")),
    DeskPage("logistics:pickups", _("Pick-ups")),
    DeskPage("logistics:rooms", _("Rooms")),
    DeskPage("logistics:arrivals", _("Who came")),
    DeskPage("logistics:needs", _("Diet and access"), rules.see_needs),
)


def register() -> None:
    _travel()
    _hospitality()


def _travel() -> None:
    """Visas and tickets, journeys, rooms, needs, whom to call."""
    audit.register_verbs(TRAVEL_VERBS)
    desk_pages.register("logistics", *TRAVEL_PAGES)
    of_person = ("participation__person__subject", "participation__edition")
    for model, rule in (
        (Errand, rules.see_arranged),
        (Leg, rules.see_arranged),
        (Stay, rules.see_arranged),
        (Needs, rules.see_needed),
        (EmergencyContact, rules.see_needed),
    ):
        links.register(
            model,
            kind=model._meta.verbose_name,
            title=lambda thing: str(thing.participation),
            url=lambda thing: reverse(
                "logistics:traveller",
                args=[thing.participation.edition.slug, thing.participation_id],
            ),
            rule=rule,
            queryset=lambda model=model: model.objects.select_related(*of_person),
        )
    for model, rule in (
        (Pickup, rules.oversee_pickup),
        (Hotel, rules.oversee_pickup),
        (HotelRoom, rules.oversee_room),
    ):
        links.register(model, kind=model._meta.verbose_name, title=str, rule=rule)
    for model in (Errand, Leg, Needs, EmergencyContact):
        retention.register(
            model,
            {field.attname: retention.THIRTY_DAYS for field in model.personal_fields()},
        )
    erasure.register(forgetting.forget_travel)
    own_data.register("journeys", _("journeys and stays"), own.journeys)


def _hospitality() -> None:
    """Money, protocol, buses and tables."""
