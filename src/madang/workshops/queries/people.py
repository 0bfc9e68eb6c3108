"""People in an edition. Their names are encrypted, so they are searched and sorted in Python."""

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from madang.core import texts
from madang.people.models import Person
from madang.workshops.models import Edition, Participation, SessionPerson, SignUp

SORTS = {
    "name": lambda one: one.person.sort_key,
    "kind": lambda one: (str(one.get_kind_display()).casefold(), one.person.sort_key),
    "country": lambda one: (country_name(one).casefold(), one.person.sort_key),
    "organisation": lambda one: (organisation_name(one).casefold(), one.person.sort_key),
}


def in_edition(edition: Edition) -> QuerySet[Participation]:
    """Everybody in an edition with their name, country and organisation, in one query."""
    return (
        Participation.objects.so_far()
        .filter(edition=edition)
        .select_related("person__subject", "country", "organisation")
    )


def by_name(participations: Iterable[Participation]) -> list[Participation]:
    """In the order in which people look for a name."""
    return sorted(participations, key=SORTS["name"])


def with_wordings(participations: Iterable[Participation]) -> list[Participation]:
    """The same, with the names of countries and organisations read (two queries)."""
    listed = list(participations)
    texts.prefetch_referred(listed, "country", "organisation")
    return listed


def country_name(participation: Participation) -> str:
    country = participation.country
    return str(country.wording("name")) if country else ""


def organisation_name(participation: Participation) -> str:
    organisation = participation.organisation
    return str(organisation.wording("name")) if organisation else ""


def matching(participations: Iterable[Participation], words: str) -> list[Participation]:
    """Those whose name has all of the words in it."""
    return [one for one in participations if has_words(one.person, words)]


def has_words(person: Person, words: str) -> bool:
    """Whether a name, as written or in Latin letters, has all of the words in it."""
    name = f"{person.name} {person.latin_name}".casefold()
    return all(word in name for word in words.casefold().split())


def ordered(participations: Iterable[Participation], sort: str) -> list[Participation]:
    """Sorted by a key of `SORTS`, backwards with a minus before it; by name where it is unknown."""
    key = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return sorted(participations, key=key, reverse=sort.startswith("-"))


def choices(participations: Iterable[Participation], name: str) -> list[tuple[str, str]]:
    """The countries (or organisations) that occur, by name, for a filter."""
    occurring = {getattr(one, name) for one in participations} - {None}
    named = [(str(thing.pk), str(thing.wording("name"))) for thing in occurring]
    return sorted(named, key=lambda pair: pair[1].casefold())


def filtered(
    participations: Iterable[Participation], asked: Mapping[str, str]
) -> list[Participation]:
    """Those that a list's filters ask for."""
    found = list(participations)
    for name in ("kind", "state"):
        if asked.get(name):
            found = [one for one in found if getattr(one, name) == asked[name]]
    for name in ("country_id", "organisation_id"):
        wanted = asked.get(name.removesuffix("_id"))
        if wanted:
            found = [one for one in found if str(getattr(one, name)) == wanted]
    return matching(found, asked["q"]) if asked.get("q") else found


def people_matching(people: QuerySet[Person], words: str) -> list[Person]:
    """People whose name has all of the words in it, by name."""
    found = [person for person in people if has_words(person, words)]
    found.sort(key=lambda person: person.sort_key)
    texts.prefetch_referred(found, "organisation")
    return found


def parts(participation: Participation) -> list[SessionPerson]:
    """What somebody does in the sessions of the edition, in the order of their start."""
    found = participation.session_parts.select_related("session")
    listed = list(found.order_by("session__starts_at", "id"))
    texts.prefetch_referred(listed, "session")
    return listed


def sign_ups(participation: Participation) -> list[SignUp]:
    """What somebody signed up for and has not withdrawn from."""
    found = participation.sign_ups.standing().select_related("session")
    listed = list(found.order_by("session__starts_at", "id"))
    texts.prefetch_referred(listed, "session")
    return listed
