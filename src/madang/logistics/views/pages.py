"""What the secretariat's pages of this app share."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from madang.core.exports import Table
from madang.core.requests import Request
from madang.documents import tables
from madang.workshops.models import Edition, Participation, Session
from madang.workshops.queries import people
from madang.workshops.views.manage import common


def page(request: Request, name: str, edition: Edition, **context: Any) -> HttpResponse:
    """A page of an edition: `may_change` tells the template whether to offer what changes it."""
    context |= {"edition": edition, "may_change": common.may_change(request, edition)}
    response = render(request, f"logistics/manage/{name}.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def listed(
    request: Request,
    edition: Edition,
    table: Table,
    name: str,
    *,
    title: str,
    of: Session | None = None,
) -> HttpResponseBase:
    """A list as a file, in the format asked for: of the edition, or `of` one of its sessions."""
    return tables.respond(
        request,
        table,
        f"{edition.slug}-{name}",
        title=title,
        subtitle=str((of or edition).wording("title")),
    )


def find_person(edition: Edition, participation_id: UUID) -> Participation:
    """Somebody in the edition, with their name, country and organisation, or a 404."""
    found = people.in_edition(edition).select_related("edition")
    return common.found(found, participation_id)


def find_session(edition: Edition, session_id: UUID) -> Session:
    """A session of the edition, or a 404."""
    session = common.found(edition.sessions, session_id)
    session.edition = edition
    return session


def seen(form: forms.BaseForm) -> int | None:
    """The version of the row that the person saw; None where there was none."""
    return form.expected_version if "version" in form.fields else None
