"""A report on paper: data for its template (`report.typ`), of the one description."""

from typing import Any

from django.utils.translation import gettext as _

from madang.core import locales
from madang.documents import rich_text
from madang.reports import blocks

TEMPLATE = "reports/report.typ"


def data(said: dict[str, Any], language: str, stamp: dict[str, str]) -> dict[str, Any]:
    """Plain JSON; `stamp` has `reference`, `made`, `address` and `qr`, all empty for a draft."""
    digits = locales.digits("0123456789", language)
    return {
        **{key: said[key] for key in ("title", "subtitle", "dates", "place", "kind")},
        "language": language,
        "digits": "" if digits == "0123456789" else digits,
        "words": {
            "contents": _("Contents"),
            "draft": _("Draft"),
            "reference": _("Reference"),
            "verify": _("Whoever holds this document can verify it:"),
        },
        "stamp": stamp,
        "parts": [
            {"title": part["title"], "blocks": [_block(block) for block in part["blocks"]]}
            for part in said["parts"]
        ],
    }


def _block(block: dict[str, Any]) -> dict[str, Any]:
    if block["kind"] == "prose":
        return {
            "kind": "prose",
            "lang": block["language"],
            "blocks": rich_text.tree(block["text"]),
        }
    if block["kind"] == "chart":
        return {"kind": "chart", "chart": blocks.chart_of(block).for_typesetting()}
    return block
