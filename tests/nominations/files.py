"""Spreadsheet files as ministries send them, made for a test: XLSX, ODS, CSV, and bad ones."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import pytest

from madang.nominations.sheets import Cell, UnreadableError, read
from madang.people import country_list
from madang.people.countries import Index, normalize
from madang.people.models import Country

HEADINGS = ("No.", "Family name", "Given names", "Sex", "Country", "Organisation", "E-mail")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def cells(content: bytes) -> list[tuple[Cell, ...]]:
    """The rows of a file's first sheet."""
    return [row.cells for row in read(content).sheets[0].rows]


def refusal(content: bytes, **options: str) -> UnreadableError:
    """Why a file can't be read; that it can is a failure."""
    with pytest.raises(UnreadableError) as refused:
        read(content, **options)
    assert str(refused.value)
    return refused.value


@cache
def index() -> Index:
    """The published list of countries, without a database."""
    entries = country_list.published()
    countries = {entry.values["alpha2"]: Country(**entry.values) for entry in entries}
    names = [
        (normalize(name.text), countries[entry.values["alpha2"]].pk)
        for entry in entries
        for name in entry.names
    ]
    return Index(countries.values(), names)


def xlsx(*rows: Sequence[Any], **sheets: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet “List”, and of others by their names."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "List"
    for row in rows:
        sheet.append(row)
    for name, others in sheets.items():
        more = workbook.create_sheet(name)
        for row in others:
            more.append(row)
    return saved(workbook)


def saved(workbook: Any) -> bytes:
    """What a workbook of openpyxl is as a file."""
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def raw_xlsx(sheet: str | bytes, **more: str | bytes) -> bytes:
    """A workbook whose one sheet's XML is given, or that of other parts (“xl__styles_xml”)."""
    relation = f'<Relationship xmlns="{PACKAGE}/relationships" Id="{{}}" Type="{OFFICE}/{{}}" '
    others = {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in more.items()}
    related = "".join(
        relation.format(f"o{number}", kind) + f'Target="{kind}.xml"/>'
        for number, kind in enumerate(("styles", "sharedStrings"))
    )
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            + relation.format("r1", "officeDocument")
            + 'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="List" sheetId="1" r:id="s1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            + relation.format("s1", "worksheet")
            + f'Target="worksheets/sheet1.xml"/>{related}</Relationships>',
            "xl/worksheets/sheet1.xml": sheet,
            **others,
        }
    )


def worksheet(rows: str, after: str = "") -> str:
    """The XML of a sheet with these rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def ods(tables: str, styles: str = "", **more: str) -> bytes:
    """An OpenDocument spreadsheet whose tables are given as XML."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    calc = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    content = (
        f'<office:document-content{spaces} xmlns:calcext="{calc}">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    others = {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in more.items()}
    return zipped({"mimetype": ODS_TYPE, "content.xml": content, **others})


def ods_of(*rows: Sequence[str]) -> bytes:
    """An OpenDocument spreadsheet of plain texts."""
    lines = "".join(
        "<table:table-row>" + "".join(map(ods_text, row)) + "</table:table-row>" for row in rows
    )
    return ods(f'<table:table table:name="List">{lines}</table:table>')


def ods_text(text: str) -> str:
    """A cell of text."""
    return (
        '<table:table-cell office:value-type="string"><text:p>'
        f"{escape(text)}</text:p></table:table-cell>"
    )


def ods_cell(attributes: Mapping[str, str], inner: str = "") -> str:
    """A cell with any attributes."""
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return f"<table:table-cell{written}>{inner}</table:table-cell>"


def csv(*rows: Sequence[str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A CSV file; cells are put in quotation marks where they need them."""
    lines = (
        delimiter.join(
            f'"{cell.replace(chr(34), chr(34) * 2)}"'
            if any(sign in cell for sign in (delimiter, '"', "\n"))
            else cell
            for cell in row
        )
        for row in rows
    )
    return ("\r\n".join(lines) + "\r\n").encode(encoding)
