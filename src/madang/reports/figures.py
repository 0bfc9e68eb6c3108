"""Who took part, in numbers that tell on nobody."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from madang.attendance.queries import shares
from madang.nominations.models import Nomination, Sector
from madang.people.models import Country, Organisation
from madang.workshops.models import Edition, Participation

# Fewer people than these are not counted by themselves.
FLOOR = 5
_SECTOR_OF_KIND: Mapping[str, str] = {
    Organisation.Kind.MINISTRY: Sector.GOVERNMENT,
    Organisation.Kind.AGENCY: Sector.GOVERNMENT,
    Organisation.Kind.CITY: Sector.GOVERNMENT,
    Organisation.Kind.ACADEMIA: Sector.ACADEMIA,
    Organisation.Kind.CIVIL_SOCIETY: Sector.CIVIL_SOCIETY,
    Organisation.Kind.COMPANY: Sector.PRIVATE,
    Organisation.Kind.INTERNATIONAL: Sector.INTERNATIONAL,
}


@dataclass(frozen=True)
class TakenPart:
    """The participants of an edition: their countries, sectors and sexes, each with its count.

    `sectors` and `sexes` have "" for those of whom it is not known. They are for further counting:
    what is shown of them goes through `above_the_floor` first.
    """

    ids: frozenset[UUID]
    countries: Mapping[Country, int]
    sectors: Mapping[str, int]
    sexes: Mapping[str, int]

    @property
    def people(self) -> int:
        return len(self.ids)


def taken_part(edition: Edition) -> TakenPart:
    """Those who came for the workshop: who is expected, and who came before they had to leave.

    Once attendance was taken, somebody expected who was in no session did not come.
    """
    participants = list(
        Participation.objects.so_far()
        .filter(edition=edition, kind=Participation.Kind.PARTICIPANT)
        .select_related("country", "organisation")
    )
    came = {pk for pk, share in shares(edition).items() if share.sessions}
    if came & {one.pk for one in participants}:
        present = [one for one in participants if one.pk in came]
    else:
        present = [one for one in participants if one.state == Participation.State.EXPECTED]
    known = _nominated(edition, present)
    sectors: Counter[str] = Counter()
    sexes: Counter[str] = Counter()
    for one in present:
        sector, sex = known.get(one.person_id, ("", ""))
        sectors[sector or _sector_of(one.organisation)] += 1
        sexes[sex] += 1
    countries = Counter(one.country for one in present if one.country is not None)
    return TakenPart(frozenset(one.pk for one in present), countries, sectors, sexes)


def above_the_floor(counts: Mapping[str, int], floor: int = FLOOR) -> dict[str, int]:
    """Counts of which none is small: "" stands for the rest, which takes in what is below `floor`.

    Where the rest would be small itself, the smallest of the others goes into it too, so that the
    whole number does not give it away. An empty answer: nothing can be told.
    """
    shown = {code: number for code, number in counts.items() if number >= floor and code}
    rest = sum(counts.values()) - sum(shown.values())
    while 0 < rest < floor and shown:
        smallest = min(shown, key=lambda code: (shown[code], code))
        rest += shown.pop(smallest)
    if not shown:
        return {}
    ordered = dict(sorted(shown.items(), key=lambda pair: (-pair[1], pair[0])))
    return ordered | ({"": rest} if rest else {})


def _nominated(edition: Edition, present: list[Participation]) -> dict[UUID, tuple[str, str]]:
    rows: Any = Nomination.objects.filter(
        edition=edition, person__in={one.person_id for one in present}
    ).values_list("person_id", "sector", "sex")
    return {person: (sector, sex) for person, sector, sex in rows}


def _sector_of(organisation: Organisation | None) -> str:
    return str(_SECTOR_OF_KIND.get(organisation.kind, "")) if organisation is not None else ""
