"""The timetable editor: a day's sessions in their rooms, moved by mouse, finger, keys or a form."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from madang.core import locales, texts
from madang.core.models import StaleRecordError
from madang.core.requests import Request
from madang.workshops.actions import placing
from madang.workshops.forms.timetable import PlaceForm
from madang.workshops.models import Edition, Room, Session
from madang.workshops.programme import concern_sentences, snapshot
from madang.workshops.programme.entries import Programme
from madang.workshops.programme.preview import all_concerns, names
from madang.workshops.views.manage.common import done, of_edition, page


@require_safe
@of_edition()
def timetable(request: Request, edition: Edition) -> HttpResponseBase:
    """One day in its rooms, what waits to be placed, and what to look at again."""
    programme = snapshot.draft(edition)
    day = _day_asked(request, programme)
    rooms = list(
        Room.objects.filter(site__edition=edition)
        .select_related("site")
        .order_by("site__name", "order", "name")
    )
    texts.prefetch(rooms)
    sessions = _sessions(edition, rooms)
    return page(
        request,
        "timetable",
        edition,
        day=day,
        days=[
            {
                "url": f"?day={other.isoformat()}",
                "label": locales.calendar_date(other, "day"),
                "current": "page" if other == day else "",
            }
            for other in programme.days
        ],
        on_day=[session for session in sessions if session.day == day],
        waiting=[
            session
            for session in sessions
            if session.starts_at is None and session.state == Session.State.PLANNED
        ],
        concerns=_concerns(edition, programme),
        board={
            "rooms": [{"id": room.key, "name": room.wording("name")} for room in rooms],
            "words": _words(),
        },
    )


def _sessions(edition: Edition, rooms: list[Room]) -> list[Any]:
    """Every session, each with what its line shows: module, room, local start and day."""
    sessions: list[Any] = list(
        Session.objects.filter(edition=edition).select_related("module").order_by("starts_at", "id")
    )
    texts.prefetch(sessions)
    room_names = {room.id: room.wording("name") for room in rooms}
    for session in sessions:
        start = session.starts_at.astimezone(edition.zone) if session.starts_at else None
        session.day = start.date() if start else None
        session.minute_of_day = start.hour * 60 + start.minute if start else ""
        session.room_name = room_names.get(session.room_id, "")
        session.module_number = session.module.number if session.module else 0
    return sessions


def _words() -> dict[str, str]:
    """What the editor's script says; `{title}` and the like are filled in there."""
    return {
        "noRoom": _("No room"),
        "picked": _("“{title}” picked up, {place}."),
        "moved": _("{place}"),
        "placed": _("“{title}” placed: {place}."),
        "taken": _("“{title}” waits to be placed."),
        "back": _("“{title}” put back: {place}."),
        "place": _("{start} to {end}, {room}"),
        "failed": _("That could not be saved: the connection may be down. Nothing was changed."),
    }


def _day_asked(request: HttpRequest, programme: Programme) -> date:
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return programme.first_day
    return day if day in programme.days else programme.first_day


def _concerns(edition: Edition, programme: Programme) -> list[dict[str, Any]]:
    found = all_concerns(edition, programme)
    known = names(edition) if any(concern.participation_id for concern in found) else {}
    return [
        {
            "sentence": concern_sentences.sentence(concern, programme, known),
            "sessions": [str(session) for session in concern.sessions],
        }
        for concern in found
    ]


@require_http_methods(("GET", "HEAD", "POST"))
@of_edition(changes=True)
def place(request: Request, edition: Edition, session_id: UUID) -> HttpResponseBase:
    """Put one session somewhere. The editor's script asks for JSON and sends the same form."""
    session = (
        Session.objects.filter(edition=edition, pk=session_id).select_related("edition").first()
    )
    if session is None:
        raise Http404
    form = PlaceForm(request.POST or None, edition=edition, session=session)
    for_script = request.accepts("application/json") and not request.accepts("text/html")
    if request.method == "POST" and form.is_valid() and _placed(request, session, form):
        if for_script:
            return JsonResponse(_placement(edition, session))
        return done(
            request,
            _("“%(title)s” is placed.") % {"title": session.wording("title")},
            _day_url(edition, session),
        )
    if for_script:
        return JsonResponse({"errors": _said(form)}, status=409)
    context = {
        "edition": edition,
        "session": session,
        "form": form,
        "back": _day_url(edition, session),
    }
    return render(request, "workshops/manage/place.html", context)


def _placed(request: Request, session: Session, form: PlaceForm) -> bool:
    try:
        placing.place(
            session,
            form.place(),
            actor=request.user,
            expected_version=form.cleaned_data["version"],
        )
    except StaleRecordError:
        form.add_error(
            None,
            _("Somebody else changed this session in the meantime. Load the page again to see it."),
        )
    except ValidationError as error:
        form.add_error(None, error)
    else:
        return True
    return False


def _placement(edition: Edition, session: Session) -> dict[str, Any]:
    return {
        "version": session.version,
        "concerns": _concerns(edition, snapshot.draft(edition)),
    }


def _said(form: PlaceForm) -> list[str]:
    return [str(message) for messages in form.errors.values() for message in messages]


def _day_url(edition: Edition, session: Session) -> str:
    address = reverse("manage:timetable", args=[edition.slug])
    if session.starts_at is None:
        return address
    return f"{address}?day={session.starts_at.astimezone(edition.zone).date().isoformat()}"
