"""The call: begun, changed, opened and closed; its quotas, what it takes from an earlier one."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, clock
from madang.nominations.attributes import QuotaValues
from madang.nominations.models import Call, Quota, Score
from madang.nominations.repeating import REUSED
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records, stamps
from madang.workshops.actions.repeat import Copying
from madang.workshops.models import Edition


@transaction.atomic
def begin(edition: Edition, *, actor: audit.Actor) -> Call:
    """The call of an edition: the one that there is, or a new one."""
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    known = Call.objects.filter(edition=edition).first()
    if known is not None:
        return known
    call = Call(edition=edition, language=edition.language)
    records.add(call, "call.added", actor=actor)
    return call


@transaction.atomic
def change(
    call: Call, values: Mapping[str, Any], *, expected_version: int, actor: audit.Actor
) -> None:
    """Change what a call says and asks for; the public page shows it at once.

    Raises `RefusedError` for a deadline that would end an open call without a word.
    """
    stored = Call.objects.select_for_update().get(pk=call.pk)
    deadline = values.get("deadline", stored.deadline)
    if stored.state == Call.State.OPEN and deadline != stored.deadline:
        if deadline is None:
            raise RefusedError(_("An open call has a deadline."), "day")
        if deadline <= clock.now():
            raise RefusedError(_("This moment has passed: close the call instead."), "day")
    if records.change(call, values, "call.changed", expected_version=expected_version, actor=actor):
        show(call)


@transaction.atomic
def move(call: Call, name: str, *, actor: audit.Actor) -> None:
    """Open or close a call (`name` of its transition)."""
    fields = {"opened_at": call.opened_at or clock.now()} if name == "open" else {}
    getattr(call, name)(actor=actor, fields=fields)
    show(call)


@transaction.atomic
def set_quotas(call: Call, rows: Sequence[QuotaValues], *, actor: audit.Actor) -> bool:
    """Make these the quotas of a call; whether anything changed. Raises `RefusedError`."""
    Call.objects.select_for_update().get(pk=call.pk)
    kinds = [(attribute, value) for attribute, value, _least, _most in rows]
    if len(set(kinds)) < len(kinds):
        raise RefusedError(_("Two rows speak of the same: put them into one."))
    kept = list(call.quotas.values_list("attribute", "value", "minimum", "maximum"))
    if kept == list(rows):
        return False
    call.quotas.all().delete()
    Quota.objects.bulk_create(
        Quota(
            call=call, attribute=attribute, value=value, minimum=least, maximum=most,
            order=order, version=1,
        )
        for order, (attribute, value, least, most) in enumerate(rows)
    )  # fmt: skip
    audit.record(actor, "quota.changed", call, number=len(rows))
    return True


@transaction.atomic
def take_over(
    call: Call, earlier: Call, parts: Collection[str], *, actor: audit.Actor
) -> dict[str, int]:
    """Take parts (names of `repeating.REUSED`) of an earlier call; how many of each were taken.

    What is there already stays as it is. Raises `RefusedError` for the rubric once it is used.
    """
    Call.objects.select_for_update().get(pk=call.pk)
    if "rubric" in parts and Score.objects.filter(criterion__call=call).exists():
        raise RefusedError(_("Somebody has scored by the rubric already: it stays."), "parts")
    copying = Copying(earlier.edition, call.edition, actor)
    taken = {name: copy(copying, earlier, call) for name, copy in REUSED.items() if name in parts}
    audit.record(actor, "call.taken_over", call, **taken)
    show(call)
    return taken


def show(call: Call) -> None:
    """Let the public pages that speak of the call be made anew."""
    if call.state != Call.State.DRAFT:
        stamps.touch(call.edition_id)
