"""What cells mean: read where it is certain, asked where it is not, never guessed in silence."""

import re
from datetime import date, datetime, time
from typing import Any

import pytest

from madang.nominations.reading.fields import FIELDS, Field, Kind
from madang.nominations.reading.nominations import read_nominations
from madang.nominations.reading.rows import ReadRow
from madang.nominations.sheets import ErrorValue, Formula, Row, Sheet
from tests.nominations.files import index

TODAY = date(2007, 9, 20)
BY_KEY = {field.key: field for field in FIELDS}


def rows_of(key: str, *cells: Any, **options: Any) -> tuple[ReadRow, ...]:
    """The rows of a sheet with a name, a country and one more column."""
    mapping = {0: "name", 1: "country", 2: key}
    rows = [Row(1, ("Name", "Country", "More"))]
    rows += [Row(place, ("Kamal", "BD", cell)) for place, cell in enumerate(cells, 2)]
    values: dict[str, Any] = {"countries": index(), "today": TODAY, "header_row": 1} | options
    return read_nominations([Sheet("List", tuple(rows))], mapping=mapping, **values).rows


def read(key: str, cell: Any, **options: Any) -> Any:
    """The value of a cell about which nothing is to be said."""
    (row,) = rows_of(key, cell, **options)
    assert row.is_clear, [finding.message for finding in (*row.doubts, *row.wrongs)]
    return row.values.get(key)


def told(key: str, cell: Any, **options: Any) -> tuple[str, list[Any], Any]:
    """What is doubtful or wrong: the code, what is suggested, and the value that stands."""
    (row,) = rows_of(key, cell, **options)
    (finding,) = (*row.doubts, *row.wrongs)
    assert finding.field == key
    assert finding.message
    return (
        finding.code,
        [suggestion.value for suggestion in finding.suggestions],
        row.values.get(key),
    )


def noted(key: str, cell: Any, **options: Any) -> dict[str, str]:
    """The notes on a cell, by code, with their results."""
    (row,) = rows_of(key, cell, **options)
    return {note.code: note.result for note in row.notes if note.field == key}


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


# Dates


WAYS_TO_WRITE_A_DAY = """
2007-08-05        2007/8/5              2007.08.05            20070805
5 Aug 2007        05 August 2007        5th of August, 2007   Sunday, 5 August 2007
August 5, 2007    Aug. 5th 2007         5.8.2007              5-Aug-07
le 5 août 2007    5 августа 2007 г.     5 agosto 2007         5 Ağustos 2007
2007年8月5日      2007년 8월 5일        ngày 5 tháng 8 năm 2007
2007-08-05 00:00:00   2007-08-05T10:00  '2007-08-05           ٢٠٠٧-٠٨-٠٥
۱۴ مرداد ۱۳۸۶     14 Asad 1386
"""


@pytest.mark.parametrize(
    "cell",
    [
        date(2007, 8, 5),
        datetime.combine(date(2007, 8, 5), time(9)),
        *filter(None, map(str.strip, re.split(r"\s{2,}|\n", WAYS_TO_WRITE_A_DAY))),
    ],
)
def test_dates_in_any_usual_form(cell: Any) -> None:
    assert read("endorsed_on", cell) == date(2007, 8, 5)


def test_a_date_that_can_be_read_in_two_ways_is_asked_about() -> None:
    assert told("endorsed_on", "05/08/2007") == (
        "ambiguous_date",
        [date(2007, 8, 5), date(2007, 5, 8)],
        None,
    )
    assert read("endorsed_on", "08/08/2007") == date(2007, 8, 8)


def test_the_column_settles_which_of_day_and_month_comes_first() -> None:
    day_first = rows_of("endorsed_on", "05/08/2007", "31/07/2007", "31/02/2007")
    assert day_first[0].values["endorsed_on"] == date(2007, 8, 5)
    (note,) = [note for note in day_first[0].notes if note.field == "endorsed_on"]
    assert (note.code, note.result, note.details["row"]) == ("day_first", "2007-08-05", 3)
    assert day_first[2].wrongs[0].code == "impossible_date"
    month_first = rows_of("endorsed_on", "05/08/2007", "07/31/2007")
    assert month_first[0].values["endorsed_on"] == date(2007, 5, 8)
    assert "month_first" in {note.code for note in month_first[0].notes}


def test_a_column_that_contradicts_itself_settles_nothing() -> None:
    rows = rows_of("endorsed_on", "05/08/2007", "31/07/2007", "07/31/2007")
    assert [doubt.code for doubt in rows[0].doubts] == ["ambiguous_date"]
    assert rows[1].values["endorsed_on"] == date(2007, 7, 31)


def test_points_between_mean_that_the_day_comes_first() -> None:
    assert noted("endorsed_on", "05.08.2007") == {"points": "2007-08-05"}


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31/02/2007", "impossible_date"), ("2007-13-01", "impossible_date"),
        ("30 Feb 2007", "impossible_date"), ("August 2007", "incomplete_date"),
        ("2007", "incomplete_date"), ("last week", "not_a_date"), ("5/8", "not_a_date"),
        (12, "not_a_date"), ("31 مهر 1386", "impossible_date"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_wrong(cell: Any, code: str) -> None:
    assert told("endorsed_on", cell)[0] == code


def test_numbers_and_years_of_other_eras_are_asked_about() -> None:
    assert told("endorsed_on", 39299) == ("date_as_number", [date(2007, 8, 5)], None)
    assert told("endorsed_on", 20070805) == ("date_as_number", [date(2007, 8, 5)], None)
    assert told("endorsed_on", "5 August 2550") == ("buddhist_year", [date(2007, 8, 5)], None)
    assert told("endorsed_on", "1386/05/14") == ("solar_year", [date(2007, 8, 5)], None)


def test_a_short_year_is_of_these_years_and_noted() -> None:
    assert noted("endorsed_on", "31/07/07") == {"short_year": "2007-07-31"}


def test_an_endorsement_still_to_come_long_past_or_late_is_pointed_out() -> None:
    assert told("endorsed_on", "2007-09-21") == ("date_in_future", [], date(2007, 9, 21))
    assert told("endorsed_on", "1997-09-01") == ("old_date", [], date(1997, 9, 1))
    late = noted("endorsed_on", "2007-09-10", deadline=date(2007, 9, 7))
    assert late == {"after_deadline": "2007-09-10"}


def test_every_field_has_its_headings() -> None:
    from madang.nominations.reading.words import HEADINGS

    assert set(HEADINGS) == set(BY_KEY)
