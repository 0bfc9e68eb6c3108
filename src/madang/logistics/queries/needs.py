"""What people eat and need, in numbers or by name, and whom to call for them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from madang.core import locales
from madang.logistics.models import Access, Diet, EmergencyContact, Needs, Stay
from madang.logistics.queries import travellers
from madang.logistics.queries.stays import share_hotels
from madang.workshops.models import Edition, Participation

Count = tuple[str | Promise, int]
# Somebody who travels, and what they told, if they did.
Told = tuple[Participation, Needs | None]


@dataclass(frozen=True)
class Counts:
    """Numbers without names: for kitchens, hotels and bus companies."""

    diets: list[Count]
    accesses: list[Count]
    told: int


def counts(needs: Iterable[Needs]) -> Counts:
    """How many need what; what nobody needs is left out."""
    diets: Counter[str] = Counter()
    accesses: Counter[str] = Counter()
    told = 0
    for each in needs:
        diets.update(each.diets)
        accesses.update(each.accesses)
        told += 1
    return Counts(
        [(label, diets[code]) for code, label in Diet.choices if diets[code]],
        [(label, accesses[code]) for code, label in Access.choices if accesses[code]],
        told,
    )


def of_edition(edition: Edition) -> list[Needs]:
    """What everybody who is expected has told (one query)."""
    return list(_told(edition))


def of_hotel(edition: Edition, hotel_id: Any) -> dict[Any, Needs]:
    """The same of those who sleep in one hotel, by participation (one query)."""
    inside = _told(edition).filter(participation__stay__room__hotel=hotel_id)
    there = inside.exclude(participation__stay__state=Stay.State.NO_SHOW)
    return {each.participation_id: each for each in there}


def _told(edition: Edition) -> Any:
    return Needs.objects.filter(
        participation__edition=edition, participation__state=Participation.State.EXPECTED
    )


def by_name(edition: Edition) -> list[Told]:
    """Everybody who travels with what they told, for those who arrange it (four queries)."""
    told = {each.participation_id: each for each in _told(edition)}
    return [(one, told.get(one.pk)) for one in travellers.travellers(edition)]


def filtered(rows: Iterable[Told], asked: Mapping[str, str]) -> list[Told]:
    """Those that the list's filters ask for."""
    found = list(rows)
    if asked.get("diet"):
        found = [(one, told) for one, told in found if told and asked["diet"] in told.diets]
    if asked.get("access"):
        found = [(one, told) for one, told in found if told and asked["access"] in told.accesses]
    return found


def words(needs: Needs) -> str:
    """Diet and access in words, in the reader's language."""
    found = [str(Diet(code).label) for code in needs.diets]
    found += [str(Access(code).label) for code in needs.accesses]
    found += [note for note in (needs.diet_note, needs.access_note) if note]
    return locales.listed(found)


@dataclass(frozen=True)
class Emergency:
    """What the officer on duty needs to help one person."""

    participation: Participation
    stay: Stay | None
    contact: EmergencyContact | None
    medical: str


def emergencies(edition: Edition) -> list[Emergency]:
    """Everybody who travels, by name: where they sleep, whom to call, what a doctor should know.

    Seven queries for any number of people.
    """
    found = list(Stay.objects.filter(participation__edition=edition).select_related("room__hotel"))
    share_hotels(found)
    stays = {stay.participation_id: stay for stay in found}
    contacts = {
        each.participation_id: each
        for each in EmergencyContact.objects.filter(participation__edition=edition)
    }
    told = {each.participation_id: each for each in _told(edition)}
    return [
        Emergency(
            participation=one,
            stay=stays.get(one.pk),
            contact=contacts.get(one.pk),
            medical=told[one.pk].medical if one.pk in told else "",
        )
        for one in travellers.travellers(edition)
    ]
