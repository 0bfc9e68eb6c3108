"""Questions of core's own pages."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from madang.core import audit, clock, links, rules
from madang.core.models import Approval, AuditEntry
from madang.core.policies import Who

_OPEN = (Approval.State.DRAFT, Approval.State.CLEARED)


def history(who: Who, wanted: Mapping[str, Any]) -> QuerySet[AuditEntry]:
    """Entries that `who` may see, narrowed by the clean values of a `HistoryFilter`."""
    entries = rules.see_history.visible(who, AuditEntry.objects.filter(at__lte=clock.now()))
    if wanted.get("verb"):
        entries = entries.filter(verb__in=audit.alike(wanted["verb"]))
    names = {"kind": "thing_model", "thing": "thing_id", "person": "actor_id"}
    for name, field in names.items():
        if wanted.get(name):
            entries = entries.filter(**{field: wanted[name]})
    if wanted.get("since"):
        entries = entries.filter(at__gte=datetime.combine(wanted["since"], time(), UTC))
    if wanted.get("until"):
        day_after = wanted["until"] + timedelta(days=1)
        entries = entries.filter(at__lt=datetime.combine(day_after, time(), UTC))
    return entries


def waiting_for(who: Who) -> QuerySet[Approval]:
    """What a director has to decide now, the oldest first."""
    cleared = _so_far().filter(state=Approval.State.CLEARED)
    return rules.decide_approval.visible(who, cleared).order_by("cleared_at", "id")


def under_way(who: Who) -> QuerySet[Approval]:
    """What `who` may see that is not decided yet, without what waits for them."""
    cleared = _so_far().filter(state=Approval.State.CLEARED)
    mine = rules.decide_approval.visible(who, cleared).order_by()
    return rules.see_approval.visible(who, _so_far().filter(state__in=_OPEN)).exclude(
        pk__in=mine.values("pk")
    )


def decided(who: Who) -> QuerySet[Approval]:
    """What `who` may see that is approved or withdrawn."""
    return rules.see_approval.visible(who, _so_far().exclude(state__in=_OPEN))


def _so_far() -> QuerySet[Approval]:
    """Approvals begun by now: the demo's clock can stand before some of them."""
    return Approval.objects.filter(created_at__lte=clock.now())


def references(approvals: list[Approval]) -> set[links.Reference]:
    """The things and people that approvals name."""
    found = {links.Reference(approval.thing_model, approval.thing_id) for approval in approvals}
    for approval in approvals:
        found |= {links.account(approval.author_id), links.account(approval.director_id)}
    return found
