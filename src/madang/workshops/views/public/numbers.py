"""What to prepare for: how many people come to what, for those who host and plan."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core import exports
from madang.core.exports import Column, Table
from madang.workshops import rules
from madang.workshops.pages import serving
from madang.workshops.queries import numbers as queries
from madang.workshops.queries import public
from madang.workshops.queries.numbers import Expected


@require_safe
def numbers(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Numbers by session, on a page or as a table."""
    row = public.edition_row(request.who, slug)
    if not rules.prepare.can(request.who, row):
        raise Http404
    expected = queries.expected(row.programme) if row.programme else []
    if exports.wanted(request):
        return exports.respond(request, _table(expected), f"{slug}-numbers")
    context = {"edition": public.editions([row.id])[row.id], "days": _by_day(expected)}
    return serving.serve_fresh(request, row, "workshops/numbers.html", context)


def _by_day(expected: list[Expected]) -> list[tuple[object, list[Expected]]]:
    days: dict[object, list[Expected]] = {}
    for each in expected:
        days.setdefault(each.entry.starts_at.date(), []).append(each)
    return list(days.items())


def _table(expected: list[Expected]) -> Table:
    return Table(
        columns=[
            Column("start", _("Start")),
            Column("end", _("End")),
            Column("session", _("Session")),
            Column("room", _("Room")),
            Column("people", _("People")),
            Column("seats", _("Seats")),
            Column("waiting", _("Waiting")),
        ],
        rows=(
            [
                each.entry.starts_at,
                each.entry.ends_at,
                str(each.entry.title),
                str(each.room.name) if each.room else "",
                each.people,
                each.places,
                each.waiting,
            ]
            for each in expected
        ),
    )
