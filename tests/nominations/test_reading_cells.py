"""What cells mean: read where it is certain, asked where it is not, never guessed in silence."""

from datetime import date, time
from typing import Any

import pytest

from madang.nominations.reading.fields import FIELDS
from madang.nominations.reading.nominations import read_nominations
from madang.nominations.reading.words import HEADINGS
from madang.nominations.sheets import ErrorValue, Formula, Row, Sheet
from tests.nominations.cells import TODAY, noted, read, rows_of, told
from tests.nominations.files import index

# Text


def test_text_is_composed_and_its_spaces_are_put_right() -> None:
    decomposed = "Ne\u0301pal"
    assert read("position", decomposed) == "N\u00e9pal"
    assert noted("position", decomposed) == {"composed": "N\u00e9pal"}
    assert noted("position", "\u00a0Head,  Unit ") == {"spaces": "Head, Unit"}
    assert noted("position", "Head\nUnit") == {"line_break": "Head Unit"}
    assert noted("position", "Head\u200b of\u202e Unit") == {"invisible": "Head of Unit"}


def test_a_joiner_between_letters_is_a_letter() -> None:
    assert read("position", "مدیر برنامه‌ها") == "مدیر برنامه‌ها"
    assert noted("position", "\u200cمدیر") == {"invisible": "مدیر"}


def test_a_long_text_keeps_its_lines() -> None:
    assert read("responsibility", "Strategy\r\nBudget") == "Strategy\nBudget"


@pytest.mark.parametrize("cell", ["-", "—", "n/a", "N/A", "None", "nil", "néant", "ندارد", "无"])
def test_what_stands_for_nothing_is_nothing_and_noted(cell: str) -> None:
    assert read("needs", cell) is None
    assert noted("needs", cell) == {"placeholder": ""}


@pytest.mark.parametrize("cell", ["TBC", "to be confirmed", "à préciser", "待定"])
def test_what_is_still_to_come_is_asked_about(cell: str) -> None:
    assert told("position", cell) == ("to_be_told", [], None)
    assert told("email", cell) == ("to_be_told", [], None)
    assert told("endorsed_on", cell) == ("to_be_told", [], None)


@pytest.mark.parametrize(
    "cell",
    [Formula("=A1"), "=HYPERLINK(1)", " =1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-SUM(A1)"],
)
def test_formulas_and_what_would_become_one_are_wrong_everywhere(cell: Any) -> None:
    for key in ("position", "email", "endorsed_on", "years_experience", "phone", "sex"):
        assert told(key, cell)[0] == "formula"


@pytest.mark.parametrize("cell", ["- Drafts the strategy (lead)", "+ training", "@home", "-5 °C"])
def test_a_dash_before_a_text_makes_no_formula(cell: str) -> None:
    assert read("responsibility", cell) == cell


def test_an_error_of_the_spreadsheet_is_wrong() -> None:
    assert told("position", ErrorValue("#REF!"))[0] == "error_value"


@pytest.mark.parametrize(
    "cell", ["<b>Head</b>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "&lt;b&gt;"]
)
def test_markup_is_kept_as_text_and_pointed_out(cell: str) -> None:
    assert told("position", cell) == ("markup", [], cell)


@pytest.mark.parametrize("cell", ["R&D", "Head <5 staff", "Grade: 5", "a < b and c > d"])
def test_signs_that_are_no_markup_are_text(cell: str) -> None:
    assert read("position", cell) == cell


def test_letters_that_were_lost_or_misread_are_pointed_out() -> None:
    assert told("position", "Dir\ufffdcteur") == ("lost_letters", [], "Dir\ufffdcteur")
    assert told("name", "????")[0] == "not_a_name"
    assert told("position", "DÃ©partement") == ("mojibake", ["Département"], "DÃ©partement")


def test_a_text_that_is_too_long_is_wrong_with_how_much_fits() -> None:
    (row,) = rows_of("position", "x" * 201)
    assert "201" in row.wrongs[0].message
    assert "200" in row.wrongs[0].message


# Numbers


@pytest.mark.parametrize(
    ("cell", "value"), [(7, 7), ("7", 7), ("07", 7), ("٧", 7), ("۷", 7), ("७", 7), (7.0, 7)]
)
def test_numbers_in_any_digits(cell: Any, value: int) -> None:
    assert read("years_experience", cell) == value


def test_a_number_of_other_digits_is_noted() -> None:
    assert noted("years_experience", "۷") == {"digits": "7"}


@pytest.mark.parametrize(
    ("cell", "suggested"),
    [
        ("about ten", [10]), ("10+", [10]), ("12 years", [12]), ("5-7", [5, 7]),
        ("twenty five", [25]), ("dix ans", [10]), ("десять лет", [10]), ("ده سال", [10]),
        ("since 1999", []), ("many", []), (True, []),
    ],
)  # fmt: skip
def test_numbers_in_words_are_wrong_with_what_they_may_mean(
    cell: Any, suggested: list[int]
) -> None:
    assert told("years_experience", cell) == ("not_a_number", suggested, None)


def test_numbers_out_of_their_bounds_are_wrong() -> None:
    assert told("years_experience", 61)[0] == "out_of_range"
    assert told("years_experience", -1)[0] == "out_of_range"
    assert told("english", 0)[0] == "off_scale"
    assert told("english", 6)[0] == "off_scale"
    assert told("merit", 100.5)[0] == "out_of_range"
    assert told("number", -3)[0] == "too_small"


def test_a_fraction_is_asked_about_where_whole_numbers_are_counted() -> None:
    assert told("years_experience", "3,5") == ("fraction", [3, 4], None)
    assert read("merit", 87.5) == 87.5


def test_a_step_with_its_meaning_is_asked_about() -> None:
    assert told("english", "4 (good)") == ("not_on_scale", [4], None)
    assert told("english", "fluent") == ("not_on_scale", [], None)


@pytest.mark.parametrize("cell", [date(2007, 7, 5), time(5, 7)])
def test_a_date_that_a_program_made_of_a_number_is_wrong(cell: Any) -> None:
    assert told("years_experience", cell)[0] == "date_for_number"


# Addresses and telephones


def test_an_address_is_kept_and_its_domain_written_small() -> None:
    assert read("email", "Kamal.C@Example.ORG") == "Kamal.C@example.org"
    assert noted("email", "Kamal.C@Example.ORG") == {"email_case": "Kamal.C@example.org"}
    assert noted("email", "mailto:kamal@example.org") == {"email_prefix": "kamal@example.org"}
    assert noted("email", " kamal@example.org ") == {"spaces": "kamal@example.org"}


@pytest.mark.parametrize(
    ("cell", "code", "suggested"),
    [
        ("p7011 @kgz.example.org", "email_space", ["p7011@kgz.example.org"]),
        ("kamal@example .org", "email_space", ["kamal@example.org"]),
        ("kamal(at)example.org", "email_mended", ["kamal@example.org"]),
        ("kamal@example,org", "email_mended", ["kamal@example.org"]),
        ("kamal@@example.org", "email_mended", ["kamal@example.org"]),
        ("kamal@example.org.", "email_mended", ["kamal@example.org"]),
        ("Kamal <kamal@example.org>", "email_mended", ["kamal@example.org"]),
        ("kamal＠example.org", "email_mended", ["kamal@example.org"]),
        ("a@example.org; b@example.org", "email_several", ["a@example.org", "b@example.org"]),
        ("a@example.org / b@example.org", "email_several", ["a@example.org", "b@example.org"]),
        ("not-an-email", "not_an_email", []),
        ("kamal@example", "not_an_email", []),
        ("@example.org", "not_an_email", []),
    ],
)
def test_an_address_with_a_slip_is_asked_about_and_never_mended_in_silence(
    cell: str, code: str, suggested: list[str]
) -> None:
    assert told("email", cell) == (code, suggested, None)


def test_who_nominates_themselves_by_address_is_pointed_out() -> None:
    rows = (
        Row(1, ("Name", "Country", "E-mail", "Nominator's e-mail")),
        Row(2, ("Kamal", "Nepal", "a@x.org", "A@x.org")),
    )
    (row,) = read_nominations([Sheet("List", rows)], countries=index(), today=TODAY).rows
    assert [doubt.code for doubt in row.doubts] == ["nominator_is_nominee"]


def test_telephone_numbers_are_kept_as_they_are_written() -> None:
    for number in ("+880 1 234-5678", "(02) 555 1234 ext. 12", "+880 1 234567 / +880 1 765432"):
        assert read("phone", number) == number
    assert read("phone", "٠١٢٣٤٥٦٧") == "01234567"
    assert noted("phone", 8801234567) == {"phone_as_number": "8801234567"}
    assert told("phone", "1234") == ("phone_short", [], "1234")
    assert told("phone", "Kamal 01234567") == ("phone_letters", [], "Kamal 01234567")


# Countries


def test_a_slip_in_a_country_is_asked_about() -> None:
    assert told("country", "Bangladsh") == ("country_likely", ["BD"], None)
    code, offered, value = told("country", "Korea")
    assert (code, set(offered[:2]), value) == ("country_unknown", {"KR", "KP"}, None)


def test_an_address_may_tell_the_country_that_nobody_knows() -> None:
    def offered(email: str) -> list[Any]:
        rows = (Row(1, ("Name", "Country", "E-mail")), Row(2, ("Kamal", "Atlantis", email)))
        (row,) = read_nominations([Sheet("List", rows)], countries=index(), today=TODAY).rows
        return [each.value for each in row.wrongs[0].suggestions]

    assert offered("k@ict.gov.lk") == ["LK"]
    assert offered("k@lka.example.org") == ["LK"]
    assert offered("k@mail.example.com") == []


def test_every_field_has_its_headings() -> None:
    assert set(HEADINGS) == {field.key for field in FIELDS}
