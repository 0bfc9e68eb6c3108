"""The rubric, who scores whom, the scores, and the merit that comes of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, clock, limits
from madang.core.policies import Who
from madang.methods import agreement
from madang.nominations import rules
from madang.nominations.models import Call, Criterion, Merit, Nomination, Score, Screening
from madang.nominations.queries import screening as queries
from madang.people.actions.refusal import RefusedError
from madang.people.models import Account
from madang.workshops.actions import records

CENT = Decimal("0.01")


# --- The rubric ---------------------------------------------------------------------------------
@transaction.atomic
def add_criterion(call: Call, values: Mapping[str, Any], *, actor: audit.Actor) -> Criterion:
    """Add a line to the rubric. Raises `RefusedError` once somebody has scored."""
    _refuse_once_scored(call)
    criterion = Criterion(call=call, order=call.criteria.count(), **values)
    records.add(criterion, "criterion.added", actor=actor, scope=call.edition_id)
    return criterion


@transaction.atomic
def change_criterion(
    criterion: Criterion, values: Mapping[str, Any], *, expected_version: int, actor: audit.Actor
) -> None:
    """Change a line of the rubric; what it counts, only before somebody has scored."""
    stored = Criterion.objects.get(pk=criterion.pk)
    counts = ("weight", "maximum")
    if any(values.get(name, getattr(stored, name)) != getattr(stored, name) for name in counts):
        _refuse_once_scored(criterion.call)
    records.change(
        criterion, values, "criterion.changed",
        expected_version=expected_version, actor=actor, scope=criterion.call.edition_id,
    )  # fmt: skip


@transaction.atomic
def remove_criterion(criterion: Criterion, *, actor: audit.Actor) -> None:
    """Take a line out of the rubric, before somebody has scored."""
    _refuse_once_scored(criterion.call)
    records.remove(criterion, "criterion.removed", actor=actor, scope=criterion.call.edition_id)


def _refuse_once_scored(call: Call) -> None:
    Call.objects.select_for_update().get(pk=call.pk)
    if Score.objects.filter(criterion__call=call).exists():
        raise RefusedError(
            _("Somebody has scored by this rubric already: what it counts stays as it is.")
        )


# --- Who scores whom ----------------------------------------------------------------------------
@transaction.atomic
def ask(call: Call, screeners: Sequence[Account], *, opinions: int, actor: audit.Actor) -> int:
    """Let each eligible nomination be scored by `opinions` of the officers; how many were asked.

    Whoever scores already counts; the rest goes to those officers who have the least to do.
    """
    Call.objects.select_for_update().get(pk=call.pk)
    if not call.criteria.exists():
        raise RefusedError(_("Write the rubric first."))
    if opinions < queries.FEWEST_OPINIONS:
        raise RefusedError(_("At least two officers score each nomination."), "opinions")
    if len(screeners) < opinions:
        raise RefusedError(_("Choose at least as many officers as scores."), "screeners")
    nominations = queries.screened(call.edition)
    standing: dict[UUID, set[UUID]] = defaultdict(set)
    turned_away: dict[UUID, set[UUID]] = defaultdict(set)
    load = dict.fromkeys((account.pk for account in screeners), 0)
    for nomination, screener, state in Screening.objects.filter(
        nomination__in=nominations
    ).values_list("nomination_id", "screener_id", "state"):
        turned_away[nomination].add(screener)
        if state != Screening.State.RECUSED:
            standing[nomination].add(screener)
            load[screener] = load.get(screener, 0) + 1
    asked = []
    for nomination, subject in nominations.values_list("pk", "subject_id"):
        free = [account.pk for account in screeners if account.pk not in turned_away[nomination]]
        wanting = opinions - len(standing[nomination])
        for screener in sorted(free, key=lambda each: load[each])[: max(wanting, 0)]:
            load[screener] += 1
            asked.append(
                Screening(
                    nomination_id=nomination, screener_id=screener, subject_id=subject,
                    version=1,
                )
            )  # fmt: skip
    Screening.objects.bulk_create(asked)
    audit.record(actor, "screening.asked", call, number=len(asked))
    return len(asked)


@transaction.atomic
def ask_third_opinion(
    nominations: Iterable[Nomination], screener: Account, *, call: Call, actor: audit.Actor
) -> int:
    """Let one more officer score these nominations; how many were asked."""
    Call.objects.select_for_update().get(pk=call.pk)
    asked = 0
    for nomination in nominations:
        made = not Screening.objects.filter(nomination=nomination, screener=screener).exists()
        if made:
            Screening(
                nomination=nomination,
                screener=screener,
                subject_id=nomination.subject_id,
                is_third_opinion=True,
            ).save(force_insert=True)
            asked += 1
    audit.record(actor, "screening.asked", call, number=asked)
    return asked


# --- Scores -------------------------------------------------------------------------------------
@transaction.atomic
def score(
    screening: Screening, values: Mapping[Criterion, int], *, comment: str, actor: Who
) -> None:
    """Give a nomination one score for each criterion. Raises `PermissionDenied` for others."""
    if not rules.score.can(actor, screening):
        raise PermissionDenied
    missing = set(screening.nomination.edition.call.criteria.all()) - set(values)
    if missing:
        raise RefusedError(_("Give a score for every criterion."))
    for criterion, value in values.items():
        if not 0 <= value <= criterion.maximum:
            raise RefusedError(
                _("Scores go from 0 to %(maximum)s.") % {"maximum": criterion.maximum}
            )
    screening.score(actor=actor, fields={"comment": comment.strip(), "scored_at": clock.now()})
    screening.scores.all().delete()
    Score.objects.bulk_create(
        Score(screening=screening, criterion=criterion, value=value, version=1)
        for criterion, value in values.items()
    )


@transaction.atomic
def recuse(screening: Screening, *, actor: Who) -> None:
    """Stand back from a nomination: its scores by this officer, if any, are gone."""
    if not rules.score.can(actor, screening):
        raise PermissionDenied
    screening.recuse(actor=actor, fields={"scored_at": None, "comment": ""})
    screening.scores.all().delete()


# --- Merit --------------------------------------------------------------------------------------
def compute_merit(call: Call, *, actor: audit.Actor | None) -> int:
    """Make merit of all scores that were given; how many nominations have one now.

    Each officer's total is a percentage of the rubric's; how mild or strict the officers are is
    taken out of it, and the standard error says how sure the result is (`methods.agreement.merit`,
    in a process of its own). A nomination with a single score keeps what it had: one opinion is
    none. Raises as `core.limits.run_limited` does.
    """
    rated = queries.ratings(call.edition).columns()
    if not rated:
        return 0
    found = limits.run_limited(
        agreement.merit,
        args=(queries.matrix([column for _nomination, column in rated]),),
        seconds=queries.SECONDS,
        megabytes=queries.MEGABYTES,
    )
    with transaction.atomic():
        Call.objects.select_for_update().get(pk=call.pk)
        written = sum(
            _write(nomination, column, value, error)
            for (nomination, column), (value, error) in zip(rated, found, strict=True)
        )
        audit.record(actor, "merit.computed", call, number=written)
    return written


def _write(
    nomination: UUID, column: Sequence[float | None], value: float | None, error: float | None
) -> bool:
    """Keep what a nomination is worth; nothing where the judges can't be compared."""
    if value is None:
        return False
    Merit.objects.update_or_create(
        nomination_id=nomination,
        defaults={
            "value": Decimal(min(max(value, 0.0), 100.0)).quantize(CENT),
            "uncertainty": Decimal(min(error or 0.0, 100.0)).quantize(CENT),
            "opinions": sum(one is not None for one in column),
            "origin": Merit.Origin.SCREENING,
        },
    )
    return True
