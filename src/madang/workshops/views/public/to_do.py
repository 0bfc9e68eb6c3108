"""What an edition asks of whoever takes part in it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from madang.workshops import asked
from madang.workshops.pages import serving
from madang.workshops.queries import public, public_people


@require_safe
def to_do(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything asked of the reader, who takes part; nobody else has such a page."""
    row = public.edition_row(request.who, slug)
    mine = public_people.own_participation(row, request.who)
    if mine is None:
        raise Http404
    context = {"edition": public.editions([row.id])[row.id], "asked": asked.of(mine)}
    return serving.serve_fresh(request, row, "workshops/to_do.html", context)
