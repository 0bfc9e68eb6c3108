"""The timetable editor: a day's sessions in their rooms, moved by mouse, finger, keys or a form."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core import clock, locales, texts
from madang.core.requests import Request, form_page
from madang.workshops.actions import placing
from madang.workshops.forms.timetable import PlaceForm
from madang.workshops.models import Edition, Room, Session
from madang.workshops.programme import snapshot
from madang.workshops.programme.entries import Programme
from madang.workshops.programme.preview import all_concerns, told_concerns
from madang.workshops.views.manage.common import done, found, of_edition, page, performed


@require_safe
@of_edition()
def timetable(request: Request, edition: Edition) -> HttpResponseBase:
    """One day in its rooms, what waits to be placed, and what to look at again."""
    programme = snapshot.draft(edition)
    day = _day_asked(request, edition, programme)
    rooms = list(
        Room.objects.filter(site__edition=edition)
        .select_related("site")
        .order_by("site__name", "order", "name", "id")
    )
    texts.prefetch(rooms)
    concerns = _concerns(edition, programme)
    sessions = _sessions(edition, rooms, concerns["troubled"])
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
        concerns=concerns,
        board={
            "rooms": [{"id": room.key, "name": room.wording("name")} for room in rooms],
            "words": _words(),
        },
    )


def _sessions(edition: Edition, rooms: list[Room], troubled: list[str]) -> list[Any]:
    """Every session, each with what its line shows: module, room, local start and day."""
    sessions: list[Any] = list(
        Session.objects.filter(edition=edition).select_related("module").order_by("starts_at", "id")
    )
    texts.prefetch(sessions)
    room_names = {room.id: room.wording("name") for room in rooms}
    marked = frozenset(troubled)
    for session in sessions:
        start = session.starts_at.astimezone(edition.zone) if session.starts_at else None
        session.day = start.date() if start else None
        session.minute_of_day = start.hour * 60 + start.minute if start else ""
        session.room_name = room_names.get(session.room_id, "")
        session.module_number = session.module.number if session.module else None
        session.is_troubled = session.key in marked
    return sessions


def _words() -> dict[str, str]:
    """What the editor's script says; `{title}` and the like are filled in there."""
    return {
        "noRoom": _("No room"),
        "picked": _("“{title}” picked up, {place}. Arrows move it, Enter puts it down."),
        "moved": "{place}",
        "placed": _("“{title}” placed: {place}."),
        "taken": _("“{title}” waits to be placed."),
        "back": _("“{title}” put back: {place}."),
        "undone": _("Undone."),
        "place": _("{start} to {end}, {room}"),
        "waiting": _("not placed"),
        "failed": _("That could not be saved: the connection may be down. Nothing was changed."),
        "more": _("{count} more"),
    }


def _day_asked(request: HttpRequest, edition: Edition, programme: Programme) -> date:
    """The day of the address; else today, while the edition is on, or the first."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = clock.today(edition.zone)
    return day if day in programme.days else programme.first_day


def _concerns(edition: Edition, programme: Programme) -> dict[str, Any]:
    """The concerns in words, how many more there are, and every session that one is about."""
    every = all_concerns(edition, programme)
    shown = told_concerns(edition, programme, every)
    return {
        "sentences": [concern.sentence for concern in shown],
        "more": len(every) - len(shown),
        "troubled": sorted({str(session) for concern in every for session in concern.sessions}),
    }


@form_page
@of_edition(changes=True)
def place(request: Request, edition: Edition, session_id: UUID) -> HttpResponseBase:
    """Put one session somewhere. The editor's script asks for JSON and sends the same form."""
    session = found(edition.sessions, session_id)
    form = PlaceForm(request.POST or None, edition=edition, session=session)
    for_script = not request.accepts("text/html")
    if form.is_valid() and performed(
        form,
        lambda: placing.place(
            session,
            form.place(),
            actor=request.who,
            expected_version=form.cleaned_data["version"],
        ),
    ):
        if for_script:
            return JsonResponse(_standing(session, edition) | _after(edition))
        said = _("“%(title)s” is placed.") if session.starts_at else _("“%(title)s” waits.")
        return done(request, said % {"title": session.wording("title")}, _day_url(edition, session))
    if for_script:
        errors = [str(error) for errors in form.errors.values() for error in errors]
        answer = {"errors": errors}
        if form.conflicted:
            answer |= _standing(session, edition)
        return JsonResponse(answer, status=409 if form.conflicted else 422)
    return page(
        request, "place", edition, session=session, form=form, back=_day_url(edition, session)
    )


def _standing(session: Session, edition: Edition) -> dict[str, Any]:
    """Where a session stands, as the editor's script knows it."""
    start = session.starts_at.astimezone(edition.zone) if session.starts_at else None
    return {
        "version": session.version,
        "day": start.date().isoformat() if start else "",
        "start": start.hour * 60 + start.minute if start else None,
        "minutes": session.minutes,
        "room": str(session.room_id or ""),
    }


def _after(edition: Edition) -> dict[str, Any]:
    return {"concerns": _concerns(edition, snapshot.draft(edition))}


def _day_url(edition: Edition, session: Session) -> str:
    address = reverse("manage:timetable", args=[edition.slug])
    if session.starts_at is None:
        return address
    return f"{address}?day={session.starts_at.astimezone(edition.zone).date().isoformat()}"
