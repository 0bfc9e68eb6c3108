"""Dates that XLSX keeps as numbers, and numbers as files write them."""

import math
import re
from datetime import date, datetime, time, timedelta

# Excel's first day is 1; it believes that 1900 was a leap year, so days before March 1900 are off
# by one. The other system begins in 1904.
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  (a cell's date has no time zone)
EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
LEAP_DAY_THAT_NEVER_WAS = 60
LAST_SERIAL = 2_958_465

# Formats that programs know by number: ECMA-376 part 1, 18.8.30, those of Asian languages included.
DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
LARGEST_WHOLE = 2**53


def is_date_format(code: str) -> bool:
    """Whether a number format shows dates or times (not durations): “d/m/yyyy” and “[$-409]mmm”."""
    shown = _LITERALS.sub("", code.split(";", maxsplit=1)[0]).casefold()
    if "general" in shown:
        return False
    return any(letter in shown for letter in "ymdhs")


def moment(serial: float, *, from_1904: bool) -> date | datetime | time | float:
    """A serial number as the date, moment or time of day that it shows; itself if it is none."""
    if not 0 <= serial <= LAST_SERIAL:
        return serial
    if serial < 1 and not from_1904:
        return _rounded(EPOCH, serial).time()
    if not from_1904 and serial < LEAP_DAY_THAT_NEVER_WAS:
        serial += 1
    when = _rounded(EPOCH_1904 if from_1904 else EPOCH, serial)
    return when.date() if when.time() == time() else when


def number(text: str) -> int | float | str:
    """A number in a file; what is none stays text."""
    try:
        value = float(text)
    except ValueError:
        return text
    if not math.isfinite(value):
        return text
    return int(value) if value.is_integer() and abs(value) < LARGEST_WHOLE else value


def _rounded(epoch: datetime, serial: float) -> datetime:
    return epoch + timedelta(seconds=round(serial * 86_400))


def iso_moment(text: str) -> date | datetime | time | str:
    """“2007-08-20” or “2007-08-20T09:30:00” as a date or moment; what is none stays text."""
    plain = text.strip().removesuffix("Z")
    for read in (date.fromisoformat, datetime.fromisoformat, time.fromisoformat):
        try:
            value = read(plain)
        except ValueError:
            continue
        if isinstance(value, datetime):
            value = value.replace(tzinfo=None)
            return value.date() if value.time() == time() else value
        return value
    return text
