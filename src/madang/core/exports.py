"""Tables for other programs: CSV, XLSX and JSON, from the same rows.

A view that shows a list gives the same rows with `respond(request, table, "participants")` when its
address carries `?format=csv`, `xlsx` or `json` (`wanted` tells).
"""

import csv
import io
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from madang.core import clock, languages
from madang.core.xml_text import writable

Value = str | int | float | Decimal | bool | date | time | UUID | Promise | None

FORMATS = ("csv", "xlsx", "json")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# A spreadsheet takes a text that starts so for a formula (OWASP, "CSV Injection"); the wide forms
# are typed on East Asian keyboards and read alike.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_WIDTH = 22


@dataclass(frozen=True)
class Column:
    """A column: its name for programs (JSON) and its heading for people (CSV, XLSX)."""

    name: str
    heading: str | Promise


@dataclass(frozen=True)
class Table:
    """Columns and rows; rows may be a generator, they are read once and one at a time."""

    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


def wanted(request: HttpRequest) -> str:
    """The format asked for in the address, or "" for the page itself; an unknown one is a 404."""
    wanted = request.GET.get("format", "")
    if wanted and wanted not in FORMATS:
        raise Http404
    return wanted


def respond(request: HttpRequest, table: Table, name: str) -> HttpResponseBase:
    """The table as a download in the format asked for. `name` is the file's, without extension."""
    extension = wanted(request) or "csv"
    response: HttpResponseBase
    if extension == "xlsx":
        file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
        write_xlsx(table, file, right_to_left=languages.direction(get_language() or "en") == "rtl")
        file.seek(0)
        response = FileResponse(file, content_type=XLSX_TYPE)
    elif extension == "json":
        response = StreamingHttpResponse(json_lines(table), content_type="application/json")
    else:
        response = StreamingHttpResponse(csv_lines(table), content_type="text/csv; charset=utf-8")
    filename = f"{name}-{clock.now():%Y-%m-%d}.{extension}"
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=filename
    )
    response["Cache-Control"] = "private, no-store"
    return response


def csv_lines(table: Table) -> Iterator[str]:
    """Lines of CSV (RFC 4180) behind the mark by which Excel knows UTF-8; no cell is a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)

    def line(cells: Iterable[Any]) -> str:
        writer.writerow(cells)
        text = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        return text

    yield "\ufeff" + line(_csv_cell(column.heading) for column in table.columns)
    for row in table.rows:
        yield line(_csv_cell(value) for value in row)


def json_lines(table: Table) -> Iterator[str]:
    """A JSON array of objects, a row on each line."""
    names = [column.name for column in table.columns]
    separator = "[\n"
    for row in table.rows:
        values = {name: _json_value(value) for name, value in zip(names, row, strict=True)}
        yield separator + json.dumps(values, ensure_ascii=False)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def write_xlsx(table: Table, file: Any, *, right_to_left: bool = False) -> None:
    """Write a workbook of one sheet; every text is a text and never a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.sheet_view.rightToLeft = right_to_left
    sheet.freeze_panes = "A2"
    for place in range(1, len(table.columns) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTH

    def cell(value: Value, *, bold: bool = False) -> Any:
        plain = _xlsx_value(value)
        made = WriteOnlyCell(sheet, value=plain)
        if isinstance(plain, str):
            made.data_type = "s"
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(str(column.heading), bold=True) for column in table.columns])
    for row in table.rows:
        sheet.append([cell(value) for value in row])
    workbook.save(file)


def _csv_cell(value: Value) -> str | int | float | Decimal:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def _json_value(value: Value) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _xlsx_value(value: Value) -> Any:
    if isinstance(value, datetime):
        # A spreadsheet knows no time zones: it shows the time on the wall, as it was given.
        return value.replace(tzinfo=None)
    if value is None or isinstance(value, bool | int | float | Decimal | date | time):
        return value
    return writable(str(value))
