"""Papers that everybody may read, and the order of a session's presentations for the room."""

from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from madang.core.requests import Request
from madang.papers import queries
from madang.workshops import rules as workshop_rules
from madang.workshops.pages import serving
from madang.workshops.queries import public


@require_safe
def papers(request: Request, slug: str) -> HttpResponseBase:
    """What countries share with everybody; `?country=` narrows it."""
    row = public.edition_row(request.who, slug)
    edition = public.editions([row.id])[row.id]
    everything = queries.for_library(edition)
    countries = {each.country.alpha2: str(each.country.wording("name")) for each in everything}
    chosen = request.GET.get("country", "")
    if chosen and chosen not in countries:
        raise Http404
    shown = [each for each in everything if chosen in {"", each.country.alpha2}]
    context = {
        "edition": edition, "papers": shown, "countries": countries.items(), "chosen": chosen,
    }  # fmt: skip
    return serving.serve_fresh(request, row, "papers/papers.html", context)


@require_safe
def presenting(request: Request, slug: str, session_id: UUID) -> HttpResponseBase:
    """The presentations of a session in their order: one tap opens each, in the room."""
    row = public.edition_row(request.who, slug)
    # Before the programme is looked at: whoever may not gets their answer at the same cost.
    if not workshop_rules.belongs.can(request.who, row):
        raise Http404
    entry = row.programme.session_by_id.get(session_id) if row.programme else None
    if entry is None:
        raise Http404
    presented = queries.presented(entry.id, entry.starts_at)
    context = {
        "edition": public.editions([row.id])[row.id],
        "entry": entry,
        "presented": presented,
        "papers": [paper for each in presented for paper in each.papers],
    }
    return serving.serve_fresh(request, row, "papers/presenting.html", context)
