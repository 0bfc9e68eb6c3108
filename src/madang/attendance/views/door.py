"""At the door of a session: scanning with a phone, the list by hand, the code on the screen."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from madang.attendance import batches, rotating, rules
from madang.attendance.actions import entries, scanning
from madang.attendance.forms.attendance import PartForm
from madang.attendance.queries import coming, lists
from madang.attendance.queries import door as queries
from madang.attendance.states import State
from madang.core import addresses, clock, locales, texts
from madang.core.requests import Request, form_page
from madang.documents import qr
from madang.workshops.models import Edition, Participation, Session
from madang.workshops.pages import serving
from madang.workshops.queries import public
from madang.workshops.queries.public import EditionRow
from madang.workshops.views.manage import common

# States that one button enters; how long somebody was there in part is asked.
AT_ONCE = (State.PRESENT, State.LATE, State.EXCUSED, State.ABSENT)


def _edition(request: Request, slug: str) -> EditionRow:
    """The edition, for those who may take attendance of some session of it; or a 404."""
    row = public.edition_row(request.who, slug)
    if not rules.see_door.can(request.who, row):
        raise Http404
    return row


def _session(request: Request, slug: str, session_id: UUID) -> tuple[EditionRow, Session]:
    """A session of which whoever asks may take attendance, with its edition; or a 404."""
    row = public.edition_row(request.who, slug)
    sessions = Session.objects.filter(edition=row.id).select_related("edition")
    session = rules.take_session.get_or_404(request.who, sessions, pk=session_id)
    return row, session


@require_safe
def door(request: Request, slug: str) -> HttpResponseBase:
    """The page for a phone: camera, names and a queue, all of which work without a connection."""
    row = _edition(request, slug)
    edition = public.editions([row.id])[row.id]
    open_to = queries.sessions(edition, request.who)
    now = clock.now()
    context = {
        "edition": edition,
        "sessions": open_to,
        "on": [it.pk for it in open_to if it.starts_at <= now < it.ends_at],
        "roster": queries.roster(edition, open_to) if open_to else None,
    }
    return serving.serve_fresh(request, row, "attendance/door.html", context)


@require_POST
def scans(request: Request, slug: str) -> HttpResponseBase:
    """Take a batch of scans; each is acknowledged by its id, or refused with a reason."""
    row = _edition(request, slug)
    try:
        batch = batches.read(request.body)
    except batches.UnreadableError as error:
        return JsonResponse({"error": str(error)}, status=HTTPStatus.BAD_REQUEST)
    edition = Edition.objects.get(pk=row.id)
    receipt = scanning.receive(edition, batch.scans, device=batch.device, actor=request.who)
    received = set(receipt.received)
    told = {taken.session for taken in batch.scans if taken.id in received}
    refused = {str(key): why for key, why in receipt.refused.items()}
    refused |= dict.fromkeys(batch.unreadable, _("This could not be read."))
    response = JsonResponse(
        {
            "now": clock.now().isoformat(),
            "received": sorted(str(key) for key in received),
            "refused": refused,
            "here": queries.here(told),
        }
    )
    response["Cache-Control"] = "private, no-store"
    return response


# --- By hand -------------------------------------------------------------------------------------
@require_safe
def hand(request: Request, slug: str, session_id: UUID) -> HttpResponseBase:
    """Everybody expected in a session, each with buttons; works without a script."""
    row, session = _session(request, slug, session_id)
    lines = lists.of_session(session)
    tally = lists.tally(lines)
    texts.prefetch([session])
    context = {
        "edition": public.editions([row.id])[row.id],
        "session": session,
        "lines": lines,
        "came": sum(tally[state] for state in (State.PRESENT, State.LATE, State.PARTIAL)),
        "open": sum(line.is_expected and not line.state for line in lines),
        "not_whole": tally[State.LATE] + tally[State.PARTIAL],
        "excused": tally[State.EXCUSED],
        "may_undo": bool(coming.undoable(session)),
        "is_held": session.state == Session.State.PLANNED and session.starts_at is not None,
    }
    return serving.serve_fresh(request, row, "attendance/hand.html", context)


@require_POST
def mark(request: Request, slug: str, session_id: UUID, participation_id: UUID) -> HttpResponseBase:
    """Enter how one person attended, or take back what was entered."""
    row, session = _session(request, slug, session_id)
    one = _person(row, participation_id)
    wanted = request.POST.get("state", "")
    if wanted == "clear":
        common.tried(request, lambda: entries.clear(session, one, actor=request.who))
    elif wanted in AT_ONCE:
        common.tried(request, lambda: entries.enter(session, one, wanted, actor=request.who))
    else:
        raise Http404
    return HttpResponseRedirect(f"{_back(row, session)}#p{one.pk.hex}")


@form_page
def part(request: Request, slug: str, session_id: UUID, participation_id: UUID) -> HttpResponseBase:
    """How many minutes somebody was there."""
    row, session = _session(request, slug, session_id)
    one = _person(row, participation_id)
    with timezone.override(row.zone):
        form = PartForm(request.POST or None, session=session)
        if form.is_valid() and common.performed(
            form,
            lambda: entries.enter(
                session,
                one,
                State.PARTIAL,
                minutes=form.cleaned_data["minutes"],
                actor=request.who,
            ),
        ):
            return HttpResponseRedirect(f"{_back(row, session)}#p{one.pk.hex}")
        context = {
            "edition": public.editions([row.id])[row.id],
            "form": form,
            "title": _("%(name)s was there in part") % {"name": one.person},
            "lead": _("The session has %(number)s minutes.")
            % {"number": locales.number(session.minutes)},
            "submit": _("Enter"),
            "cancel": _back(row, session),
        }
        return serving.serve_fresh(request, row, "attendance/tell.html", context)


@require_POST
def everybody(request: Request, slug: str, session_id: UUID) -> HttpResponseBase:
    """Enter everybody of whom nothing is known as present, or take that back."""
    row, session = _session(request, slug, session_id)
    back = _back(row, session)
    is_undo = "undo" in request.POST
    act = entries.undo_together if is_undo else entries.everybody_present
    done: list[int] = []
    if not common.tried(request, lambda: done.append(act(session, actor=request.who))):
        return HttpResponseRedirect(back)
    (number,) = done
    if is_undo:
        said = ngettext(
            "%(number)s entry is taken back.", "%(number)s entries are taken back.", number
        )
    else:
        said = ngettext(
            "%(number)s person is entered as present.",
            "%(number)s people are entered as present.",
            number,
        )
    return common.done(request, said % {"number": locales.number(number)}, back)


# --- The screen of the room ----------------------------------------------------------------------
@require_safe
def screen(request: Request, slug: str, session_id: UUID) -> HttpResponse:
    """The code of a session, large, with its QR code: renewed by itself, with or without script."""
    row, session = _session(request, slug, session_id)
    texts.prefetch([session])
    now = clock.now()
    is_on = _shows_code(session)
    code = rotating.code(session.pk, now)
    address = f"{addresses.of('own_attendance:check_in', row.slug)}?code={code}"
    context: dict[str, Any] = {
        "session": session,
        "is_on": is_on,
        "code": code,
        "seconds": rotating.seconds_left(now),
        "qr": qr.svg(address) if is_on else "",
        "address": addresses.of("own_attendance:check_in", row.slug),
        "back": _back(row, session),
    }
    with timezone.override(row.zone):
        response = render(request, "attendance/screen.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _shows_code(session: Session) -> bool:
    if session.state != Session.State.PLANNED or session.starts_at is None:
        return False
    first, last = session.starts_at - rotating.BEFORE, session.ends_at + rotating.AFTER
    return bool(first <= clock.now() <= last)


def _back(row: EditionRow, session: Session) -> str:
    return reverse("own_attendance:hand", args=[row.slug, session.pk])


def _person(row: EditionRow, participation_id: UUID) -> Participation:
    found = Participation.objects.filter(edition=row.id).select_related("person__subject")
    return common.found(found, participation_id)
