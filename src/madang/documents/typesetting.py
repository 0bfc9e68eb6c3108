"""Typesetting: a Typst template of an app and data become a PDF.

Templates are files of the house (`<app>/templates/<app>/<name>.typ`) and may import each other from
the package's root, such as `/documents/templates/documents/frame.typ`. Data reach them as JSON and
are never read as markup, so what a person typed stays text.

Typesetting takes from a tenth of a second to some seconds, and Typst keeps fonts in memory: web
processes call `typeset_apart`, which works in a short-lived process with limits.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from madang.core import limits

PACKAGE = Path(__file__).resolve().parent.parent
SECONDS = 60
MEGABYTES = 1500


class TypesettingError(Exception):
    """A document could not be made; the text is for whoever looks after the templates."""


def typeset(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of a template (`"workshops/booklet.typ"`) with `data`, which must be plain JSON."""
    import typst

    app, _, name = template.partition("/")
    source = PACKAGE / app / "templates" / app / name
    try:
        pdf = typst.compile(
            source,
            root=PACKAGE,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
    except typst.TypstError as error:
        raise TypesettingError(f"{template}: {error}") from error
    if not isinstance(pdf, bytes):
        raise TypesettingError(f"{template}: no document came out.")
    return pdf


def typeset_apart(template: str, data: Mapping[str, Any]) -> bytes:
    """The same in a process of its own; raises `core.limits.LimitExceededError`
    where it takes too much."""
    return limits.run_limited(
        typeset, args=(template, dict(data)), seconds=SECONDS, megabytes=MEGABYTES
    )
