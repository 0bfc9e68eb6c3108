"""What could do harm, or is no spreadsheet, is refused with how to mend it."""

import copy
import io
import string
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madang.nominations.sheets import (
    Book,
    UnreadableError,
    limits,
    read,
)
from tests.nominations import files
from tests.nominations.files import refusal


def with_entities(part: str) -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    declared = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
    content = io.BytesIO(files.xlsx(["Name"]))
    with zipfile.ZipFile(content) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts[part].decode().partition("?>")[2] or parts[part].decode()
    return files.zipped(parts | {part: declared + body})


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_bomb_of_entities_is_refused(part: str) -> None:
    assert refusal(with_entities(part)).code == "entities"


def test_an_entity_from_outside_is_refused() -> None:
    sheet = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + files.worksheet(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'
    )
    assert refusal(files.raw_xlsx(sheet)).code == "entities"


def test_entities_of_an_opendocument_sheet_are_refused() -> None:
    content = files.zipped(
        {"mimetype": files.ODS_TYPE, "content.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}
    )
    assert refusal(content).code == "entities"


def test_a_zip_that_would_burst_is_refused_before_it_is_unpacked() -> None:
    zeros = b"0" * (8 * limits.MEGABYTE)
    error = refusal(files.raw_xlsx(files.worksheet(""), xl__styles_xml=zeros))
    assert (error.code, error.details) == ("bomb", {"part": "xl/styles.xml"})


def test_a_zip_with_thousands_of_parts_is_refused() -> None:
    parts = {f"xl/{number}.xml": "" for number in range(limits.MOST_ENTRIES + 1)}
    assert refusal(files.zipped(parts)).code == "bomb"


def test_parts_that_overlap_are_refused() -> None:
    """Many entries that share the same packed bytes: each of them alone looks harmless."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", string.printable * 20)
        for number in range(50):
            again = copy.copy(archive.filelist[0])
            again.filename = f"{number}.xml"
            archive.filelist.append(again)
    assert refusal(file.getvalue()).code == "bomb"


def test_a_part_that_is_larger_than_it_says_is_refused() -> None:
    content = files.raw_xlsx(files.worksheet("<row/>" * 10_000))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    assert refusal(content.replace(struct.pack("<I", size), struct.pack("<I", 500))).code in {
        "damaged",
        "bomb",
    }


def test_old_and_foreign_formats_are_refused_with_how_to_save_them() -> None:
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    error = refusal(compound + "Workbook".encode("utf-16-le"))
    assert error.code == "legacy_excel"
    assert "Excel workbook (.xlsx)" in str(error)
    assert refusal(compound + "EncryptedPackage".encode("utf-16-le")).code == "encrypted"
    assert refusal(b"%PDF-1.4\n").code == "pdf"
    assert refusal(b"{\\rtf1 Name}").code == "document"
    assert refusal(b"<html><table><tr><td>Name</td></tr></table></html>").code == "web_page"
    assert refusal(b'<?xml version="1.0"?><Workbook/>').code == "web_page"
    assert refusal(b"\x89PNG\r\n\x1a\n" + bytes(range(256))).code == "unknown"
    assert refusal(b" \r\n").code == "empty"
    assert refusal(b"PK\x03\x04 broken").code == "damaged"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"xl/vbaProject.bin": "x"}, "macros"),
        ({"[Content_Types].xml": "<Types>sheet.macroEnabled.main+xml</Types>"}, "macros"),
        ({"[Content_Types].xml": "<Types>ms-excel.sheet.binary</Types>"}, "binary_excel"),
        ({"[Content_Types].xml": "<Types>wordprocessingml</Types>"}, "document"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "document"),
        ({"mimetype": "application/epub+zip"}, "unknown"),
    ],
)
def test_other_packages_are_refused_with_what_they_are(parts: dict[str, str], code: str) -> None:
    assert refusal(files.zipped(parts)).code == code


def test_a_document_under_a_password_is_refused() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    assert refusal(files.ods("", META_INF__manifest_xml=manifest)).code in {"encrypted", "no_sheet"}
    parts = {"mimetype": files.ODS_TYPE, "content.xml": "x", "META-INF/manifest.xml": manifest}
    assert refusal(files.zipped(parts)).code == "encrypted"


def test_a_sheet_beyond_the_limits_is_refused_with_the_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wide = [None] * limits.MOST_COLUMNS + ["x"]
    assert refusal(files.xlsx(["Name"], wide)).details["cell"] == "KO2"
    monkeypatch.setattr(limits, "MOST_ROWS", 3)
    assert refusal(files.xlsx(*[["x"]] * 4)).code == "too_many_rows"
    monkeypatch.setattr(limits, "LONGEST_CELL", 10)
    assert refusal(files.xlsx(["Name"], ["x", "y" * 11])).details["cell"] == "B2"
    monkeypatch.setattr(limits, "MOST_CELLS", 5)
    assert refusal(files.xlsx(["a"] * 6)).code == "too_many_cells"
    monkeypatch.setattr(limits, "MOST_SHEETS", 1)
    assert refusal(files.xlsx(["a"], Other=[["b"]])).code == "too_many_sheets"
    monkeypatch.setattr(limits, "LARGEST_FILE", 100)
    assert refusal(files.xlsx(["a"])).code == "too_large"


def test_a_cell_of_csv_that_swallows_the_file_is_refused() -> None:
    assert refusal(b'Name\n"' + b"x" * 200_000 + b'"\n').code == "long_csv_cell"


def test_a_workbook_with_nothing_in_it_is_refused() -> None:
    assert refusal(files.xlsx()).code == "no_sheet"


def read_or_refused(content: bytes) -> Book | str:
    try:
        return read(content)
    except UnreadableError as error:
        return str(error)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    assert read_or_refused(content)


WHOLE = files.xlsx(["Name", "Country"], ["Kamal", "Nepal"])


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_workbook_with_damage_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert read_or_refused(bytes(content))
