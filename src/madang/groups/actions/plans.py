"""Setting a plan up: its sessions, how many groups, who is apart, what is balanced, levels."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit
from madang.core.audit import Actor
from madang.core.models import StaleRecordError
from madang.groups.models import GroupPlan, Level, Round
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records
from madang.workshops.models import Edition, Session


def locked(plan: GroupPlan) -> GroupPlan:
    """The plan as it is stored, locked: whoever changes its groups holds this."""
    stored = GroupPlan.objects.select_for_update(of=("self",)).select_related("edition")
    return stored.get(pk=plan.pk)


@transaction.atomic
def make_plan(
    edition: Edition, values: Mapping[str, Any], sessions: Collection[Session], *,
    actor: Actor | None,
) -> GroupPlan:  # fmt: skip
    """Begin the plan of an edition. Raises `RefusedError` where there is one."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    if GroupPlan.objects.filter(edition=edition).exists():
        raise RefusedError(_("This edition has a plan of groups already."))
    plan = GroupPlan(edition=edition, **values)
    records.add(plan, "groups.made", actor=actor, groups=plan.groups)
    _set_sessions(plan, sessions)
    return plan


@transaction.atomic
def change_plan(
    plan: GroupPlan, values: Mapping[str, Any], sessions: Collection[Session], *,
    expected_version: int, actor: Actor | None,
) -> None:  # fmt: skip
    """Change what is asked of the method; rounds that were held stay in the plan."""
    changed = records.change(
        plan, values, "groups.changed", expected_version=expected_version, actor=actor
    )
    if _set_sessions(plan, sessions) and not changed:
        audit.record(actor, "groups.changed", plan, fields=["rounds"])
    if changed:
        GroupPlan.objects.filter(pk=plan.pk).update(extra_repeats=0, before={}, can_undo=False)


def _set_sessions(plan: GroupPlan, sessions: Collection[Session]) -> bool:
    """Let the plan have a round for each of these sessions; says whether that changed anything."""
    wanted = {session.pk: session for session in sessions}
    known = {one.session_id: one for one in plan.rounds.select_related("session")}
    dropped = [one for key, one in known.items() if key not in wanted and not one.is_held]
    for one in dropped:
        one.delete()
    added = [Round(plan=plan, session=wanted[key]) for key in wanted if key not in known]
    if any(one.is_held for one in added):
        raise RefusedError(_("A session that has begun can't be planned any more."), "sessions")
    for one in added:
        one.save(force_insert=True)
    return bool(dropped or added)


@transaction.atomic
def remove_plan(plan: GroupPlan, *, actor: Actor | None) -> None:
    """Remove the plan with all groups. Raises `RefusedError` once a group wrote something."""
    if plan.rounds.filter(groups__conclusion__text__gt="").exists():
        raise RefusedError(_("Groups have written what they concluded: that is not thrown away."))
    records.remove(plan, "groups.removed", actor=actor)


@transaction.atomic
def set_levels(
    plan: GroupPlan, levels: Mapping[UUID, str], *, expected_version: int, actor: Actor | None
) -> None:
    """Set how far e-Government has come, by country; "" is not known.

    Raises `StaleRecordError` where somebody else changed the plan in between.
    """
    plan = locked(plan)
    if plan.version != expected_version:
        raise StaleRecordError
    stored = {level.country_id: level for level in plan.levels.all()}
    before = {key: level.value for key, level in stored.items()}
    after = {**before, **levels}
    if before == {key: value for key, value in after.items() if value}:
        return
    plan.levels.all().delete()
    Level.objects.bulk_create(
        Level(plan=plan, country_id=key, value=value, version=1)
        for key, value in after.items()
        if value
    )
    plan.save(update_fields=["changed_at"])
    audit.record(actor, "groups.levels_set", plan, number=sum(map(bool, after.values())))
