"""What other programs read of Madang: `/api/`, read-only, the same for everyone.

A later release may add fields and addresses, and takes none away. Answers are kept like pages
(`pages.answers`), carry an ETag, and may be used by scripts of other sites.
"""

import json
from collections.abc import Callable, Hashable, Sequence
from enum import Enum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Query, Schema

from madang.core.requests import PAGE_SIZE
from madang.people.visitors import VISITOR
from madang.workshops.pages import answers
from madang.workshops.pages.data import (
    Editions,
    EditionWhole,
    Programme,
    Sessions,
    Teller,
)
from madang.workshops.queries import public

MEDIA_TYPE = "application/json"

api = NinjaAPI(
    title="Madang",
    version="1",
    description="Workshops, their published programmes and sessions. Read-only, for everyone.",
    docs_url=None,
    urls_namespace="api",
)

Language = Enum("Language", {code: code for code, _name in settings.LANGUAGES}, type=str)
_LANGUAGE = Query(None, description=_("Texts in this language; without it, in every language."))
_PAGE = Query(1, ge=1, description=_("Which page of the list."))
_MODULE = Query(None, ge=1, description=_("Only those of the module with this number."))
_ROOM = Query(None, description=_("Only those in the room with this id."))


@api.get("/editions", response=Editions, summary=_("Every edition, the latest first"))
def editions(
    request: HttpRequest, lang: Language | None = _LANGUAGE, page: int = _PAGE
) -> HttpResponse:
    rows = public.edition_rows(VISITOR)
    shown = _page(rows, page)
    stamps = tuple(row.stamp for row in rows)
    return _send(request, stamps, ("editions", page), lang, lambda told: told.editions(shown))


@api.get("/editions/{slug:slug}", response=EditionWhole, summary=_("One edition"))
def edition(request: HttpRequest, slug: str, lang: Language | None = _LANGUAGE) -> HttpResponse:
    row = answers.edition_row(slug)
    return _send(request, row.stamp, "edition", lang, lambda told: told.edition(row))


@api.get(
    "/editions/{slug:slug}/programme",
    response=Programme,
    summary=_("Its whole published programme"),
)
def programme(request: HttpRequest, slug: str, lang: Language | None = _LANGUAGE) -> HttpResponse:
    return send_programme(request, slug, lang.value if lang else "")


@api.get(
    "/editions/{slug:slug}/sessions", response=Sessions, summary=_("Its sessions, page by page")
)
def sessions(
    request: HttpRequest,
    slug: str,
    lang: Language | None = _LANGUAGE,
    page: int = _PAGE,
    module: int | None = _MODULE,
    room: UUID | None = _ROOM,
) -> HttpResponse:
    row = answers.edition_row(slug)
    if row.programme is None:
        raise Http404
    numbers = {each.id: each.number for each in row.programme.modules}
    found = [
        entry
        for entry in row.programme.sessions
        if (module is None or numbers.get(entry.module_id) == module)
        and (room is None or entry.room_id == room)
    ]
    shown = _page(found, page)
    # Of what nothing has – no such module or room – no copy is worth keeping.
    key = ("sessions", page, module, room) if found else ("sessions", "none")
    narrowed = {"module": module, "room": room}
    return _send(
        request, row.stamp, key, lang, lambda told: told.session_page(row, shown, narrowed)
    )


def send_programme(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The published programme as data, also at its own address beside the page."""
    row = answers.edition_row(slug)
    if row.programme is None:
        raise Http404
    return _send(request, row.stamp, "programme", code, lambda told: told.programme(row))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What there is to read, for people: from the same description that programs read."""
    described = api.get_openapi_schema()
    operations = [
        (path, operation)
        for path, methods in described["paths"].items()
        for operation in methods.values()
    ]
    context = {"operations": operations, "page_size": PAGE_SIZE, "site": settings.MADANG_URL}
    return render(request, "workshops/api.html", context)


def _page(things: Sequence[Any], number: int) -> Page[Any]:
    try:
        return Paginator(things, PAGE_SIZE).page(number)
    except EmptyPage:
        raise Http404 from None


def _send(
    request: HttpRequest,
    stamp: Hashable,
    key: Hashable,
    lang: Any,
    make: Callable[[Teller], Schema],
) -> HttpResponse:
    code = lang.value if isinstance(lang, Enum) else lang or ""

    def text() -> str:
        plain = make(Teller(code)).model_dump(mode="json")
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))

    packed = answers.kept(stamp, ("data", key), code, text)
    response = answers.send(request, packed, MEDIA_TYPE, code)
    response["Access-Control-Allow-Origin"] = "*"
    return response
