"""Making a public page, or taking the one that is kept.

A visitor – nobody signed in, no cookie of a session or a message – is sent a whole page that is
kept compressed: one query, for the edition's row. For anyone else what the page says is kept, and
its frame (navigation, account, messages) is made each time: that row, the session, the account and
its roles, four queries.

Templates of these pages extend `workshops/parts.html`, which renders the blocks of `base.html` one
by one; `workshops/page.html` puts the parts into the frame.
"""

import secrets
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from madang.core import clock
from madang.workshops.pages import keeping, navigation
from madang.workshops.queries.public import EditionRow

# Between the parts of a rendered page stands what no text can contain: nobody can guess it.
_BOUNDARY = secrets.token_hex(16)

# What the stamp does not count (an organisation gets another name, say) is shown after these
# seconds at the latest.
LONGEST = 600

_shelf = keeping.Shelf()


@dataclass(frozen=True)
class Parts:
    """What a page puts into the frame."""

    title: SafeString
    head: SafeString
    main: SafeString
    below: SafeString
    scripts: SafeString

    def __len__(self) -> int:
        return sum(map(len, (self.title, self.head, self.main, self.below, self.scripts)))


@dataclass(frozen=True)
class View:
    """A public page: its template, what tells it from the edition's others, and what it shows.

    `context` is called when the page has to be made, with the edition's time zone active. `extra`
    gives what is shown to this reader only, between the template's blocks `main` and `below`: a
    page with it is never kept whole.
    """

    template: str
    key: Hashable
    context: Callable[[], Mapping[str, Any]]
    extra: Callable[[], SafeString | str] | None = None


def serve(request: HttpRequest, edition: EditionRow | None, view: View) -> HttpResponse:
    """Answer with a page of what was published; without an edition, the key alone tells its age."""
    stamp = edition.stamp if edition else None
    age = int(clock.machine_now().timestamp() // LONGEST)
    key = (stamp, age, get_language(), demo_offset(), view.template, view.key)
    if view.extra is None and is_nobody(request):
        packed = _shelf.get_or_make(("whole", key), lambda: _pack(request, edition, view, key))
        if packed is not None:
            return keeping.send(request, packed)
    return keeping.send_to_one(request, _framed(request, edition, view, key))


def serve_fresh(
    request: HttpRequest, edition: EditionRow, template: str, context: Mapping[str, Any]
) -> HttpResponse:
    """Answer with a page that is made each time: for one reader, or for one minute."""
    with timezone.override(_zone(edition)):
        parts = _parts(request, edition, template, context)
        return keeping.send_to_one(request, _frame(request, edition, parts, ""))


def is_nobody(request: HttpRequest) -> bool:
    """Whether there is nothing by which the page could differ from any other visitor's."""
    cookies = request.COOKIES
    return settings.SESSION_COOKIE_NAME not in cookies and "messages" not in cookies


def canonical(request: HttpRequest, query: str = "") -> HttpResponseRedirect | None:
    """Where a page is asked for by another address than its one, the way there."""
    if request.META.get("QUERY_STRING", "") == query:
        return None
    return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)


def demo_offset() -> int:
    """By how many seconds the demo's clock runs ahead of the machine's; 0 outside the demo."""
    if not settings.MADANG_DEMO:
        return 0
    return round((clock.now() - clock.machine_now()).total_seconds())


def forget() -> None:
    """Forget every kept page: for tests."""
    _shelf.clear()


def _pack(
    request: HttpRequest, edition: EditionRow | None, view: View, key: Hashable
) -> keeping.Packed | None:
    html = _framed(request, edition, view, key)
    # A frame that carries a token for this reader (the demo's bar does) is no page for all.
    if keeping.carries_token(request):
        return None
    return keeping.Packed.of(html)


def _framed(request: HttpRequest, edition: EditionRow | None, view: View, key: Hashable) -> str:
    def make() -> Parts:
        return _parts(request, edition, view.template, view.context())

    with timezone.override(_zone(edition)):
        parts = _shelf.get_or_make(("parts", key), make)
        return _frame(request, edition, parts, view.extra() if view.extra else "")


def _parts(
    request: HttpRequest, edition: EditionRow | None, template: str, context: Mapping[str, Any]
) -> Parts:
    shown = {"row": edition, "ahead": demo_offset(), "boundary": _BOUNDARY, **context}
    rendered = render_to_string(template, shown, request).split(_BOUNDARY)
    return Parts(*(mark_safe(part.strip()) for part in rendered))  # noqa: S308 - just rendered


def _frame(request: HttpRequest, edition: EditionRow | None, parts: Parts, extra: str) -> str:
    tabs = navigation.tabs(edition, request.who, request.path) if edition else []
    shown = {"parts": parts, "extra": extra, "tabs": tabs}
    return render_to_string("workshops/page.html", shown, request)


def _zone(edition: EditionRow | None) -> tzinfo:
    return edition.zone if edition else UTC
