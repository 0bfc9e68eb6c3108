"""Who still owes what: the board, and reminders by hand."""

from collections.abc import Iterator

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from madang.core import exports, locales
from madang.core.models import as_uuid
from madang.core.requests import Request, page_of
from madang.documents import tables
from madang.papers import queries
from madang.papers.actions import chasing
from madang.papers.forms.papers import BoardFilters
from madang.papers.views.pages import page
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


@require_safe
@common.of_edition()
def board(request: Request, edition: Edition) -> HttpResponseBase:
    """Delegations and kinds; narrowed by what stands in the address."""
    everything = queries.board(edition)
    form = BoardFilters(request.GET, everything.kinds)
    form.is_valid()
    found = queries.filtered(everything.rows, form.cleaned_data)
    if tables.wanted(request):
        return tables.respond(
            request, _table(found), f"{edition.slug}-papers",
            title=_("Country papers"), subtitle=str(edition.wording("title")),
        )  # fmt: skip
    return page(
        request, "board", edition,
        board=everything, form=form, rows=page_of(request, found),
    )  # fmt: skip


def _table(found: list[queries.Row]) -> exports.Table:
    def rows() -> Iterator[tuple[exports.Value, ...]]:
        for row in found:
            for cell in row.cells:
                paper = cell.paper
                yield (
                    str(row.country.wording("name")),
                    str(cell.kind.wording("title")),
                    str(cell.state_label),
                    paper.deadline if paper else None,
                    cell.reminders,
                    cell.reminded_at,
                    paper.submitted_at if paper else None,
                    cell.versions,
                    len(row.people),
                )

    return exports.Table(
        columns=(
            exports.Column("country", _("Country")),
            exports.Column("kind", _("What")),
            exports.Column("state", _("State")),
            exports.Column("deadline", _("Until")),
            exports.Column("reminders", _("Reminders")),
            exports.Column("reminded_at", _("Last reminder")),
            exports.Column("submitted_at", _("Received")),
            exports.Column("versions", _("Versions")),
            exports.Column("people", _("People")),
        ),
        rows=rows(),
    )


@require_POST
@common.of_edition(changes=True)
def remind(request: Request, edition: Edition) -> HttpResponseBase:
    """Remind the delegations that were ticked; once a day at most."""
    ticked = {key for text in request.POST.getlist("country") if (key := as_uuid(text))}
    number = chasing.remind(edition, ticked, actor=request.who)
    said = ngettext(
        "%(number)s delegation is reminded.", "%(number)s delegations are reminded.", number
    )
    said %= {"number": locales.number(number)}
    if not number:
        said = _("Nobody is reminded: they owe nothing, were reminded today, or none was ticked.")
    return common.done(request, said, reverse("papers:board", args=[edition.slug]))
