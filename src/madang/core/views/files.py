"""Giving files out."""

from uuid import UUID

from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from madang.core import files, media_types
from madang.core.requests import Request

# Nothing in a file may load, run or send anything; a sandbox has no origin to act in. Browsers'
# own PDF viewers do not work in a sandbox, and run a PDF's scripts apart from the site anyway.
POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
# A scan is shown beside the form into which it is keyed: within Madang's own pages only.
_FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
_OWN_POLICY = {
    media_types.PDF.media_type: f"{_FRAMED}; style-src 'unsafe-inline'",
    media_types.MP4.media_type: f"{POLICY}; media-src 'self'; sandbox",
    media_types.WEBM.media_type: f"{POLICY}; media-src 'self'; sandbox",
    media_types.MP3.media_type: f"{POLICY}; media-src 'self'; sandbox",
}
CACHE_SECONDS = 3600


@require_safe
def file(request: Request, file_id: UUID, name: str) -> HttpResponseBase:  # noqa: ARG001
    """A file, shown in the page's place if its kind is harmless and given as a download if not.

    The name in the address is for people; the file's own name is what it is saved under.
    """
    stored = files.readable(request.who).filter(pk=file_id).first()
    if stored is None:
        raise Http404
    kind = media_types.KINDS[stored.media_type]
    try:
        content = files.chunks(stored)
    except FileNotFoundError:
        raise Http404 from None
    media_type = kind.media_type
    if kind in {media_types.TEXT, media_types.CSV, media_types.CALENDAR}:
        media_type += "; charset=utf-8"
    elif kind is media_types.HTML:
        media_type = "application/octet-stream"
    response = StreamingHttpResponse(content, content_type=media_type)
    disposition = content_disposition_header(
        as_attachment=not kind.inline or "download" in request.GET, filename=stored.name
    )
    response["Content-Disposition"] = str(disposition)
    response["Content-Length"] = str(stored.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _OWN_POLICY.get(kind.media_type, f"{POLICY}; sandbox")
    if kind is media_types.PDF:
        response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    # A letter with somebody's passport number is not for the cache of a shared computer.
    is_personal = stored.subject is not None
    response["Cache-Control"] = (
        "private, no-store" if is_personal else f"private, max-age={CACHE_SECONDS}"
    )
    return response
