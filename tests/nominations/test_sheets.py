"""Files of strangers become plain cells: nothing is run, nothing is lost, nothing bursts."""

import copy
import io
import string
import struct
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from madang.core.limits import run_limited
from madang.nominations.sheets import (
    Book,
    ErrorValue,
    Formula,
    UnreadableError,
    column_letters,
    limits,
    read,
)
from madang.nominations.sheets.refusals import REFUSALS, REMARKS
from tests.nominations import files

HALF_PAST_NINE = datetime(2007, 8, 20, 9, 30)  # noqa: DTZ001  (cells have no time zone)


def cells(content: bytes) -> list[tuple[object, ...]]:
    return [row.cells for row in read(content).sheets[0].rows]


def refusal(content: bytes, **options: str) -> UnreadableError:
    with pytest.raises(UnreadableError) as refused:
        read(content, **options)
    assert str(refused.value)
    return refused.value


# Workbooks


def test_every_kind_of_cell_keeps_its_kind() -> None:
    row = ("text", 12, 2.5, True, date(2007, 8, 20), HALF_PAST_NINE, time(14, 5))
    assert cells(files.xlsx(row)) == [row]


def test_what_excel_calls_a_date_is_told_by_its_format() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for number, form in enumerate(
        ("d/m/yyyy", "[$-409]mmm d", "0.00", '"day "0', "General", "[h]:mm", "#,##0;[Red]-#,##0"), 1
    ):
        sheet.cell(1, number, 39314.0).number_format = form
    read_back = cells(files.saved(workbook))[0]
    assert read_back[:2] == (date(2007, 8, 20), date(2007, 8, 20))
    assert read_back[2:5] == (39314, 39314, 39314)
    assert read_back[6] == 39314


def test_a_workbook_that_counts_from_1904_is_read_so() -> None:
    workbook = openpyxl.Workbook()
    workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    workbook.active.append([date(2007, 8, 20)])
    assert cells(files.saved(workbook)) == [(date(2007, 8, 20),)]


def test_a_formula_is_seen_and_never_worked_out() -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["=1+1", '=HYPERLINK("http://198.51.100.7/x","click")'])
    assert cells(files.saved(workbook)) == [
        (Formula("=1+1"), Formula('=HYPERLINK("http://198.51.100.7/x","click")'))
    ]


def test_a_formula_shared_down_a_column_is_a_formula_in_every_cell() -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:A2">B1*2</f><v>4</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>6</v></c></row>'
    )
    assert cells(files.raw_xlsx(files.worksheet(rows))) == [
        (Formula("=B1*2"),),
        (Formula("=B1*2"),),
    ]


def test_errors_and_truths_are_what_they_are() -> None:
    rows = '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="b"><v>0</v></c></row>'
    assert cells(files.raw_xlsx(files.worksheet(rows))) == [(ErrorValue("#N/A"), False)]


def test_texts_in_pieces_and_with_hints_of_pronunciation_are_whole() -> None:
    strings = (
        f'<sst xmlns="{files.MAIN}"><si><r><t>Kim </t></r><r><t>Min-jun</t></r></si>'
        "<si><t>東京</t><rPh><t>トウキョウ</t></rPh></si><si><t>a_x000D_b_x005F_</t></si></sst>"
    )
    row = "".join(f'<c r="{column}1" t="s"><v>{n}</v></c>' for n, column in enumerate("ABC"))
    content = files.raw_xlsx(
        files.worksheet(f'<row r="1">{row}</row>'), xl__sharedStrings_xml=strings
    )
    assert cells(content) == [("Kim Min-jun", "東京", "a\rb_")]


def test_cells_without_their_names_stand_one_after_the_other() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    sheet = read(files.raw_xlsx(files.worksheet(rows))).sheets[0]
    assert [(row.number, row.cells) for row in sheet.rows] == [(1, (1, 2)), (2, (3,))]


def test_rows_keep_their_numbers_and_empty_ones_are_left_out() -> None:
    sheet = read(files.xlsx(["a"], [None], [], ["b", None, ""])).sheets[0]
    assert [(row.number, row.cells) for row in sheet.rows] == [(1, ("a",)), (4, ("b",))]


def test_what_is_hidden_and_what_is_merged_is_said() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "List"
    for row in (["Afghanistan", "Farid"], [None, "Laila"], ["Nepal", "Bikash"]):
        sheet.append(row)
    sheet.merge_cells("A1:A2")
    sheet.row_dimensions[3].hidden = True
    workbook.create_sheet("Scores").append([1])
    workbook["Scores"].sheet_state = "veryHidden"
    book = read(files.saved(workbook))
    assert [remark.code for remark in book.remarks] == [
        "hidden_rows",
        "merged_cells",
        "hidden_sheet",
    ]
    assert "row 3" in str(book.remarks[0])
    assert "A1:A2" in str(book.remarks[1])
    assert book.sheets[0].rows[2].hidden
    assert book.sheets[1].hidden


def test_a_million_formatted_rows_without_anything_in_them_do_no_harm() -> None:
    filled = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
    empty = "".join(
        f'<row r="{row}" s="1"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>'
        for row in range(2, 200_000)
    )
    last = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>End</t></is></c></row>'
    sheet = read(files.raw_xlsx(files.worksheet(filled + empty + last))).sheets[0]
    assert [(row.number, row.cells) for row in sheet.rows] == [(1, ("Name",)), (1048576, ("End",))]


def test_a_text_that_looks_like_an_empty_cell_stays() -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[<c r="B1"/>]]></t></is></c>'
        '<c r="B1" s="0"/></row>'
    )
    assert cells(files.raw_xlsx(files.worksheet(rows))) == [('<c r="B1"/>',)]


def test_formats_and_pictures_of_a_workbook_do_not_matter() -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["Name"])
    workbook.active["A1"].font = Font(bold=True)
    workbook.active["A1"].hyperlink = "http://198.51.100.7/"
    assert cells(files.saved(workbook)) == [("Name",)]


KINDS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).filter(
        lambda text: not text.startswith("=") and "_x" not in text
    ),
    st.integers(-(2**50), 2**50),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2199, 12, 31)),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(KINDS, min_size=1, max_size=5), min_size=1, max_size=5))
def test_what_openpyxl_writes_is_read_back(rows: list[list[object]]) -> None:
    assert cells(files.xlsx(*rows)) == [tuple(row) for row in rows]


# OpenDocument


def test_every_kind_of_cell_of_an_opendocument_sheet_keeps_its_kind() -> None:
    kind = "office:value-type"
    row = "".join(
        [
            files.ods_text("Sok  Sreymom"),
            files.ods_cell({kind: "float", "office:value": "12"}, "<text:p>12</text:p>"),
            files.ods_cell({kind: "percentage", "office:value": "0.25"}),
            files.ods_cell({kind: "date", "office:date-value": "2007-08-20"}),
            files.ods_cell({kind: "date", "office:date-value": "2007-08-20T09:30:00"}),
            files.ods_cell({kind: "boolean", "office:boolean-value": "true"}),
            files.ods_cell({"table:formula": "of:=SUM([.B1:.B2])", kind: "float"}),
            files.ods_cell(
                {"calcext:value-type": "error", kind: "string"}, "<text:p>#N/A</text:p>"
            ),
        ]
    )
    content = files.ods(
        f'<table:table table:name="List"><table:table-row>{row}</table:table-row></table:table>'
    )
    assert cells(content) == [
        (
            "Sok  Sreymom",
            12,
            0.25,
            date(2007, 8, 20),
            HALF_PAST_NINE,
            True,
            Formula("=SUM([.B1:.B2])"),
            ErrorValue("#N/A"),
        )
    ]


def test_repeated_cells_and_rows_of_an_opendocument_sheet_are_repeated() -> None:
    row = (
        '<table:table-row table:number-rows-repeated="3">'
        '<table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:number-columns-repeated="2" office:value-type="string">'
        "<text:p>x</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    sheet = read(files.ods(f'<table:table table:name="List">{row}</table:table>')).sheets[0]
    assert [(line.number, line.cells) for line in sheet.rows] == [
        (number, (None, None, "x", "x")) for number in (1, 2, 3)
    ]


def test_paragraphs_spaces_and_comments_of_an_opendocument_cell_are_told_apart() -> None:
    inner = (
        "<office:annotation><text:p>a comment</text:p></office:annotation>"
        '<text:p>one<text:s text:c="2"/>two<text:tab/>three</text:p>'
        "<text:p><text:span>four</text:span></text:p>"
    )
    row = files.ods_cell({"office:value-type": "string"}, inner)
    content = files.ods(f"<table:table><table:table-row>{row}</table:table-row></table:table>")
    assert cells(content) == [("one  two\tthree\nfour",)]


def test_hidden_and_merged_things_of_an_opendocument_sheet_are_said() -> None:
    hides = '<style:table-properties table:display="false"/>'
    styles = f'<style:style style:name="off">{hides}</style:style>'
    merged = files.ods_cell({"table:number-rows-spanned": "2"}, "<text:p>Nepal</text:p>")
    tables = (
        '<table:table table:name="List">'
        f"<table:table-row>{merged}{files.ods_text('Bikash')}</table:table-row>"
        '<table:table-row table:visibility="collapse"><table:covered-table-cell/>'
        f"{files.ods_text('Sarita')}</table:table-row></table:table>"
        '<table:table table:name="Old" table:style-name="off"><table:table-row>'
        f"{files.ods_text('x')}</table:table-row></table:table>"
    )
    book = read(files.ods(tables, styles))
    assert {remark.code for remark in book.remarks} == {
        "hidden_rows",
        "merged_cells",
        "hidden_sheet",
    }
    assert book.sheets[0].merged[0].name == "A1:A2"


def test_an_opendocument_sheet_that_repeats_itself_without_end_is_refused() -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1000000">'
        f"{files.ods_text('x')}</table:table-row>"
    )
    content = files.ods(f'<table:table table:name="List">{row}</table:table>')
    assert refusal(content).code == "too_many_rows"


# CSV


def test_a_csv_file_is_read_with_the_separator_that_it_has() -> None:
    rows = (("Name", "Organisation"), ("Sok, Sreymom", 'Ministry "of" Planning; Unit 1'))
    for delimiter in ",;\t|":
        book = read(files.csv(*rows, delimiter=delimiter))
        assert book.delimiter == delimiter
        assert [row.cells for row in book.sheets[0].rows] == list(rows)


def test_a_title_above_the_table_does_not_mislead_about_the_separator() -> None:
    content = "List of nominees, as received\n\nName;Country\nA, B;Nepal\nC, D;Nepal\n"
    book = read(content.encode())
    assert book.delimiter == ";"
    assert book.sheets[0].rows[-1].cells == ("C, D", "Nepal")
    assert book.sheets[0].rows[-1].number == 5


def test_what_excel_says_of_its_separator_is_believed() -> None:
    book = read(b"sep=|\nName|Country\na,b|c,d\n")
    assert book.delimiter == "|"
    assert book.sheets[0].rows[0].cells == ("Name", "Country")
    assert book.sheets[0].rows[0].number == 2


def test_a_cell_may_hold_line_breaks_and_old_line_ends() -> None:
    assert cells(b'Name,Duty\r"a\rb",c\r') == [("Name", "Duty"), ("a\nb", "c")]


ENCODED = {
    "utf-8": "Name;Pays\nNguyễn Văn Hùng;Việt Nam\nអ្នក;កម្ពុជា",
    "utf-8-sig": "Name;Country\nМөнх;Монгол",
    "utf-16": "Name;Country\n李芳;中国",
    "cp1252": "Nom;Prénom;Ministère\nDiané;Hélène;Ministère de l’Économie",
    "cp1251": "Фамилия;Имя;Страна\nАбдрахманов;Ерлан;Казахстан",
    "cp1256": "نام;کشور\nاحمدي;افغانستان",
    "gb18030": "姓名;国家;单位\n李芳;中国;信息产业部",
    "cp949": "성명;국가;기관\n이지우;대한민국;행정자치부",
    "big5": "姓名;國家;單位\n李芳;中國;資訊部門",
    "cp932": "氏名;国;所属\n山田太郎;日本;総務省;メール",
    "cp874": "ชื่อ;นามสกุล;ประเทศ\nสมชาย;วงศ์สวัสดิ์;ไทย",
    "cp1254": "Adı;Soyadı;Ülke\nÇağrı;Şahin;Türkiye",
    "cp1250": "Imię;Nazwisko;Płeć\nŁukasz;Wiśniewski;mężczyzna",
    "mac_roman": "Prénom;Pays\nHélène;Viêt Nam;Garçon",
    "koi8_r": "Фамилия;Имя;Страна\nИванов;Пётр;Россия",
    "cp866": "Фамилия;Имя;Страна\nИванов;Пётр;Россия",
}


@pytest.mark.parametrize("encoding", ENCODED)
def test_letters_are_read_in_the_encoding_that_they_were_written_in(encoding: str) -> None:
    text = ENCODED[encoding]
    book = read(text.encode(encoding))
    lines = [";".join(map(str, row.cells)) for row in book.sheets[0].rows]
    assert "\n".join(lines) == text
    told_by_the_file = encoding.startswith("utf")
    assert book.encoding_sure is told_by_the_file
    assert book.remarks[0].code == ("encoding" if told_by_the_file else "encoding_guessed")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_letters_are_known_without_a_mark(encoding: str) -> None:
    content = "Name;Country\nKamal;Bangladesh\nبیژن;ایران\n".encode(encoding)
    assert cells(content)[2] == ("بیژن", "ایران")


def test_a_person_may_know_the_encoding_better() -> None:
    content = ENCODED["cp1251"].encode("cp1251")
    assert read(content, encoding="cp1251").encoding_sure
    assert read(content, encoding="koi8_r").sheets[0].rows[1].cells[2] != "Казахстан"
    assert refusal(content, encoding="utf-8").code == "not_in_encoding"
    assert refusal(content, encoding="no such thing").code == "not_in_encoding"


def test_empty_bytes_are_left_out_and_said() -> None:
    book = read(b"Name,Country\nKam\x00al,Nepal\n")
    assert book.sheets[0].rows[1].cells == ("Kamal", "Nepal")
    assert [remark.code for remark in book.remarks] == ["encoding", "nul_bytes", "delimiter"]


def test_a_quotation_that_never_ends_is_refused_with_its_row() -> None:
    error = refusal(b'Name,Country\n"Kamal,Nepal\nSita,Nepal\n')
    assert (error.code, error.details) == ("open_quote", {"row": 2})


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])).filter(
                lambda text: text != "" and "\ufeff" not in text
            ),
            min_size=3,
            max_size=3,
        ),
        min_size=3,
        max_size=6,
    ),
    st.sampled_from(",;\t"),
)
def test_a_csv_file_is_read_back_as_it_was_written(rows: list[list[str]], delimiter: str) -> None:
    book = read(files.csv(*rows, delimiter=delimiter), encoding="utf-8", delimiter=delimiter)
    assert [list(row.cells) for row in book.sheets[0].rows] == rows


# What is refused, and the limits


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


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_workbook_with_damage_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(files.xlsx(["Name", "Country"], ["Kamal", "Nepal"]))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert read_or_refused(bytes(content))


def test_files_are_read_in_a_process_with_limits() -> None:
    book = run_limited(read, args=(files.xlsx(["Name"], ["=1"]),), seconds=60, megabytes=500)
    assert book.sheets[0].rows[1].cells == (Formula("=1"),)
    with pytest.raises(UnreadableError, match="older Excel"):
        run_limited(
            read,
            args=(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 9,),
            seconds=60,
            megabytes=500,
        )


def test_every_sentence_can_be_filled() -> None:
    details = dict.fromkeys(
        ("part", "sheet", "cell", "most", "row", "encoding", "place", "megabytes", "count",
         "first", "delimiter"),
        7,
    )  # fmt: skip
    for sentence in (*REFUSALS.values(), *REMARKS.values()):
        assert str(sentence) % details
    error = UnreadableError("too_many_rows", sheet="List", most=3)
    assert str(copy.deepcopy(error)) == str(error)


def test_columns_have_the_names_that_spreadsheets_give_them() -> None:
    assert [column_letters(place) for place in (0, 25, 26, 701, 702)] == [
        "A", "Z", "AA", "ZZ", "AAA",
    ]  # fmt: skip
    assert column_letters(0) in string.ascii_uppercase
