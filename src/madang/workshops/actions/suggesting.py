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
from madang.workshops.models import Edition, TimetableSuggestion
from madang.workshops.programme import timetabling

JOB = "workshops.timetable"
SECONDS = 20.0
MEGABYTES = 4000


def ask(edition: Edition, hours: timetabling.Hours, *, keep_placed: bool, actor: Actor) -> Job:
    """Let the worker look for a timetable; the job's result is the page of the suggestion."""
    return jobs.start(
        JOB,
        actor=actor,
        title=_("Suggested timetable"),
        arguments={
            "edition": str(edition.id),
            "keep_placed": keep_placed,
            "hours": {name: at.isoformat("minutes") for name, at in asdict(hours).items()},
        },
    )


def suggest(
    progress: jobs.Progress, *, edition: str, keep_placed: bool, hours: dict[str, str]
) -> jobs.Outcome:
    """The job: look for a timetable in a process of its own, and keep the answer."""
    found = Edition.objects.get(pk=edition)
    asked = timetabling.Hours(**{name: time.fromisoformat(at) for name, at in hours.items()})
    problem = timetabling.problem(found, asked, keep_placed=keep_placed, seconds=SECONDS)
    if not problem.rooms:
        raise jobs.JobError(_("Add a room first: a timetable puts sessions into rooms."))
    progress.report(0, 1, _("Looking for the best timetable"))
    answer = limits.run_limited(
        timetable.suggest, args=(problem,), seconds=3 * SECONDS, megabytes=MEGABYTES
    )
    suggestion = TimetableSuggestion.objects.create(
        edition=found,
        status=answer.status,
        cost=answer.cost,
        bound=answer.bound,
        places={
            placement.session: [
                datetime.combine(placement.day, placement.start, found.zone).isoformat(),
                placement.room,
            ]
            for placement in answer.placements
        },
        contradictions=[_told(rules) for rules in answer.conflicts],
        relaxations=_told(answer.relaxations),
    )
    return jobs.Outcome(
        url=reverse("manage:suggestion", args=[found.slug, suggestion.id]),
        label=_("Look at the suggestion"),
    )


def _told(rules: Any) -> list[list[Any]]:
    return [[rule.kind, list(rule.about)] for rule in rules]


@transaction.atomic
def use(suggestion: TimetableSuggestion, *, actor: Actor) -> None:
    """Put the sessions where the suggestion has them; sessions removed since are passed over."""
    edition = suggestion.edition
    minutes = dict(edition.sessions.values_list("id", "minutes"))
    places = {
        UUID(session): Place(datetime.fromisoformat(start), UUID(room), minutes[UUID(session)])
        for session, (start, room) in suggestion.places.items()
        if UUID(session) in minutes
    }
    before = place_all(edition, places, actor=actor)
    suggestion.use(actor=actor)
    suggestion.before = {
        str(session): [
            place.starts_at.isoformat() if place.starts_at else None,
            str(place.room_id) if place.room_id else None,
            place.minutes,
        ]
        for session, place in before.items()
    }
    suggestion.save(update_fields=["before"])


@transaction.atomic
def undo(suggestion: TimetableSuggestion, *, actor: Actor) -> None:
    """Put the sessions back where they were before the suggestion was used."""
    edition = suggestion.edition
    known = set(edition.sessions.values_list("id", flat=True))
    places = {
        UUID(session): Place(
            datetime.fromisoformat(start) if start else None,
            UUID(room) if room else None,
            minutes,
        )
        for session, (start, room, minutes) in suggestion.before.items()
        if UUID(session) in known
    }
    suggestion.undo(actor=actor)
    place_all(edition, places, actor=actor)
