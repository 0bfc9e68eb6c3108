"""A seating plan: one round of `methods.rotation`, fitted to tables and to places that are fixed.

Pure: no database. `propose` is for a process of its own (the method warms up for a second). It asks
the method for one round in which neither people of one country nor two hosts share a group, a group
for each table, and then mends by exchanges what fixed places and tables of different sizes broke.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import comb

# What sharing a table costs: two hosts, two people of one country, two who shared one before.
_HOSTS, _COUNTRY, _MET = 10_000, 100, 1
SECONDS = 5


class DoesNotFitError(Exception):
    """There are more people than seats."""


@dataclass(frozen=True)
class Guest:
    """Somebody to be seated. `country` may be empty: whoever represents none mixes with all."""

    id: str
    country: str = ""
    is_host: bool = False


@dataclass(frozen=True)
class Problem:
    """Who is to sit where: `tables` are seats by id, `fixed` tables by guest.

    `met` are pairs of guests who shared a table before.
    """

    guests: Sequence[Guest]
    tables: Mapping[str, int]
    fixed: Mapping[str, str] = field(default_factory=dict)
    met: Sequence[tuple[str, str]] = ()
    seed: int = 0


@dataclass(frozen=True)
class Plan:
    """Tables by guest; `pairs` of one country at one table, never fewer than `bound`."""

    places: Mapping[str, str]
    pairs: int
    bound: int


def propose(problem: Problem) -> Plan:
    """The plan. Raises `DoesNotFitError`."""
    if len(problem.guests) > sum(problem.tables.values()):
        raise DoesNotFitError
    places = _fitted(problem, _start(problem))
    return Plan(places, same_country(problem.guests, places), bound(problem))


def same_country(guests: Iterable[Guest], places: Mapping[str, str]) -> int:
    """How many pairs of one country share a table."""
    together = Counter(
        (guest.country, places[guest.id])
        for guest in guests
        if guest.country and guest.id in places
    )
    return sum(comb(count, 2) for count in together.values())


def bound(problem: Problem) -> int:
    """How many such pairs there are at least, whatever the plan.

    Each country by itself is spread as evenly as fixed places and seats allow: adding one more to
    the table with the fewest of it is always the cheapest.
    """
    total = 0
    for country, count in Counter(guest.country for guest in problem.guests).items():
        if not country:
            continue
        of_it = {guest.id for guest in problem.guests if guest.country == country}
        there = Counter(dict.fromkeys(problem.tables, 0))
        there.update(table for guest, table in problem.fixed.items() if guest in of_it)
        for _guest in range(count - there.total()):
            free = [table for table, seats in problem.tables.items() if there[table] < seats]
            there[min(free, key=lambda table: there[table])] += 1
        total += sum(comb(number, 2) for number in there.values())
    return total


def _start(problem: Problem) -> dict[str, str]:
    """Tables by guest as one round of the rotation method has them, group for table.

    Its groups differ by one in size at most. Fixed places are told to it as far as they fit into
    groups so even; all of them are kept here.
    """
    from madang.methods import rotation

    if not problem.guests:
        return {}
    known = {guest.id for guest in problem.guests}
    # No more tables than people, the fixed ones' among them.
    tables = sorted(problem.tables, key=lambda table: table not in problem.fixed.values())
    tables = tables[: len(known)]
    even = len(known) // len(tables)
    placed: dict[str, list[str]] = {table: [] for table in tables}
    for guest, table in problem.fixed.items():
        if len(placed[table]) < even:
            placed[table].append(guest)
    answer = rotation.rotate(
        rotation.Problem(
            people=tuple(
                rotation.Person(
                    guest.id,
                    {"country": guest.country or None, "host": True if guest.is_host else None},
                )
                for guest in problem.guests
            ),
            groups=len(tables),
            rounds=1,
            apart=("country", "host"),
            met=tuple(pair for pair in problem.met if known.issuperset(pair)),
            placed=tuple(
                rotation.Place(1, number, guest)
                for number, table in enumerate(tables, start=1)
                for guest in placed[table]
            ),
            seed=problem.seed,
            seconds=SECONDS,
        )
    )
    places = {
        guest: table
        for table, group in zip(tables, answer.rounds[0], strict=True)
        for guest in group
    }
    return places | dict(problem.fixed)


def _fitted(problem: Problem, places: Mapping[str, str]) -> dict[str, str]:
    """Seats not exceeded, then mended."""
    mending = _Mending(problem, places)
    mending.level()
    mending.improve()
    return mending.places


class _Mending:
    """Moves and exchanges of those who are not fixed, each of which costs less than before."""

    def __init__(self, problem: Problem, places: Mapping[str, str]) -> None:
        self.problem = problem
        self.places = dict(places)
        self.guests = {guest.id: guest for guest in problem.guests}
        self.movable = [guest for guest in places if guest not in problem.fixed]
        self.at: dict[str, set[str]] = {table: set() for table in problem.tables}
        for guest, table in places.items():
            self.at[table].add(guest)
        self.met = {frozenset(pair) for pair in problem.met}

    def level(self) -> None:
        """Take people from tables with too many to those with room, whoever costs least first."""
        targets = self._spread()
        while True:
            full = [table for table, count in targets.items() if len(self.at[table]) > count]
            room = [table for table, count in targets.items() if len(self.at[table]) < count]
            moves = [
                (self._cost(guest, there) - self._cost(guest, table), guest, there)
                for table in full
                for guest in sorted(self.at[table])
                if guest not in self.problem.fixed
                for there in room
            ]
            if not moves:
                return
            _change, guest, there = min(moves)
            self._move(guest, there)

    def _spread(self) -> dict[str, int]:
        """How many are to sit at each table, so that seats left empty are spread over all."""
        seats = self.problem.tables
        fixed = (table for guest, table in self.problem.fixed.items() if guest in self.places)
        targets = dict.fromkeys(seats, 0) | Counter(fixed)
        for _guest in range(len(self.places) - sum(targets.values())):
            free = [table for table in seats if targets[table] < seats[table]]
            targets[min(free, key=lambda table: targets[table])] += 1
        return targets

    def improve(self) -> None:
        """Exchange pairs while that costs less. Each exchange lowers a whole number: it ends."""
        improved = True
        while improved:
            improved = False
            for one, other in combinations(self.movable, 2):
                here, there = self.places[one], self.places[other]
                if here != there and self._gain(one, other) > 0:
                    self._move(one, there)
                    self._move(other, here)
                    improved = True

    def _gain(self, one: str, other: str) -> int:
        here, there = self.places[one], self.places[other]
        before = self._cost(one, here) + self._cost(other, there)
        after = self._cost(one, there, but=other) + self._cost(other, here, but=one)
        return before - after

    def _cost(self, guest: str, table: str, but: str = "") -> int:
        """What it costs that a guest sits at a table with those who sit there now."""
        return sum(
            self._between(guest, other) for other in self.at[table] if other not in {guest, but}
        )

    def _between(self, one: str, other: str) -> int:
        first, second = self.guests[one], self.guests[other]
        cost = _HOSTS if first.is_host and second.is_host else 0
        cost += _COUNTRY if first.country and first.country == second.country else 0
        return cost + (_MET if frozenset((one, other)) in self.met else 0)

    def _move(self, guest: str, table: str) -> None:
        self.at[self.places[guest]].discard(guest)
        self.at[table].add(guest)
        self.places[guest] = table
