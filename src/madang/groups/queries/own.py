"""Groups as those who take part see them: their own, and who is in them."""

from dataclasses import dataclass
from uuid import UUID

from madang.core import clock, texts
from madang.groups.models import Group, GroupPlan, Member
from madang.groups.queries import standing, weeks
from madang.groups.queries.weeks import GroupRow, RoundRow, Week
from madang.workshops.models import Edition, Participation


@dataclass(frozen=True)
class Own:
    """One round for one person: their group, None where they have none."""

    row: RoundRow
    mine: GroupRow | None
    has_moved: bool

    @property
    def others(self) -> list[Member]:
        return list(self.mine.members) if self.mine else []


@dataclass(frozen=True)
class Card:
    """Somebody's week in groups: `next` is the round that is on or comes first, if any."""

    rounds: list[Own]
    next: Own | None
    met: int
    will_meet: int
    others: int


def published(edition: Edition) -> GroupPlan | None:
    """The plan of an edition, once it is published (one query)."""
    plan = weeks.of_edition(edition)
    return plan if plan is not None and plan.is_published else None


def card(week: Week, participation: Participation) -> Card:
    """The week of one person."""
    assessed = standing.assess(week)
    key = participation.pk
    rounds = [_own(row, key) for row in week.rounds]
    waiting = [one for one in rounds if not _is_over(one.row)]
    return Card(
        rounds=rounds,
        next=waiting[0] if waiting else None,
        met=assessed.met_by_now.get(key, 0),
        will_meet=assessed.met.get(key, 0),
        others=len(week.expected - {key}),
    )


def _is_over(row: RoundRow) -> bool:
    return row.round.session.ends_at <= clock.now()


def _own(row: RoundRow, key: UUID) -> Own:
    for group in row.groups:
        for member in group.members:
            if member.participation_id == key:
                return Own(row, group, has_moved=member.moved_at is not None)
    return Own(row, None, has_moved=False)


def memberships(participation: Participation) -> list[Member]:
    """Somebody's places in published groups of sessions that take place (two queries)."""
    found = list(
        participation.group_places.filter(
            round__plan__state=GroupPlan.State.PUBLISHED, round__session__state="planned"
        )
        .select_related("group__room", "group__conclusion", "round__session")
        .order_by("round__session__starts_at", "id")
    )
    texts.prefetch([one.group.room for one in found if one.group.room is not None])
    return found


def members_of(group: Group) -> list[Member]:
    """Who is in a group, by name, with the names of their countries (two queries)."""
    found = list(
        group.members.select_related(
            "participation__person__subject",
            "participation__country",
            "participation__organisation",
        )
    )
    texts.prefetch_referred([one.participation for one in found], "country")
    return sorted(found, key=lambda one: one.participation.person.sort_key)
