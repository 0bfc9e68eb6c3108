"""People in an edition. Their names are encrypted, so they are searched and sorted in Python."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from madang.core import texts
from madang.workshops.models import Edition, Participation

SORTS = {
    "name": lambda one: one.person.sort_key,
    "kind": lambda one: (str(one.get_kind_display()).casefold(), one.person.sort_key),
    "country": lambda one: (country_name(one).casefold(), one.person.sort_key),
    "organisation": lambda one: (organisation_name(one).casefold(), one.person.sort_key),
}


def in_edition(edition: Edition) -> QuerySet[Participation]:
    """Everybody in an edition with their name, country and organisation, in one query."""
    return Participation.objects.filter(edition=edition).select_related(
        "person__subject", "country", "organisation"
    )


def by_name(participations: Iterable[Participation]) -> list[Participation]:
    """In the order in which people look for a name."""
    return sorted(participations, key=SORTS["name"])


def with_wordings(participations: Iterable[Participation]) -> list[Participation]:
    """The same, with the names of countries and organisations read in every language (two queries).

    Rows of one country share one object, so its name is read once.
    """
    listed = list(participations)
    for name in ("country", "organisation"):
        shared: dict[Any, Any] = {}
        for one in listed:
            related = getattr(one, name)
            if related is not None:
                setattr(one, name, shared.setdefault(related.pk, related))
        texts.prefetch(shared.values())
    return listed


def country_name(participation: Participation) -> str:
    country = participation.country
    return str(country.wording("name")) if country else ""


def organisation_name(participation: Participation) -> str:
    organisation = participation.organisation
    return str(organisation.wording("name")) if organisation else ""


def matching(participations: Iterable[Participation], words: str) -> list[Participation]:
    """Those whose name, as written or in Latin letters, has all of the words in it."""
    wanted = words.casefold().split()
    found = []
    for one in participations:
        name = f"{one.person.name} {one.person.latin_name}".casefold()
        if all(word in name for word in wanted):
            found.append(one)
    return found


def ordered(participations: Iterable[Participation], sort: str) -> list[Participation]:
    """Sorted by a key of `SORTS`, backwards with a minus before it; by name where it is unknown."""
    key = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return sorted(participations, key=key, reverse=sort.startswith("-"))
