"""What this app tells the rest of the house at the start: audit verbs, pages, lifetimes."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.core import audit, files, jobs, links
from madang.logistics import own_data as own
from madang.logistics import rules
from madang.logistics.actions import forgetting, seating
from madang.logistics.models import (
    Bus,
    EmergencyContact,
    Errand,
    Expense,
    Hotel,
    HotelRoom,
    Leg,
    Needs,
    NoAllowance,
    Payment,
    Pickup,
    Protocol,
    SeatingPlan,
    Source,
    Stay,
    Table,
)
from madang.people import erasure, own_data, retention
from madang.workshops import desk_pages
from madang.workshops import rules as workshop_rules
from madang.workshops.desk_pages import DeskPage
from madang.workshops.pages import navigation

TRAVEL_VERBS = {
    "errand.opened": _("opened for %(thing)s: visa, ticket or insurance"),
    "errand.changed": _("changed %(fields)s: %(thing)s"),
    "errand.asked": _("asked for a visa, ticket or insurance: %(thing)s"),
    "errand.done": _("noted a visa, ticket or insurance as settled: %(thing)s"),
    "errand.refused": _("noted a visa, ticket or insurance as refused: %(thing)s"),
    "errand.spared": _("noted a visa, ticket or insurance as not needed: %(thing)s"),
    "errand.reopened": _("noted a visa, ticket or insurance as to be done again: %(thing)s"),
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

HOSPITALITY_VERBS = {
    "source.added": _("added the source of money %(thing)s"),
    "source.changed": _("changed %(fields)s of %(thing)s"),
    "source.removed": _("removed a source of money"),
    "expense.added": _("planned %(thing)s"),
    "expense.changed": _("changed %(fields)s of %(thing)s"),
    "expense.committed": _("committed %(thing)s"),
    "expense.paid": _("noted that all is paid: %(thing)s"),
    "expense.unsettled": _("noted that more is to be paid: %(thing)s"),
    "expense.closed": _("closed %(thing)s"),
    "expense.reopened": _("opened %(thing)s again"),
    "expense.cancelled": _("cancelled %(thing)s"),
    "expense.planned": _("planned %(thing)s again"),
    "payment.recorded": _("entered a payment: %(thing)s"),
    "payment.taken_back": _("took a payment back: %(thing)s"),
    "payment.explained": _("said why there is no receipt: %(thing)s"),
    "allowance.rate_added": _("added a rate of the daily allowance"),
    "allowance.rate_changed": _("changed %(fields)s of a rate of the daily allowance"),
    "allowance.rate_removed": _("removed a rate of the daily allowance"),
    "allowance.days_set": _("set what is provided on %(days)s"),
    "allowance.withheld": _("withheld the daily allowance of %(thing)s: %(why)s"),
    "allowance.granted": _("granted a daily allowance to %(thing)s"),
    "protocol.changed": _("changed %(fields)s: protocol of %(thing)s"),
    "protocol.placed": _("put %(thing)s at place %(number)s of the order of protocol"),
    "protocol.order_forgotten": _("gave up the order of protocol of %(thing)s"),
    "bus.added": _("added the bus %(thing)s"),
    "bus.changed": _("changed %(fields)s of the bus %(thing)s"),
    "bus.removed": _("removed a bus"),
    "bus.seat_given": _("gave a seat in a bus to %(thing)s"),
    "bus.seat_freed": _("freed the seat in a bus of %(thing)s"),
    "buses.filled": _("gave %(number)s people seats in the buses to %(thing)s"),
    "buses.released": _("freed %(number)s seats in the buses to %(thing)s"),
    "buses.emptied": _("emptied the buses to %(thing)s"),
    "seating.made": _("laid %(tables)s tables of %(seats)s seats: %(thing)s"),
    "seating.removed": _("cleared the tables of a session away"),
    "seating.proposed": _("seated %(number)s people as the method proposes: %(thing)s"),
    "seating.undone": _("undid a proposal: tables of %(thing)s"),
    "seating.freed": _("let %(number)s people be moved again: tables of %(thing)s"),
    "seating.released": _("freed %(number)s places: tables of %(thing)s"),
    "seating.shown": _("showed the tables of %(thing)s"),
    "seating.hidden": _("hid the tables of %(thing)s"),
    "table.added": _("added table %(thing)s"),
    "table.changed": _("changed %(fields)s of table %(thing)s"),
    "table.removed": _("removed a table"),
    "table.seated": _("seated %(thing)s at table %(table)s"),
    "table.left": _("took %(thing)s from their table"),
    "table.fixed": _("fixed the place of %(thing)s"),
    "table.freed": _("let %(thing)s be moved again"),
}

HOSPITALITY_PAGES = (
    DeskPage("logistics:budget", _("Budget")),
    DeskPage("logistics:allowances", _("Daily allowance")),
    DeskPage("logistics:protocol", _("Protocol")),
    DeskPage("logistics:buses", _("Buses")),
    DeskPage("logistics:dinners", _("Tables")),
)


def register() -> None:
    _travel()
    _hospitality()


def _travel() -> None:
    """Visas and tickets, journeys, rooms, needs, whom to call."""
    audit.register_verbs(TRAVEL_VERBS)
    navigation.register(
        navigation.OwnPage(
            "journey",
            "travelling:journey",
            _("My journey"),
            rule=workshop_rules.sign_up,
            below=("my-needs", "my-emergency-contact", "my-seats"),
        )
    )
    navigation.register(
        navigation.OwnPage("lists", "travelling:lists", _("Lists"), rule=rules.see_host_lists)
    )
    desk_pages.register("logistics", *TRAVEL_PAGES, *HOSPITALITY_PAGES)
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
    audit.register_verbs(HOSPITALITY_VERBS)
    audit.register_words("why", dict(NoAllowance.Why.choices))
    _link_hospitality()
    files.register_owner(
        Payment,
        rules.see_payment,
        queryset=lambda: Payment.objects.select_related("expense__source"),
    )
    jobs.register(seating.JOB, seating.propose)
    retention.register(
        Protocol, {field.attname: retention.THIRTY_DAYS for field in Protocol.personal_fields()}
    )
    erasure.register(forgetting.forget_hospitality)
    own_data.register("hospitality", _("money, buses and tables"), own.hospitality)


def _link_hospitality() -> None:
    links.register(
        Source,
        kind=Source._meta.verbose_name,
        title=str,
        url=lambda source: reverse("logistics:source", args=[source.edition.slug, source.pk]),
        rule=rules.see_source,
        queryset=lambda: Source.objects.select_related("edition"),
    )
    links.register(
        Expense,
        kind=Expense._meta.verbose_name,
        title=str,
        url=lambda expense: reverse(
            "logistics:expense", args=[expense.source.edition.slug, expense.pk]
        ),
        rule=rules.see_expense,
        queryset=lambda: Expense.objects.select_related("source__edition"),
    )
    links.register(
        Payment,
        kind=Payment._meta.verbose_name,
        title=lambda payment: str(payment.expense),
        url=lambda payment: reverse(
            "logistics:expense", args=[payment.expense.source.edition.slug, payment.expense_id]
        ),
        rule=rules.see_payment,
        queryset=lambda: Payment.objects.select_related("expense__source__edition"),
    )
    links.register(
        Protocol,
        kind=Protocol._meta.verbose_name,
        title=lambda protocol: str(protocol.participation),
        url=lambda protocol: reverse(
            "logistics:protocol_person",
            args=[protocol.participation.edition.slug, protocol.participation_id],
        ),
        rule=rules.see_protocol,
        queryset=lambda: Protocol.objects.select_related(
            "participation__person__subject", "participation__edition"
        ),
    )
    links.register(
        Bus,
        kind=Bus._meta.verbose_name,
        title=str,
        url=lambda bus: reverse(
            "logistics:bus_board", args=[bus.session.edition.slug, bus.session_id]
        ),
        rule=rules.oversee_place,
        queryset=lambda: Bus.objects.select_related("session__edition"),
    )
    links.register(
        SeatingPlan,
        kind=SeatingPlan._meta.verbose_name,
        title=lambda plan: plan.session.wording("title"),
        url=lambda plan: reverse(
            "logistics:seating", args=[plan.session.edition.slug, plan.session_id]
        ),
        rule=rules.oversee_place,
        queryset=lambda: SeatingPlan.objects.select_related("session__edition"),
    )
    links.register(Table, kind=Table._meta.verbose_name, title=str, rule=rules.oversee_table)
