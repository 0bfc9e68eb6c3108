"""People in the order of protocol, how they are addressed, and in which language they hear."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from madang.logistics.models import Protocol
from madang.logistics.queries.travellers import expected
from madang.people.models import Consent
from madang.workshops.forms.fields import language_name
from madang.workshops.models import Edition, Participation, Session
from madang.workshops.queries import people

# Those who run the edition have no place in the order of those whom it receives.
OUTSIDE = (Participation.Kind.SECRETARIAT,)


@dataclass(frozen=True)
class Row:
    """One person with their place in the order, from 1 on; `is_set` where somebody set it."""

    place: int
    participation: Participation
    protocol: Protocol | None
    agrees_to_photographs: bool

    @property
    def is_set(self) -> bool:
        return self.protocol is not None and self.protocol.precedence is not None

    @property
    def form_of_address(self) -> str:
        return self.protocol.form_of_address if self.protocol else ""

    @property
    def plate(self) -> str:
        """What stands on the name plate."""
        own = self.protocol.name_plate if self.protocol else ""
        return own or str(self.participation.person)

    @property
    def interpretation(self) -> str:
        return self.protocol.interpretation if self.protocol else ""

    @property
    def interpretation_name(self) -> str:
        """The language in which they hear, named in itself; empty without interpretation."""
        return language_name(self.interpretation) if self.interpretation else ""


def participations(edition: Edition) -> QuerySet[Participation]:
    """Everybody who has a place in the order, with whether they agree to photographs."""
    agreed = Consent.objects.filter(
        person=OuterRef("person"), purpose=Consent.Purpose.PHOTOGRAPHS, withdrawn_at=None
    )
    return expected(edition).exclude(kind__in=OUTSIDE).annotate(agrees=Exists(agreed))


def ordered(edition: Edition) -> list[Row]:
    """Everybody in the order of protocol (four queries).

    Those with a precedence come first; the others follow by country and name, as is usual where
    nobody has set an order.
    """
    kept = protocols(edition)
    found = people.with_wordings(participations(edition))

    def key(one: Participation) -> tuple[Any, ...]:
        protocol = kept.get(one.pk)
        precedence = protocol.precedence if protocol else None
        country = one.country.sort_key if one.country else "\uffff"
        return (precedence is None, precedence or 0, country, one.person.sort_key, one.pk)

    return [
        Row(place, one, kept.get(one.pk), one.agrees)
        for place, one in enumerate(sorted(found, key=key), start=1)
    ]


def protocols(edition: Edition) -> dict[UUID, Protocol]:
    rows = Protocol.objects.filter(participation__edition=edition)
    return {protocol.participation_id: protocol for protocol in rows}


def of_person(edition: Edition, participation_id: UUID) -> Row | None:
    """One person's place and protocol."""
    return next((row for row in ordered(edition) if row.participation.pk == participation_id), None)


def filtered(rows: Iterable[Row], asked: Mapping[str, str]) -> list[Row]:
    """Those that the list's filters ask for."""
    found = list(rows)
    if asked.get("kind"):
        found = [row for row in found if row.participation.kind == asked["kind"]]
    if asked.get("interpretation"):
        found = [row for row in found if row.interpretation == asked["interpretation"]]
    if asked.get("photographs"):
        agrees = asked["photographs"] == "yes"
        found = [row for row in found if row.agrees_to_photographs == agrees]
    if asked.get("q"):
        found = [row for row in found if people.has_words(row.participation.person, asked["q"])]
    return found


def interpretation_counts(rows: Iterable[Row]) -> list[tuple[str, str, int]]:
    """How many hear in which language: code, name and number, the most first."""
    counts = Counter(row.interpretation for row in rows if row.interpretation)
    return [(code, language_name(code), number) for code, number in counts.most_common()]


def speakers(
    edition: Edition, *, session: Session | None = None, by_name_of_country: bool = False
) -> list[Row]:
    """Who speaks, in order: those with a part in a session, else the first of each delegation.

    Whoever represents no country speaks for themselves. Countries go by their names in the reader's
    language where that is asked for, instead of by precedence.
    """
    rows = ordered(edition)
    if session is not None:
        parts = set(session.people.values_list("participation_id", flat=True))
        rows = [row for row in rows if row.participation.pk in parts]
    else:
        first: dict[Any, Row] = {}
        for row in rows:
            delegation = row.participation.country_id or row.participation.pk
            first.setdefault(delegation, row)
        rows = list(first.values())
    if by_name_of_country:
        rows.sort(
            key=lambda row: (
                not row.participation.country_id,
                people.country_name(row.participation).casefold(),
                row.place,
            )
        )
    return rows
