"""The page of the four levels of an edition."""

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from madang.core.requests import Request
from madang.followup.queries import levels as queries
from madang.followup.views.manage import page
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


@require_safe
@common.of_edition()
def levels(request: Request, edition: Edition) -> HttpResponseBase:
    """Reaction, learning, behaviour, results, and what none of them can say."""
    return page(request, "levels", edition, levels=queries.levels(edition, request.who))
