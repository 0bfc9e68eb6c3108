"""Somebody's own plan, and the numbers of plans that everybody may know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from madang.core import texts
from madang.core.models import as_uuid
from madang.core.texts import Wording
from madang.followup.models import Action, ActionPlan, Progress, Round
from madang.workshops.models import Edition, Module


def actions(plan: ActionPlan) -> list[Action]:
    """The actions with module and recommendation in all wordings (three queries)."""
    found = list(
        plan.actions.select_related("subject", "module", "recommendation").order_by("number")
    )
    texts.prefetch_referred(found, "module", "recommendation")
    return found


@dataclass(frozen=True)
class Kept:
    """An action as it stands in a version."""

    what: str
    with_whom: str
    sign: str
    by_when: date | None
    module: Wording | str


def as_kept(rows: Sequence[Mapping[str, Any]]) -> list[Kept]:
    """What a version says, with the modules as they are called now (two queries)."""
    keys = [as_uuid(row["module"]) for row in rows if row["module"]]
    modules = {str(module.pk): module for module in Module.objects.filter(pk__in=keys)}
    texts.prefetch(modules.values())
    return [
        Kept(
            row["what"],
            row["with_whom"],
            row["sign"],
            date.fromisoformat(row["by_when"]) if row["by_when"] else None,
            modules[row["module"]].wording("title") if row["module"] in modules else "",
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Numbers:
    """How many plans were handed in, with how many actions; nothing of anybody."""

    handed_in: int
    actions: int


def numbers(edition: Edition) -> Numbers:
    """The plans of an edition in numbers (one query)."""
    handed_in = ActionPlan.objects.filter(
        participation__edition=edition, state=ActionPlan.State.HANDED_IN
    )
    counted = handed_in.aggregate(plans=Count("pk", distinct=True), actions=Count("actions"))
    return Numbers(counted["plans"], counted["actions"])


@dataclass(frozen=True)
class Asked:
    """A round, and how many were asked and have answered."""

    round: Round
    asked: int
    answered: int


def rounds(edition: Edition) -> list[Asked]:
    """The rounds of an edition with their numbers (one query)."""
    answered = Q(progress__state=Progress.State.ANSWERED)
    found = edition.follow_up_rounds.annotate(
        asked=Count("progress"), answered=Count("progress", filter=answered)
    )
    return [Asked(it, it.asked, it.answered) for it in found.order_by("months")]
