"""Scenarios: begun, changed, copied, solved, removed; pins and estimates of travel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from madang.cohorts import scenarios
from madang.cohorts.models import Decision, Drawing, Pin, Scenario, ScenarioQuota, TravelEstimate
from madang.core import audit, clock
from madang.nominations.attributes import QuotaValues
from madang.nominations.models import Nomination, Quota
from madang.people.actions.refusal import RefusedError
from madang.people.models import Country
from madang.workshops.actions import records
from madang.workshops.models import Edition


@transaction.atomic
def begin(edition: Edition, values: Mapping[str, Any], *, actor: audit.Actor) -> Scenario:
    """A new scenario with the quotas of the call; its seats are the edition's unless given."""
    seats = values.get("seats") or edition.seats
    if not seats:
        raise RefusedError(_("Say how many seats there are."), "seats")
    scenario = Scenario(edition=edition, created_by=actor.audit_id, **{**values, "seats": seats})
    records.add(scenario, "scenario.added", actor=actor)
    _write_quotas(scenario, _values(Quota.objects.filter(call__edition=edition)))
    return scenario


@transaction.atomic
def copy(scenario: Scenario, name: str, *, actor: audit.Actor) -> Scenario:
    """The same rules and pins under another name, to be tried otherwise."""
    made = Scenario(
        edition=scenario.edition,
        name=name,
        objective=scenario.objective,
        seats=scenario.seats,
        reserves=scenario.reserves,
        budget=scenario.budget,
        created_by=actor.audit_id,
    )
    records.add(made, "scenario.added", actor=actor)
    _write_quotas(made, _values(scenario.quotas.all()))
    for pin in scenario.pins.select_related("subject", "nomination"):
        Pin(
            scenario=made,
            nomination=pin.nomination,
            subject=pin.subject,
            kind=pin.kind,
            reason=pin.reason,
            decided_by=pin.decided_by,
        ).save(force_insert=True)
    return made


@transaction.atomic
def change(
    scenario: Scenario,
    values: Mapping[str, Any],
    quotas: Sequence[QuotaValues],
    *,
    expected_version: int,
    actor: audit.Actor,
) -> None:
    """Change what a scenario asks for. Raises `RefusedError` once it has been decided or frozen."""
    stored = _hold_open(scenario.pk)
    changed = records.change(
        scenario, values, "scenario.changed", expected_version=expected_version, actor=actor
    )
    if _values(scenario.quotas.all()) != list(quotas):
        _write_quotas(scenario, quotas)
        if not changed:
            # The form that somebody else has open is out of date too.
            stored.save(update_fields=[])
        audit.record(actor, "scenario.changed", scenario, fields=["quotas"])


@transaction.atomic
def remove(scenario: Scenario, *, actor: audit.Actor) -> None:
    """Remove a scenario on which nothing was decided."""
    _hold_open(scenario.pk)
    records.remove(scenario, "scenario.removed", actor=actor)


def _values(quotas: Iterable[Quota | ScenarioQuota]) -> list[QuotaValues]:
    return [(each.attribute, each.value, each.minimum, each.maximum) for each in quotas]


def _write_quotas(scenario: Scenario, quotas: Sequence[QuotaValues]) -> None:
    seen = {(attribute, value) for attribute, value, _least, _most in quotas}
    if len(seen) < len(quotas):
        raise RefusedError(_("The same quota is there twice."), "quotas")
    for _attribute, _value, least, most in quotas:
        if most is not None and most < least:
            raise RefusedError(_("“At most” can't be less than “at least”."), "quotas")
    scenario.quotas.all().delete()
    ScenarioQuota.objects.bulk_create(
        ScenarioQuota(
            scenario=scenario, attribute=attribute, value=value, minimum=least, maximum=most,
            order=order, version=1,
        )
        for order, (attribute, value, least, most) in enumerate(quotas)
    )  # fmt: skip


def _hold_open(scenario_id: UUID) -> Scenario:
    """The scenario, locked. Raises `RefusedError` once it has been decided or frozen."""
    scenario: Scenario = Scenario.objects.select_for_update().get(pk=scenario_id)
    if Drawing.objects.filter(scenario=scenario).exists():
        raise RefusedError(
            _("The list and the rules of this lottery are frozen: copy the scenario instead.")
        )
    if Decision.objects.filter(scenario=scenario).exclude(state=Decision.State.DROPPED).exists():
        raise RefusedError(_("A cohort was proposed from this scenario: copy it instead."))
    return scenario


@dataclass(frozen=True)
class Move:
    """One rule that moves by `by`, up or down.

    A quota's `limit` says which end moves; without one, so many more or fewer than the `have` that
    the cohort has now are asked for.
    """

    kind: str
    by: float
    attribute: str = ""
    value: str = ""
    limit: str | None = None
    have: int = 0


def moves(codes: Mapping[str, Any], *, have: int = 0) -> Move:
    """What a `Change` of the method, as JSON, moves; `have` is how many the cohort has now."""
    return Move(
        codes["kind"], codes["by"], codes["attribute"] or "", codes["value"] or "",
        codes["limit"], have,
    )  # fmt: skip


def gives_way(codes: Mapping[str, Any]) -> Move:
    """What a `Relaxation` of the method, as JSON, moves: its `by` is always how much it gives."""
    lowers = codes["limit"] == "min"
    return replace(moves(codes), by=-codes["by"] if lowers else codes["by"])


@transaction.atomic
def move_rule(scenario: Scenario, move: Move, *, actor: audit.Actor) -> None:
    """Move one rule. Raises `RefusedError` for a pin: that is taken back by itself."""
    stored = _hold_open(scenario.pk)
    if move.kind == "seats":
        stored.seats = max(1, stored.seats + int(move.by))
        stored.save(update_fields=["seats"])
    elif move.kind == "budget":
        stored.budget = (stored.budget or Decimal(0)) + Decimal(str(move.by))
        stored.save(update_fields=["budget"])
    elif move.kind == "quota":
        _move_quota(stored, move)
        # The form that somebody else has open is out of date too.
        stored.save(update_fields=[])
    else:
        raise RefusedError(_("Take the decision about this nominee back yourself."))
    audit.record(actor, "scenario.changed", scenario, fields=[move.kind])
    scenario.refresh_from_db()


def _move_quota(scenario: Scenario, move: Move) -> None:
    """Move an end of the quota of one value; one that counts each value gets an exception."""
    quotas = {(each.attribute, each.value): each for each in scenario.quotas.all()}
    each = quotas.get((move.attribute, Quota.EACH))
    quota = quotas.get((move.attribute, move.value))
    if quota is None:
        quota = ScenarioQuota(
            scenario=scenario, attribute=move.attribute, value=move.value, order=len(quotas),
            minimum=each.minimum if each else 0, maximum=each.maximum if each else None,
        )  # fmt: skip
    by = int(move.by)
    if move.limit == "max" or (move.limit is None and by < 0):
        start = move.have if move.limit is None else quota.maximum
        quota.maximum = max(0, (scenario.seats if start is None else start) + by)
        quota.minimum = min(quota.minimum, quota.maximum)
    else:
        quota.minimum = max(0, (move.have if move.limit is None else quota.minimum) + by)
        if quota.maximum is not None:
            quota.maximum = max(quota.minimum, quota.maximum)
    quota.save()


# --- Pins ---------------------------------------------------------------------------------------
@transaction.atomic
def pin(
    scenario: Scenario, nomination: Nomination, kind: str, reason: str, *, actor: audit.Actor
) -> Pin:
    """Decide apart from the method that somebody is in, or out. It takes a reason in writing."""
    _hold_open(scenario.pk)
    if not reason.strip():
        raise RefusedError(_("Write down why: the director reads it."), "reason")
    Pin.objects.filter(scenario=scenario, nomination=nomination).delete()
    made = Pin(
        scenario=scenario,
        nomination=nomination,
        subject_id=nomination.subject_id,
        kind=kind,
        reason=reason.strip(),
        decided_by=actor.audit_id,
    )
    made.save(force_insert=True)
    audit.record(actor, "pin.set", scenario, kind=kind)
    return made


@transaction.atomic
def unpin(pin: Pin, *, actor: audit.Actor) -> None:
    """Leave it to the method again."""
    _hold_open(pin.scenario_id)
    audit.record(actor, "pin.removed", pin.scenario)
    pin.delete()


# --- Travel -------------------------------------------------------------------------------------
@transaction.atomic
def estimate_travel(
    edition: Edition,
    amounts: Mapping[Country, Decimal | None],
    *,
    currency: str,
    actor: audit.Actor,
) -> None:
    """Set what one person from each country costs; None takes the estimate away."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    known = {each.country_id: each for each in edition.travel_estimates.all()}
    changed = False
    for country, amount in amounts.items():
        estimate = known.get(country.pk)
        if amount is None:
            if estimate is not None:
                estimate.delete()
                changed = True
        elif estimate is None:
            TravelEstimate(edition=edition, country=country, amount=amount, currency=currency).save(
                force_insert=True
            )
            changed = True
        elif (estimate.amount, estimate.currency) != (amount, currency):
            estimate.amount, estimate.currency = amount, currency
            estimate.save(update_fields=["amount", "currency"])
            changed = True
    if changed:
        audit.record(actor, "estimates.changed", edition)


# --- The answer ---------------------------------------------------------------------------------
def solve(scenario: Scenario, *, actor: audit.Actor) -> None:
    """Have the method answer what a scenario asks now, and keep the answer with it.

    The work is done in a process of its own, before anything is locked. Raises `RefusedError` where
    there is nobody to choose from or the rules changed meanwhile, `limits.LimitExceededError` and
    `limits.ProcessFailedError` where the method did not come back.
    """
    asked = scenarios.problem(scenario)
    if not asked.nominees:
        raise RefusedError(_("There is nobody to choose from: no nomination is eligible yet."))
    fingerprint = scenarios.digest(asked)
    if scenario.answer is not None and scenario.answered_for == fingerprint:
        return
    keep_answer(scenario.pk, scenarios.solved(asked), fingerprint, actor=actor)
    scenario.refresh_from_db()


@transaction.atomic
def keep_answer(
    scenario_id: UUID, answer: dict[str, Any], fingerprint: str, *, actor: audit.Actor | None
) -> None:
    """Keep an answer with the scenario whose problem has this fingerprint still."""
    scenario = _hold_open(scenario_id)
    if scenarios.digest(scenarios.problem(scenario)) != fingerprint:
        raise RefusedError(_("Somebody changed the rules meanwhile: have it solved again."))
    scenario.answer = answer
    scenario.answered_for = fingerprint
    scenario.answered_at = clock.now()
    scenario.save(update_fields=["answer", "answered_for", "answered_at"])
    audit.record(actor, "scenario.solved", scenario)
