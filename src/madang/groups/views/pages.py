"""What the pages of this app share."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from madang.core.requests import Request
from madang.groups.models import GroupPlan
from madang.groups.queries import weeks
from madang.groups.queries.weeks import GroupRow, RoundRow, Week
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


def page(request: Request, name: str, edition: Edition, **context: Any) -> HttpResponse:
    """A page of an edition that no device keeps: it is full of names."""
    context |= {"edition": edition, "may_change": common.may_change(request, edition)}
    response = render(request, f"groups/manage/{name}.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def plan_of(edition: Edition) -> GroupPlan:
    """The plan of the edition, or a 404."""
    plan = weeks.of_edition(edition)
    if plan is None:
        raise Http404
    return plan


def find_round(week: Week, key: UUID) -> RoundRow:
    """A round of the week, or a 404."""
    for row in week.rounds:
        if row.round.pk == key:
            return row
    raise Http404


def find_group(week: Week, key: UUID) -> tuple[RoundRow, GroupRow]:
    """A group of the week and its round, or a 404."""
    for row in week.rounds:
        for each in row.groups:
            if each.group.pk == key:
                return row, each
    raise Http404
