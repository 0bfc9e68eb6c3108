"""What was learned, for those who prepare the week and those who teach in it."""

from collections.abc import Iterator

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core import exports
from madang.core.requests import Request
from madang.learning import rules
from madang.learning.queries import results as queries
from madang.learning.queries.results import Results
from madang.learning.views.exams import page
from madang.workshops.models import Edition
from madang.workshops.pages import serving
from madang.workshops.queries import public
from madang.workshops.views.manage import common


@require_safe
@common.of_edition()
def results(request: Request, edition: Edition) -> HttpResponseBase:
    """Results of both tests, of more than four people, and what was learned between them."""
    found = queries.results(edition)
    if exports.wanted(request):
        return exports.respond(request, table(found), f"{edition.slug}-learned")
    return page(request, "results", edition, results=found)


@require_safe
def learned(request: Request, slug: str) -> HttpResponseBase:
    """The same for resource persons, who want to know what to teach again."""
    row = public.edition_row(request.who, slug)
    if not rules.see_results.can(request.who, row):
        raise Http404
    edition = public.editions([row.id])[row.id]
    context = {"edition": edition, "results": queries.results(edition)}
    return serving.serve_fresh(request, row, "learning/learned.html", context)


def table(found: Results) -> exports.Table:
    """All numbers that are told, a row for each part of each test."""
    return exports.Table(
        columns=(
            exports.Column("what", _("What")),
            exports.Column("part", _("Part")),
            exports.Column("people", _("People")),
            exports.Column("before", _("Right before")),
            exports.Column("after", _("Right after")),
            exports.Column("gain", _("Normalised gain")),
            exports.Column("gain_from", _("Gain, from")),
            exports.Column("gain_to", _("Gain, to")),
            exports.Column("effect", _("Effect size")),
        ),
        rows=_rows(found),
    )


def _rows(found: Results) -> Iterator[tuple[exports.Value, ...]]:
    if found.learned is not None:
        for part in found.learned.parts:
            low, high = part.interval or (None, None)
            yield (
                _("what was learned"), str(part.label), part.n, part.cell.pre, part.cell.post,
                part.gain, low, high, part.cell.effect,
            )  # fmt: skip
    for test in found.tests:
        before = test.exam.kind == test.exam.Kind.PRE
        for shown in test.parts:
            share = shown.cell.share
            yield (
                test.exam.get_kind_display(), str(shown.label), shown.cell.n,
                share if before else None, None if before else share,
                None, None, None, None,
            )  # fmt: skip
