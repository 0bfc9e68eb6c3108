"""Texts as HTML: Markdown that cannot harm, and texts marked with their language."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from madang.core import languages
from madang.core.texts import Wording
from madang.documents import rich_text


def from_markdown(text: str, level: int = 3) -> SafeString:
    """Markdown as HTML; a heading of the first rank becomes one of rank `level`."""
    parser = rich_text.parser()
    tokens = parser.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + level - 1, 6)}"
    html = parser.renderer.render(tokens, parser.options, {})
    return mark_safe(html)  # noqa: S308 - the parser escapes every text and refuses HTML


def in_its_language(text: Any, html: str, element: str) -> SafeString:
    """`html` inside an `element` that names the language of `text`, where the page has another.

    `html` must be safe already; a `text` that is no `Wording` is in the page's language.
    """
    safe = mark_safe(html)  # noqa: S308 - see the docstring
    if not isinstance(text, Wording):
        return safe
    page = get_language() or ""
    if languages.base(text.language) == languages.base(page):
        return safe
    return format_html(
        '<{} lang="{}" dir="{}">{}</{}>',
        element, text.language, languages.direction(text.language), safe, element,
    )  # fmt: skip
