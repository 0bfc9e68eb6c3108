"""What now, where, with whom, and what next: the week on a phone."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from madang.workshops.pages import serving
from madang.workshops.pages.agenda import agenda
from madang.workshops.queries import public


@require_safe
def week(request: HttpRequest, slug: str) -> HttpResponse:
    """Made for this minute and for whoever asks: with their own sessions and sign-ups, if any."""
    row = public.edition_row(request.who, slug)
    moved = serving.canonical(request)
    if moved is not None:
        return moved
    context = {"edition": public.editions([row.id])[row.id], "agenda": agenda(row, request.who)}
    return serving.serve_fresh(request, row, "workshops/week.html", context)
