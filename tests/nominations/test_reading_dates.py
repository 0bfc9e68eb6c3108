"""Dates in any usual form, and which of day and month comes first."""

import re
from datetime import date, datetime, time
from typing import Any

import pytest

from tests.nominations.cells import noted, read, rows_of, told

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
