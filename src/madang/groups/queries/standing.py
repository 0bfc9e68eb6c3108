"""How good a plan is as it stands: repeats and what proves them, violations, whom each has met."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from madang.groups.queries.weeks import RoundRow, Week
from madang.methods.rotation.bounding import bound, least_alike
from madang.methods.rotation.checking import imbalance, meetings, pairs_alike, repeats
from madang.methods.rotation.problem import sharing
from madang.workshops.models import Participation
from madang.workshops.queries import people

Pair = frozenset[UUID]


@dataclass(frozen=True)
class TooMany:
    """Somebody's country or organisation has more people than there are groups."""

    name: str
    people: int


@dataclass(frozen=True)
class Standing:
    """A plan as it stands.

    `repeats` over all pairs, never fewer than `bound` with the rounds that were held; `alike` are
    meetings of those who should be apart, never fewer than `least_alike`. `met` counts, by person,
    the others whom they have met when the week is over, `met_by_now` those of rounds that have
    begun. `again` and `compatriots` say, by number of the round and person, whom somebody meets
    again there, and who shares what members of a group should not. `to_the_end` are those of the
    last round.
    """

    repeats: int
    bound: int
    alike: int
    least_alike: int
    imbalance: dict[str, int]
    met: dict[UUID, int]
    met_by_now: dict[UUID, int]
    again: dict[tuple[int, UUID], list[Participation]]
    compatriots: dict[tuple[int, UUID], list[Participation]]
    too_many: list[TooMany]
    to_the_end: set[UUID]

    @property
    def is_proven(self) -> bool:
        """Whether no plan of the rounds to come has fewer repeats or violations."""
        return (self.repeats, self.alike) == (self.bound, self.least_alike)

    @property
    def fewest_met(self) -> int:
        return min((self.met[key] for key in self.to_the_end), default=0)

    @property
    def most_met(self) -> int:
        return max((self.met[key] for key in self.to_the_end), default=0)


def assess(week: Week) -> Standing:
    """Count it all anew (no queries)."""
    problem = week.problem(pins=False)
    plan = [row.as_lists() for row in week.rounds]
    alike, least = pairs_alike(problem, plan), least_alike(problem)
    met = meetings(problem, plan)
    now = meetings(problem, [row.as_lists() for row in week.held])
    return Standing(
        repeats=repeats(problem, plan),
        bound=bound(problem, max(alike, least)),
        alike=alike,
        least_alike=least,
        imbalance={name: imbalance(problem, plan, name) for name in problem.balance},
        met=_by_person(week, met),
        met_by_now=_by_person(week, now),
        again=_again(week),
        compatriots=_alike(week),
        too_many=_too_many(week),
        to_the_end=set(week.rounds[-1].places) if week.rounds else set(),
    )


def _by_person(week: Week, met: Counter[frozenset[str]]) -> dict[UUID, int]:
    counted = dict.fromkeys(week.people, 0)
    for pair in met:
        for key in pair:
            counted[UUID(key)] += 1
    return counted


def pairs(row: RoundRow) -> list[Pair]:
    """Everybody in a round with everybody of their group."""
    return [
        frozenset((one.participation_id, other.participation_id))
        for group in row.groups
        for one, other in combinations(group.members, 2)
    ]


def _again(week: Week) -> dict[tuple[int, UUID], list[Participation]]:
    """Whom somebody meets again in a round, by number of the round and person."""
    seen: set[Pair] = {frozenset(map(UUID, pair)) for pair in week.met_at_dinner}
    found: dict[tuple[int, UUID], list[Participation]] = {}
    for row in week.rounds:
        together = pairs(row)
        for pair in together:
            if pair in seen:
                one, other = pair
                found.setdefault((row.number, one), []).append(week.people[other])
                found.setdefault((row.number, other), []).append(week.people[one])
        seen.update(together)
    return found


def _alike(week: Week) -> dict[tuple[int, UUID], list[Participation]]:
    """With whom somebody is in a group in spite of what they share."""
    wrong = {frozenset(map(UUID, pair)) for pair in sharing(week.problem(pins=False))}
    found: dict[tuple[int, UUID], list[Participation]] = {}
    for row in week.rounds:
        for pair in pairs(row):
            if pair in wrong:
                one, other = pair
                found.setdefault((row.number, one), []).append(week.people[other])
                found.setdefault((row.number, other), []).append(week.people[one])
    return found


def _too_many(week: Week) -> list[TooMany]:
    expected = [week.people[key] for key in week.people if key in week.expected]
    names = {"country": people.country_name, "organisation": people.organisation_name}
    return [
        TooMany(name, count)
        for attribute in week.apart
        for name, count in sorted(Counter(names[attribute](one) for one in expected).items())
        if name and count > week.plan.groups
    ]
