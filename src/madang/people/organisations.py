"""Finding organisations: in lists, and the ones that may be the same."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Self
from uuid import UUID

from django.db.models import Q, QuerySet

from madang.core import texts
from madang.people.country_names import normalize, sort_key
from madang.people.models import Country, Organisation

# Words that half of all names share, and that make two organisations no more alike.
COMMON_WORDS = frozenset(
    {
        "of", "the", "and", "for", "de", "ministry", "department", "office", "agency", "national",
        "institute", "university", "centre", "center", "ict",
    }
)  # fmt: skip
MOST_SIMILAR = 20


def current() -> QuerySet[Organisation]:
    """Organisations without the duplicates that were merged into another."""
    return Organisation.objects.filter(merged_into__isnull=True)


def search(text: str, organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Those in whose name or acronym every word of `text` occurs, whatever its case or accents."""
    for word in sort_key(text).split():
        organisations = organisations.filter(sort_key__contains=word)
    return organisations


def similar(organisation: Organisation) -> list[Organisation]:
    """Others that share a telling word or the acronym, those of the same country first."""
    words = set(organisation.sort_key.split()) - COMMON_WORDS
    if not words:
        return []
    shares = Q()
    for word in sorted(words):
        shares |= Q(sort_key__contains=word)
    found = current().exclude(pk=organisation.pk).filter(shares).select_related("country")

    def unlikeness(other: Organisation) -> tuple[bool, int, str]:
        shared = words.intersection(other.sort_key.split())
        return (other.country_id != organisation.country_id, -len(shared), other.sort_key)

    return sorted(found[: 10 * MOST_SIMILAR], key=unlikeness)[:MOST_SIMILAR]


class Index:
    """All organisations at one moment, to match a whole list against: read in two queries."""

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self.bearers: dict[str, dict[UUID, Organisation]] = defaultdict(dict)
        # A list names the same ministry again and again.
        self.asked: dict[tuple[str, UUID | None], Organisation | None] = {}
        listed = list(organisations)
        texts.prefetch(listed)
        for organisation in listed:
            names = [*organisation.all_wordings("name").values(), organisation.acronym]
            for name in filter(None, map(normalize, names)):
                self.bearers[name][organisation.pk] = organisation

    @classmethod
    def read(cls) -> Self:
        """The index as the database holds it now."""
        return cls(current())

    def match(self, name: str, country: Country | None) -> Organisation | None:
        """The one organisation of a country, or international one, that bears exactly this name.

        None where nobody does, or where several do: nobody may guess which is meant.
        """
        key = (name, country.pk if country is not None else None)
        if key not in self.asked:
            bearers = self.bearers.get(normalize(name), {}).values()
            found = [it for it in bearers if it.country_id in {None, key[1]}]
            self.asked[key] = found[0] if len(found) == 1 else None
        return self.asked[key]
