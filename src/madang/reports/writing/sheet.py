"""The tables of a report as a workbook, one under the other: for the list of participants."""

import io
from collections.abc import Iterator
from typing import Any

from madang.core import exports, languages
from madang.core.exports import Column, Table, Value


def workbook(said: dict[str, Any], language: str) -> bytes:
    """Every table with the part that it stands in, in one sheet."""
    tables = [
        (part["title"], block)
        for part in said["parts"]
        for block in part["blocks"]
        if block["kind"] == "table"
    ]
    headings = list(dict.fromkeys(name for _title, block in tables for name in block["headings"]))
    columns = [Column("part", said["title"])]
    columns += [Column(f"column_{place}", name) for place, name in enumerate(headings, start=1)]
    file = io.BytesIO()
    is_mirrored = languages.direction(language) == "rtl"
    exports.write_xlsx(Table(columns, _rows(tables, headings)), file, right_to_left=is_mirrored)
    return file.getvalue()


def _rows(
    tables: list[tuple[str, dict[str, Any]]], headings: list[str]
) -> Iterator[tuple[Value, ...]]:
    for title, block in tables:
        for row in block["rows"]:
            cells = dict(zip(block["headings"], row, strict=True))
            yield title, *(cells.get(name, "") for name in headings)
