"""Files of strangers become plain cells: nothing is run, nothing is lost, nothing bursts."""

import copy
import string
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from madang.core.limits import run_limited
from madang.nominations.sheets import (
    ErrorValue,
    Formula,
    UnreadableError,
    column_letters,
    read,
)
from madang.nominations.sheets.refusals import REFUSALS, REMARKS
from tests.nominations import files
from tests.nominations.files import cells, refusal

HALF_PAST_NINE = datetime(2007, 8, 20, 9, 30)  # noqa: DTZ001  (cells have no time zone)


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


# What the readers share


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
