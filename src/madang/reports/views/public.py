"""What was issued, for whoever it was approved for."""

from uuid import UUID

from django.conf import settings
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from madang.core.requests import Request
from madang.reports import making, naming, queries
from madang.reports.making import Order
from madang.reports.views.files import file_of
from madang.workshops.forms.fields import language_name
from madang.workshops.pages import serving
from madang.workshops.queries import public


@require_safe
def index(request: Request, slug: str) -> HttpResponseBase:
    """Every report of an edition that the reader may read."""
    row = public.edition_row(request.who, slug)
    rows = queries.readable(request.who, row.id)
    context = {"edition": public.editions([row.id])[row.id], "reports": rows}
    return serving.serve_fresh(request, row, "reports/own/index.html", context)


@require_safe
def report(request: Request, slug: str, report_id: UUID) -> HttpResponseBase:
    """One report, to be read in the browser or taken away."""
    row = public.edition_row(request.who, slug)
    found = queries.issued(request.who, pk=report_id, edition=row.id)
    with timezone.override(found.edition.zone):
        said = naming.named(found.issued.content, get_language() or settings.LANGUAGE_CODE)
    context = {
        "edition": found.edition,
        "report": found,
        "said": said,
        "formats": making.formats(found),
        "languages": [(code, language_name(code)) for code, _name in settings.LANGUAGES],
    }
    return serving.serve_fresh(request, row, "reports/own/report.html", context)


@require_safe
def file(
    request: Request, slug: str, report_id: UUID, language: str, form: str
) -> HttpResponseBase:
    """The same as a file."""
    row = public.edition_row(request.who, slug)
    found = queries.issued(request.who, pk=report_id, edition=row.id)
    return file_of(Order(found.issued, language, form))
