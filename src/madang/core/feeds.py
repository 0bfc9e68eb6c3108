"""Atom feeds (RFC 4287)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from django.conf import settings
from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from madang.core import addresses, clock
from madang.core.xml_text import writable

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True)
class Entry:
    """One entry. `id` is a URI that never changes, `url` an address within Madang.

    `summary` is plain text, `content` HTML that is safe to show.
    """

    id: str
    title: str
    url: str
    published: datetime
    updated: datetime
    summary: str = ""
    content: SafeString | str = ""


def respond(title: str, own_url: str, page_url: str, entries: Iterable[Entry]) -> HttpResponse:
    """A feed, the newest entry first; its addresses are made absolute."""
    return HttpResponse(write(title, own_url, page_url, entries), content_type=MEDIA_TYPE)


def write(
    title: str,
    own_url: str,
    page_url: str,
    entries: Iterable[Entry],
    *,
    updated: datetime | None = None,
) -> bytes:
    """The document itself. `updated` is when a feed without entries was last (else: now)."""
    entries = list(entries)
    root = ET.Element(
        "feed", {"xmlns": NAMESPACE, "xml:lang": get_language() or settings.LANGUAGE_CODE}
    )
    _add(root, "id", addresses.whole(own_url))
    _add(root, "title", title)
    _add(root, "updated", max((entry.updated for entry in entries), default=updated or clock.now()))
    _link(root, own_url, "self")
    _link(root, page_url, "alternate")
    author = ET.SubElement(root, "author")
    _add(author, "name", "Madang")
    for entry in entries:
        element = ET.SubElement(root, "entry")
        _add(element, "id", entry.id)
        _add(element, "title", entry.title)
        _add(element, "published", entry.published)
        _add(element, "updated", entry.updated)
        _link(element, entry.url, "alternate")
        if entry.summary:
            _add(element, "summary", entry.summary)
        if entry.content:
            _add(element, "content", entry.content, type="html")
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _add(parent: ET.Element, name: str, value: str | datetime, **attributes: str) -> None:
    text = value if isinstance(value, str) else value.isoformat()
    ET.SubElement(parent, name, attributes).text = writable(text)


def _link(parent: ET.Element, url: str, relation: str) -> None:
    ET.SubElement(parent, "link", {"rel": relation, "href": addresses.whole(url)})
