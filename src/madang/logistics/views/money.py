"""The budget: sources, and how each stands; the closing statement of a donor."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core import audit
from madang.core.exports import Column, Table
from madang.core.requests import Request, form_page
from madang.documents import tables
from madang.logistics.actions import money as actions
from madang.logistics.forms.money import SourceForm
from madang.logistics.models import Source
from madang.logistics.papers import statement
from madang.logistics.queries import budget as queries
from madang.logistics.views.pages import listed, page
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


@require_safe
@common.of_edition()
def budget(request: Request, edition: Edition) -> HttpResponseBase:
    """Every source: promised, committed, paid and left; totals by currency."""
    lines = queries.board(edition)
    if tables.wanted(request):
        return listed(request, edition, _table(lines), "budget", title=_("Budget by source"))
    return page(
        request, "budget", edition,
        lines=lines,
        totals=queries.totals(lines),
        common=queries.common_totals(lines),
        over=[line for line in lines if line.is_over],
        tight=[line for line in lines if line.would_be_over],
    )  # fmt: skip


def _table(lines: list[queries.Line]) -> Table:
    return Table(
        columns=(
            Column("source", _("Source")),
            Column("kind", _("Kind")),
            Column("donor", _("Donor")),
            Column("currency", _("Currency")),
            Column("promised", _("Promised")),
            Column("planned", _("Planned")),
            Column("committed", _("Committed")),
            Column("paid", _("Paid")),
            Column("left", _("Left")),
        ),
        rows=(
            (
                line.source.name,
                line.source.get_kind_display(),
                _donor(line.source),
                line.source.currency,
                line.promised,
                line.planned,
                line.committed,
                line.paid,
                line.left,
            )
            for line in lines
        ),
    )


def _donor(source: Source) -> str:
    return str(source.organisation.wording("name")) if source.organisation else ""


def _back(edition: Edition) -> str:
    return reverse("logistics:budget", args=[edition.slug])


def _back_to(edition: Edition, source: Source) -> str:
    return reverse("logistics:source", args=[edition.slug, source.pk])


def _source(edition: Edition, source_id: UUID) -> Source:
    return common.found(edition.money_sources.select_related("organisation"), source_id)


@require_safe
@common.of_edition()
def source(request: Request, edition: Edition, source_id: UUID) -> HttpResponseBase:
    """One source: how it stands, what it pays for by kind."""
    source = _source(edition, source_id)
    return page(
        request, "source", edition,
        source=source,
        line=queries.line(source),
        kinds=queries.by_kind(source),
        trail=audit.trail(request.who, thing=source, limit=10),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def source_add(request: Request, edition: Edition) -> HttpResponseBase:
    form = SourceForm(request.POST or None, edition=edition)
    return common.edit(
        request,
        form,
        lambda: actions.add_source(edition, form.values(), actor=request.who),
        said=_("The source is added."),
        back=_back(edition),
        title=_("Add a source"),
        submit=_("Add the source"),
        edition=edition,
        lead=_("Who pays, or gives something in kind, and how much was promised."),
    )


@form_page
@common.of_edition(changes=True)
def source_edit(request: Request, edition: Edition, source_id: UUID) -> HttpResponseBase:
    source = _source(edition, source_id)
    form = SourceForm(request.POST or None, instance=source, edition=edition)
    return common.edit(
        request,
        form,
        lambda: actions.change_source(
            source, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("The source is saved."),
        back=_back_to(edition, source),
        title=_("Edit the source"),
        submit=_("Save the source"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def source_remove(request: Request, edition: Edition, source_id: UUID) -> HttpResponseBase:
    source = _source(edition, source_id)
    return common.remove(
        request,
        lambda: actions.remove_source(source, actor=request.who),
        said=_("The source is removed."),
        back=_back(edition),
        title=_("Remove “%(name)s”?") % {"name": source.name},
        submit=_("Remove the source"),
        consequences=[_("This can't be undone.")],
    )


@require_safe
@common.of_edition()
def source_statement(_request: Request, edition: Edition, source_id: UUID) -> HttpResponseBase:
    """The closing statement of the donor behind a source, as PDF."""
    source = _source(edition, source_id)
    return tables.download(
        statement.pdf(edition, source), f"{edition.slug}-statement-{source.pk}.pdf"
    )
