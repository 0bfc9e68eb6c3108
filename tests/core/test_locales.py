"""Numbers, dates and times as each language's readers write them."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from django.utils.translation import gettext
from hypothesis import given
from hypothesis import strategies as some

from madang.core import locales

SEOUL = ZoneInfo("Asia/Seoul")
OPENING = datetime(2007, 10, 8, 0, 0, tzinfo=UTC)  # 09:00 in Incheon


def test_numbers_are_grouped_and_written_in_the_readers_digits():
    assert locales.number(3012, language="en") == "3,012"
    assert locales.number(3012, language="fa") == "۳٬۰۱۲"
    assert locales.number(Decimal("58900.5"), 2, "fa") == "۵۸٬۹۰۰٫۵۰"
    assert locales.number(-5, language="en") == "−5"
    assert locales.number(1234.5, 1, "de") == "1.234,5"


def test_a_fraction_becomes_a_percentage():
    assert locales.percent(0.45, language="en") == "45%"
    assert locales.percent(Decimal("0.125"), 1, "fa") == "۱۲٫۵٪"
    assert locales.percent(0.45, language="fr") == "45\N{NO-BREAK SPACE}%"


def test_sizes_of_files_are_rounded_for_people():
    assert locales.size(512, "en") == "512\N{NO-BREAK SPACE}B"
    assert locales.size(1_234_567, "en") == "1.2\N{NO-BREAK SPACE}MB"
    with translation.override("fa"):
        assert locales.size(45_600) == f"۴۶\N{NO-BREAK SPACE}{gettext('kB')}"


def test_a_list_has_the_comma_of_its_script():
    assert locales.listed(["Incheon", "Seoul"], "en") == "Incheon, Seoul"
    assert locales.listed(["اینچئون", "سئول"], "fa") == "اینچئون، سئول"


@pytest.mark.parametrize(
    ("style", "english", "persian"),
    [
        ("full", "Monday 8 October 2007", "دوشنبه ۱۶ مهر ۱۳۸۶ (۸ اکتبر ۲۰۰۷)"),
        ("long", "8 October 2007", "۱۶ مهر ۱۳۸۶"),
        ("short", "8 Oct 2007", "۱۶ مهر ۱۳۸۶"),
        ("day", "Mon 8 Oct", "دوشنبه ۱۶ مهر"),
        ("month", "October 2007", "مهر ۱۳۸۶"),
    ],
)
def test_a_date_is_written_in_the_readers_calendar(style, english, persian):
    assert locales.calendar_date(date(2007, 10, 8), style, language="en") == english
    assert locales.calendar_date(date(2007, 10, 8), style, language="fa") == persian


def test_afghanistan_keeps_the_calendar_under_its_own_names():
    assert locales.calendar_date(date(2007, 10, 8), language="fa-AF") == "۱۶ میزان ۱۳۸۶"
    assert locales.calendar_date(date(2007, 10, 8), language="ps") == "۱۶ تله ۱۳۸۶"


def test_an_unknown_style_of_date_is_an_error():
    with pytest.raises(ValueError, match="No such style"):
        locales.calendar_date(date(2007, 10, 8), "loud")


def test_other_languages_get_the_dates_that_django_knows():
    assert locales.calendar_date(date(2007, 10, 8), language="fr") == "8 octobre 2007"
    assert locales.calendar_date(date(2007, 10, 8), "month", language="fr") == "octobre 2007"


def test_a_moment_is_shown_in_the_zone_that_is_asked_for():
    assert locales.clock_time(OPENING, SEOUL, "en") == "09:00"
    assert locales.clock_time(OPENING, SEOUL, "fa") == "۰۹:۰۰"
    late = datetime(2007, 10, 8, 16, 0, tzinfo=UTC)
    assert locales.calendar_date(late, "long", SEOUL, "en") == "9 October 2007"
    assert locales.iso_zone(OPENING, SEOUL) == "2007-10-08T09:00:00+09:00"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        locales.clock_time(datetime(2007, 10, 8, 9, 0))  # noqa: DTZ001 - the very mistake


def test_a_span_of_time_needs_one_dash():
    assert locales.time_range(time(9), time(10, 15), language="en") == "09:00–10:15"


@pytest.mark.parametrize(
    ("first", "last", "english"),
    [
        (date(2007, 10, 8), date(2007, 10, 12), "8–12 October 2007"),
        (date(2007, 9, 28), date(2007, 10, 2), "28 September – 2 October 2007"),
        (date(2007, 12, 30), date(2008, 1, 3), "30 December 2007 – 3 January 2008"),
        (date(2007, 10, 8), date(2007, 10, 8), "8 October 2007"),
    ],
)
def test_a_span_of_days_says_nothing_twice(first, last, english):
    assert locales.date_range(first, last, language="en") == english


def test_a_span_of_days_in_persian_and_in_german():
    week = date(2007, 10, 8), date(2007, 10, 12)
    assert locales.date_range(*week, language="fa") == "۱۶–۲۰ مهر ۱۳۸۶"
    assert locales.date_range(*week, language="de") == "8. Oktober 2007 – 12. Oktober 2007"


def test_the_interfaces_language_is_taken_where_none_is_given():
    with translation.override("fa"):
        assert locales.number(37) == "۳۷"
        assert locales.digits("اتاق 4") == "اتاق ۴"


@given(some.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_date_can_be_written_in_every_style(day):
    for language in ("en", "fa", "fa-AF", "ps", "ru", "km"):
        for style in locales.STYLES:
            assert locales.calendar_date(day, style, language=language)
