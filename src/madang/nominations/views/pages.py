"""What the secretariat's pages of this app share."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from madang.core.requests import Request
from madang.workshops.models import Edition
from madang.workshops.views.manage.common import may_change


def page(request: Request, name: str, edition: Edition, **context: Any) -> HttpResponse:
    """A page of an edition: `may_change` tells the template whether to offer what changes it.

    What it shows may be personal, so it is kept nowhere.
    """
    context |= {"edition": edition, "may_change": may_change(request, edition)}
    response = render(request, f"nominations/{name}.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
