"""What the secretariat's pages of this app share."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from madang.core.requests import Request
from madang.workshops.models import Edition, Participation, Session
from madang.workshops.queries import people
from madang.workshops.views.manage import common


def page(request: Request, name: str, edition: Edition, **context: Any) -> HttpResponse:
    """A page of an edition: `may_change` tells the template whether to offer what changes it."""
    context |= {"edition": edition, "may_change": common.may_change(request, edition)}
    response = render(request, f"attendance/manage/{name}.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def find_session(edition: Edition, session_id: UUID) -> Session:
    """A session of the edition, or a 404."""
    session = common.found(edition.sessions, session_id)
    session.edition = edition
    return session


def find_person(edition: Edition, participation_id: UUID) -> Participation:
    """Somebody in the edition, with their name, country and organisation, or a 404."""
    found = people.in_edition(edition).select_related("edition")
    return common.found(found, participation_id)
