"""Who travels to an edition, and what is arranged for each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from madang.core import clock
from madang.logistics.models import Errand, Leg, Stay
from madang.workshops.models import Edition, Participation
from madang.workshops.queries import people

# Hosts live there, and the secretariat travels on its own account.
TRAVELLING = (
    Participation.Kind.PARTICIPANT,
    Participation.Kind.RESOURCE_PERSON,
    Participation.Kind.OBSERVER,
)


def expected(edition: Edition) -> QuerySet[Participation]:
    """Everybody who is expected, with their name, country and organisation."""
    return people.in_edition(edition).filter(state=Participation.State.EXPECTED)


def travelling(edition: Edition) -> QuerySet[Participation]:
    """Those of them who have to travel."""
    return expected(edition).filter(kind__in=TRAVELLING)


def travellers(edition: Edition) -> list[Participation]:
    """The same by name, with the names of countries and organisations (three queries)."""
    return people.by_name(people.with_wordings(travelling(edition)))


@dataclass(frozen=True)
class Traveller:
    """One person with what is arranged: errands by kind, those not opened yet left out."""

    participation: Participation
    errands: Mapping[str, Errand]

    def cells(self) -> list[tuple[str, Errand | None]]:
        """One for each kind, in the order of the kinds: its label and the errand, if any."""
        return [(label, self.errands.get(kind)) for kind, label in Errand.Kind.choices]

    @property
    def open(self) -> list[Errand]:
        """What is still to do, the most pressing first."""
        left = [errand for errand in self.errands.values() if errand.is_open]
        return sorted(left, key=lambda errand: (errand.due or date.max, errand.kind))

    @property
    def next(self) -> Errand | None:
        return self.open[0] if self.open else None

    def is_late(self, today: date) -> bool:
        return any(errand.due and errand.due < today for errand in self.open)


def board(edition: Edition) -> list[Traveller]:
    """Everybody with their errands, by name (four queries)."""
    by_person: dict[Any, dict[str, Errand]] = {}
    errands = Errand.objects.filter(participation__edition=edition)
    for errand in errands.select_related("subject", "owner__person__subject"):
        by_person.setdefault(errand.participation_id, {})[errand.kind] = errand
    return [Traveller(one, by_person.get(one.pk, {})) for one in travellers(edition)]


def filtered(
    rows: Iterable[Traveller], asked: Mapping[str, Any], edition: Edition
) -> list[Traveller]:
    """Those that the list's filters ask for."""
    found = list(rows)
    if asked.get("q"):
        found = [row for row in found if people.has_words(row.participation.person, asked["q"])]
    if asked.get("kind"):
        found = [row for row in found if row.participation.kind == asked["kind"]]
    errand, state = asked.get("errand"), asked.get("state")
    if errand or state:
        found = [row for row in found if _has(row, errand, state)]
    if asked.get("owner"):
        found = [
            row for row in found if any(str(each.owner_id) == asked["owner"] for each in row.open)
        ]
    if asked.get("due") == "late":
        today = clock.today(edition.zone)
        found = [row for row in found if row.is_late(today)]
    return found


def _has(row: Traveller, errand: str | None, state: str | None) -> bool:
    """Whether one of this kind (of any) is in this state (or still open to do)."""
    return any(
        (not errand or each.kind == errand) and (each.state == state if state else each.is_open)
        for each in row.errands.values()
    )


def owners(rows: Iterable[Traveller]) -> list[tuple[str, str]]:
    """Those who have something to do, by name, for a filter."""
    found = {
        str(each.owner_id): str(each.owner)
        for row in rows
        for each in row.errands.values()
        if each.owner is not None
    }
    return sorted(found.items(), key=lambda pair: pair[1].casefold())


@dataclass(frozen=True)
class Journey:
    """What one person's page shows: their errands, ways and nights."""

    traveller: Traveller
    arrival: Leg | None
    departure: Leg | None
    stay: Stay | None


def journey(participation: Participation) -> Journey:
    """Everything that is arranged for one person (three queries)."""
    errands = Errand.objects.filter(participation=participation)
    by_kind = {
        each.kind: each for each in errands.select_related("subject", "owner__person__subject")
    }
    legs = {
        leg.direction: leg
        for leg in Leg.objects.filter(participation=participation).select_related(
            "subject", "pickup"
        )
    }
    stays = Stay.objects.filter(participation=participation)
    return Journey(
        traveller=Traveller(participation, by_kind),
        arrival=legs.get(Leg.Direction.ARRIVAL),
        departure=legs.get(Leg.Direction.DEPARTURE),
        stay=stays.select_related(
            "room__hotel", "together_with__person__subject", "participation__edition"
        ).first(),
    )
