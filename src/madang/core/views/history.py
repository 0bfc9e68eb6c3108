"""The audit trail in words."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core import audit, exports, queries
from madang.core.forms import HistoryFilter
from madang.core.models import AuditEntry
from madang.core.requests import Request, page_of

# Lines are put into words so many at a time.
_BATCH = 500


@require_safe
def history(request: Request) -> HttpResponseBase:
    """Who changed what and when, filtered by what stands in the address."""
    if not request.who.scopes("secretariat", "director"):
        raise Http404
    form = HistoryFilter(request.GET)
    # A filter that makes no sense is shown with its error, and the others hold.
    form.is_valid()
    entries = queries.history(request.who, form.cleaned_data)
    if exports.wanted(request):
        return exports.respond(request, _table(request, entries), "history")
    page = page_of(request, entries)
    lines = audit.in_words(page.object_list, request.who)
    context = {"form": form, "rows": page, "lines": lines}
    return render(request, "core/history.html", context)


def _table(request: Request, entries: QuerySet[AuditEntry]) -> exports.Table:
    def rows() -> Iterator[tuple[exports.Value, ...]]:
        batch: list[AuditEntry] = []
        for entry in entries.iterator(chunk_size=_BATCH):
            batch.append(entry)
            if len(batch) == _BATCH:
                yield from lines(batch)
                batch = []
        yield from lines(batch)

    def lines(batch: list[AuditEntry]) -> Iterator[tuple[exports.Value, ...]]:
        for line in audit.in_words(batch, request.who):
            entry = line.entry
            yield entry.at, line.actor, line.words, entry.verb, entry.thing_model, entry.thing_id

    return exports.Table(
        columns=(
            exports.Column("at", _("When")),
            exports.Column("who", _("Who")),
            exports.Column("what", _("What")),
            exports.Column("verb", _("Code")),
            exports.Column("model", _("Kind")),
            exports.Column("id", _("Id")),
        ),
        rows=rows(),
    )
