"""Attendance for the secretariat: by session, by person, and by which terms it counts."""

from datetime import date
from uuid import UUID

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.attendance import exports
from madang.attendance.actions import terms as actions
from madang.attendance.forms.attendance import CountsForm, MatrixFilters, TermsForm
from madang.attendance.models import CorrectionRequest, Doubt, SessionTerms, Terms
from madang.attendance.queries import counts as count_queries
from madang.attendance.queries import lists
from madang.attendance.queries.counts import CAME
from madang.attendance.states import State
from madang.attendance.views.pages import find_session, page
from madang.core import texts
from madang.core.requests import Request, form_page, page_of
from madang.documents import tables
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


@require_safe
@common.of_edition()
def sessions(request: Request, edition: Edition) -> HttpResponseBase:
    """How many were in each session, and what waits to be settled."""
    found = count_queries.by_session(edition)
    if tables.wanted(request):
        return tables.respond(
            request,
            exports.sessions(found, edition),
            f"{edition.slug}-attendance-by-session",
            title=_("Attendance by session"),
            subtitle=str(edition.wording("title")),
        )
    over = [count for count in found if count.counts and count.is_over]
    came = sum(count.came for count in over)
    due = sum(count.came + count.missing for count in over)
    return page(
        request, "sessions", edition,
        sessions=found,
        over=len(over),
        share=came / due if due else None,
        doubts=Doubt.objects.filter(edition=edition).count(),
        requests=CorrectionRequest.objects.filter(
            session__edition=edition, stage=CorrectionRequest.Stage.OPEN
        ).count(),
    )  # fmt: skip


@require_safe
@common.of_edition()
def people(request: Request, edition: Edition) -> HttpResponseBase:
    """Everybody against every session that counts."""
    form = MatrixFilters(request.GET, edition=edition)
    form.is_valid()
    asked = form.cleaned_data
    day = date.fromisoformat(asked["day"]) if asked.get("day") else None
    found = lists.matrix(edition, day=day, country=asked.get("country", ""), q=asked.get("q", ""))
    if wanted := tables.wanted(request):
        # On paper there is no room for every session of a week beside each other.
        table = exports.shares(found) if wanted == "pdf" and not day else exports.matrix(found)
        return tables.respond(
            request,
            table,
            f"{edition.slug}-attendance",
            title=_("Attendance"),
            subtitle=str(edition.wording("title")),
        )
    rows = page_of(request, found.rows)
    return page(request, "people", edition, form=form, sessions=found.sessions, rows=rows)


@require_safe
@common.of_edition()
def session(request: Request, edition: Edition, session_id: UUID) -> HttpResponseBase:
    """Who was in one session, also as a sheet to print."""
    found = find_session(edition, session_id)
    lines = lists.of_session(found)
    texts.prefetch([found])
    if tables.wanted(request):
        return tables.respond(
            request,
            exports.session(lines, edition),
            f"{edition.slug}-attendance-of-a-session",
            title=str(found.wording("title")),
            subtitle=str(edition.wording("title")),
        )
    tally = lists.tally(lines)
    return page(
        request, "session", edition,
        session=found,
        lines=lines,
        came=sum(tally[state] for state in CAME),
        not_whole=tally[State.LATE] + tally[State.PARTIAL],
        excused=tally[State.EXCUSED],
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def counts(request: Request, edition: Edition, session_id: UUID) -> HttpResponseBase:
    """Whether one session counts, whatever its kind."""
    found = find_session(edition, session_id)
    texts.prefetch([found])
    stored = SessionTerms.objects.filter(session=found).first()
    told = {True: "yes", False: "no"}.get(stored.counts if stored else None, "")
    form = CountsForm(request.POST or None, initial={"counts": told})
    return common.edit(
        request,
        form,
        lambda: actions.set_counts(found, counts=form.wanted, actor=request.who),
        said=_("It is saved."),
        back=reverse("attendance:sessions", args=[edition.slug]),
        title=_("Does “%(title)s” count?") % {"title": found.wording("title")},
        submit=_("Save"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def terms(request: Request, edition: Edition) -> HttpResponseBase:
    """Minutes of grace, and the kinds of session that count."""
    stored = Terms.objects.filter(edition=edition).first()
    form = TermsForm(request.POST or None, instance=stored)
    return common.edit(
        request,
        form,
        lambda: actions.change(
            edition,
            form.values(),
            expected_version=form.expected_version if stored else None,
            actor=request.who,
        ),
        said=_("The terms are saved, and attendance is counted by them."),
        back=reverse("attendance:sessions", args=[edition.slug]),
        title=_("How attendance is counted"),
        submit=_("Save the terms"),
        edition=edition,
    )
