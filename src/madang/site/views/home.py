"""The first page: the edition that is coming or under way, and those behind it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from madang.core import clock
from madang.workshops.pages import serving
from madang.workshops.queries import public
from madang.workshops.queries.public import EditionRow
from madang.workshops.views.public.editions import edition_context


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    rows = [row for row in public.edition_rows(request.who) if row.state != "draft"]
    shown = _current(rows)
    stamps = tuple(row.stamp for row in rows)

    def context() -> dict[str, Any]:
        if shown is None:
            return {}
        others = [row for row in rows if row is not shown]
        found = public.editions([row.id for row in others])
        edition = edition_context(shown)
        before = edition["previous"]  # named on the page of the edition already
        return edition | {
            "row": shown,
            "others": [found[row.id] for row in others if before is None or row.id != before.pk],
        }

    view = serving.View("home.html", (stamps, shown.id if shown else None), context)
    return serving.canonical(request) or serving.serve(request, None, view)


def _current(rows: list[EditionRow]) -> EditionRow | None:
    """Of editions, the latest first: the next one that is not over, or the last that was."""
    coming = [row for row in rows if row.ends_on >= clock.today(row.zone)]
    return coming[-1] if coming else rows[0] if rows else None
