"""The table of nominations is found in a file, its columns understood, and nothing left unsaid."""

import dataclasses
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madang.nominations.importing.lines import Line
from madang.nominations.reading.fields import FIELDS, Field, Kind
from madang.nominations.reading.folding import fold
from madang.nominations.reading.nominations import read_nominations
from madang.nominations.reading.rows import Reading, ReadRow
from madang.nominations.reading.sentences import SENTENCES
from madang.nominations.sheets import Row, Sheet, read
from tests.nominations import files

TODAY = date(2007, 9, 20)
KAMAL = (
    1,
    "Chowdhury",
    "Kamal",
    "M",
    "Bangladesh",
    "Ministry of Planning",
    "kamal@bgd.example.org",
)
RUTH = (2, "Wari", "Ruth", "F", "PNG", "Ministry of Planning", "ruth@png.example.org")


def kept_and_opened(row: ReadRow) -> ReadRow:
    """A row as its line has it after it was kept."""
    line = Line.loaded(row.number, Line.of_reading(row, row.cells).kept())
    return ReadRow(
        line.number, line.values, tuple(line.doubts), tuple(line.wrongs), tuple(line.notes),
        line.cells, line.hidden,
    )  # fmt: skip


def reading(content: bytes, **options: Any) -> Reading:
    values: dict[str, Any] = {"countries": files.index(), "today": TODAY} | options
    return read_nominations(read(content).sheets, **values)


def fields_by_heading(result: Reading) -> dict[str, str | None]:
    return {column.heading: column.field for column in result.columns}


# Where the table begins


def test_the_header_is_found_below_a_title_block() -> None:
    content = files.xlsx(
        ["Government of Bangladesh", None, "Ref. 12/2007"],
        ["To the secretariat of the workshop, Incheon"],
        [],
        files.HEADINGS,
        KAMAL,
    )
    result = reading(content)
    assert result.header is not None
    assert result.header.row == 4
    assert result.header.above == (
        "Government of Bangladesh Ref. 12/2007",
        "To the secretariat of the workshop, Incheon",
    )
    assert [row.values["name"] for row in result.rows] == ["Kamal Chowdhury"]


def test_a_letter_that_names_fields_in_prose_is_no_header() -> None:
    content = files.xlsx(
        ["Name, sex, country and e-mail of our nominees are below"], files.HEADINGS, KAMAL
    )
    header = reading(content).header
    assert header is not None
    assert header.row == 2


def test_headings_in_two_rows_are_read_together() -> None:
    content = files.xlsx(
        ["No.", "Name", None, "Sex", "Country", "Contact", None],
        [None, "Family name", "Given names", None, None, "E-mail", "Telephone"],
        [1, "Chowdhury", "Kamal", "M", "Bangladesh", "kamal@bgd.example.org", "+880 1 2345678"],
    )
    result = reading(content)
    assert result.header is not None
    assert result.header.row == 2
    assert list(result.mapping.values()) == [
        "number", "family_name", "given_names", "sex", "country", "email", "phone",
    ]  # fmt: skip
    assert len(result.rows) == 1


@pytest.mark.parametrize(
    "headings",
    [
        ("N°", "Nom", "Prénoms", "Sexe", "Pays", "Organisme", "Courriel"),
        ("№ п/п", "Фамилия", "Имя", "Пол", "Страна", "Организация", "Эл. почта"),
        ("ردیف", "نام خانوادگی", "نام", "جنسیت", "کشور", "سازمان", "رایانامه"),
        ("序号", "姓", "名", "性别", "国家", "工作单位", "电子邮件"),
        ("번호", "성", "이름 (영문)", "성별", "국가", "소속기관", "이메일"),
        ("STT", "Họ", "Tên", "Giới tính", "Quốc gia", "Cơ quan", "Email"),
        ("ลำดับ", "นามสกุล", "Given names", "เพศ", "ประเทศ", "หน่วยงาน", "อีเมล"),
        ("No. / N°", "FAMILY NAME\n(as in passport)", "Given Name(s)*", "Sex (M/F)", "Country:",
         "Ministry/Agency", "E-mail address"),
        ("S.No", "Surname", "Forenames", "Gender", "Counrty", "Organisaton", "Email adress"),
    ],
)  # fmt: skip
def test_headings_in_many_languages_and_with_slips(headings: tuple[str, ...]) -> None:
    result = reading(files.xlsx(headings, KAMAL))
    fields = list(fields_by_heading(result).values())
    expected = ["number", "family_name", "given_names", "sex", "country", "organisation", "email"]
    if headings[2].startswith("이름"):
        expected[2] = "name"
        assert fields[2] in {"name", "given_names"}
        fields[2] = "name"
    assert fields == expected


def test_a_column_that_nobody_knows_is_listed_with_what_is_in_it() -> None:
    content = files.xlsx((*files.HEADINGS, "Blood group"), (*KAMAL, "A+"), (*RUTH, "0-"))
    column = reading(content).columns[-1]
    assert (column.heading, column.field, column.confidence) == ("Blood group", None, 0.0)
    assert column.samples == ("A+", "0-")


def test_of_two_columns_with_one_heading_the_first_is_read_and_it_is_said() -> None:
    content = files.xlsx((*files.HEADINGS, "Email"), (*KAMAL, "other@bgd.example.org"))
    result = reading(content)
    assert result.rows[0].values["email"] == "kamal@bgd.example.org"
    (note,) = result.notes
    assert (note.code, note.letters) == ("heading_doubled", "H")
    assert note.message == (
        "Column H has a heading like that of column G, which is the one that is read."
    )


def test_a_column_without_heading_is_told_by_what_is_in_it() -> None:
    content = files.xlsx(
        ("Family name", "Given names", "Position", None, None),
        ("Chowdhury", "Kamal", "Director", "Bangladesh", "kamal@bgd.example.org"),
        ("Wari", "Ruth", "Director", "Papua New Guinea", "ruth@png.example.org"),
    )
    columns = reading(content).columns
    assert [(column.field, column.how) for column in columns[3:]] == [
        ("country", "contents"),
        ("email", "contents"),
    ]


def test_what_is_needed_and_has_no_column_is_said() -> None:
    content = files.xlsx(("Name", "Position", "Telephone"), ("Kamal", "Director", "+880 1 234567"))
    assert reading(content).missing == (
        "sex", "country", "organisation", "organisation_kind", "email",
    )  # fmt: skip


def test_a_file_without_any_table_says_so_and_shows_what_it_holds() -> None:
    result = reading(files.xlsx(["Dear colleagues,"], ["the list follows by fax."]))
    assert result.header is None
    assert result.others[0].text == "Dear colleagues,\nthe list follows by fax."


def test_the_sheet_with_the_table_is_read_and_a_hidden_one_only_if_there_is_no_other() -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "Notes"
    workbook.active.append(["Selection: about 40 seats"])
    for name, person in (("Old", RUTH), ("List", KAMAL)):
        sheet = workbook.create_sheet(name)
        sheet.append(files.HEADINGS)
        sheet.append(person)
    workbook["Old"].sheet_state = "hidden"
    result = reading(files.saved(workbook))
    assert result.header is not None
    assert result.header.sheet == "List"
    assert [(other.name, other.hidden) for other in result.others] == [
        ("Notes", False),
        ("Old", True),
    ]
    chosen = reading(files.saved(workbook), sheet="Old")
    assert chosen.rows[0].values["name"] == "Ruth Wari"


# What a person may say


def test_a_person_may_map_the_columns_and_name_the_row_of_headings() -> None:
    content = files.xlsx(("Who", "Where", "Whence"), ("Kamal", "Ministry", "Bangladesh"))
    assert reading(content).header is None
    result = reading(content, header_row=1, mapping={0: "name", 1: "organisation", 2: "country"})
    assert result.rows[0].values == {
        "name": "Kamal", "organisation": "Ministry", "country": "BD",
    }  # fmt: skip
    assert {column.how for column in result.columns} == {"given"}


def test_a_sheet_may_have_no_headings_at_all() -> None:
    content = files.xlsx(("Kamal", "Bangladesh"), ("Ruth", "PNG"))
    result = reading(content, header_row=0, mapping={0: "name", 1: "country"})
    assert [row.values["country"] for row in result.rows] == ["BD", "PG"]
    assert [row.number for row in result.rows] == [1, 2]


def test_a_mapping_is_remembered_by_its_headings() -> None:
    content = files.xlsx(("Name", "Country", "E-mail", "Ecole", "Remark"), ("Kamal",))
    mapping = {0: "name", 1: "country", 2: "email", 3: "organisation"}
    columns = reading(content, mapping=mapping).columns
    remembered = {fold(column.heading): column.field or "" for column in columns}
    moved = files.xlsx(("École", "Remark", "Name", "Country", "E-mail"), ("University", "x", "K"))
    again = reading(moved, remembered=remembered)
    assert fields_by_heading(again)["École"] == "organisation"
    assert again.columns[0].how == "remembered"
    assert fields_by_heading(again)["Remark"] is None


def test_a_field_that_a_mapping_names_and_nobody_knows_is_not_read() -> None:
    result = reading(files.xlsx(files.HEADINGS, KAMAL), mapping={1: "name", 2: "password"})
    assert result.mapping == {1: "name"}


# The questions of a call


QUESTIONS = (
    Field("q1", Kind.CHOICE, "Which module interests you most?", choices={
        "planning": ("Strategic planning", "Planification"), "management": ("Management",),
    }),
    Field("q2", Kind.SCALE, "ICT skills", minimum=0, maximum=10),
    Field("q3", Kind.YES_NO, "Holds a passport?"),
    Field("q4", Kind.DATE, "Passport valid until", headings=("Passport expiry",)),
    Field("q5", Kind.NUMBER, "Staff", minimum=0),
)  # fmt: skip


def test_the_questions_of_a_call_are_read_too() -> None:
    content = files.xlsx(
        (*files.HEADINGS, "Which module interests you most", "ICT skills (0-10)",
         "Holds a passport?", "Passport expiry", "Staff"),
        (*KAMAL, "planification", 7, "oui", "31/12/2011", 1200),
        (*RUTH, "managment", 11, "perhaps", "12/2011", -1),
    )  # fmt: skip
    first, second = reading(content, fields=(*FIELDS, *QUESTIONS)).rows
    assert [first.values[f"q{number}"] for number in range(1, 6)] == [
        "planning", 7, True, date(2011, 12, 31), 1200,
    ]  # fmt: skip
    assert first.is_clear
    assert [finding.field for finding in second.doubts if finding.field[0] == "q"] == ["q1"]
    assert [(finding.field, finding.code) for finding in second.wrongs] == [
        ("q2", "off_scale"), ("q3", "not_yes_no"), ("q4", "incomplete_date"), ("q5", "too_small"),
    ]  # fmt: skip


# Lines that are no nominations


def test_headings_that_come_again_and_numbers_of_columns_are_left_out_and_said() -> None:
    content = files.xlsx(
        files.HEADINGS, list(range(1, 8)), KAMAL, files.HEADINGS, RUTH, [None, None, "Total: 2"]
    )
    result = reading(content)
    assert [(note.code, note.details["row"]) for note in result.notes] == [
        ("numbers_of_columns", 2),
        ("heading_again", 4),
    ]
    assert [row.number for row in result.rows] == [3, 5, 6]
    (wrong,) = result.rows[-1].wrongs
    assert (wrong.code, wrong.original) == ("not_a_nomination", "Total: 2")


def test_a_merged_cell_is_asked_about_in_the_rows_that_it_covers() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in (files.HEADINGS, KAMAL, (2, "Rahman", "Farhana", "F", None, "Agency", "f@x.org")):
        sheet.append(row)
    sheet.merge_cells("E2:E3")
    rows = reading(files.saved(workbook)).rows
    doubt = next(doubt for doubt in rows[1].doubts if doubt.field == "country")
    assert (doubt.code, doubt.suggestions[0].value) == ("merged", "Bangladesh")
    assert "country" not in rows[1].values


def test_a_row_without_what_is_needed_is_wrong_and_without_what_is_wanted_doubtful() -> None:
    row = (1, None, None, None, None, "Ministry of Planning", "a@x.org")
    (result,) = reading(files.xlsx(files.HEADINGS, row)).rows
    assert [(finding.field, finding.code) for finding in result.wrongs] == [
        ("country", "missing"),
        ("family_name", "no_name"),
    ]
    assert [(finding.field, finding.code) for finding in result.doubts] == [("sex", "missing")]


def test_hidden_rows_are_read_and_marked() -> None:
    workbook = openpyxl.Workbook()
    for row in (files.HEADINGS, KAMAL, RUTH):
        workbook.active.append(row)
    workbook.active.row_dimensions[3].hidden = True
    assert [row.hidden for row in reading(files.saved(workbook)).rows] == [False, True]


# Every kind of file


def test_the_same_list_reads_alike_from_every_kind_of_file() -> None:
    headings = tuple(map(str, files.HEADINGS))
    people = [tuple(map(str, person)) for person in (KAMAL, RUTH)]
    contents = [
        files.xlsx(headings, *people),
        files.ods_of(headings, *people),
        files.csv(headings, *people, delimiter=";"),
        files.csv(headings, *people, encoding="utf-16"),
    ]
    values = [[row.values for row in reading(content).rows] for content in contents]
    assert all(each == values[0] for each in values)
    assert values[0][1]["country"] == "PG"


def test_rows_are_kept_and_come_back_equal() -> None:
    content = files.xlsx(
        (*files.HEADINGS, "Date of endorsement"),
        (*KAMAL[:4], "Bangladsh", *KAMAL[5:], "05/06/2007"),
        (*RUTH[:4], "Atlantis", *RUTH[5:], date(2007, 8, 1)),
    )
    rows = reading(content).rows
    assert any(row.doubts for row in rows)
    assert any(row.wrongs for row in rows)
    for row in rows:
        assert kept_and_opened(row) == row


def test_what_is_missing_in_the_first_column_keeps_its_place() -> None:
    content = files.xlsx(("E-mail", "Name", "Country"), (None, "Kamal", "Bangladesh"))
    (row,) = reading(content).rows
    (missing,) = kept_and_opened(row).wrongs
    assert (missing.code, missing.letters) == ("missing", "A")


# Anything at all


CELLS = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20),
    st.sampled_from(
        ["Kamal", "Bangladesh", "05/08/2007", "31/02/2007", "a@x.org", "a @x.org", "yes", "?",
         "=1+1", "<b>", "ten", "٣", "1386/5/20", "2550-08-20", "TBC", "n/a", "+1", "May 2007", "-",
         "9999999999999999999999", "1e400", "0/0/0", "99/99/9999", "Ã©", "����", "http://x"]
    ),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
)  # fmt: skip
EVERY_HEADING = [str(field.label) for field in (*FIELDS, *QUESTIONS)]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(CELLS, min_size=len(EVERY_HEADING), max_size=len(EVERY_HEADING)), st.integers(0, 30)
)
def test_anything_in_any_cell_is_read_or_told(cells: list[Any], shift: int) -> None:
    turned = (*cells[shift:], *cells[:shift])
    sheet = Sheet("List", (Row(1, tuple(EVERY_HEADING)), Row(2, tuple(cells)), Row(3, turned)))
    result = read_nominations(
        [sheet], countries=files.index(), today=TODAY, fields=(*FIELDS, *QUESTIONS),
        deadline=date(2007, 9, 1),
    )  # fmt: skip
    assert result.header is not None
    columns = {column.field: column.index for column in result.columns}
    for row in result.rows:
        for finding in (*row.doubts, *row.wrongs, *row.notes):
            assert finding.message
        assert kept_and_opened(row) == row
        told = {finding.field for finding in (*row.doubts, *row.wrongs, *row.notes)}
        if "not_a_nomination" in {wrong.code for wrong in row.wrongs}:
            continue
        for key, place in columns.items():
            written = row.cells[place] if place < len(row.cells) else ""
            assert written.strip() == "" or key in row.values or key in told, (key, written)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=8), max_size=8))
def test_anything_in_any_sheet_is_read_or_told(rows: list[list[Any]]) -> None:
    sheet = Sheet("List", tuple(Row(place, tuple(row)) for place, row in enumerate(rows, 1)))
    for options in ({}, {"header_row": 1}, {"header_row": 0, "mapping": {0: "name", 1: "email"}}):
        result = read_nominations([sheet], countries=files.index(), today=TODAY, **options)
        assert dataclasses.is_dataclass(result)


def test_every_sentence_can_be_filled() -> None:
    names = ("original", "letters", "most", "least", "above", "title", "word", "scripts", "country",
             "organisation", "times", "mended", "row", "year", "today", "family", "given",
             "deadline", "other", "count")  # fmt: skip
    for sentence in SENTENCES.values():
        assert str(sentence) % dict.fromkeys(names, 7)
