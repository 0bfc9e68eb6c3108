"""What an edition recommends, and how it answers what the one before it recommended."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from madang.core import audit, clock, files
from madang.core.links import Reference
from madang.core.models import StaleRecordError
from madang.workshops.actions import records, stamps
from madang.workshops.models import (
    Edition,
    Recommendation,
    RecommendationAnswer,
    RecommendationSource,
    Session,
)


@transaction.atomic
def add_recommendation(
    edition: Edition,
    values: Mapping[str, Any],
    sources: Iterable[Reference | str] = (),
    *,
    actor: audit.Actor | None,
) -> Recommendation:
    """Draft a recommendation under the next number.

    `sources` are what it was drawn from: references, and observations in words.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    last = edition.recommendations.aggregate(last=Max("number"))["last"] or 0
    recommendation = Recommendation(edition=edition, number=last + 1, **values)
    records.add(recommendation, "recommendation.added", actor=actor)
    _write_sources(recommendation, sources)
    stamps.touch(edition)
    return recommendation


def _write_sources(recommendation: Recommendation, sources: Iterable[Reference | str]) -> None:
    recommendation.sources.all().delete()
    for source in sources:
        if isinstance(source, str):
            made = RecommendationSource(note=source)
        else:
            made = RecommendationSource(thing_model=source.model, thing_id=source.id)
        made.recommendation = recommendation
        made.save(force_insert=True)


@transaction.atomic
def change_recommendation(
    recommendation: Recommendation,
    values: Mapping[str, Any],
    sources: Iterable[Reference | str],
    *,
    expected_version: int,
    actor: audit.Actor | None,
) -> None:
    """Change the text and what it was drawn from."""
    records.change(
        recommendation,
        values,
        "recommendation.changed",
        expected_version=expected_version,
        actor=actor,
    )
    _write_sources(recommendation, sources)
    stamps.touch(recommendation.edition_id)


@transaction.atomic
def decide(
    recommendation: Recommendation, decision: str, reason: str, *, actor: audit.Actor | None
) -> None:
    """Accept a recommendation, or decline it with a reason: `decision` is one of its transitions.

    An accepted one is put before the next edition, where that is planned already; one that is
    declined later is taken from there unless it was answered. Raises `TransitionRefusedError`
    where there is no reason.
    """
    recommendation = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    is_accepted = decision == "accept"
    recommendation.reason = "" if is_accepted else reason.strip()
    recommendation.save(update_fields=["reason"])
    getattr(recommendation, decision)(actor=actor, fields={"decided_at": clock.now()})
    edition = recommendation.edition
    stamps.touch(edition)
    following = next_edition(edition)
    if following is None:
        return
    if is_accepted:
        open_answers(following, edition)
    else:
        waiting = RecommendationAnswer.State.OPEN
        recommendation.answers.filter(edition=following, state=waiting, text="").delete()
    stamps.touch(following)


def next_edition(edition: Edition) -> Edition | None:
    """The edition that is asked to answer, where it is planned and not over."""
    later = Edition.objects.filter(series=edition.series_id, number__gt=edition.number)
    return later.exclude(state=Edition.State.CLOSED).order_by("number").first()


@transaction.atomic
def remove_recommendation(recommendation: Recommendation, *, actor: audit.Actor | None) -> None:
    """Remove a recommendation with the answers to it."""
    records.remove(recommendation, "recommendation.removed", actor=actor)
    stamps.touch(recommendation.edition_id)


def open_answers(edition: Edition, earlier: Edition) -> int:
    """Give `edition` an open answer to each accepted recommendation of `earlier`.

    Says how many are new.
    """
    answered = edition.recommendation_answers.values_list("recommendation_id", flat=True)
    answers = [
        RecommendationAnswer(recommendation=recommendation, edition=edition)
        for recommendation in earlier.recommendations.filter(
            state=Recommendation.State.ACCEPTED
        ).exclude(pk__in=answered)
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
    _touch_both(stored)


@transaction.atomic
def tick(
    answer: RecommendationAnswer,
    values: Mapping[str, Any],
    upload: Any = None,
    *,
    expected_version: int,
    actor: audit.Actor | None,
) -> None:
    """Tick an answered recommendation off, with evidence in words, an address, a file.

    Raises `TransitionRefusedError` before the edition has begun or without evidence,
    `StaleRecordError`, and `UnwantedFileError` for a file that is not taken.
    """
    stored = RecommendationAnswer.objects.select_for_update().get(pk=answer.pk)
    if stored.version != expected_version:
        raise StaleRecordError(f"Answer {stored.pk} was saved by somebody else.")
    for name, value in values.items():
        setattr(stored, name, value)
    stored.save(update_fields=list(values))
    by = actor.audit_id if actor is not None else None
    stored.tick(actor=actor, fields={"ticked_by": by, "ticked_at": clock.now()})
    if upload:
        files.store(upload, owner=stored, actor=actor)
    _touch_both(stored)


@transaction.atomic
def untick(answer: RecommendationAnswer, *, actor: audit.Actor | None) -> None:
    """Take a tick back; the evidence stays with the answer, to be mended."""
    answer.untick(actor=actor, fields={"ticked_by": None, "ticked_at": None})
    _touch_both(answer)


def _touch_both(answer: RecommendationAnswer) -> None:
    """The pages of both editions show what became of it."""
    stamps.touch(answer.edition_id)
    stamps.touch(answer.recommendation.edition_id)
