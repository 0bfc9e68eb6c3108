"""The public page of a call."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from madang.core import clock, texts
from madang.nominations import clocks, public
from madang.nominations.models import Call
from madang.nominations.queries import calls as queries
from madang.workshops.models import EditionPartner
from madang.workshops.pages import serving
from madang.workshops.queries import public as editions


@require_safe
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """What is offered, who may be nominated, until when, what is asked, and how to nominate."""
    row = editions.edition_row(request.who, slug)
    found = public.shown(row.id)
    if found is None:
        raise Http404
    is_open = found.state == Call.State.OPEN and clock.now() < found.deadline

    def context() -> dict[str, Any]:
        texts.prefetch([found])
        partners = editions.partners(row.id)
        countries = list(queries.asked_countries(found))
        texts.prefetch(countries)
        return {
            "edition": editions.editions([row.id])[row.id],
            "call": found,
            "is_open": is_open,
            "elsewhere": clocks.elsewhere(countries, found.deadline),
            "questions": queries.questions(found),
            "organisers": [it for it in partners if it.role == EditionPartner.Role.ORGANISER],
        }

    view = serving.View("nominations/call/public.html", is_open, context)
    return serving.canonical(request) or serving.serve(request, row, view)
