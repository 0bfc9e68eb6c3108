"""Suggested timetables: ask for one, look at it, use it, undo it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core import texts
from madang.core.requests import Request, form_page
from madang.workshops.actions import suggesting
from madang.workshops.forms.timetable import SuggestionForm
from madang.workshops.models import Edition, Room, Session, TimetableSuggestion
from madang.workshops.programme import rule_sentences
from madang.workshops.programme.preview import names
from madang.workshops.views.manage.common import done, found, of_edition, page, tried

EARLIER = 10


@form_page
@of_edition(changes=True)
def ask(request: Request, edition: Edition) -> HttpResponseBase:
    """Say what may move and within which hours; the worker looks for the best timetable."""
    form = SuggestionForm(request.POST or None)
    if form.is_valid():
        job = suggesting.ask(
            edition,
            form.hours(),
            keep_placed=form.cleaned_data["keep_placed"],
            actor=request.who,
        )
        return HttpResponseRedirect(job.get_absolute_url())
    earlier = edition.timetable_suggestions.all()[:EARLIER]
    return page(request, "suggest", edition, form=form, earlier=earlier)


@require_safe
@of_edition()
def suggestion(request: Request, edition: Edition, suggestion_id: UUID) -> HttpResponseBase:
    """The timetable that was found, or why there is none."""
    suggested = found(edition.timetable_suggestions, suggestion_id)
    sessions = {session.key: session for session in edition.sessions.all()}
    rooms = {room.key: room for room in Room.objects.filter(site__edition=edition)}
    texts.prefetch(sessions.values())
    texts.prefetch(rooms.values())
    told = rule_sentences.Telling(sessions, rooms, _people(edition, suggested))
    return page(
        request,
        "suggestion",
        edition,
        suggestion=suggested,
        placements=_placements(suggested, sessions, rooms),
        contradictions=[told.sentences(rules) for rules in suggested.contradictions],
        relaxations=told.sentences(suggested.relaxations),
    )


def _placements(
    suggested: TimetableSuggestion, sessions: dict[str, Session], rooms: dict[str, Room]
) -> list[dict[str, Any]]:
    """Each session that is still there, with its suggested place, by start."""
    rows = [
        {
            "session": session,
            "starts_at": starts_at,
            "room": rooms.get(str(room)),
            "moves": (session.starts_at, session.room_id) != (starts_at, room),
        }
        for key, (starts_at, room) in suggesting.suggested_places(suggested).items()
        if (session := sessions.get(str(key)))
    ]
    return sorted(rows, key=lambda row: (row["starts_at"], row["session"].key))


def _people(edition: Edition, suggested: TimetableSuggestion) -> dict[str, str]:
    """Names for the sentences; nobody is named where there is a timetable."""
    if not suggested.contradictions:
        return {}
    return {str(participation): name for participation, name in names(edition).items()}


@require_POST
@of_edition(changes=True)
def use(request: Request, edition: Edition, suggestion_id: UUID) -> HttpResponseBase:
    """Put everything where the suggestion has it."""
    suggested = found(edition.timetable_suggestions, suggestion_id)
    if not tried(request, lambda: suggesting.use(suggested, actor=request.who)):
        return HttpResponseRedirect(_address(edition, suggested))
    return done(
        request,
        _("The timetable is used. You can undo it on the page of the suggestion."),
        reverse("manage:timetable", args=[edition.slug]),
    )


@require_POST
@of_edition(changes=True)
def undo(request: Request, edition: Edition, suggestion_id: UUID) -> HttpResponseBase:
    """Put everything back."""
    suggested = found(edition.timetable_suggestions, suggestion_id)
    address = _address(edition, suggested)
    if not tried(request, lambda: suggesting.undo(suggested, actor=request.who)):
        return HttpResponseRedirect(address)
    return done(request, _("Everything is back where it was."), address)


def _address(edition: Edition, suggested: TimetableSuggestion) -> str:
    return reverse("manage:suggestion", args=[edition.slug, suggested.id])
