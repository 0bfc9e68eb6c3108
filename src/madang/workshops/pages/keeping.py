"""Pages that were made once and are kept by this process, ready to send.

A published programme never changes, so its pages are made once for each language and then only
looked up. What a page shows beside the programme (names of people, materials, partners) is counted
by the edition's `page_stamp`, which is part of every key: a change there makes the next reader's
page anew and lets the old one fall out of the shelf.
"""

import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Event, Lock
from typing import Any

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

SHELF_BYTES = 24 * 1024 * 1024
PATIENCE = 10  # seconds to wait for another reader's page before making it oneself

# Beyond this size the best compression takes longer than a reader would wait for the first time.
BEST_UP_TO = 64 * 1024
BEST, GOOD, QUICK = 11, 9, 4

VARY = "Cookie, Accept-Language, Accept-Encoding"
FOR_ANYONE = "public, max-age=0, must-revalidate"
FOR_ONE = "private, max-age=0, must-revalidate"


@dataclass(frozen=True)
class Packed:
    """A whole page in every encoding that browsers ask for. `etag` is the same for all of them."""

    plain: bytes
    brotli: bytes
    gzip: bytes
    etag: str

    @classmethod
    def of(cls, html: str) -> "Packed":
        plain = html.encode()
        quality = BEST if len(plain) <= BEST_UP_TO else GOOD
        return cls(
            plain=plain,
            brotli=brotli.compress(plain, quality=quality),
            gzip=gzip.compress(plain, mtime=0),
            etag=etag_of(plain),
        )

    def __len__(self) -> int:
        return len(self.plain) + len(self.brotli) + len(self.gzip)


class Shelf:
    """Keeps what was made, up to a number of bytes; what was not asked for longest goes first."""

    def __init__(self, limit: int = SHELF_BYTES) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, Event] = {}
        self._lock = Lock()

    def get_or_make(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What is kept under `key`, made by `make` where nothing is. Its `len` is its size.

        Who asks while another makes it waits for that one: many come in the moment in which a page
        grows old. What `make` answers as None is kept for nobody.
        """
        with self._lock:
            found = self._found(key)
            if found is not None:
                return found
            others = self._making.get(key)
            if others is None:
                done = self._making[key] = Event()
        if others is not None:
            others.wait(PATIENCE)
            with self._lock:
                found = self._found(key)
            return self._made(key, make) if found is None else found
        try:
            return self._made(key, make)
        finally:
            with self._lock:
                del self._making[key]
            done.set()

    def _found(self, key: Hashable) -> Any:
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def _made(self, key: Hashable, make: Callable[[], Any]) -> Any:
        made = make()
        if made is not None:
            self._put(key, made)
        return made

    def _put(self, key: Hashable, made: Any) -> None:
        with self._lock:
            present = self._kept.pop(key, None)
            self._size += len(made) - (len(present) if present is not None else 0)
            self._kept[key] = made
            while self._size > self._limit and len(self._kept) > 1:
                _, oldest = self._kept.popitem(last=False)
                self._size -= len(oldest)

    def clear(self) -> None:
        """Forget everything: for tests."""
        with self._lock:
            self._kept.clear()
            self._size = 0


def etag_of(body: bytes) -> str:
    """A weak tag: it stands for the page, whichever way it is compressed."""
    return f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


def send(request: HttpRequest, packed: Packed) -> HttpResponse:
    """A page that is the same for everyone, or word that the reader's copy is still good."""
    if _has_copy(request, packed.etag):
        return _with_headers(HttpResponseNotModified(), FOR_ANYONE, packed.etag)
    encoding = _encoding(request)
    body = {"br": packed.brotli, "gzip": packed.gzip}.get(encoding, packed.plain)
    response = HttpResponse(body)
    if encoding:
        response["Content-Encoding"] = encoding
    return _with_headers(response, FOR_ANYONE, packed.etag)


def send_to_one(request: HttpRequest, html: str) -> HttpResponse:
    """A page made for whoever asks: never kept by anyone between us and them.

    It is compressed unless it carries a token against forged requests, so that the length of an
    answer can tell nothing about a secret in it. What else is in these pages is not mixed with
    anything that an attacker's address could add: every page has one address
    (`serving.canonical`). The demo, whose bar has a form on every page, compresses all the same: it
    is served on loopback only and holds no secret.
    """
    body = html.encode()
    etag = None if carries_token(request) else etag_of(body)
    if etag is None and not settings.MADANG_DEMO:
        return _with_headers(HttpResponse(body), FOR_ONE, None)
    if etag is not None and _has_copy(request, etag):
        return _with_headers(HttpResponseNotModified(), FOR_ONE, etag)
    encoding = _encoding(request)
    if encoding == "br":
        body = brotli.compress(body, quality=QUICK)
    elif encoding == "gzip":
        body = gzip.compress(body, compresslevel=QUICK, mtime=0)
    response = HttpResponse(body)
    if encoding:
        response["Content-Encoding"] = encoding
    return _with_headers(response, FOR_ONE, etag)


def carries_token(request: HttpRequest) -> bool:
    """Whether the page that was just made asked for a token against forged requests."""
    return bool(request.META.get("CSRF_COOKIE_NEEDS_UPDATE"))


def _with_headers(response: HttpResponse, keep: str, etag: str | None) -> HttpResponse:
    response["Cache-Control"] = keep
    response["Vary"] = VARY
    if etag is not None:
        response["ETag"] = etag
    return response


def _has_copy(request: HttpRequest, etag: str) -> bool:
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    if not asked:
        return False
    # Weak comparison (RFC 9110, 8.8.3.2): a proxy may have dropped or added the mark of weakness.
    opaque = etag.removeprefix("W/")
    return any(each.strip().removeprefix("W/") in {opaque, "*"} for each in asked.split(","))


_REFUSED = re.compile(r";\s*q=0(?:\.0*)?\s*$")


def _encoding(request: HttpRequest) -> str:
    """`"br"`, `"gzip"` or empty: the best of what the reader's browser takes."""
    accepted = {
        each.split(";")[0].strip().lower()
        for each in request.META.get("HTTP_ACCEPT_ENCODING", "").split(",")
        if not _REFUSED.search(each)
    }
    return "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""
