"""Asking for a suggested timetable, using it, and undoing that."""

from dataclasses import asdict
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.core import jobs, limits
from madang.core.audit import Actor
from madang.core.models import Job
from madang.methods import timetable
from madang.workshops.actions.placing import Place, place_all
from madang.workshops.models import Edition, Session, TimetableSuggestion
from madang.workshops.programme import timetabling

JOB = "workshops.timetable"
SECONDS = 20.0
MEGABYTES = 4000
# What the process needs before it begins to look.
START_SECONDS = 60


def ask(
    edition: Edition,
    hours: timetabling.Hours,
    *,
    keep_placed: bool,
    actor: Actor,
    seconds: float = SECONDS,
) -> Job:
    """Let the worker look for a timetable; the job's result is the page of the suggestion.

    After `seconds` it answers with the best one found.
    """
    return jobs.start(
        JOB,
        actor=actor,
        title=_("Suggested timetable"),
        arguments={
            "edition": str(edition.id),
            "keep_placed": keep_placed,
            "seconds": seconds,
            "hours": {name: at.isoformat("minutes") for name, at in asdict(hours).items()},
        },
    )


def suggest(
    progress: jobs.Progress,
    *,
    edition: str,
    keep_placed: bool,
    hours: dict[str, str],
    seconds: float,
) -> jobs.Outcome:
    """The job: look for a timetable in a process of its own, and keep the answer."""
    found = Edition.objects.get(pk=edition)
    asked = timetabling.Hours(**{name: time.fromisoformat(at) for name, at in hours.items()})
    problem = timetabling.problem(found, asked, keep_placed=keep_placed, seconds=seconds)
    if not problem.rooms:
        raise jobs.JobError(_("Add a room first: a timetable puts sessions into rooms."))
    if not problem.sessions:
        raise jobs.JobError(_("Add sessions first: there is nothing to place yet."))
    progress.report(0, 1, _("Looking for the best timetable"))
    try:
        answer = limits.run_limited(
            timetable.suggest,
            args=(problem,),
            seconds=3 * seconds + START_SECONDS,
            megabytes=MEGABYTES,
        )
    except limits.LimitExceededError as error:
        raise jobs.JobError(str(error)) from None
    return _kept(found, answer)


def _kept(edition: Edition, answer: timetable.Suggestion) -> jobs.Outcome:
    suggestion = TimetableSuggestion.objects.create(
        edition=edition,
        status=answer.status,
        cost=answer.cost,
        bound=answer.bound,
        places={
            placement.session: [
                datetime.combine(placement.day, placement.start, edition.zone).isoformat(),
                placement.room,
            ]
            for placement in answer.placements
        },
        contradictions=[_told(rules) for rules in answer.conflicts],
        relaxations=_told(answer.relaxations),
    )
    return jobs.Outcome(
        url=reverse("manage:suggestion", args=[edition.slug, suggestion.id]),
        label=_("Look at the suggestion"),
    )


def _told(rules: Any) -> list[list[Any]]:
    return [[rule.kind, list(rule.about)] for rule in rules]


@transaction.atomic
def use(suggestion: TimetableSuggestion, *, actor: Actor) -> None:
    """Put the sessions where the suggestion has them; sessions removed since are passed over.

    Raises `RefusedError` where a room is gone, and `TransitionRefusedError`; nothing moves then.
    """
    edition = suggestion.edition
    sessions = edition.sessions.select_for_update()
    minutes = dict(sessions.values_list("id", "minutes"))
    places = {
        session: Place(start, room, minutes[session])
        for session, (start, room) in suggested_places(suggestion).items()
        if session in minutes
    }
    before = place_all(edition, places, actor=actor)
    suggestion.use(
        actor=actor,
        fields={"before": {str(session): _plain(place) for session, place in before.items()}},
    )


@transaction.atomic
def undo(suggestion: TimetableSuggestion, *, actor: Actor) -> None:
    """Put the sessions back where they were before the suggestion was used.

    What somebody moved by hand since stays there, and a length that somebody changed stays so.
    """
    edition = suggestion.edition
    sessions = {session.id: session for session in edition.sessions.select_for_update()}
    suggested = suggested_places(suggestion)
    places = {
        UUID(key): _place(start, room, sessions[UUID(key)].minutes)
        for key, (start, room, _minutes) in suggestion.before.items()
        if _stands(sessions.get(UUID(key)), suggested.get(UUID(key)))
    }
    place_all(edition, places, actor=actor)
    suggestion.undo(actor=actor)


def _stands(session: Session | None, place: tuple[datetime, UUID] | None) -> bool:
    """Whether a session is still where it was put."""
    return session is not None and (session.starts_at, session.room_id) == place


def suggested_places(suggestion: TimetableSuggestion) -> dict[UUID, tuple[datetime, UUID]]:
    """Where a suggestion has each session: its start and its room."""
    return {
        UUID(session): (datetime.fromisoformat(start), UUID(room))
        for session, (start, room) in suggestion.places.items()
    }


def _plain(place: Place) -> list[Any]:
    start = place.starts_at.isoformat() if place.starts_at else None
    return [start, str(place.room_id) if place.room_id else None, place.minutes]


def _place(start: str | None, room: str | None, minutes: int) -> Place:
    return Place(
        datetime.fromisoformat(start) if start else None, UUID(room) if room else None, minutes
    )
