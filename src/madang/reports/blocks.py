"""What a report is made of, as plain JSON: the one description that every format is written from.

A description is a list of parts (`title`, `blocks`). Texts are in the language that was active when
they were made. Whoever is named stands there as `{"person": id}` until `naming.named` puts in what
they show of themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from madang.core.charts import Chart, Series

Block = dict[str, Any]
Cell = str | dict[str, str]

# What a list of people can show, by the code that a `people` block names.
FIELDS = ("name", "position", "organisation", "country", "kind", "email")


def prose(text: str) -> Block:
    """A text in Markdown; a `Wording` says which language it is in."""
    return {"kind": "prose", "text": str(text), "language": getattr(text, "language", "")}


def sentence(text: str) -> Block:
    """One plain paragraph."""
    return {"kind": "sentence", "text": text}


def subheading(text: str) -> Block:
    return {"kind": "subheading", "text": text}


def facts(pairs: Iterable[tuple[str, str]]) -> Block:
    """Labels and their values."""
    return {"kind": "facts", "rows": [list(pair) for pair in pairs]}


def listing(items: Iterable[str]) -> Block:
    return {"kind": "list", "items": [str(item) for item in items]}


def table(
    caption: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    numeric: Sequence[int] = (),
) -> Block:
    """A table; `numeric` are the places of columns with figures."""
    return {
        "kind": "table",
        "caption": str(caption),
        "headings": [str(heading) for heading in headings],
        "rows": [list(row) for row in rows],
        "numeric": list(numeric),
    }


def person(participation_id: UUID) -> Cell:
    """Somebody, in a cell of a table."""
    return {"person": str(participation_id)}


def people(caption: str, ids: Iterable[UUID], fields: Sequence[str] = FIELDS[:5]) -> Block:
    """A list of people, each with what they show of themselves."""
    found = sorted(str(one) for one in ids)
    return {"kind": "people", "caption": caption, "ids": found, "fields": list(fields)}


def chart(it: Chart) -> Block:
    return {"kind": "chart", "chart": asdict(it)}


def chart_of(block: Block) -> Chart:
    """The chart of a block that was kept as JSON."""
    kept = block["chart"]
    series = tuple(Series(each["label"], tuple(each["values"])) for each in kept["series"])
    return Chart(**{**kept, "categories": tuple(kept["categories"]), "series": series})
