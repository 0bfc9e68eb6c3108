"""Numbers, dates and times as the readers of a language write them.

Everything takes a `language` (the interface's where none is given) and returns plain text. Moments
are shown in the time zone that is active (`django.utils.timezone`), or in the one that is given: an
edition's page shows the edition's time. Iran and Afghanistan keep the solar Hijri calendar, so
Persian and Pashto dates are written in it.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import jdatetime
from django.utils import dateformat, formats, timezone, translation
from django.utils.translation import gettext as _

from madang.core import languages

Number = int | float | Decimal

_DIGITS = {
    "fa": "۰۱۲۳۴۵۶۷۸۹",
    "ps": "۰۱۲۳۴۵۶۷۸۹",
    "prs": "۰۱۲۳۴۵۶۷۸۹",
    "ar": "٠١٢٣٤٥٦٧٨٩",
    "ckb": "٠١٢٣٤٥٦٧٨٩",
    "ne": "०१२३४५६७८९",
    "bn": "০১২৩৪৫৬৭৮৯",
    "my": "၀၁၂၃၄၅၆၇၈၉",
    "dz": "༠༡༢༣༤༥༦༧༨༩",
}
_NO_BREAK = "\N{NO-BREAK SPACE}"
_ARABIC_SEPARATORS = frozenset({"fa", "ps", "prs", "ar", "ckb"})

_MONTHS_OF_IRAN = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
    "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_MONTHS_OF_AFGHANISTAN = (
    "حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله",
    "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت",
)  # fmt: skip
_MONTHS_IN_PASHTO = (
    "وری", "غویی", "غبرګولی", "چنګاښ", "زمری", "وږی",
    "تله", "لړم", "لیندۍ", "مرغومی", "سلواغه", "کب",
)  # fmt: skip

# Django's own English date is the American one; the United Nations write the day first.
_PATTERNS = {
    "en": {"full": "l j F Y", "long": "j F Y", "short": "j M Y", "day": "D j M", "month": "F Y"},
}
STYLES = frozenset(_PATTERNS["en"])


def digits(text: str, language: str | None = None) -> str:
    """The text with its digits 0–9 written in the language's own."""
    own = _DIGITS.get(languages.base(_wanted(language)))
    return text.translate(str.maketrans("0123456789", own)) if own else text


def number(value: Number, places: int | None = None, language: str | None = None) -> str:
    """A number with thousands grouped; `places` decimals, or as many as it has."""
    code = _wanted(language)
    plain = f"{value:,.{places}f}" if places is not None else f"{value:,}"
    point, group = _separators(code)
    signs = {".": point, ",": group, "-": "−"}
    return digits("".join(signs.get(sign, sign) for sign in plain), code)


def percent(fraction: Number, places: int = 0, language: str | None = None) -> str:
    """A fraction as a percentage: 0.45 is “45%”."""
    code = _wanted(language)
    written = number(float(fraction) * 100, places, code)
    if languages.base(code) in _ARABIC_SEPARATORS:
        return f"{written}٪"
    return (
        f"{written}%"
        if languages.base(code) in {"en", "zh", "ja", "ko"}
        else f"{written}{_NO_BREAK}%"
    )


def size(count: int, language: str | None = None) -> str:
    """A number of bytes for people, in decimal units: “1.2 MB”."""
    code = _wanted(language)
    with translation.override(code):
        units = ((_("GB"), 10**9), (_("MB"), 10**6), (_("kB"), 10**3))
        byte = _("B")
    for unit, factor in units:
        if count >= factor:
            amount = count / factor
            return f"{number(amount, 1 if amount < 10 else 0, code)}{_NO_BREAK}{unit}"
    return f"{number(count, language=code)}{_NO_BREAK}{byte}"


def calendar_date(
    value: date | datetime,
    style: str = "long",
    zone: ZoneInfo | None = None,
    language: str | None = None,
) -> str:
    """A date in words. `style` is one of `STYLES`:

    full “Monday 8 October 2007”, long “8 October 2007”, short “8 Oct 2007”, day “Mon 8 Oct”,
    month “October 2007”. In the solar Hijri calendar `full` adds the Gregorian date, because
    tickets and visas carry that one.
    """
    if style not in STYLES:
        raise ValueError(f"No such style of date: {style}.")
    code = _wanted(language)
    day = _day(value, zone)
    months = _solar_months(code)
    if months is None:
        return digits(_gregorian(day, style, code), code)
    solar = jdatetime.date.fromgregorian(date=day)
    month = months[solar.month - 1]
    with translation.override(code):
        weekday = dateformat.format(day, "l")
    written = {
        "full": f"{weekday} {solar.day} {month} {solar.year} ({_gregorian(day, 'long', code)})",
        "long": f"{solar.day} {month} {solar.year}",
        "short": f"{solar.day} {month} {solar.year}",
        "day": f"{weekday} {solar.day} {month}",
        "month": f"{month} {solar.year}",
    }[style]
    return digits(written, code)


def clock_time(
    value: time | datetime, zone: ZoneInfo | None = None, language: str | None = None
) -> str:
    """A time of day, in 24 hours: “09:00”."""
    shown = _local(value, zone) if isinstance(value, datetime) else value
    return digits(f"{shown:%H:%M}", _wanted(language))


def time_range(
    start: time | datetime,
    end: time | datetime,
    zone: ZoneInfo | None = None,
    language: str | None = None,
) -> str:
    """From when to when, on one day: “09:00–10:15”."""
    return f"{clock_time(start, zone, language)}–{clock_time(end, zone, language)}"


def date_range(
    start: date | datetime,
    end: date | datetime,
    zone: ZoneInfo | None = None,
    language: str | None = None,
) -> str:
    """From which day to which: “8–12 October 2007”, said as shortly as the language allows."""
    code = _wanted(language)
    first, last = _day(start, zone), _day(end, zone)
    if first == last:
        return calendar_date(first, "long", language=code)
    begins, finishes = (calendar_date(day, "long", language=code) for day in (first, last))
    if languages.base(code) == "en" or _solar_months(code) is not None:
        day, month, year = begins.split(" ", 2)
        last_day, last_month, last_year = finishes.split(" ", 2)
        if (month, year) == (last_month, last_year):
            return f"{day}–{last_day} {month} {year}"
        if year == last_year:
            return f"{day} {month} – {last_day} {last_month} {year}"
    return f"{begins} – {finishes}"


def iso_zone(value: datetime, zone: ZoneInfo | None = None) -> str:
    """A moment for machines, with its offset: `2007-10-08T09:00:00+09:00`."""
    return _local(value, zone).isoformat(timespec="seconds")


def listed(items: Iterable[object], language: str | None = None) -> str:
    """Things one after the other, with the comma of the language's script: “a, b”."""
    return comma(language).join(map(str, items))


def comma(language: str | None = None) -> str:
    """What stands between the members of a list, with its space."""
    return "، " if languages.direction(_wanted(language)) == "rtl" else ", "


def _wanted(language: str | None) -> str:
    return language or translation.get_language() or "en"


def _separators(language: str) -> tuple[str, str]:
    """The decimal point and the sign between thousands."""
    if languages.base(language) in _ARABIC_SEPARATORS:
        return "٫", "٬"
    if languages.base(language) == "en":
        return ".", ","
    point = str(formats.get_format("DECIMAL_SEPARATOR", language))
    group = str(formats.get_format("THOUSAND_SEPARATOR", language))
    return point, group


def _solar_months(language: str) -> tuple[str, ...] | None:
    """Names of the solar Hijri months where the language's countries keep that calendar."""
    base = languages.base(language)
    if base == "ps":
        return _MONTHS_IN_PASHTO
    if base == "prs" or language.lower() == "fa-af":
        return _MONTHS_OF_AFGHANISTAN
    return _MONTHS_OF_IRAN if base == "fa" else None


def _gregorian(day: date, style: str, language: str) -> str:
    with translation.override(language):
        pattern = _PATTERNS.get(languages.base(language), {}).get(style)
        if pattern is None:
            pattern = {
                "full": f"l, {formats.get_format('DATE_FORMAT', language)}",
                "day": f"D {formats.get_format('MONTH_DAY_FORMAT', language)}",
                "month": formats.get_format("YEAR_MONTH_FORMAT", language),
            }.get(style, formats.get_format("DATE_FORMAT", language))
        return dateformat.format(day, str(pattern))


def _local(value: datetime, zone: ZoneInfo | None) -> datetime:
    if value.tzinfo is None:
        raise ValueError("A moment needs a time zone before it can be shown.")
    return value.astimezone(zone or timezone.get_current_timezone())


def _day(value: date | datetime, zone: ZoneInfo | None) -> date:
    return _local(value, zone).date() if isinstance(value, datetime) else value
