"""Writing who is in which group: what all changes of a plan share.

A change keeps the rounds to come as they were, so that the last one can be undone; whoever is in
another group than before is remembered as moved once the plan is published.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from madang.core import clock
from madang.groups import rapporteurs
from madang.groups.models import Conclusion, Group, GroupPlan, Member
from madang.groups.queries.weeks import RoundRow, Week

# Ids of people by group, group 1 first.
Lists = Sequence[Sequence[UUID]]
# By person, the rounds in which they have another group than before, or one for the first time.
Touched = dict[UUID, list[RoundRow]]


def keep_before(week: Week) -> None:
    """Remember the rounds to come, for `undo`; the caller holds the plan's lock."""
    week.plan.before = {
        row.round.key: {
            str(member.participation_id): [each.group.number, member.is_pinned]
            for each in row.groups
            for member in each.members
        }
        for row in week.to_come
    }
    week.plan.can_undo = True
    week.plan.save(update_fields=["before", "can_undo"])


def forget_before(plan: GroupPlan) -> None:
    plan.before, plan.can_undo = {}, False
    plan.save(update_fields=["before", "can_undo"])


def place(week: Week, lists: Mapping[UUID, Lists]) -> Touched:
    """Put people into the groups of rounds to come, by the round's key; pins stay pins.

    Rapporteurs who left their group are replaced. Returns whom that touches.
    """
    touched: Touched = {}
    for row in week.to_come:
        if row.round.pk in lists:
            for key in _place(week.plan, row, lists[row.round.pk]):
                touched.setdefault(key, []).append(row)
    return touched


def _place(plan: GroupPlan, row: RoundRow, lists: Lists) -> list[UUID]:
    groups = _groups(row, len(lists))
    stored = {member.participation_id: member for member in row.members}
    wanted = {key: number for number, keys in enumerate(lists, start=1) for key in keys}
    gone = [member.pk for key, member in stored.items() if key not in wanted]
    Member.objects.filter(pk__in=gone).delete()
    moved_at = clock.now() if plan.is_published else None
    touched = [key for key in stored if key not in wanted]
    added = []
    for key, number in wanted.items():
        member, group = stored.get(key), groups[number]
        if member is None:
            added.append(
                Member(
                    round=row.round, group=group, participation_id=key, moved_at=moved_at, version=1
                )
            )
        elif member.group_id != group.pk:
            member.group, member.moved_at = group, moved_at
            member.save(update_fields=["group", "moved_at"])
        else:
            continue
        touched.append(key)
    Member.objects.bulk_create(added)
    beyond = [each.group.pk for each in row.groups if each.group.number > len(lists)]
    Group.objects.filter(pk__in=beyond).delete()
    for number, group in groups.items():
        if group.rapporteur_id is not None and wanted.get(group.rapporteur_id) != number:
            group.rapporteur = None
            group.save(update_fields=["rapporteur"])
    return touched


def _groups(row: RoundRow, count: int) -> dict[int, Group]:
    """The round's groups by number, up to `count`, with those made that are not there yet.

    A new group sits where the group of this number sits in another round of the same plan.
    """
    known = {each.group.number: each.group for each in row.groups if each.group.number <= count}
    missing = [number for number in range(1, count + 1) if number not in known]
    if not missing:
        return known
    elsewhere: dict[int, Group] = {
        group.number: group
        for group in Group.objects.filter(round__plan=row.round.plan_id, number__in=missing)
    }
    for number in missing:
        like = elsewhere.get(number)
        places: dict[str, Any] = {"room_id": like.room_id, "place": like.place} if like else {}
        known[number] = Group(round=row.round, number=number, version=1, **places)
    made = [known[number] for number in missing]
    Group.objects.bulk_create(made)
    Conclusion.objects.bulk_create(Conclusion(group=group, version=1) for group in made)
    return known


def appoint(week: Week, *, anew: bool = False) -> int:
    """Propose rapporteurs for groups of rounds to come that have none (or for all, `anew`).

    In turn over the week, by `groups.rapporteurs`; returns how many were appointed. `week` has been
    read since people were placed.
    """
    had: dict[UUID, int] = {}
    open_: list[tuple[RoundRow, Group, list[UUID]]] = []
    for row in week.rounds:
        for each in row.groups:
            group = each.group
            is_open = not row.is_held and (anew or group.rapporteur_id is None)
            if not is_open and group.rapporteur_id is not None:
                had[group.rapporteur_id] = had.get(group.rapporteur_id, 0) + 1
            elif is_open:
                here = [member.participation_id for member in each.members]
                open_.append((row, group, here))
    country = {key: one.country_id for key, one in week.people.items()}
    found = rapporteurs.in_turn([here for _row, _group, here in open_], had, country)
    number = 0
    for (_row, group, _here), key in zip(open_, found, strict=True):
        if group.rapporteur_id != key:
            group.rapporteur_id = key
            group.save(update_fields=["rapporteur"])
            number += 1
    return number
