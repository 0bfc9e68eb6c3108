"""What an officer sets by hand: somebody in another group, pins, rapporteurs, rooms, publishing."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, clock
from madang.core.audit import Actor
from madang.groups import notices
from madang.groups.actions import placing
from madang.groups.actions.plans import locked
from madang.groups.models import Group, GroupPlan, Member
from madang.groups.queries import weeks
from madang.groups.queries.weeks import RoundRow, Week
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records
from madang.workshops.models import Participation


def _to_come(week: Week, round_key: object) -> RoundRow:
    for row in week.to_come:
        if row.round.pk == round_key:
            return row
    raise RefusedError(_("This session has begun: its groups stay as they are."))


@transaction.atomic
def move(
    plan: GroupPlan, member: Member, number: int, exchanged: Participation | None = None, *,
    actor: Actor | None,
) -> None:  # fmt: skip
    """Put somebody into another group of the same round, perhaps in exchange for somebody there.

    Both are pinned from then on. Raises `RefusedError` for a round that has begun, and where one of
    them is not where the officer saw them any more.
    """
    plan = locked(plan)
    week = weeks.read(plan)
    row = _to_come(week, member.round_id)
    places = row.places
    if places.get(member.participation_id) is None or not any(
        each.group.number == number for each in row.groups
    ):
        raise RefusedError(_("The groups have changed in the meantime: look at them again."))
    wanted = {member.participation_id: number}
    if exchanged is not None:
        if places.get(exchanged.pk) != number:
            raise RefusedError(_("The groups have changed in the meantime: look at them again."))
        wanted[exchanged.pk] = places[member.participation_id]
    placing.keep_before(week)
    lists = [[] for _ in row.groups]
    for key, group in (places | wanted).items():
        lists[group - 1].append(key)
    touched = placing.place(week, {row.round.pk: lists})
    Member.objects.filter(round=row.round, participation__in=wanted).update(is_pinned=True)
    placing.appoint(weeks.read(plan))
    audit.record(
        actor, "groups.moved", member.participation, scope=plan.edition_id, group=number,
        round=row.number,
    )  # fmt: skip
    notices.tell_moved(plan, touched)


@transaction.atomic
def pin(plan: GroupPlan, member: Member, *, pinned: bool, actor: Actor | None) -> None:
    """Keep somebody in their group when the rest is planned anew, or let them go again."""
    plan = locked(plan)
    stored = Member.objects.select_for_update().get(pk=member.pk)
    if stored.is_pinned == pinned:
        return
    stored.is_pinned = pinned
    stored.save(update_fields=["is_pinned"])
    audit.record(
        actor, "groups.pinned" if pinned else "groups.unpinned", stored.participation,
        scope=plan.edition_id,
    )  # fmt: skip


@transaction.atomic
def change_group(
    group: Group, values: Mapping[str, Any], *, expected_version: int, everywhere: bool,
    actor: Actor | None,
) -> None:  # fmt: skip
    """Change where a group sits and who writes for it.

    With `everywhere`, the group of this number sits there in all rounds to come.
    """
    plan = locked(group.round.plan)
    rapporteur = values.get("rapporteur")
    if rapporteur is not None and not group.members.filter(participation=rapporteur).exists():
        raise RefusedError(_("They are not in this group."), "rapporteur")
    records.change(
        group, values, "groups.group_changed", expected_version=expected_version, actor=actor,
        scope=plan.edition_id,
    )  # fmt: skip
    if everywhere:
        same = Group.objects.filter(round__plan=plan, number=group.number).exclude(pk=group.pk)
        for other in same.filter(round__session__starts_at__gt=clock.now()):
            other.room, other.place = values["room"], values["place"]
            other.save(update_fields=["room", "place"])


@transaction.atomic
def appoint_anew(plan: GroupPlan, *, actor: Actor | None) -> int:
    """Propose the rapporteurs of all rounds to come anew; returns how many that changed."""
    plan = locked(plan)
    number = placing.appoint(weeks.read(plan), anew=True)
    audit.record(actor, "groups.rapporteurs_proposed", plan, number=number)
    return number


@transaction.atomic
def publish(plan: GroupPlan, *, actor: Actor | None) -> None:
    """Show everybody their groups. What changes later is told to those whom it touches."""
    plan = locked(plan)
    plan.publish(actor=actor, fields={"published_at": clock.now()})
    Member.objects.filter(round__plan=plan, moved_at__isnull=False).update(moved_at=None)
    placing.forget_before(plan)
