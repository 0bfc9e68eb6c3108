"""What was published when, and what differs between two published versions."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from madang.workshops.models import ProgrammeVersion
from madang.workshops.pages import serving
from madang.workshops.pages.outline import Outline
from madang.workshops.programme import differences, snapshot
from madang.workshops.programme.sentences import sentence
from madang.workshops.queries import public, public_people
from madang.workshops.queries.public import EditionRow


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version with its note; `?from=…&to=…` leads to what differs between two."""
    row = public.edition_row(request.who, slug)
    before, after = request.GET.get("from", ""), request.GET.get("to", "")
    if before.isdecimal() and after.isdecimal():
        return HttpResponseRedirect(
            reverse("workshops:difference", args=[slug, int(before), int(after)])
        )

    def context() -> dict[str, Any]:
        edition = public.editions([row.id])[row.id]
        return {"edition": edition, "versions": public.versions(row)}

    view = serving.View("workshops/versions.html", None, context)
    return serving.canonical(request) or serving.serve(request, row, view)


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The programme as it stood in one version."""
    row = public.edition_row(request.who, slug)

    def context() -> dict[str, Any]:
        shown = _numbered(row, number)[number]
        programme = snapshot.published_by_id(shown.id)
        names = public_people.names(programme.participation_ids)
        is_current = shown.id == row.published_id
        outline = Outline(programme, names, slug, links=is_current)
        edition = public.editions([row.id])[row.id]
        return {
            "edition": edition,
            "version": shown,
            "groups": outline.by_day(),
            "is_old": not is_current,
        }

    view = serving.View("workshops/programme.html", ("version", number), context)
    return serving.canonical(request) or serving.serve(request, row, view)


@require_safe
def difference(request: HttpRequest, slug: str, before: int, after: int) -> HttpResponse:
    """What differs between any two versions, in sentences."""
    row = public.edition_row(request.who, slug)

    def context() -> dict[str, Any]:
        found = _numbered(row, before, after)
        programmes = [snapshot.published_by_id(found[number].id) for number in (before, after)]
        names = public_people.names(
            programmes[0].participation_ids | programmes[1].participation_ids
        )
        # A renamed room is said once a day, however many sessions it touches.
        changes = dict.fromkeys(
            (change.session.starts_at.date(), sentence(change, *programmes, names))
            for change in differences.compare(*programmes)
        )
        edition = public.editions([row.id])[row.id]
        return {
            "edition": edition,
            "before": found[before],
            "after": found[after],
            "changes": list(changes),
        }

    view = serving.View("workshops/difference.html", (before, after), context)
    return serving.canonical(request) or serving.serve(request, row, view)


def _numbered(row: EditionRow, *numbers: int) -> dict[int, ProgrammeVersion]:
    found = {version.number: version for version in public.versions(row)}
    if not set(numbers) <= found.keys():
        raise Http404
    return found
