"""The page of one session."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from madang.core import clock
from madang.workshops import rules
from madang.workshops.actions import sign_ups as actions
from madang.workshops.models import Session, SessionPerson
from madang.workshops.pages import event_data, serving
from madang.workshops.pages.outline import published
from madang.workshops.programme.entries import SessionEntry
from madang.workshops.queries import public, public_people, sign_ups
from madang.workshops.queries.public import EditionRow


@require_safe
def session(request: HttpRequest, slug: str, session_id: UUID) -> HttpResponse:
    row = public.edition_row(request.who, slug)
    entry = row.programme.session_by_id.get(session_id) if row.programme else None
    if entry is None:
        raise Http404
    belongs = rules.belongs.can(request.who, row)

    def context() -> dict[str, Any]:
        given = public.materials(row, request.who)
        mine = [material for material in given if material.session_id == entry.id]
        return _context(row, entry) | {"materials": mine}

    def box() -> SafeString:
        return _sign_up_box(request, row, entry)

    asks = entry.with_sign_up and rules.sign_up.can(request.who, row)
    view = serving.View(
        "workshops/session.html", (session_id, belongs), context, box if asks else None
    )
    return serving.canonical(request) or serving.serve(request, row, view)


def _context(row: EditionRow, entry: SessionEntry) -> dict[str, Any]:
    edition = public.editions([row.id])[row.id]
    outline = published(row)
    parts = [
        (
            str(SessionPerson.Role(part.role).label),
            part.participation_id,
            outline.names[part.participation_id],
        )
        for part in entry.people
        if part.participation_id in outline.names
    ]
    return {
        "edition": edition,
        "entry": entry,
        "kind": Session.Kind(entry.kind).label,
        "slot": outline.slot(entry),
        "module": outline.programme.module_by_id.get(entry.module_id),
        "room": outline.programme.room_by_id.get(entry.room_id),
        "parts": parts,
        "neighbours": outline.neighbours(entry),
        "event": event_data.of_session(
            entry, outline.programme, edition, [name for _role, _id, name in parts]
        ),
    }


def _sign_up_box(request: HttpRequest, row: EditionRow, entry: SessionEntry) -> SafeString:
    """What one who takes part can do about a session with sign-up."""
    participation = public_people.own_participation(row, request.who)
    if participation is None:
        return SafeString()
    shown = {
        "row": row,
        "entry": entry,
        "standing": sign_ups.standing(entry, participation),
        "refusal": actions.refusal(entry),
        "has_begun": entry.starts_at <= clock.now(),
    }
    return render_to_string("workshops/sign_up.html", shown, request)
