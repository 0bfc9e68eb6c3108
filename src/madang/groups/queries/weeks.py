"""A plan as a whole: its rounds, who is where, who is expected when, and the method's question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from uuid import UUID

from madang.core import texts
from madang.groups.models import Absence, Group, GroupPlan, Member, Round
from madang.groups.queries import traits
from madang.logistics.models import SeatingPlan, TablePlace
from madang.methods.rotation.problem import Person, Place, Problem
from madang.workshops.models import Edition, Participation
from madang.workshops.queries import people

Groups = list[list[UUID]]


@dataclass
class GroupRow:
    """One group with its members, by name."""

    group: Group
    members: list[Member] = field(default_factory=list)


@dataclass
class RoundRow:
    """One round of a week; `number` counts from 1. Who is `away` does not come to it."""

    round: Round
    number: int
    groups: list[GroupRow]
    away: set[UUID]

    @property
    def is_held(self) -> bool:
        return self.round.is_held

    @property
    def members(self) -> list[Member]:
        return [member for row in self.groups for member in row.members]

    @property
    def places(self) -> dict[UUID, int]:
        """Everybody's group by its number."""
        return {
            member.participation_id: row.group.number
            for row in self.groups
            for member in row.members
        }

    def as_lists(self) -> tuple[tuple[str, ...], ...]:
        """Ids by group, as the method reads them."""
        return tuple(
            tuple(str(member.participation_id) for member in row.members) for row in self.groups
        )


@dataclass
class Week:
    """A plan with everything that counts for it.

    `people` are all who are expected or were in a group; `expected` are those who still come.
    """

    plan: GroupPlan
    rounds: list[RoundRow]
    people: dict[UUID, Participation]
    expected: set[UUID]
    met_at_dinner: tuple[tuple[str, str], ...]
    traits: Mapping[str, Mapping[UUID, str]]

    @property
    def held(self) -> list[RoundRow]:
        return [row for row in self.rounds if row.is_held]

    @property
    def to_come(self) -> list[RoundRow]:
        return [row for row in self.rounds if not row.is_held]

    @property
    def is_planned(self) -> bool:
        """Whether everybody who comes to it has a group, in each round to come."""
        return bool(self.rounds) and all(
            row.places.keys() == self.expected - row.away for row in self.to_come
        )

    def there(self, row: RoundRow) -> set[UUID]:
        """Who is in a round: as it was held, or as it is expected."""
        return set(row.places) if row.is_held else self.expected - row.away

    @cached_property
    def apart(self) -> tuple[str, ...]:
        plan = self.plan
        asked = {"country": plan.apart_country, "organisation": plan.apart_organisation}
        return tuple(name for name, wanted in asked.items() if wanted)

    @cached_property
    def balanced(self) -> tuple[str, ...]:
        return tuple(name for name in traits.NAMES if getattr(self.plan, f"balance_{name}"))

    def problem(self, *, planned: bool = False, pins: bool = True, seconds: float = 10) -> Problem:
        """The method's question; with `planned`, to repair the rounds to come as they stand."""
        held, to_come = self.held, self.to_come
        counted = {*self.expected, *(key for row in held for key in row.places)}
        ids = sorted(counted)
        return Problem(
            people=tuple(Person(str(key), self._attributes(key)) for key in ids),
            groups=self.plan.groups,
            rounds=len(self.rounds),
            apart=self.apart,
            balance=self.balanced,
            met=tuple(
                pair for pair in self.met_at_dinner if {UUID(each) for each in pair} <= counted
            ),
            fixed=tuple(row.as_lists() for row in held),
            absent={
                str(row.number): tuple(
                    str(key) for key in ids if key not in self.expected or key in row.away
                )
                for row in to_come
            },
            placed=self._pins() if pins else (),
            extra_repeats=0 if planned else self.plan.extra_repeats,
            planned=tuple(_to_size(row, self.plan.groups) for row in to_come) if planned else (),
            seed=self.plan.seed,
            seconds=seconds,
        )

    def _attributes(self, key: UUID) -> dict[str, str | None]:
        participation = self.people[key]
        known = {
            "country": str(participation.country_id or "") or None,
            "organisation": str(participation.organisation_id or "") or None,
            **{name: self.traits[name].get(key) for name in self.balanced},
        }
        return {name: known[name] for name in (*self.apart, *self.balanced)}

    def _pins(self) -> tuple[Place, ...]:
        """Who is pinned in a round to come, as far as groups of even sizes have room for them."""
        found = []
        for row in self.to_come:
            there = self.there(row)
            small, larger = divmod(len(there), self.plan.groups)
            for each in row.groups[: self.plan.groups]:
                pinned = [m for m in each.members if m.is_pinned and m.participation_id in there]
                room = small + (larger > 0 and len(pinned) > small)
                larger -= len(pinned) > small
                found += [
                    Place(row.number, each.group.number, str(m.participation_id))
                    for m in pinned[:room]
                ]
        return tuple(found)


def _to_size(row: RoundRow, groups: int) -> tuple[tuple[str, ...], ...]:
    """A round's groups, with empty ones where it has fewer; those beyond the last are dissolved."""
    lists = row.as_lists()[:groups]
    return lists + ((),) * (groups - len(lists))


def of_edition(edition: Edition) -> GroupPlan | None:
    plan = GroupPlan.objects.filter(edition=edition).first()
    if plan is not None:
        plan.edition = edition
    return plan


def read(plan: GroupPlan) -> Week:
    """The plan with everybody in it (a fixed number of queries)."""
    everybody = list(people.in_edition(plan.edition).filter(kind=Participation.Kind.PARTICIPANT))
    members = list(Member.objects.filter(round__plan=plan))
    by_key = {one.pk: one for one in everybody}
    placed = {member.participation_id for member in members}
    gone = placed - by_key.keys()  # who was made something else than a participant since
    if gone:
        found = Participation.objects.filter(pk__in=gone)
        by_key |= {
            one.pk: one
            for one in found.select_related("person__subject", "country", "organisation")
        }
    kept = people.with_wordings(
        one
        for one in by_key.values()
        if one.state == Participation.State.EXPECTED or one.pk in placed
    )
    by_key = {one.pk: one for one in people.by_name(kept)}
    expected = {one.pk for one in everybody if one.state == Participation.State.EXPECTED}
    return Week(
        plan=plan,
        rounds=rounds(plan, members, by_key),
        people=by_key,
        expected=expected,
        met_at_dinner=_dinners(plan) if plan.counts_dinners else (),
        traits=traits.of(plan, by_key.values()),
    )


def rounds(
    plan: GroupPlan, members: Iterable[Member], known: Mapping[UUID, Participation]
) -> list[RoundRow]:
    """The rounds of sessions that take place, in order, with who is in which group."""
    found = list(plan.rounds.select_related("session").order_by("session__starts_at", "id"))
    found = [one for one in found if one.session.state == "planned" and one.session.starts_at]
    for one in found:
        one.plan, one.session.edition = plan, plan.edition
    texts.prefetch([one.session for one in found])
    groups = list(
        Group.objects.filter(round__plan=plan)
        .select_related("room", "conclusion", "rapporteur__person__subject")
        .order_by("number")
    )
    texts.prefetch_referred(groups, "room")
    rows = {group.pk: GroupRow(group) for group in groups}
    order = {key: place for place, key in enumerate(known)}
    for member in sorted(members, key=lambda one: order.get(one.participation_id, -1)):
        member.participation = known[member.participation_id]
        rows[member.group_id].members.append(member)
    by_round: dict[UUID, list[GroupRow]] = {one.pk: [] for one in found}
    for row in rows.values():
        if row.group.round_id in by_round:
            by_round[row.group.round_id].append(row)
    away = _away(plan.edition, found)
    listed = []
    for number, one in enumerate(found, start=1):
        for row in by_round[one.pk]:
            row.group.round = one
        listed.append(RoundRow(one, number, by_round[one.pk], away[one.pk]))
    return listed


def _away(edition: Edition, found: list[Round]) -> dict[UUID, set[UUID]]:
    absences = list(Absence.objects.filter(participation__edition=edition))
    return {
        one.pk: {
            each.participation_id
            for each in absences
            if each.starts_at < one.session.ends_at
            and (each.ends_at is None or each.ends_at > one.session.starts_at)
        }
        for one in found
    }


def _dinners(plan: GroupPlan) -> tuple[tuple[str, str], ...]:
    """Pairs who share a table at a dinner whose tables are shown."""
    rows = TablePlace.objects.filter(
        plan__session__edition=plan.edition_id,
        plan__session__state="planned",
        plan__state=SeatingPlan.State.SHOWN,
        participation__kind=Participation.Kind.PARTICIPANT,
    )
    at: dict[UUID, list[str]] = {}
    for table, person in rows.values_list("table_id", "participation_id").order_by("id"):
        at.setdefault(table, []).append(str(person))
    pairs = {
        (min(one, other), max(one, other))
        for together in at.values()
        for one, other in combinations(together, 2)
    }
    return tuple(sorted(pairs))
