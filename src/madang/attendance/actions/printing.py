"""Printing badges: all at once by the worker, kept for a while, and made anew when one changes."""

from uuid import uuid4

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.attendance import badge_files, papers
from madang.attendance.actions import badges
from madang.attendance.models import Badge
from madang.attendance.queries import badges as queries
from madang.core import audit, jobs, limits
from madang.core.audit import Actor
from madang.core.models import Job
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Edition, Participation

JOB = "attendance.badges"


@transaction.atomic
def ask(edition: Edition, *, paper: str, kind: str = "", actor: Actor) -> Job:
    """Let the worker set everybody's badge; who has none is given one first.

    Raises `RefusedError` where nobody is expected.
    """
    badges.give_missing(edition, actor=actor)
    number = len(queries.current(edition, kind))
    if not number:
        raise RefusedError(_("Nobody is expected: there is no badge to print."))
    audit.record(actor, "badges.printed", edition, scope=edition.pk, number=number)
    return jobs.start(
        JOB,
        actor=actor,
        title=_("Badges"),
        arguments={
            "edition": str(edition.pk),
            "paper": paper,
            "kind": kind,
            "name": str(uuid4()),
        },
    )


def make(
    progress: jobs.Progress, *, edition: str, paper: str, kind: str, name: str
) -> jobs.Outcome:
    """The job: set the badges and keep them."""
    found = Edition.objects.get(pk=edition)
    progress.report(0, 1, _("Setting the badges"))
    try:
        content = papers.pdf(found, queries.current(found, kind), paper)
    except limits.LimitExceededError as error:
        raise jobs.JobError(str(error)) from None
    badge_files.keep(found.pk, name, content)
    return jobs.Outcome(
        url=reverse("attendance:badges_file", args=[found.slug, name]),
        label=_("Badges to print"),
    )


@transaction.atomic
def one(participation: Participation, *, paper: str, actor: Actor | None) -> list[Badge]:
    """The badge of one person to print, made where they have none."""
    held = queries.of_person(participation)
    if not held:
        badges.replace(participation, actor=actor)
        held = queries.of_person(participation)
    audit.record(
        actor, "badges.printed", participation, scope=participation.edition_id, number=1,
        paper=paper,
    )  # fmt: skip
    return held
