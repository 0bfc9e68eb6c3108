"""Lists of travel and stay as tables, each with what its reader needs and no more."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from madang.core import clock
from madang.core.exports import Column, Table, Value
from madang.logistics.models import Errand, Leg, Needs
from madang.logistics.queries import needs as needs_queries
from madang.logistics.queries import stays as stay_queries
from madang.logistics.queries.needs import Counts, Emergency
from madang.logistics.queries.pickups import Window
from madang.logistics.queries.stays import HotelShown, Night
from madang.logistics.queries.travellers import Traveller
from madang.workshops.models import Edition, Participation
from madang.workshops.queries import people


def latin(participation: Participation) -> str:
    """A name as it is on a passport and a boarding pass, where it was given in Latin letters."""
    return participation.person.latin_name or str(participation.person)


def errands(rows: Iterable[Traveller]) -> Table:
    """Where visas, tickets and insurance stand, and what is next."""

    def cells() -> Iterator[tuple[Value, ...]]:
        for row in rows:
            following = row.next
            yield (
                row.participation.person.name,
                row.participation.get_kind_display(),
                people.country_name(row.participation),
                *(errand.state_label if errand else "" for _label, errand in row.cells()),
                following.next_action if following else "",
                str(following.owner or "") if following else "",
                following.due if following else None,
            )

    return Table(
        columns=(
            Column("name", _("Name")),
            Column("kind", _("Takes part as")),
            Column("country", _("Country")),
            *(Column(kind, label) for kind, label in Errand.Kind.choices),
            Column("next_action", _("Next")),
            Column("owner", _("Who")),
            Column("due", _("Until")),
        ),
        rows=cells(),
    )


def pickups(windows: Iterable[Window], edition: Edition) -> Table:
    """Who is met when, where and by which vehicle: for drivers and hosts."""

    def cells() -> Iterator[tuple[Value, ...]]:
        for window in windows:
            for flight in window.flights:
                for leg in flight.legs:
                    name = latin(leg.participation)
                    yield (*_journey(leg, edition), name, *_vehicle(leg, edition))

    return Table(
        columns=(
            Column("day", _("Day")),
            Column("time", _("Time")),
            Column("number", _("Flight or train")),
            Column("from", _("From")),
            Column("to", _("To")),
            Column("name", _("Name")),
            Column("vehicle", _("Vehicle")),
            Column("leaves", _("Leaves")),
        ),
        rows=cells(),
    )


def _journey(leg: Leg, edition: Edition) -> tuple[Value, ...]:
    at = leg.at.astimezone(edition.zone)
    return at.date(), at.time(), leg.number, leg.from_place, leg.to_place


def _vehicle(leg: Leg, edition: Edition) -> tuple[Value, ...]:
    if leg.pickup is None:
        return "", None
    return leg.pickup.vehicle, leg.pickup.at.astimezone(edition.zone).time()


def nights(rows: Iterable[Night]) -> Table:
    """Everybody with their room and wishes: the secretariat's own list."""

    def cells() -> Iterator[tuple[Value, ...]]:
        for row in rows:
            stay, room = row.stay, row.room
            companion = stay.together_with if stay else None
            yield (
                row.participation.person.name,
                row.participation.get_kind_display(),
                people.country_name(row.participation),
                str(room.hotel.wording("name")) if room else "",
                room.label if room else "",
                stay.check_in if stay else None,
                stay.check_out if stay else None,
                stay.get_sharing_display() if stay else "",
                str(companion.person) if companion else "",
                stay.get_state_display() if stay else "",
            )

    return Table(
        columns=(
            Column("name", _("Name")),
            Column("kind", _("Takes part as")),
            Column("country", _("Country")),
            Column("hotel", _("Hotel")),
            Column("room", _("Room")),
            Column("check_in", _("First night")),
            Column("check_out", _("Leaves")),
            Column("sharing", _("Would like")),
            Column("together_with", _("Together with")),
            Column("state", _("State")),
        ),
        rows=cells(),
    )


def rooming_list(hotel: HotelShown, told: Mapping[object, Needs]) -> Table:
    """What a hotel needs: rooms, names and nights; needs only of those who agreed to it by name."""

    def cells() -> Iterator[tuple[Value, ...]]:
        for shown in hotel.rooms:
            for stay in shown.stays:
                needs = told.get(stay.participation_id)
                yield (
                    shown.room.label,
                    shown.room.get_kind_display(),
                    latin(stay.participation),
                    stay.check_in,
                    stay.check_out,
                    stay.nights,
                    needs_queries.words(needs) if needs and needs.tells_hotel else "",
                )

    return Table(
        columns=(
            Column("room", _("Room")),
            Column("kind", _("Kind")),
            Column("name", _("Name")),
            Column("check_in", _("First night")),
            Column("check_out", _("Leaves")),
            Column("nights", _("Nights")),
            Column("needs", _("Wishes to be known")),
        ),
        rows=cells(),
    )


def need_counts(counts: Counts) -> Table:
    """Numbers of diets and of access needs, without names."""
    rows = [(_("Meals"), str(label), number) for label, number in counts.diets]
    rows += [(_("Access"), str(label), number) for label, number in counts.accesses]
    return Table(
        columns=(
            Column("what", _("What for")),
            Column("need", _("What is needed")),
            Column("people", _("People")),
        ),
        rows=rows,
    )


def needs(rows: Iterable[tuple[Participation, Needs | None]]) -> Table:
    """Diet and access by name: for the secretariat, which arranges them."""

    def cells() -> Iterator[tuple[Value, ...]]:
        for participation, told in rows:
            if told is not None:
                yield participation.person.name, needs_queries.words(told), told.tells_hotel

    return Table(
        columns=(
            Column("name", _("Name")),
            Column("needs", _("Diet and access")),
            Column("tells_hotel", _("The hotel may know")),
        ),
        rows=cells(),
    )


def emergencies(rows: Iterable[Emergency]) -> Table:
    """Whom to call for whom: for the officer on duty."""

    def cells() -> Iterator[tuple[Value, ...]]:
        for row in rows:
            contact, stay = row.contact, row.stay
            room = stay.room if stay else None
            yield (
                row.participation.person.name,
                people.country_name(row.participation),
                row.participation.person.phone,
                f"{room.hotel.wording('name')} {room.label}" if room else "",
                f"{contact.name} ({contact.relation})" if contact and contact.relation
                else contact.name if contact else "",
                contact.phone if contact else "",
                contact.languages if contact else "",
                row.medical,
            )  # fmt: skip

    return Table(
        columns=(
            Column("name", _("Name")),
            Column("country", _("Country")),
            Column("phone", _("Telephone")),
            Column("room", _("Hotel and room")),
            Column("contact", _("Whom to call")),
            Column("contact_phone", _("Their telephone")),
            Column("languages", _("They speak")),
            Column("medical", _("Medical")),
        ),
        rows=cells(),
    )


def arrivals(edition: Edition) -> Table:
    """Who came and who did not, by the day on which they were expected."""

    def cells() -> Iterator[tuple[Value, ...]]:
        for row in stay_queries.nights(edition):
            if row.stay is not None:
                yield (
                    row.stay.check_in,
                    row.participation.person.name,
                    people.country_name(row.participation),
                    row.stay.get_state_display(),
                )

    return Table(
        columns=(
            Column("day", _("Expected")),
            Column("name", _("Name")),
            Column("country", _("Country")),
            Column("state", _("State")),
        ),
        rows=sorted(cells(), key=lambda row: (row[0] or clock.today(edition.zone), row[1])),
    )
