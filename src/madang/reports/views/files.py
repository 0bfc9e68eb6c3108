"""A report as a file."""

from django.conf import settings
from django.http import FileResponse, Http404

from madang.core.limits import LimitExceededError
from madang.reports import making
from madang.reports.making import Order


def file_of(order: Order) -> FileResponse:
    """The file, made now where it is not kept; an unknown language or format is a 404."""
    known = order.language in dict(settings.LANGUAGES)
    if not known or order.format not in making.formats(order.version.report):
        raise Http404
    try:
        path = making.path(order)
    except LimitExceededError:
        raise Http404 from None
    response = FileResponse(
        path.open("rb"),
        as_attachment=order.format != "pdf",
        filename=order.name,
        content_type=making.TYPES[order.format],
    )
    # It holds names, and may be withdrawn the next minute.
    response["Cache-Control"] = "private, no-store"
    return response
