"""Which country a text means: from lists as they are really written.

`Index.match` answers with one of three certainties. *Exact*: the text is one of the names or codes
that the organiser's list holds. *Likely*: it is a slip of the keyboard away from names of one
country alone, or says more or less than a name does ("Government of Samoa"); a person confirms it.
*None*: nobody may guess, because nothing is near or because several countries are (Austria and
Australia, the two Koreas). `candidates` then lists the nearest for a person to choose from.

Nothing here asks the database or needs Django, so that a process without either can match a list.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

from rapidfuzz.distance import OSA

from madang.people.country_names import normalize

MOST_CANDIDATES = 5
# Words that say what kind of state it is rather than which.
GENERIC = frozenset(
    {
        "republic", "kingdom", "state", "states", "government", "islamic", "federal",
        "socialist", "democratic", "peoples", "union", "independent", "sultanate",
        "principality", "commonwealth", "islands", "country", "nation", "royal",
        "national",
    }
)  # fmt: skip
# Names that several countries share, written whole or with a slip: nobody guesses which is meant.
# (Congo and Guinea, spelt right, are what the United Nations call one of them.)
SHARED = {
    **dict.fromkeys(("Korea", "Corée", "Corea", "Coreia", "조선반도"), ("KR", "KP")),
    **dict.fromkeys(("Congo", "Kongo"), ("CG", "CD")),
    **dict.fromkeys(("Guinea", "Guinée"), ("GN", "GW", "GQ")),
    "Virgin Islands": ("VG", "VI"),
    "Saint Martin": ("MF", "SX"),
}


class Certainty(Enum):
    """How sure a match is."""

    EXACT = "exact"
    LIKELY = "likely"
    NONE = "none"


@dataclass(frozen=True)
class Match:
    """The country that a text means, if any, and the nearest ones, best first."""

    country: Any
    certainty: Certainty
    candidates: tuple[Any, ...] = ()


NO_MATCH = Match(None, Certainty.NONE)


@dataclass(frozen=True)
class Plain:
    """What matching needs of a country, without its row."""

    pk: UUID
    alpha2: str
    alpha3: str
    numeric: str
    name: str
    sort_key: str


class Index:
    """All names and codes at one moment, to match a whole list against.

    `countries` are rows, or `Plain`; `names` are normalized, with the key of their country.
    """

    def __init__(self, countries: Iterable[Any], names: Iterable[tuple[str, UUID]]) -> None:
        self.countries = {country.pk: country for country in countries}
        self.codes: dict[str, Any] = {}
        for country in self.countries.values():
            for code in (country.alpha2, country.alpha3, country.numeric):
                self.codes[code.upper()] = country
        self.names = {name: self.countries[pk] for name, pk in names}
        self.bearers: dict[str, set[UUID]] = defaultdict(set)
        self.cores: dict[str, set[UUID]] = defaultdict(set)
        for name, country in self.names.items():
            self.bearers[name].add(country.pk)
            self.cores[_core(name)].add(country.pk)
        for name, codes in SHARED.items():
            bearers = {self.codes[code].pk for code in codes if code in self.codes}
            self.bearers[normalize(name)] |= bearers
            self.cores[_core(normalize(name))] |= bearers
        self.cores.pop("", None)

    def plain(self) -> "Index":
        """The same for another process: with no rows of the database in it."""
        countries = (
            Plain(it.pk, it.alpha2, it.alpha3, it.numeric, it.name, it.sort_key)
            for it in self.countries.values()
        )
        return Index(countries, ((name, it.pk) for name, it in self.names.items()))

    def match(self, text: str | None) -> Match:
        """The country that `text` means; never raises, whatever a list holds."""
        written = str(text or "").strip()
        exact = self.codes.get(written.upper()) or self.names.get(name := normalize(written))
        if exact is not None:
            return Match(exact, Certainty.EXACT, (exact,))
        if not name:
            return NO_MATCH
        meant = self._meant(name)
        if len(meant) == 1:
            country = self.countries[meant.pop()]
            return Match(country, Certainty.LIKELY, (country,))
        nearest = [pk for pk in self._nearest(name) if pk not in meant]
        first = sorted(meant, key=lambda pk: self.countries[pk].sort_key)
        chosen = [self.countries[pk] for pk in [*first, *nearest]][:MOST_CANDIDATES]
        return Match(None, Certainty.NONE, tuple(chosen))

    def _meant(self, name: str) -> set[UUID]:
        """Countries that `name` may mean: those it slipped from, and those of the same core."""
        meant = set(self.cores.get(_core(name), ()))
        allowed = _slips_allowed(name)
        distances = self._distances(name, allowed + 1) if allowed else {}
        least = min((distance for distance, _known in distances.values()), default=allowed + 1)
        if least <= allowed:
            # One slip further another name begins, and then it could be either; but few mistake
            # the first letter (Tajkistan is not Pakistan).
            meant |= {
                pk
                for pk, (distance, known) in distances.items()
                if distance == least or (distance == least + 1 and known[0] == name[0])
            }
        return meant

    def _distances(self, name: str, limit: int) -> dict[UUID, tuple[int, str]]:
        """Countries with a name at most `limit` slips away: how many, and which name."""
        nearest: dict[UUID, tuple[int, str]] = {}
        for known, bearers in self.bearers.items():
            if abs(len(known) - len(name)) > limit:
                continue
            distance = slips(name, known, limit)
            if distance <= limit:
                found = (distance, known)
                for pk in bearers:
                    nearest[pk] = min(found, nearest.get(pk, found))
        return nearest

    def _nearest(self, name: str) -> list[UUID]:
        """Countries that share a word with `name`, or are some slips away; best first."""
        words = set(name.split()) - GENERIC
        scores: dict[UUID, float] = {}
        for known, country in self.names.items():
            shared = words.intersection(known.split())
            if shared:
                score = 1 - sum(map(len, shared)) / max(len(name), len(known))
                scores[country.pk] = min(score, scores.get(country.pk, 1.0))
        limit = max(2, len(name) // 4)
        for pk, (distance, _known) in self._distances(name, limit).items():
            scores[pk] = min(distance / len(name), scores.get(pk, 1.0))
        return sorted(scores, key=lambda pk: (scores[pk], self.countries[pk].sort_key))


def slips(one: str, other: str, limit: int) -> int:
    """How many letters were left out, put in, mistaken or swapped with their neighbour.

    Restricted Damerau-Levenshtein distance (optimal string alignment); what is more than `limit`
    is told as `limit + 1`.
    """
    return int(OSA.distance(one, other, score_cutoff=limit))


def _core(name: str) -> str:
    """What remains of a normalized name without the words that say the kind of state."""
    return " ".join(word for word in name.split() if word not in GENERIC)


def _slips_allowed(name: str) -> int:
    """Short names are near to many others: Iran and Iraq, Mali and Malta."""
    length = len(name)
    if length < 5:
        return 0
    return 1 if length < 10 else 2
