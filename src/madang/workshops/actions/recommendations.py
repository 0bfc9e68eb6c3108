"""What an edition recommends, and how it answers what the one before it recommended."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from madang.core import audit
from madang.core.models import StaleRecordError
from madang.workshops.actions import records, stamps
from madang.workshops.models import Edition, Recommendation, RecommendationAnswer, Session


@transaction.atomic
def add_recommendation(
    edition: Edition, values: Mapping[str, Any], *, actor: audit.Actor | None
) -> Recommendation:
    """Add a recommendation under the next number."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    last = edition.recommendations.aggregate(last=Max("number"))["last"] or 0
    recommendation = Recommendation(edition=edition, number=last + 1, **values)
    records.add(recommendation, "recommendation.added", actor=actor)
    stamps.touch(edition)
    return recommendation


@transaction.atomic
def change_recommendation(
    recommendation: Recommendation,
    values: Mapping[str, Any],
    *,
    expected_version: int,
    actor: audit.Actor | None,
) -> None:
    records.change(
        recommendation,
        values,
        "recommendation.changed",
        expected_version=expected_version,
        actor=actor,
    )
    stamps.touch(recommendation.edition_id)


@transaction.atomic
def remove_recommendation(recommendation: Recommendation, *, actor: audit.Actor | None) -> None:
    """Remove a recommendation with the answers to it."""
    records.remove(recommendation, "recommendation.removed", actor=actor)
    stamps.touch(recommendation.edition_id)


def open_answers(edition: Edition, earlier: Edition) -> int:
    """Give `edition` an open answer to each recommendation of `earlier`; says how many are new."""
    answered = edition.recommendation_answers.values_list("recommendation_id", flat=True)
    answers = [
        RecommendationAnswer(recommendation=recommendation, edition=edition)
        for recommendation in earlier.recommendations.exclude(pk__in=answered)
    ]
    for answer in answers:
        answer.save(force_insert=True)
    return len(answers)


@transaction.atomic
def carry_over(edition: Edition, earlier: Edition, *, actor: audit.Actor | None) -> int:
    """Take up what an earlier edition recommended, to be answered in this one."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    carried = open_answers(edition, earlier)
    if carried:
        audit.record(
            actor, "edition.changed", edition, scope=edition.pk, fields=["recommendations"]
        )
        stamps.touch(edition)
    return carried


@transaction.atomic
def answer_recommendation(
    answer: RecommendationAnswer,
    *,
    text: str,
    sessions: Collection[Session],
    decision: str,
    expected_version: int,
    actor: audit.Actor | None,
) -> None:
    """Write the answer and decide: `decision` is a transition of the answer, or "" for none yet.

    Raises `TransitionRefusedError` for an answer without a reason and `StaleRecordError` where
    somebody else answered in between; nothing is written then.
    """
    stored = RecommendationAnswer.objects.select_for_update().get(pk=answer.pk)
    if stored.version != expected_version:
        raise StaleRecordError(f"Answer {stored.pk} was saved by somebody else.")
    before = set(stored.sessions.values_list("pk", flat=True))
    if stored.text != text or before != {session.pk for session in sessions}:
        stored.text = text
        stored.save(update_fields=["text"])
        stored.sessions.set(sessions)
        audit.record(actor, "recommendation.changed", stored, fields=["text", "sessions"])
    if decision:
        getattr(stored, decision)(actor=actor)
    stamps.touch(stored.edition_id)
