"""What programs ask for – calendars, feeds, data –, kept ready to send like the public pages.

These answers are the same for everyone: they show what the public sees, whoever asks, so no cookie
is looked at and copies anywhere on the way may be kept and asked about.
"""

from collections.abc import Callable, Hashable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import content_disposition_header

from madang.core import addresses, clock
from madang.people.visitors import VISITOR
from madang.workshops.pages import keeping, serving
from madang.workshops.queries import public
from madang.workshops.queries.public import EditionRow

SHELF_BYTES = 12 * 1024 * 1024

_shelf = keeping.Shelf(SHELF_BYTES)


def edition_row(slug: str) -> EditionRow:
    """The edition of an address as the public sees it (one query)."""
    return public.edition_row(VISITOR, slug)


def language(request: HttpRequest, otherwise: str = settings.LANGUAGE_CODE) -> str:
    """The language of `?lang=`: programs ask for none by themselves. An unknown one is `otherwise`.

    So that an address always means the same, a reader's own preference plays no part.
    """
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else otherwise


def path(name: str, *args: object, code: str) -> str:
    """The path of one of these answers in a language, as `language` reads it."""
    query = "" if code == settings.LANGUAGE_CODE else f"?lang={code}"
    return reverse(f"workshops:{name}", args=args) + query


def address(name: str, *args: object, code: str) -> str:
    """The whole address of the same."""
    return addresses.whole(path(name, *args, code=code))


def kept(stamp: Hashable, key: Hashable, code: str, make: Callable[[], str]) -> keeping.Packed:
    """What `make` answers in a language, made once for each `stamp` (as pages are)."""

    def pack() -> keeping.Packed:
        with translation.override(code or settings.LANGUAGE_CODE):
            return keeping.Packed.of(make())

    age = int(clock.machine_now().timestamp() // serving.LONGEST)
    packed: keeping.Packed = _shelf.get_or_make((stamp, age, code, key), pack)
    return packed


def send(
    request: HttpRequest,
    packed: keeping.Packed,
    media_type: str,
    code: str = "",
    *,
    name: str = "",
) -> HttpResponse:
    """Send it, or word that the reader's copy is still good; `name` makes it a file to open."""
    return _with_headers(keeping.send(request, packed), media_type, code, name)


def send_to_one(request: HttpRequest, text: str, media_type: str, code: str) -> HttpResponse:
    """The same for what was made for whoever asks: nobody on the way may keep it."""
    return _with_headers(keeping.send_to_one(request, text), media_type, code, "")


def _with_headers(response: HttpResponse, media_type: str, code: str, name: str) -> HttpResponse:
    response["Vary"] = "Accept-Encoding"
    response["Content-Language"] = code or ", ".join(dict(settings.LANGUAGES))
    if response.status_code != HTTPStatus.NOT_MODIFIED:
        response["Content-Type"] = media_type
        if name:
            response["Content-Disposition"] = content_disposition_header(
                as_attachment=True, filename=name
            )
    return response


def forget() -> None:
    """Forget every kept answer: for tests."""
    _shelf.clear()
