"""What the secretariat's pages of this app share: they name people, and stay in no cache."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from madang.core.requests import Request
from madang.people.holders import holders, sorted_by_name
from madang.people.models import Account
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


def page(request: Request, name: str, edition: Edition, **context: Any) -> HttpResponse:
    """A page of an edition, by its template below `cohorts/`; `may_change` says what it offers."""
    context |= {"edition": edition, "may_change": common.may_change(request, edition)}
    response = render(request, f"cohorts/{name}.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def other_directors(request: Request, edition: Edition) -> list[Account]:
    """Those who could approve what this officer proposes, by name."""
    found = holders("director", edition.pk).exclude(pk=request.who.audit_id)
    return sorted_by_name(found)
