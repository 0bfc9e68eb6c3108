"""A moment is told on the clocks of a country, as many as differ."""

from datetime import UTC, datetime

from madang.people.time_zones import local_times

NOON = datetime(2007, 7, 1, 12, tzinfo=UTC)


def shown(alpha2):
    return [(it.place, f"{it.moment:%H:%M}") for it in local_times(alpha2, NOON)]


def test_a_country_with_one_clock_shows_one():
    assert shown("KR") == [("Seoul", "21:00")]
    assert shown("kr") == shown("KR")


def test_a_country_with_several_clocks_shows_each_that_differs():
    assert shown("ID") == [("Jakarta", "19:00"), ("Makassar", "20:00"), ("Jayapura", "21:00")]
    assert shown("CN")[0] == ("Shanghai", "20:00")


def test_a_code_that_no_country_has_shows_none():
    assert shown("XX") == []
