"""Typesetting: a Typst template of an app and data become a PDF.

Templates are files of the house (`<app>/templates/<app>/<name>.typ`) and may import each other from
the package's root, such as `/documents/templates/documents/frame.typ`. Data reach them as JSON and
are never read as markup, so what a person typed stays text.

The same template, data and moment give the same bytes. Typesetting takes from a tenth of a second
to some seconds, and Typst keeps fonts in memory: web processes call `typeset_apart`, which works in
a short-lived process with limits.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from madang.core import limits

PACKAGE = Path(__file__).resolve().parent.parent
SECONDS = 60
MEGABYTES = 1500

# PDF/UA: a document that screen readers can read, checked while it is made.
ACCESSIBLE = "ua-1"


class TypesettingError(Exception):
    """A document could not be made; the text is for whoever looks after the templates."""


def typeset(
    template: str,
    data: Mapping[str, Any],
    *,
    moment: datetime | None = None,
    standard: str | None = None,
) -> bytes:
    """The PDF of a template (`"workshops/booklet.typ"`) with `data`, which must be plain JSON.

    `moment` is the one that the document bears, the present one where none is given. With
    `standard=ACCESSIBLE`, what is not accessible or has no font is an error.
    """
    import typst

    app, _, name = template.partition("/")
    source = PACKAGE / app / "templates" / app / name
    try:
        pdf = typst.compile(
            source,
            root=PACKAGE,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=int(moment.astimezone(UTC).timestamp()) if moment else None,
            pdf_standards=standard or [],
        )
    except RuntimeError as error:  # `TypstError` is one; a missing file raises another
        raise TypesettingError(f"{template}: {error}") from error
    if not isinstance(pdf, bytes):
        raise TypesettingError(f"{template}: no document came out.")
    return pdf


def typeset_apart(
    template: str,
    data: Mapping[str, Any],
    *,
    moment: datetime | None = None,
    standard: str | None = None,
) -> bytes:
    """The same in a process of its own; raises `core.limits.LimitExceededError`
    where it takes too much."""
    pdf: bytes = limits.run_limited(
        typeset,
        args=(template, dict(data)),
        kwargs={"moment": moment, "standard": standard},
        seconds=SECONDS,
        megabytes=MEGABYTES,
    )
    return pdf


def typeset_many(
    template: str,
    data: Sequence[Mapping[str, Any]],
    *,
    pictures: Mapping[str, bytes] | None = None,
    moment: datetime | None = None,
    standard: str | None = None,
) -> list[bytes | str]:
    """A PDF for each of `data`: fonts are read once, so that a page takes some milliseconds.

    One that can't be made is the sentence of its error; the others are made all the same. The
    template reads a picture as `bytes(json(bytes(sys.inputs.at("picture-logo"))))`.
    """
    import typst

    app, _, name = template.partition("/")
    source = PACKAGE / app / "templates" / app / name
    shared = {f"picture-{key}": json.dumps(list(it)) for key, it in (pictures or {}).items()}
    compiler = typst.Compiler(source, root=PACKAGE)
    made: list[bytes | str] = []
    for each in data:
        try:
            pdf = compiler.compile(
                sys_inputs={**shared, "data": json.dumps(each, ensure_ascii=False)},
                timestamp=int(moment.astimezone(UTC).timestamp()) if moment else None,
                pdf_standards=standard or [],
            )
        except RuntimeError as error:
            pdf = f"{template}: {error}"
        made.append(pdf)
    return made


def typeset_many_apart(
    template: str,
    data: Sequence[Mapping[str, Any]],
    *,
    pictures: Mapping[str, bytes] | None = None,
    moment: datetime | None = None,
    standard: str | None = None,
) -> list[bytes | str]:
    """The same in a process of its own, which has a minute for all of them."""
    made: list[bytes | str] = limits.run_limited(
        typeset_many,
        args=(template, [dict(each) for each in data]),
        kwargs={"pictures": pictures, "moment": moment, "standard": standard},
        seconds=SECONDS,
        megabytes=MEGABYTES,
    )
    return made


def fingerprint(*templates: str) -> str:
    """What tells these templates from what they were before somebody changed them."""
    found = hashlib.sha256()
    for template in templates:
        app, _, name = template.partition("/")
        found.update((PACKAGE / app / "templates" / app / name).read_bytes())
    return found.hexdigest()[:16]
