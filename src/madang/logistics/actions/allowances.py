"""Rates of the daily allowance, what is provided on which day, and who gets none."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit
from madang.core.audit import Actor
from madang.logistics.models import AllowanceDay, AllowanceRate, Expense, NoAllowance, Source
from madang.logistics.queries import allowances
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records
from madang.workshops.models import Edition, Participation


def add_rate(edition: Edition, values: Mapping[str, Any], *, actor: Actor | None) -> AllowanceRate:
    rate = AllowanceRate(edition=edition, **values)
    _require_same_currency(rate.source, rate.currency)
    records.add(rate, "allowance.rate_added", actor=actor)
    return rate


def change_rate(
    rate: AllowanceRate, values: Mapping[str, Any], *, expected_version: int, actor: Actor | None
) -> None:
    _require_same_currency(values.get("source"), values.get("currency", ""))
    records.change(
        rate, values, "allowance.rate_changed", expected_version=expected_version, actor=actor
    )


def _require_same_currency(source: Source | None, currency: str) -> None:
    if source is not None and source.currency != currency:
        raise RefusedError(
            _("This source is kept in %(currency)s.") % {"currency": source.currency}, "source"
        )


def remove_rate(rate: AllowanceRate, *, actor: Actor | None) -> None:
    records.remove(rate, "allowance.rate_removed", actor=actor)


@transaction.atomic
def set_days(
    edition: Edition, provided: Mapping[date, frozenset[str]], *, actor: Actor | None
) -> None:
    """Say what is provided on each of these days; other days stay as they are."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    stored = {day.date: day for day in edition.allowance_days.all()}
    changed = []
    for day, names in sorted(provided.items()):
        row = stored.get(day) or AllowanceDay(edition=edition, date=day)
        if row.provided == names:
            continue
        for name in AllowanceDay.PROVIDED:
            setattr(row, name, name in names)
        row.save()
        changed.append(day.isoformat())
    if changed:
        audit.record(actor, "allowance.days_set", edition, scope=edition.pk, days=changed)


@transaction.atomic
def set_entitlement(participation: Participation, why_none: str, *, actor: Actor | None) -> None:
    """Say that somebody gets no allowance and why, or, with an empty reason, that they do."""
    Participation.objects.select_for_update().get(pk=participation.pk)
    stored = NoAllowance.objects.filter(participation=participation).first()
    if (stored.why if stored else "") == why_none:
        return
    if not why_none:
        stored.delete()
        audit.record(actor, "allowance.granted", participation)
        return
    row = stored or NoAllowance(participation=participation)
    row.why = why_none
    row.save()
    audit.record(actor, "allowance.withheld", participation, why=why_none)


@transaction.atomic
def plan_expenses(edition: Edition, *, actor: Actor | None) -> int:
    """Bring the computed allowances into the budget, as planned expenses of each rate's source.

    Planned ones follow what is computed now; what is committed or paid stays. Returns how many were
    added or changed.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    changed = 0
    stored = {
        (expense.source_id, expense.participation_id): expense
        for expense in Expense.objects.select_for_update(of=("self",))
        .filter(source__edition=edition, kind=Expense.Kind.ALLOWANCE)
        .exclude(state=Expense.State.CANCELLED)
    }
    for due in allowances.due(edition):
        if due.rate is None or due.rate.source_id is None or due.allowance is None:
            continue
        expense = stored.get((due.rate.source_id, due.participation.pk))
        amount = due.allowance.total.amount
        if expense is None and amount:
            expense = Expense(
                source_id=due.rate.source_id,
                participation=due.participation,
                kind=Expense.Kind.ALLOWANCE,
                description=_("Daily allowance"),
                amount=amount,
            )
            records.add(expense, "expense.added", actor=actor, scope=edition.pk)
        elif (
            expense is not None
            and expense.state == Expense.State.PLANNED
            and expense.amount != amount
        ):
            expense.amount = amount
            expense.save(update_fields=["amount"])
            audit.record(actor, "expense.changed", expense, scope=edition.pk, fields=["amount"])
        else:
            continue
        changed += 1
    return changed
