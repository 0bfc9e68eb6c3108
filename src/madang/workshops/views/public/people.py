"""The people of an edition: one of them, and the list for those who take part."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from madang.workshops import rules
from madang.workshops.models import Participation
from madang.workshops.pages import serving
from madang.workshops.pages.outline import published
from madang.workshops.queries import public, public_people

PER_PAGE = 50


@require_safe
def person(request: HttpRequest, slug: str, participation_id: UUID) -> HttpResponse:
    """Somebody with a part in the programme; for those who take part, anybody expected."""
    row = public.edition_row(request.who, slug)
    public_people.require_shown(row, request.who, participation_id)
    among_us = rules.see_participants.can(request.who, row)

    def context() -> dict[str, Any]:
        found = public_people.people(public_people.of_person(participation_id))
        if not found:
            raise Http404
        shown: dict[str, Any] = {
            "edition": public.editions([row.id])[row.id],
            "person": found[0],
            "among_us": among_us,
        }
        if row.programme is not None:
            outline = published(row)
            shown["days"] = outline.days(row.programme.with_part_of(participation_id))
        return shown

    view = serving.View("workshops/person.html", (participation_id, among_us), context)
    return serving.canonical(request) or serving.serve(request, row, view)


@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Everyone who is expected, by the name they are looked up under; `?kind=` keeps one kind."""
    row = public.edition_row(request.who, slug)
    if not rules.see_participants.can(request.who, row):
        raise Http404
    rows = public_people.expected(row)
    kind = request.GET.get("kind", "")
    if kind in Participation.Kind.values:
        rows = rows.filter(kind=kind)
    listed = sorted(public_people.people(rows), key=lambda person: person.sort_key)
    context = {
        "edition": public.editions([row.id])[row.id],
        "people": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")),
        "kinds": Participation.Kind.choices,
        "kind": kind,
    }
    return serving.serve_fresh(request, row, "workshops/people.html", context)
