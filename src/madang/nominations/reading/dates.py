"""Dates in any usual form, and which of day and month comes first.

One cell may leave that open (“05/08/2007”), but the others of its column settle it: where one says
“20/08/2007”, and none says the opposite, the day comes first.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import jdatetime

from madang.core import days
from madang.nominations.reading import texts, words
from madang.nominations.reading.figures import ascii_digits
from madang.nominations.reading.folding import fold
from madang.nominations.reading.spot import Spot, suggest
from madang.nominations.sheets.cells import Cell, shown

TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?|Z)?$", re.IGNORECASE)
YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.\s年년]\s*(\d{1,2})\s*[-/.\s月월]\s*(\d{1,2})\s*[日일.]?")
YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.\s])\s*(\d{1,2})\s*[-/.\s]\s*(\d{4}|\d{2})(?:\s*г\.?)?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
VIETNAMESE = re.compile(
    r"(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2})\s*(?:năm\s*)?(\d{4})", re.IGNORECASE
)
WORD = re.compile(r"[^\W\d_]+")
ORDINAL = re.compile(r"(\d{1,2})\s*(?:st|nd|rd|th|er|º|ª)\b", re.IGNORECASE)
FIRST_SERIAL, LAST_SERIAL = 36_526, 73_050
EXCEL_EPOCH = date(1899, 12, 30)
BUDDHIST = range(2443, 2644)
BUDDHIST_AHEAD = 543
SOLAR = range(1300, 1450)
MONTHS_IN_YEAR = 12
YEARS_AGO = 2


@dataclass(frozen=True)
class Order:
    """What a column says of the order: rows whose date is only possible with the day, or the
    month, first."""

    day_first: tuple[int, ...] = ()
    month_first: tuple[int, ...] = ()

    @property
    def settled(self) -> str:
        """“day”, “month”, or "" where the column says nothing or contradicts itself."""
        if bool(self.day_first) == bool(self.month_first):
            return ""
        return "day" if self.day_first else "month"


def order_of(cells: Iterable[tuple[int, Cell]]) -> Order:
    """The order that a column's cells tell, given with their rows."""
    day_first, month_first = [], []
    for row, cell in cells:
        found = YEAR_LAST.fullmatch(_plain(cell)) if isinstance(cell, str) else None
        if found is None:
            continue
        one, other = int(found.group(1)), int(found.group(3))
        if one > MONTHS_IN_YEAR >= other:
            day_first.append(row)
        elif other > MONTHS_IN_YEAR >= one:
            month_first.append(row)
    return Order(tuple(day_first), tuple(month_first))


@dataclass(frozen=True)
class Calendar:
    """What reading a date depends on beside its cell."""

    today: date
    deadline: date | None = None
    order: Order = Order()


def day(spot: Spot, calendar: Calendar) -> date | None:
    """The reader of dates."""
    value = _read(spot, calendar)
    if value is None:
        return None
    if not days.FIRST <= value <= days.LAST:
        spot.wrong("impossible_date")
        return None
    if spot.field.recent:
        _look_at_day(spot, value, calendar)
    return value


def _look_at_day(spot: Spot, value: date, calendar: Calendar) -> None:
    if value > calendar.today:
        spot.odd("date_in_future", today=calendar.today.isoformat())
    elif value < calendar.today - timedelta(days=365 * YEARS_AGO):
        spot.odd("old_date")
    elif calendar.deadline and value > calendar.deadline:
        spot.note("after_deadline", value.isoformat(), deadline=calendar.deadline.isoformat())


def _read(spot: Spot, calendar: Calendar) -> date | None:
    cell = spot.cell
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        _doubt_number(spot, cell)
        return None
    text = texts.of(spot)
    if text is None:
        return None
    if words.is_to_be_told(text):
        spot.doubt("to_be_told")
        return None
    plain = _plain(text)
    if not text.isascii() and ascii_digits(text) != text:
        spot.note("digits", plain)
    return _from_text(spot, plain, calendar)


def _doubt_number(spot: Spot, number: float) -> None:
    compact = COMPACT.fullmatch(shown(number))
    if compact and (value := _date(*map(int, compact.groups()))):
        spot.doubt("date_as_number", suggest(value))
    elif FIRST_SERIAL <= number <= LAST_SERIAL:
        spot.doubt("date_as_number", suggest(EXCEL_EPOCH + timedelta(days=int(number))))
    else:
        spot.wrong("not_a_date")


def _plain(cell: Cell) -> str:
    """The text with digits as 0–9, without a time of day and a weekday's comma."""
    text = ascii_digits(texts.tidy(shown(cell)[:80])).strip("'. ,")
    return TIME.sub("", text)


def _from_text(spot: Spot, text: str, calendar: Calendar) -> date | None:
    if found := YEAR_FIRST.fullmatch(text) or COMPACT.fullmatch(text):
        return _dated(spot, *map(int, found.groups()))
    if found := VIETNAMESE.fullmatch(text):
        return _dated(spot, *map(int, reversed(found.groups())))
    if found := YEAR_LAST.fullmatch(text):
        one, sign, other, year = found.groups()
        return _in_figures(spot, int(one), int(other), year, sign=sign, calendar=calendar)
    return _in_words(spot, text, calendar)


def _in_figures(
    spot: Spot, one: int, other: int, year: str, *, sign: str, calendar: Calendar
) -> date | None:
    """“05/08/2007”: by its own figures, by the column, or doubtful."""
    full = _full_year(int(year), calendar.today) if len(year) == 2 else int(year)
    day_first, month_first = _moved(full, other, one), _moved(full, one, other)
    value = day_first or month_first
    if value is None:
        spot.wrong("impossible_date")
        return None
    if day_first and month_first and one != other:
        order = calendar.order
        if sign == ".":
            # Where dates have points between, nobody writes the month first.
            spot.note("points", day_first.isoformat())
        elif order.settled == "day":
            spot.note("day_first", day_first.isoformat(), row=order.day_first[0])
        elif order.settled == "month":
            value = month_first
            spot.note("month_first", month_first.isoformat(), row=order.month_first[0])
        else:
            spot.doubt("ambiguous_date", suggest(day_first), suggest(month_first))
            return None
    if len(year) == 2:
        spot.note("short_year", value.isoformat())
    return _dated_or_moved(spot, value, full)


def _in_words(spot: Spot, text: str, calendar: Calendar) -> date | None:
    """“7 Sep 2007”, “September 7th, 2007”, “le 7 septembre 2007”, «۱۶ شهریور ۱۳۸۶»."""
    figures = [int(each) for each in re.findall(r"\d+", ORDINAL.sub(r"\1", text))]
    names = [fold(word) for word in WORD.findall(ORDINAL.sub(r"\1", text))]
    months = {words.MONTHS[word] for word in names if word in words.MONTHS}
    solar = {words.SOLAR_MONTHS[word] for word in names if word in words.SOLAR_MONTHS}
    if len(figures) != 2 or len(months | solar) != 1:
        # “August 2007”, “2007” and “8/2007”.
        has_year = max(figures, default=0) > 1000
        incomplete = has_year and len(figures) + len(names) <= 2
        spot.wrong("incomplete_date" if incomplete else "not_a_date")
        return None
    number, year = sorted(figures) if max(figures) > 31 else figures
    if solar and not months:
        return _solar_in_words(spot, year, solar.pop(), number)
    full = _full_year(year, calendar.today) if year < 100 else year
    return _dated(spot, full, months.pop(), number)


def _solar_in_words(spot: Spot, year: int, month: int, number: int) -> date | None:
    """The month's name tells the calendar, so nobody is asked."""
    value = _solar(year, month, number)
    if value is None:
        spot.wrong("impossible_date")
    else:
        spot.note("solar_date", value.isoformat())
    return value


def _dated(spot: Spot, year: int, month: int, number: int) -> date | None:
    value = _moved(year, month, number)
    if value is None:
        spot.wrong("impossible_date")
        return None
    return _dated_or_moved(spot, value, year)


def _dated_or_moved(spot: Spot, value: date, year: int) -> date | None:
    """A year of another era was moved into ours: a person says whether that is right."""
    if value.year == year:
        return value
    code = "buddhist_year" if year in BUDDHIST else "solar_year"
    spot.doubt(code, suggest(value), year=str(year))
    return None


def _moved(year: int, month: int, number: int) -> date | None:
    """The date, of years of the Buddhist and the solar Hijri eras too."""
    if year in BUDDHIST:
        return _date(year - BUDDHIST_AHEAD, month, number)
    if year in SOLAR:
        return _solar(year, month, number)
    return _date(year, month, number)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _solar(year: int, month: int, number: int) -> date | None:
    try:
        found: date = jdatetime.date(year, month, number).togregorian()
    except ValueError:
        return None
    return found


def _full_year(year: int, today: date) -> int:
    """“07” is of this century unless that is far ahead."""
    century = today.year // 100 * 100
    return century + year if century + year <= today.year + 20 else century - 100 + year
