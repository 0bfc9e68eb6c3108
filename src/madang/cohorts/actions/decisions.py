"""The decision on a cohort: proposed from a scenario, approved, in force, dropped."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from madang.cohorts import reasons, scenarios
from madang.cohorts.models import Decision, Drawing, Offer, Pin, Scenario, Verdict
from madang.core import approvals, audit, clock
from madang.core.models import Approval, Event
from madang.core.policies import Who
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Edition

CHOSEN = Verdict.Outcome.CHOSEN
RESERVE = Verdict.Outcome.RESERVE
NOT_CHOSEN = Verdict.Outcome.NOT_CHOSEN


@transaction.atomic
def propose(scenario: Scenario, *, remarks: str, director: Who, actor: Who) -> Decision:
    """Freeze the scenario's cohort as a decision, and hand it to a director.

    A lottery has to be drawn first. Raises `RefusedError` where the answer is not the one to what
    the scenario asks now, or another decision is open or has offers.
    """
    Edition.objects.select_for_update().get(pk=scenario.edition_id)
    stored = Scenario.objects.select_for_update().select_related("edition").get(pk=scenario.pk)
    _refuse_second(stored.edition)
    answer, drawing = stored.answer or {}, getattr(stored, "drawing", None)
    is_lottery = stored.objective == Scenario.Objective.LOTTERY
    if not scenarios.is_current(stored, scenarios.problem(stored)):
        raise RefusedError(_("Solve the scenario first: something has changed since."))
    if not answer.get("selected"):
        raise RefusedError(_("There is no cohort in this scenario to propose."))
    if is_lottery and (drawing is None or drawing.panel is None):
        raise RefusedError(_("Draw the lottery first."))
    selected = answer["selected"]
    if is_lottery:
        selected = answer["panels"][drawing.panel]["members"]
    last = stored.edition.decisions.aggregate(last=Max("number"))["last"] or 0
    decision = Decision(
        edition=stored.edition,
        scenario=stored,
        number=last + 1,
        remarks=remarks.strip(),
        facts=_facts(stored, answer),
    )
    decision.save(force_insert=True)
    verdicts = list(_verdicts(decision, answer, selected, is_lottery=is_lottery))
    Verdict.objects.bulk_create(verdicts)
    audit.record(
        actor,
        "decision.proposed",
        decision,
        chosen=len(selected),
        reserves=sum(verdict.outcome == RESERVE for verdict in verdicts),
    )
    approval = approvals.start(decision, actor=actor, director=director)
    approvals.clear(approval, actor=actor)
    return decision


def _refuse_second(edition: Edition) -> None:
    standing = edition.decisions.exclude(state=Decision.State.DROPPED)
    if standing.exists():
        raise RefusedError(
            _("There is a decision already: drop it before another cohort is proposed.")
        )


def _facts(scenario: Scenario, answer: dict[str, Any]) -> dict[str, Any]:
    """What proves the cohort, as numbers and fingerprints."""
    drawing = getattr(scenario, "drawing", None)
    return {
        "objective": scenario.objective,
        "seats": scenario.seats,
        "status": answer["status"],
        "merit": answer.get("objective"),
        "bound": answer.get("bound"),
        "minimum": answer.get("minimum"),
        "fingerprint": scenario.answered_for,
        "budget": None if scenario.budget is None else str(scenario.budget),
        "drawing": None
        if drawing is None
        else {
            "digest": drawing.digest,
            "seed": drawing.seed,
            "result": drawing.result_digest,
            "count": _drawn(scenario.edition),
        },
    }


def _drawn(edition: Edition) -> int:
    """How many lotteries were drawn for an edition, this one included."""
    return Drawing.objects.filter(scenario__edition=edition, drawn_at__isnull=False).count()


def _verdicts(
    decision: Decision, answer: dict[str, Any], selected: Iterable[str], *, is_lottery: bool
) -> Iterable[Verdict]:
    chosen = set(selected)
    reserves = [each["id"] for each in answer.get("reserves", ()) if each["id"] not in chosen]
    ranks = {key: rank for rank, key in enumerate(reserves, start=1)}
    pinned_out = {
        str(key)
        for key in decision.scenario.pins.filter(kind=Pin.Kind.EXCLUDE).values_list(
            "nomination_id", flat=True
        )
    }
    for nomination in scenarios.candidates(decision.edition_id):
        key = str(nomination.pk)
        outcome = CHOSEN if key in chosen else RESERVE if key in ranks else NOT_CHOSEN
        why = answer.get("why", {}).get(key) or {}
        yield Verdict(
            decision=decision,
            nomination=nomination,
            outcome=outcome,
            rank=ranks.get(key),
            reason=reasons.of_outcome(
                outcome, why, is_pinned=key in pinned_out, is_lottery=is_lottery
            ),
            why=why,
            version=1,
        )


def content(decision: Decision) -> dict[str, Any]:
    """What a director approves: references and figures, no name and no score of anybody.

    Nominations stand in it by their numbers, so that erasing somebody leaves nothing behind.
    """
    verdicts = decision.verdicts.order_by("rank", "nomination__number")
    numbers = verdicts.values_list("outcome", "nomination__number")
    pins = decision.scenario.pins.order_by("nomination__number")
    quotas = decision.scenario.quotas.values_list("attribute", "value", "minimum", "maximum")
    return {
        "number": decision.number,
        "facts": decision.facts,
        "quotas": [list(quota) for quota in quotas],
        "pins": [list(pin) for pin in pins.values_list("nomination__number", "kind")],
        "chosen": [number for outcome, number in numbers if outcome == CHOSEN],
        "reserves": [number for outcome, number in numbers if outcome == RESERVE],
        "not_chosen": [number for outcome, number in numbers if outcome == NOT_CHOSEN],
        # What a ministry may be told of each nomination that is not chosen.
        "reasons": [
            list(pair)
            for pair in decision.verdicts.filter(outcome=NOT_CHOSEN)
            .order_by("nomination__number")
            .values_list("nomination__number", "reason")
        ],
        "remarks": decision.remarks,
    }


def put_in_force(event: Event) -> None:
    """A director approved: the decision is in force (`approval.approved`, once)."""
    approval = Approval.objects.get(pk=event.thing_id)
    if approval.thing_model != Decision._meta.label_lower:
        return
    with transaction.atomic():
        decision = Decision.objects.select_for_update().get(pk=approval.thing_id)
        if decision.state == Decision.State.PROPOSED:
            decision.take_effect(actor=None, fields={"decided_at": clock.now()})


@transaction.atomic
def drop(decision: Decision, *, actor: Who) -> None:
    """Give a decision up. Raises `RefusedError` once offers went out by it."""
    Edition.objects.select_for_update().get(pk=decision.edition_id)
    Decision.objects.select_for_update().get(pk=decision.pk)
    # Locked, so that none of them goes out while they are removed.
    prepared = Offer.objects.select_for_update(of=("self",)).filter(decision=decision)
    if any(offer.state != Offer.State.PREPARED for offer in prepared):
        raise RefusedError(_("Offers went out by this decision: it stands."))
    decision.offers.all().delete()
    open_approval = approvals.of(decision).filter(
        state__in=(Approval.State.DRAFT, Approval.State.CLEARED)
    )
    for approval in open_approval:
        approvals.withdraw(approval, actor=actor)
    decision.drop(actor=actor)
