"""The buses of a session and who sits in which."""

from collections.abc import Iterable
from dataclasses import dataclass

from madang.logistics.models import Bus, BusSeat
from madang.logistics.queries.coming import with_gone
from madang.workshops.models import Participation, Session
from madang.workshops.queries import people


@dataclass(frozen=True)
class Load:
    """One bus with the people in it, by name."""

    bus: Bus
    people: list[Participation]

    @property
    def free(self) -> int:
        return self.bus.seats - len(self.people)


@dataclass(frozen=True)
class Board:
    """All buses, who still has no seat, and who has one but does not come any more."""

    loads: list[Load]
    waiting: list[Participation]
    gone: list[Participation]
    coming: int

    @property
    def seats(self) -> int:
        return sum(load.bus.seats for load in self.loads)

    @property
    def seated(self) -> int:
        return sum(len(load.people) for load in self.loads)


def board(session: Session) -> Board:
    """Everything about the buses of a session (six queries for any number)."""
    come, gone, taken = with_gone(session, BusSeat.objects.filter(session=session))
    bus_of = {seat.participation_id: seat.bus_id for seat in taken}
    everybody = people.by_name([*come, *gone])
    loads = [
        Load(bus, [one for one in everybody if bus_of.get(one.pk) == bus.pk])
        for bus in session.buses.all()
    ]
    waiting = [one for one in come if one.pk not in bus_of]
    return Board(loads, waiting, gone, len(come))


def shown(loads: Iterable[Load], gone: Iterable[Participation]) -> list[Load]:
    """The same without those who do not come any more: for drivers and hosts."""
    away = {one.pk for one in gone}
    return [Load(load.bus, [one for one in load.people if one.pk not in away]) for load in loads]


def own(participation: Participation) -> list[BusSeat]:
    """The seats of one person, in the order of the sessions."""
    found = participation.bus_seats.select_related("bus", "session")
    return list(found.order_by("session__starts_at", "id"))
