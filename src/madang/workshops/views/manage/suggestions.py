"""Suggested timetables: ask for one, look at it, use it, undo it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from madang.core import texts
from madang.core.requests import Request
from madang.workshops.actions import suggesting
from madang.workshops.forms.timetable import SuggestionForm
from madang.workshops.models import Edition, Room, Session, TimetableSuggestion
from madang.workshops.programme import rule_sentences
from madang.workshops.programme.preview import names
from madang.workshops.views.manage.common import done, of_edition, page, tried


@require_http_methods(("GET", "HEAD", "POST"))
@of_edition(changes=True)
def ask(request: Request, edition: Edition) -> HttpResponseBase:
    """Say what may move and within which hours; the worker looks for the best timetable."""
    form = SuggestionForm(request.POST or None)
    if form.is_valid():
        job = suggesting.ask(
            edition,
            form.hours(),
            keep_placed=form.cleaned_data["keep_placed"],
            actor=request.user,
        )
        return HttpResponseRedirect(job.get_absolute_url())
    context = {
        "form": form,
        "edition": edition,
        "earlier": edition.timetable_suggestions.all()[:10],
    }
    return render(request, "workshops/manage/suggest.html", context)


@require_safe
@of_edition()
def suggestion(request: Request, edition: Edition, suggestion_id: UUID) -> HttpResponseBase:
    """The timetable that was found, or why there is none."""
    found = _found(edition, suggestion_id)
    sessions = {str(session.id): session for session in edition.sessions.all()}
    rooms = {str(room.id): room for room in Room.objects.filter(site__edition=edition)}
    texts.prefetch(sessions.values())
    texts.prefetch(rooms.values())
    told = rule_sentences.Telling(sessions, rooms, _people(edition), edition)
    return page(
        request,
        "suggestion",
        edition,
        suggestion=found,
        placements=_placements(found, sessions, rooms),
        contradictions=[
            [told.sentence(kind, about) for kind, about in rules] for rules in found.contradictions
        ],
        relaxations=[told.sentence(kind, about) for kind, about in found.relaxations],
    )


def _placements(
    found: TimetableSuggestion, sessions: dict[str, Session], rooms: dict[str, Room]
) -> list[dict[str, Any]]:
    rows = []
    for session_id, (start, room) in found.places.items():
        session = sessions.get(session_id)
        if session is None:
            continue
        starts_at = rule_sentences.moment_of(start)
        rows.append(
            {
                "session": session,
                "starts_at": starts_at,
                "room": rooms.get(room),
                "is_new": (session.starts_at, str(session.room_id)) != (starts_at, room),
            }
        )
    return sorted(rows, key=lambda row: row["starts_at"])


def _people(edition: Edition) -> dict[str, str]:
    return {str(participation): name for participation, name in names(edition).items()}


@require_POST
@of_edition(changes=True)
def use(request: Request, edition: Edition, suggestion_id: UUID) -> HttpResponseBase:
    found = _found(edition, suggestion_id)
    if not tried(request, lambda: suggesting.use(found, actor=request.user)):
        return HttpResponseRedirect(reverse("manage:suggestion", args=[edition.slug, found.id]))
    return done(
        request,
        _("The timetable is used. You can undo it on the page of the suggestion."),
        reverse("manage:timetable", args=[edition.slug]),
    )


@require_POST
@of_edition(changes=True)
def undo(request: Request, edition: Edition, suggestion_id: UUID) -> HttpResponseBase:
    found = _found(edition, suggestion_id)
    tried(request, lambda: suggesting.undo(found, actor=request.user))
    return HttpResponseRedirect(reverse("manage:suggestion", args=[edition.slug, found.id]))


def _found(edition: Edition, suggestion_id: UUID) -> TimetableSuggestion:
    found = edition.timetable_suggestions.filter(pk=suggestion_id).first()
    if found is None:
        raise Http404
    return found
