"""Questions about passport data that say nothing of what is in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from madang.cohorts.models import Offer, Passport
from madang.core import texts
from madang.people.models import Country, Person
from madang.workshops.models import Edition, Participation


@dataclass(frozen=True)
class Holder:
    """Somebody who may need a visa, and whether their passport data are here."""

    person: Person
    country: Country | None
    delete_on: date | None


def holders(edition: Edition, wanted: Mapping[str, Any]) -> list[Holder]:
    """Everybody who comes or is offered a seat, by country; four queries. `wanted["given"]`
    keeps those whose data are here (`"yes"`) or not (`"no"`)."""
    people: dict[UUID, tuple[Person, Country | None]] = {}
    offers = edition.offers.filter(state__in=(Offer.State.SENT, Offer.State.ACCEPTED))
    for offer in offers.select_related("nomination__person__subject", "nomination__country"):
        people[offer.nomination.person_id] = (offer.nomination.person, offer.nomination.country)
    parts = edition.participations.filter(
        state=Participation.State.EXPECTED,
        kind__in=(Participation.Kind.PARTICIPANT, Participation.Kind.RESOURCE_PERSON),
    )
    for part in parts.select_related("person__subject", "country"):
        people.setdefault(part.person_id, (part.person, part.country))
    given = dict(Passport.objects.filter(person__in=people).values_list("person_id", "delete_on"))
    texts.prefetch(country for _person, country in people.values() if country is not None)
    found = [
        Holder(person, country, given.get(key))
        for key, (person, country) in people.items()
        if person.erased_at is None
    ]
    if wanted.get("given"):
        found = [one for one in found if (one.delete_on is not None) == (wanted["given"] == "yes")]
    return sorted(found, key=lambda one: (_by(one.country), one.person.sort_key))


def _by(country: Country | None) -> str:
    return country.sort_key if country is not None else ""


def may_need(edition: Edition, person: Person) -> bool:
    """Whether somebody comes to an edition, or is offered a seat there."""
    return (
        edition.participations.filter(
            person=person,
            state=Participation.State.EXPECTED,
            kind__in=(Participation.Kind.PARTICIPANT, Participation.Kind.RESOURCE_PERSON),
        ).exists()
        or edition.offers.filter(
            nomination__person=person, state__in=(Offer.State.SENT, Offer.State.ACCEPTED)
        ).exists()
    )
