"""Who is there twice: one person in other spellings, other scripts, from another office.

Names are compared in Latin letters, their parts in any order; across scripts, which write vowels
or leave them out, by their consonants. A name alone never proves that two people are one.

Not everybody is compared with everybody: people are gathered under what a double would share (an
address, a number, the sound of the name, a part of it within a country), and where very many share
one thing only the nearest of them are compared.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain, combinations, product
from typing import TypeVar

from rapidfuzz import fuzz, process

from madang.nominations.reading import sentences
from madang.nominations.reading.folding import fold
from madang.nominations.reading.likeness import ALIKE, PART, Likeness, Name, consonants, likeness
from madang.nominations.reading.rows import Finding, Plain, Reading

Thing = TypeVar("Thing")


class Band(Enum):
    """How sure it is that two entries are one person."""

    SAME = "same"
    MAYBE = "maybe"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Someone:
    """One entry of a list: who it may be. `key` is the caller's; the country is its code."""

    key: str
    name: str
    email: str = ""
    phone: str = ""
    organisation: str = ""
    country: str = ""


@dataclass(frozen=True)
class Pair:
    """Two entries that are, or may be, one person; `score` is from 0 to 1.

    `reasons` are codes: what speaks for it, then what against it.
    """

    one: str
    other: str
    band: Band
    score: float
    reasons: tuple[str, ...]

    @property
    def sentences(self) -> list[str]:
        """The reasons in words, in the language that is active."""
        return [sentences.of(reason, {}) for reason in self.reasons]


# Fewer figures are an extension; of more, those of the country may be missing.
FEWEST_DIGITS = 7
COMPARED_DIGITS = 9
# Of more entries than this that share one thing, each is compared with its nearest.
LARGEST_GROUP = 40
NEAREST = 8
LARGEST_BLOCK = 300
CUTOFF = 82
ROWS_AT_ONCE = 500
SAME_ORGANISATION = 92
NEARLY_SURE = 0.95
# Doubtful pairs listed for each candidate.
MOST_MAYBES = 5


class _Entry:
    """An entry, made ready to be compared many times."""

    __slots__ = ("country", "email", "key", "name", "organisation", "phone", "place")

    def __init__(self, place: int, someone: Someone) -> None:
        self.place = place
        self.key = someone.key
        self.name = Name(someone.name)
        self.email = "".join(someone.email.split()).casefold()
        digits = "".join(letter for letter in someone.phone if letter.isdecimal())
        self.phone = digits[-COMPARED_DIGITS:] if len(digits) >= FEWEST_DIGITS else ""
        self.organisation = fold(someone.organisation)
        self.country = someone.country


@dataclass
class _Namesakes:
    """Entries of one country with one name."""

    name: Name
    country: str
    entries: list[_Entry]


def same_people(candidates: Sequence[Someone], known: Sequence[Someone] = ()) -> list[Pair]:
    """Pairs among the candidates, and of a candidate (`one`) with somebody known (`other`).

    Only the bands same and maybe are listed, the surest first. Of two candidates, `one` is the
    later one.
    """
    entries = [_Entry(*each) for each in enumerate((*candidates, *known))]
    found: dict[tuple[int, int], Pair] = {}
    for one, other in _worth_comparing(entries):
        first, second = sorted((one, other), key=lambda entry: entry.place)
        if first.place >= len(candidates) or (first.place, second.place) in found:
            continue
        # A candidate stands before whom it repeats: another candidate above, or somebody known.
        among_candidates = second.place < len(candidates)
        pair = judge(second, first) if among_candidates else judge(first, second)
        if pair.band is not Band.DIFFERENT:
            found[first.place, second.place] = pair
    return _surest(found.values())


def people_of(reading: Reading) -> list[Someone]:
    """Those in a file, to be matched: the key is the row's number."""
    return [
        someone(row.number, row.values, (*row.doubts, *row.wrongs))
        for row in reading.rows
        if row.values.get("name")
    ]


def someone(number: int, values: Mapping[str, Plain], open_findings: Iterable[Finding]) -> Someone:
    """Who a row of a file is, by what is read of it so far; it has a name."""
    told = {key: str(value) for key, value in values.items() if value is not None}
    asked = {finding.field: finding.original for finding in open_findings}
    return Someone(
        key=str(number),
        name=told["name"],
        # An address with a slip in it still tells who it is.
        email=told.get("email") or asked.get("email", ""),
        phone=told.get("phone", ""),
        organisation=told.get("organisation", ""),
        country=told.get("country", ""),
    )


def judge(one: _Entry, other: _Entry) -> Pair:
    """Whether two entries are one person, by all that is known of both."""
    name = likeness(one.name, other.name)
    signs = {
        "email": _compared(one.email, other.email),
        "phone": _compared(one.phone, other.phone),
        "organisation": _compared_organisations(one.organisation, other.organisation),
        "country": _compared(one.country, other.country),
    }
    band = _band(name, signs)
    points = {"email": 0.3, "phone": 0.2, "organisation": 0.1, "country": 0.05}
    score = 0.55 * name.score
    for sign, equal in signs.items():
        score += points[sign] if equal else -0.05 if equal is False else 0.0
    reasons = [name.reason] if name.reason != "other_name" else []
    reasons += [f"same_{sign}" for sign, equal in signs.items() if equal]
    reasons += ["other_name"] if name.reason == "other_name" else []
    reasons += [f"other_{sign}" for sign, equal in signs.items() if equal is False]
    return Pair(one.key, other.key, band, round(min(max(score, 0.0), 1.0), 3), tuple(reasons))


def _band(name: Likeness, signs: dict[str, bool | None]) -> Band:
    alike = name.score >= ALIKE
    if alike and signs["email"]:
        return Band.SAME
    if alike and signs["phone"] and signs["email"] is not False:
        return Band.SAME if signs["organisation"] is not False else Band.MAYBE
    if signs["email"] or (signs["phone"] and name.score >= PART):
        return Band.MAYBE
    if alike and signs["country"] is not False:
        return Band.MAYBE
    if signs["organisation"]:
        near = name.score >= PART and signs["country"]
        return Band.MAYBE if near or name.score >= NEARLY_SURE else Band.DIFFERENT
    return Band.DIFFERENT


def _compared(one: str, other: str) -> bool | None:
    """Whether two are equal; None where one is not known."""
    return one == other if one and other else None


def _compared_organisations(one: str, other: str) -> bool | None:
    if not one or not other:
        return None
    return one == other or fuzz.token_sort_ratio(one, other) >= SAME_ORGANISATION


def _worth_comparing(entries: Sequence[_Entry]) -> Iterator[tuple[_Entry, _Entry]]:
    """Pairs of entries that share something which a double would share; some come twice."""
    namesakes: dict[tuple[str, str], _Namesakes] = {}
    for entry in entries:
        if entry.name.parts:
            key = (entry.name.key, entry.country)
            namesakes.setdefault(key, _Namesakes(entry.name, entry.country, [])).entries.append(
                entry
            )
    by_email = _gathered(entries, lambda entry: filter(None, (entry.email,)))
    by_phone = _gathered(entries, lambda entry: filter(None, (entry.phone,)))
    by_name = (group.entries for group in namesakes.values())
    for entries_alike in chain(by_email, by_phone, by_name):
        yield from _pairs(entries_alike)
    compared: set[tuple[int, int]] = set()
    for one, other in _names_worth_comparing(list(namesakes.values())):
        both = (id(one), id(other)) if id(one) < id(other) else (id(other), id(one))
        if both not in compared:
            compared.add(both)
            if likeness(one.name, other.name).score >= PART:
                yield from product(one.entries[:NEAREST], other.entries[:NEAREST])


def _names_worth_comparing(groups: Sequence[_Namesakes]) -> Iterator[tuple[_Namesakes, _Namesakes]]:
    for key in (_sounds, _parts_and_initials):
        for block in _gathered(groups, key):
            if len(block) <= LARGEST_BLOCK:
                yield from combinations(block, 2)
    yield from _within_longer_names(groups)
    for block in _gathered(groups, lambda group: (group.country,)):
        names = [group.name.key for group in block]
        for start in range(0, len(names), ROWS_AT_ONCE):
            scores = process.cdist(
                names[start : start + ROWS_AT_ONCE], names[start:], scorer=fuzz.ratio,
                score_cutoff=CUTOFF, dtype="uint8",
            )  # fmt: skip
            for row, column in zip(*scores.nonzero(), strict=True):
                if row < column:
                    yield block[start + row], block[start + column]


def _sounds(group: _Namesakes) -> Iterable[Hashable]:
    return (group.name.consonants,) if len(group.name.consonants) > 1 else ()


def _parts_and_initials(group: _Namesakes) -> Iterable[Hashable]:
    """Within a country: each part, with the first letter of each other one."""
    parts = sorted({*group.name.parts})[:5]
    return [
        (group.country, consonants(part) or part, other[0])
        for part in parts
        for other in parts
        if other != part and len(part) > 1
    ]


def _within_longer_names(groups: Sequence[_Namesakes]) -> Iterator[tuple[_Namesakes, _Namesakes]]:
    """Names of one part, with the longer names of their country that have it."""
    short = {(group.country, group.name.key): group for group in groups if _is_one(group)}
    for group in groups:
        for part in group.name.parts if not _is_one(group) else ():
            if (group.country, part) in short:
                yield short[group.country, part], group


def _is_one(group: _Namesakes) -> bool:
    return len(group.name.parts) == 1


def _gathered(
    things: Iterable[Thing], keys_of: Callable[[Thing], Iterable[Hashable]]
) -> Iterator[list[Thing]]:
    """Groups of things that share a key, of two and more; what has no key is in none."""
    groups: dict[Hashable, list[Thing]] = defaultdict(list)
    for thing in things:
        for key in dict.fromkeys(keys_of(thing)):
            groups[key].append(thing)
    return (group for group in groups.values() if len(group) > 1)


def _pairs(entries: Sequence[_Entry]) -> Iterator[tuple[_Entry, _Entry]]:
    """All pairs of a group; of a large one those next to each other by name and organisation."""
    if len(entries) <= LARGEST_GROUP:
        yield from combinations(entries, 2)
        return
    ordered = sorted(entries, key=lambda entry: (entry.name.key, entry.organisation, entry.email))
    for place, entry in enumerate(ordered):
        for other in ordered[place + 1 : place + 1 + NEAREST]:
            yield entry, other


def _surest(pairs: Iterable[Pair]) -> list[Pair]:
    """The surest first; of doubtful ones, each candidate's best."""
    listed = []
    maybes: dict[str, int] = defaultdict(int)
    for pair in sorted(pairs, key=lambda pair: (pair.band is not Band.SAME, -pair.score)):
        if pair.band is Band.MAYBE:
            maybes[pair.one] += 1
            if maybes[pair.one] > MOST_MAYBES:
                continue
        listed.append(pair)
    return listed
