"""Writing an action plan, handing it in, and taking it back while there is time."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, clock
from madang.core.models import StaleRecordError
from madang.followup.models import Action, ActionPlan, FollowUp, PlanVersion
from madang.followup.models.plan import MOST
from madang.people.actions.people import tidy
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Participation

TEXTS = ("what", "with_whom", "sign")
FIELDS = (*TEXTS, "by_when", "module", "recommendation")


@transaction.atomic
def write(
    participation: Participation,
    rows: Sequence[Mapping[str, Any]],
    *,
    expected_version: int | None,
    actor: audit.Actor | None,
) -> ActionPlan:
    """Keep the plan as it stands; `rows` are its places 1 to 5 in order, empty ones included.

    `expected_version` is None where there was no plan yet. Raises `RefusedError` outside the
    window and once it is handed in, `StaleRecordError` where another device saved in between.
    """
    plan = _locked(participation)
    _require_window(participation)
    if plan is None:
        if expected_version is not None:
            raise StaleRecordError("The plan is gone.")
        plan = ActionPlan(participation=participation)
        plan.save(force_insert=True)
        audit.record(actor, "plan.begun", plan, scope=participation.edition_id)
    elif plan.state != ActionPlan.State.DRAFT:
        raise RefusedError(_("The plan is handed in. Take it back first to change it."))
    elif plan.version != expected_version:
        raise StaleRecordError(f"Plan {plan.pk} was saved by another device.")
    if _write_rows(plan, participation, rows):
        plan.save()
        audit.record(actor, "plan.written", plan, scope=participation.edition_id, number=len(rows))
    return plan


def _write_rows(
    plan: ActionPlan, participation: Participation, rows: Sequence[Mapping[str, Any]]
) -> bool:
    """Write what differs; says whether anything did."""
    stored = {action.number: action for action in plan.actions.all()}
    is_changed = False
    for number, typed in enumerate(rows[:MOST], start=1):
        # What was typed and is not right yet is not among these: what stood there stays.
        values = {name: _clean(typed[name]) for name in FIELDS if name in typed}
        action = stored.get(number)
        if values.keys() >= {*TEXTS, "by_when"} and not any(values.values()):
            if action is not None:
                action.delete()
                is_changed = True
            continue
        if action is None:
            action = Action(plan=plan, number=number, subject=participation.person.subject)
        if action._state.adding or any(getattr(action, it) != values[it] for it in values):
            for name, value in values.items():
                setattr(action, name, value)
            action.save()
            is_changed = True
    return is_changed


def _clean(value: Any) -> Any:
    return tidy(value) if isinstance(value, str) else value


@transaction.atomic
def hand_in(participation: Participation, *, actor: audit.Actor | None) -> ActionPlan:
    """Hand the plan in as the next version. Raises `TransitionRefusedError` where it is not whole.

    Handing in twice changes nothing the second time.
    """
    plan = _locked(participation)
    _require_window(participation)
    if plan is None:
        raise RefusedError(_("There is no plan yet: write down two actions."))
    if plan.state == ActionPlan.State.HANDED_IN:
        return plan
    plan.hand_in(actor=actor, scope=participation.edition_id, fields={"handed_in_at": clock.now()})
    PlanVersion(
        plan=plan,
        subject=participation.person.subject,
        number=plan.versions.count() + 1,
        content=json.dumps([_frozen(it) for it in plan.actions.all()], ensure_ascii=False),
    ).save(force_insert=True)
    return plan


def _frozen(action: Action) -> dict[str, Any]:
    return {
        **{name: getattr(action, name) for name in TEXTS},
        "by_when": action.by_when.isoformat() if action.by_when else "",
        "module": str(action.module_id or ""),
        "recommendation": str(action.recommendation_id or ""),
    }


@transaction.atomic
def take_back(participation: Participation, *, actor: audit.Actor | None) -> None:
    """Make a draft of it again, as long as plans are written; the version that was stays."""
    plan = _locked(participation)
    _require_window(participation)
    if plan is not None:
        plan.take_back(actor=actor, scope=participation.edition_id)


def _locked(participation: Participation) -> ActionPlan | None:
    """The plan of somebody, whose row is locked so that two devices make one plan."""
    Participation.objects.select_for_update().get(pk=participation.pk)
    return ActionPlan.objects.select_for_update().filter(participation=participation).first()


def _require_window(participation: Participation) -> None:
    follow_up = FollowUp.objects.filter(edition=participation.edition_id).first()
    if follow_up is None or not follow_up.is_open:
        raise RefusedError(_("Plans are not written now. What was handed in stays."))
