"""What programs read of an edition: calendars, the feed of changes, the programme as data."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_safe

from madang.core import feeds as atom
from madang.core.exports import respond
from madang.workshops import api, exports
from madang.workshops.calendars import calendar, feeds, tokens
from madang.workshops.pages import answers, changes
from madang.workshops.queries import public


@require_safe
def calendar_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole programme, with the sessions that were taken out of it as cancelled."""
    row = answers.edition_row(slug)
    code = answers.language(request)
    source = answers.address("calendar_feed", slug, code=code)
    packed = answers.kept(row.stamp, "calendar", code, lambda: feeds.whole(row, source))
    return answers.send(request, packed, calendar.MEDIA_TYPE, code)


@require_safe
def session_calendar(request: HttpRequest, slug: str, session_id: UUID) -> HttpResponse:
    """One session, as a file that a calendar opens or an address that it follows."""
    row = answers.edition_row(slug)
    code = answers.language(request)
    source = answers.address("session_calendar", slug, session_id, code=code)

    def make() -> str:
        written = feeds.one_session(row, session_id, source)
        if written is None:
            raise Http404
        return written

    packed = answers.kept(row.stamp, ("session", session_id), code, make)
    return answers.send(request, packed, calendar.MEDIA_TYPE, code, name=f"{slug}.ics")


@require_safe
def my_calendar(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Somebody's own sessions, for whoever holds the secret address (two queries)."""
    link = tokens.find(slug, token)
    if link is None:
        raise Http404
    row = feeds.row_of(link.participation.edition)
    code = answers.language(request)
    frame = answers.kept(row.stamp, "own calendar", code, lambda: feeds.own_frame(row))
    with translation.override(code):
        text = feeds.own(row, link.participation, frame.plain.decode())
    response = answers.send_to_one(request, text, calendar.MEDIA_TYPE, code)
    # The address is a secret: no search engine may list it, no page be told of it.
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def changes_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """What was published, version by version, as an Atom feed."""
    row = answers.edition_row(slug)
    code = answers.language(request)
    own = answers.path("changes", slug, code=code)
    packed = answers.kept(row.stamp, "changes", code, lambda: changes.feed(row, own).decode())
    return answers.send(request, packed, atom.MEDIA_TYPE, code)


@require_safe
def programme_data(request: HttpRequest, slug: str) -> HttpResponse:
    """The published programme as JSON, in every language or in `?lang=`."""
    return api.send_programme(request, slug, answers.language(request, ""))


@require_safe
def programme_export(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The published programme as a table: `?format=csv`, `xlsx` or `json`, in the page's language.

    Its file is named after the version.
    """
    row = answers.edition_row(slug)
    if row.programme is None or row.published_id is None:
        raise Http404
    number = public.version(row.published_id).number
    name = f"{slug}-programme-{number}"
    return respond(request, exports.programme(row.programme), name)
