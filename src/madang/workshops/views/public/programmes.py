"""The published programme as a whole, one day of it, and the draft of the next."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from madang.workshops import rules
from madang.workshops.models import Edition
from madang.workshops.pages import navigation, serving
from madang.workshops.pages.outline import Outline, published
from madang.workshops.programme import snapshot
from madang.workshops.queries import public, public_people
from madang.workshops.queries.public import EditionRow


@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole week, by day, module, room or person (`?by=`)."""
    by = request.GET.get("by", "")
    if by not in navigation.WAYS:
        by = ""
    row = public.edition_row(request.who, slug)
    view = serving.View("workshops/programme.html", by, lambda: _programme(row, by))
    way = f"by={by}" if by else ""
    return serving.canonical(request, way) or serving.serve(request, row, view)


@require_safe
def day(request: HttpRequest, slug: str, day: date) -> HttpResponse:
    """One day of the programme."""
    row = public.edition_row(request.who, slug)
    if row.programme is None or day not in row.programme.days:
        raise Http404
    view = serving.View("workshops/programme.html", day, lambda: _day(row, day))
    return serving.canonical(request) or serving.serve(request, row, view)


@require_safe
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme as it would be published now, for those who plan or oversee the edition."""
    edition = rules.oversee_edition.get_or_404(request.who, Edition.objects, slug=slug)
    row = public.edition_row(request.who, slug)
    planned = snapshot.draft(edition)
    outline = Outline(planned, public_people.names(planned.participation_ids), slug, links=False)
    context = {"edition": edition, "groups": outline.by_day(), "is_draft": True}
    return serving.serve_fresh(request, row, "workshops/programme.html", context)


def _programme(row: EditionRow, by: str) -> dict[str, Any]:
    shown = _shared(row) | {"ways": navigation.ways(row, by)}
    if row.programme is None:
        return shown
    outline = published(row)
    groups = {
        "": outline.by_day,
        "module": outline.by_module,
        "room": outline.by_room,
        "person": outline.by_person,
    }[by]()
    return shown | {"groups": groups}


def _day(row: EditionRow, shown: date) -> dict[str, Any]:
    return _shared(row) | {"groups": published(row).on(shown), "day": shown}


def _shared(row: EditionRow) -> dict[str, Any]:
    return {
        "edition": public.editions([row.id])[row.id],
        "version": public.version(row.published_id) if row.published_id else None,
        "days": navigation.days(row),
    }
