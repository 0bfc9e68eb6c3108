"""What a rotation is asked for and what is answered, as frozen dataclasses.

Rounds and groups are numbered from 1. A document in JSON has the same fields under the same names,
except that a person's attributes stand beside the `id`: `{"id": "Han", "country": "KR"}`.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Annotated, Any, Literal

from madang.methods import documents
from madang.methods.documents import (
    Between,
    InvalidDocumentError,
    Length,
    Unique,
    refuse_any_unknown,
    refuse_unknown,
)

Name = Annotated[str, Length(1, 200)]
Names = Annotated[tuple[Name, ...], Length(0, 1000), Unique()]
Value = str | int | float | bool | None
Held = Annotated[tuple[Names, ...], Length(0, 1000)]


@dataclass(frozen=True)
class Person:
    """Somebody who goes from group to group; None as a value is the same as no such attribute."""

    id: Name
    attributes: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """A person who is in this group in this round, whatever else is planned: a table's host."""

    round: Annotated[int, Between(1)]
    group: Annotated[int, Between(1)]
    person: Name


@dataclass(frozen=True)
class Problem:
    """People who meet in `groups` groups, whose sizes differ by at most one, in `rounds` rounds.

    Members of a group should share no value of an attribute in `apart`; each value of one in
    `balance` should be spread evenly over the groups. `met` are pairs who have met before. `fixed`
    are the first rounds, as they were held: of any sizes, and whoever is in no group was not
    there. `absent` says who is not there in which of the others. `placed` people stay where put.
    """

    people: Annotated[tuple[Person, ...], Length(1, 1000), Unique("id")]
    groups: Annotated[int, Between(1, 500)]
    rounds: Annotated[int, Between(1, 100)]
    apart: Names = ()
    balance: Names = ()
    met: Annotated[tuple[tuple[Name, Name], ...], Length(0, 1_000_000)] = ()
    fixed: Annotated[tuple[Held, ...], Length(0, 100)] = ()
    absent: dict[str, Names] = field(default_factory=dict)
    placed: Annotated[tuple[Place, ...], Length(0, 10_000)] = ()
    seed: Annotated[int, Between(0, 2**31 - 1)] = 0
    seconds: Annotated[float, Between(0.1, 86_400)] = 10


@dataclass(frozen=True)
class Violation:
    """People of a group who share a value of an attribute in `apart`."""

    round: int
    group: int
    attribute: str
    value: Value
    people: tuple[str, ...]


@dataclass(frozen=True)
class Point:
    """A plan that was found, by what it costs in repeats and in imbalance."""

    repeats: int
    imbalance: int


@dataclass(frozen=True)
class Rotation:
    """The answer.

    `repeats` are, over all pairs, the meetings beyond the first, those before included. No plan
    with as few violations has fewer than `bound`. `optimal`: the repeats are the bound, and the
    violations proven to be the least; `feasible`: not proven. `pairs_met` are the pairs who have
    met by the end, `pairs_allowed` those who may, and `met_by_person` says how many others each has
    met. `balance` is, by attribute, how many people stand where an even share would not have them;
    of plans with the fewest repeats found, the answer has the least of it. `front` lists the plans
    found of which none has both fewer repeats and a better balance.
    """

    rounds: tuple[tuple[tuple[str, ...], ...], ...]
    repeats: int
    bound: int
    status: Literal["optimal", "feasible"]
    pairs_met: int
    pairs_allowed: int
    met_by_person: dict[str, int]
    balance: dict[str, int]
    front: tuple[Point, ...]
    violations: tuple[Violation, ...]
    seconds: float = 0.0


def read(document: Any) -> Problem:
    """The problem in a JSON document, in which attributes stand beside the ids."""
    try:
        return documents.read(Problem, _folded(document))
    except InvalidDocumentError as error:
        if not error.path.startswith("$.people["):
            raise
        raise InvalidDocumentError(
            error.path.replace(".attributes", "", 1), error.problem
        ) from error


def _folded(document: Any) -> Any:
    """The document with each person's attributes in a field of their own.

    Only plain objects are touched: whatever else is in a wrong place is left for `read` to refuse.
    """
    if type(document) is not dict or not isinstance(document.get("people"), list):
        return document
    people = []
    for person in document["people"]:
        if type(person) is not dict:
            people.append(person)
            continue
        folded: dict[str, Any] = {"attributes": {k: v for k, v in person.items() if k != "id"}}
        people.append(folded | {k: v for k, v in person.items() if k == "id"})
    return {**document, "people": people}


def value_of(person: Person, attribute: str) -> tuple[bool, Value] | None:
    """A value that compares as JSON does (true is not 1), or None."""
    value = person.attributes.get(attribute)
    return None if value is None else (isinstance(value, bool), value)


def present(problem: Problem, number: int) -> list[str]:
    """Who is there in a round that is not fixed, in the order of the people."""
    away = set(problem.absent.get(str(number), ()))
    return [person.id for person in problem.people if person.id not in away]


def sharing(problem: Problem) -> Iterator[tuple[str, str]]:
    """The pairs of people who share a value of an attribute in `apart`."""
    for one, other in combinations(problem.people, 2):
        for attribute in problem.apart:
            value = value_of(one, attribute)
            if value is not None and value == value_of(other, attribute):
                yield one.id, other.id
                break


def refuse_mistakes(problem: Problem) -> None:
    """Raise `InvalidDocumentError` where a part names what is not there or contradicts another."""
    known = {person.id for person in problem.people}
    if problem.groups > len(known):
        raise InvalidDocumentError("$.groups", f"there are only {len(known)} people")
    named = {name for person in problem.people for name in person.attributes}
    for title in ("apart", "balance"):
        refuse_any_unknown(getattr(problem, title), named, f"$.{title}", "attribute")
    for index, pair in enumerate(problem.met):
        refuse_any_unknown(pair, known, f"$.met[{index}]", "person")
        if pair[0] == pair[1]:
            raise InvalidDocumentError(f"$.met[{index}]", "nobody meets themselves")
    _refuse_held(problem, known)
    _refuse_absent(problem, known)
    _refuse_places(problem, known)


def _refuse_held(problem: Problem, known: Collection[str]) -> None:
    if len(problem.fixed) > problem.rounds:
        raise InvalidDocumentError("$.fixed", f"there are only {problem.rounds} rounds")
    for index, groups in enumerate(problem.fixed):
        seen: set[str] = set()
        for number, members in enumerate(groups):
            path = f"$.fixed[{index}][{number}]"
            refuse_any_unknown(members, known, path, "person")
            for position, name in enumerate(members):
                if name in seen:
                    raise InvalidDocumentError(
                        f"{path}[{position}]", f"“{name}” is already in a group of this round"
                    )
                seen.add(name)


def _refuse_absent(problem: Problem, known: Collection[str]) -> None:
    numbers = {str(index + 1): index for index in range(problem.rounds)}
    for number, names in problem.absent.items():
        path = f"$.absent[{json.dumps(number)}]"
        if number not in numbers:
            raise InvalidDocumentError(path, f"is no round: they are 1 to {problem.rounds}")
        refuse_any_unknown(names, known, path, "person")
        held = problem.fixed[numbers[number] : numbers[number] + 1]
        there = {name for groups in held for group in groups for name in group}
        for position, name in enumerate(names):
            if name in there:
                raise InvalidDocumentError(
                    f"{path}[{position}]", f"“{name}” was there, as the fixed round says"
                )


def _refuse_places(problem: Problem, known: Collection[str]) -> None:
    put: dict[int, dict[str, int]] = {}
    for index, place in enumerate(problem.placed):
        path = f"$.placed[{index}]"
        if not len(problem.fixed) < place.round <= problem.rounds:
            raise InvalidDocumentError(f"{path}.round", "is no round that is to be planned")
        if place.group > problem.groups:
            raise InvalidDocumentError(f"{path}.group", f"there are only {problem.groups} groups")
        refuse_unknown(place.person, known, f"{path}.person", "person")
        there = present(problem, place.round)
        if place.person not in there:
            raise InvalidDocumentError(f"{path}.person", "is absent in this round")
        groups = put.setdefault(place.round, {})
        if groups.setdefault(place.person, place.group) != place.group:
            raise InvalidDocumentError(f"{path}.person", "is already placed in another group")
        size, larger = divmod(len(there), problem.groups)
        counts = [list(groups.values()).count(g + 1) for g in range(problem.groups)]
        if max(counts) > size + 1 or sum(count > size for count in counts) > larger:
            raise InvalidDocumentError(path, "there is no seat left in this group")
