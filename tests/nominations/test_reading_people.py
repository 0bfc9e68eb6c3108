"""Names, sexes, kinds and answers: many languages, one meaning, and nothing guessed in silence."""

from typing import Any

import pytest

from madang.nominations.reading.fields import FIELDS, Field, Kind
from madang.nominations.reading.nominations import read_nominations
from madang.nominations.reading.rows import ReadRow
from madang.nominations.sheets import Row, Sheet
from tests.nominations.cells import TODAY, noted, read, told
from tests.nominations.files import index

# Names


def test_a_name_is_kept_as_it_is_written() -> None:
    for name in ("O’Brien", "‘Ana", "Nguyễn Thị Minh Khai", "a/l Subramaniam", "Ma. Theresa"):
        assert read("given_names", name) == name


def test_a_name_in_capitals_is_noticed_and_one_of_scripts_without_them_is_not() -> None:
    assert noted("given_names", "KAMAL") == {"capitals": "KAMAL"}
    assert noted("given_names", "李芳") == {}
    assert noted("given_names", "Li") == {}


@pytest.mark.parametrize(
    ("cell", "code", "suggested"),
    [
        ("Dr. Kamal Chowdhury", "title_in_name", ["Kamal Chowdhury"]),
        ("H.E. Mr Kamal", "title_in_name", ["Kamal"]),
        ("CHOWDHURY, Kamal", "comma_in_name", ["Kamal CHOWDHURY"]),
        ("Kamal 2", "digits_in_name", []),
        ("Kаmal", "mixed_scripts", []),  # The second letter is Cyrillic.
    ],
)
def test_what_is_odd_in_a_name_is_pointed_out_and_the_name_stands(
    cell: str, code: str, suggested: list[str]
) -> None:
    mapping = {0: "name", 1: "country"}
    rows = (Row(1, ("Name", "Country")), Row(2, (cell, "BD")))
    (row,) = read_nominations(
        [Sheet("List", rows)], countries=index(), today=TODAY, header_row=1, mapping=mapping
    ).rows
    (doubt,) = row.doubts
    assert (doubt.code, [each.value for each in doubt.suggestions]) == (code, suggested)
    assert row.values["name"] == cell


@pytest.mark.parametrize("cell", ["http://x.org", "kamal@x.org", "123", "***"])
def test_what_is_no_name_is_wrong(cell: str) -> None:
    assert told("given_names", cell)[0] == "not_a_name"


@pytest.mark.parametrize(
    ("country", "family", "given", "name", "order"),
    [
        ("Bangladesh", "Chowdhury", "Kamal", "Kamal Chowdhury", "given_first"),
        ("China", "Zhang", "Fang", "Zhang Fang", "family_first"),
        ("China", "李", "芳", "李芳", "family_first"),
        ("Republic of Korea", "이", "지우", "이지우", "family_first"),
        ("Viet Nam", "Trần", "Thu Hà", "Trần Thu Hà", "family_first"),
        ("Hungary", "Nagy", "Anna", "Nagy Anna", "family_first"),
        ("Myanmar", None, "Kyaw Zin Htet", "Kyaw Zin Htet", "single"),
        ("Indonesia", "Sutrisno", None, "Sutrisno", "single"),
        ("Atlantis", "Chowdhury", "Kamal", "Kamal Chowdhury", "given_first"),
    ],
)
def test_parts_of_a_name_are_put_together_as_is_usual(
    country: str, family: str | None, given: str | None, name: str, order: str
) -> None:
    rows = (Row(1, ("Country", "Family name", "Given names")), Row(2, (country, family, given)))
    (row,) = read_nominations([Sheet("List", rows)], countries=index(), today=TODAY).rows
    assert (row.values["name"], row.values["name_order"]) == (name, order)
    assert row.values.get("family_name") == family


# Sexes, yes and no, kinds, choices


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("F", "female"), ("Mr", "male"), ("femme", "female"), ("homme", "male"), ("Ж", "female"),
        ("муж.", "male"), ("زن", "female"), ("مرد", "male"), ("女", "female"), ("남", "male"),
        ("Nữ", "female"), ("ชาย", "male"), ("perempuan", "female"), ("laki-laki", "male"),
        ("महिला", "female"), ("X", "other"),
    ],
)  # fmt: skip
def test_sexes_in_many_languages(cell: str, value: str) -> None:
    assert read("sex", cell) == value


def test_a_sex_by_number_is_asked_about_with_what_the_standard_says() -> None:
    assert told("sex", 1) == ("sex_unknown", ["male"], None)
    assert told("sex", "2") == ("sex_unknown", ["female"], None)


def test_a_title_may_tell_the_sex_and_contradict_it() -> None:
    def row(title: str, sex: str | None) -> ReadRow:
        rows = (
            Row(1, ("Name", "Country", "Title", "Sex")),
            Row(2, ("Kamal", "Nepal", title, sex)),
        )
        (read_row,) = read_nominations(
            [Sheet("List", rows)], countries=index(), today=TODAY, header_row=1
        ).rows
        return read_row

    (contradiction,) = row("Mrs", "M").doubts
    assert (contradiction.code, contradiction.stands) == ("sex_and_title", True)
    (unknown,) = row("Mr.", "?").doubts
    assert [each.value for each in unknown.suggestions] == ["male", "female", "other"]
    (missing,) = row("Ms", None).doubts
    assert [each.value for each in missing.suggestions] == ["female"]
    assert row("Dr", "F").is_clear


@pytest.mark.parametrize(
    ("cell", "value"),
    [("Yes", True), ("n", False), (True, True), ("oui", True), ("нет", False), ("بله", True),
     ("خیر", False), ("是", True), ("아니오", False), ("không", False), ("✓", True)],
)  # fmt: skip
def test_yes_and_no_in_many_languages(cell: Any, value: bool) -> None:
    assert read("attended_before", cell) is value


def test_more_than_yes_or_no_is_asked_about() -> None:
    assert told("attended_before", "Yes (Bangkok 2006)") == ("more_than_yes_no", [True], None)
    assert told("attended_before", "maybe") == ("not_yes_no", [True, False], None)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Government", "government"), ("govt.", "government"), ("دولتی", "government"),
        ("University", "academia"), ("вуз", "academia"), ("NGO", "civil_society"),
        ("société civile", "civil_society"), ("Private sector", "private"), ("UN", "international"),
    ],
)  # fmt: skip
def test_kinds_of_organisation(cell: str, value: str) -> None:
    assert read("organisation_kind", cell) == value


def test_a_kind_that_nobody_knows_is_asked_about() -> None:
    code, offered, value = told("organisation_kind", "Parastatal")
    assert (code, len(offered), value) == ("kind_unknown", 5, None)
    assert told("organisation_kind", "University of Technology")[1] == ["academia"]


def test_a_kind_that_the_name_contradicts_is_pointed_out() -> None:
    rows = (
        Row(1, ("Name", "Organisation", "Type of organisation")),
        Row(2, ("Kamal", "University of Dhaka", "Government")),
        Row(3, ("Ruth", "Ministry of Planning", "NGO")),
        Row(4, ("Anita", "Institute of Public Administration", "Government")),
    )
    read_rows = read_nominations([Sheet("List", rows)], countries=index(), today=TODAY).rows
    assert [[doubt.code for doubt in row.doubts] for row in read_rows] == [
        ["kind_and_name"],
        ["kind_and_name"],
        [],
    ]


def test_an_answer_near_to_one_that_is_offered_is_suggested() -> None:
    field = Field("q", Kind.CHOICE, "Module", choices={"plan": ("Planning",), "run": ("Running",)})
    fields = (*FIELDS, field)
    assert read("q", "planning", fields=fields) == "plan"
    assert told("q", "Plannning", fields=fields) == ("not_a_choice", ["plan"], None)
    assert told("q", "xyz", fields=fields) == ("not_a_choice", ["plan", "run"], None)
