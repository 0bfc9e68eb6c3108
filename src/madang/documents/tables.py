"""A table as a PDF, beside the formats that `core.exports` writes: for whoever works on paper.

A view that shows a list calls `wanted` and `respond` of this module instead of those of
`core.exports`, and the list can be taken away as PDF too (`components/table_links.html`).
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.core import clock, exports, locales
from madang.core.exports import Table, Value
from madang.documents.typesetting import typeset_apart

TEMPLATE = "documents/table.typ"
# A column whose longest text stays below this is as wide as that; the others share what is left.
_NARROW = 14
_WIDEST = 60


def wanted(request: HttpRequest) -> str:
    """The format asked for in the address, `"pdf"` or one of `core.exports`; "" for the page."""
    return "pdf" if request.GET.get("format") == "pdf" else exports.wanted(request)


def respond(
    request: HttpRequest, table: Table, name: str, *, title: str, subtitle: str
) -> HttpResponseBase:
    """The table in the format asked for. `name` is the file's, without day and extension."""
    if wanted(request) != "pdf":
        return exports.respond(request, table, name)
    content = pdf(table, title, subtitle, get_language() or settings.LANGUAGE_CODE)
    return download(content, f"{name}-{clock.now():%Y-%m-%d}.pdf")


def download(content: bytes, filename: str) -> HttpResponse:
    """A PDF that holds names: shown at once, and kept by nobody in between."""
    response = HttpResponse(content, content_type="application/pdf")
    shown = content_disposition_header(as_attachment=False, filename=filename)
    response["Content-Disposition"] = shown or "inline"
    response["Cache-Control"] = "private, no-store"
    return response


def pdf(table: Table, title: str, subtitle: str, language: str) -> bytes:
    """The table typeset on A4, upright up to five columns, with its day and numbers of pages.

    Days and moments are written as the language does, in the time zone that is active. Raises
    `core.limits.LimitExceededError` for a table that takes too long to set.
    """
    with translation.override(language):
        return typeset_apart(TEMPLATE, _data(table, title, subtitle, language), moment=clock.now())


def _data(table: Table, title: str, subtitle: str, language: str) -> dict[str, object]:
    values = [tuple(row) for row in table.rows]
    rows = [[_text(value) for value in row] for row in values]
    headings = [str(column.heading) for column in table.columns]
    now = clock.now()
    return {
        "language": language,
        "digits": _digits(language),
        "title": str(title),
        "subtitle": str(subtitle),
        "made": _("As of %(day)s, %(time)s")
        % {"day": locales.calendar_date(now, "long"), "time": locales.clock_time(now)},
        "nothing": _("Nobody and nothing is on this list."),
        "columns": headings,
        "widths": _widths(headings, rows),
        "numeric": [_is_numeric([row[place] for row in values]) for place in range(len(headings))],
        "rows": rows,
    }


def _widths(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Each column's share in the width; 0 for one that is as wide as its longest text.

    At least the first has a share, so that the table fills the page.
    """
    found = []
    for place, heading in enumerate(headings):
        longest = max(len(heading), *(len(row[place]) for row in rows), 0)
        found.append(0 if longest < _NARROW else min(longest, _WIDEST))
    return found if any(found) else [1, *found[1:]]


def _is_numeric(values: Sequence[Value]) -> bool:
    known = [value for value in values if value not in {None, ""}]
    return bool(known) and all(
        isinstance(value, int | float | Decimal) and not isinstance(value, bool) for value in known
    )


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float | Decimal):
        return locales.number(value)
    if isinstance(value, datetime):
        local = value if value.tzinfo else timezone.make_aware(value)
        return f"{locales.calendar_date(local, 'day')} {locales.clock_time(local)}"
    if isinstance(value, date):
        return locales.calendar_date(value, "day")
    if isinstance(value, time):
        return locales.clock_time(value)
    return str(value)


def _digits(language: str) -> str:
    """The ten digits of the language, or "" where they are the Latin ones."""
    own = locales.digits("0123456789", language)
    return own if own != "0123456789" else ""
