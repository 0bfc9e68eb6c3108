"""How much daily allowance is due to somebody: exact, day by day, each line explained.

Pure: no database. A day is worth the daily rate, less the share of each thing provided on it; the
day of departure is worth a part of that. Amounts of days are exact; only the total is rounded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from madang.logistics import currencies
from madang.logistics.currencies import Money

# In the order in which they are shown.
PROVIDED = ("lodging", "breakfast", "lunch", "dinner")


@dataclass(frozen=True)
class Rate:
    """`daily` in `currency`; `shares` are percents of it by what is provided, at most 100 in all.

    `last_day` is the percent of a day's worth that is due on the day of departure.
    """

    daily: Decimal
    currency: str
    shares: Mapping[str, int]
    last_day: int = 100


@dataclass(frozen=True)
class Line:
    """One day: what was provided, the percent of the rate that is due, and the exact amount."""

    day: date
    provided: tuple[str, ...]
    is_last: bool
    percent: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Allowance:
    """All lines of a stay, and their total, rounded to the smallest unit of the currency."""

    lines: Sequence[Line]
    total: Money


def days_between(first: date, last: date) -> list[date]:
    """Every day of a stay, both included; none where the last is before the first."""
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def compute(
    rate: Rate, first: date, last: date, provided: Mapping[date, frozenset[str]]
) -> Allowance:
    """The allowance of a stay from `first` to `last`, by what is provided on which day."""
    lines = [_line(rate, day, provided, is_last=day == last) for day in days_between(first, last)]
    total = sum((line.amount for line in lines), currencies.ZERO)
    return Allowance(lines, Money(currencies.rounded(total, rate.currency), rate.currency))


def _line(rate: Rate, day: date, provided: Mapping[date, frozenset[str]], *, is_last: bool) -> Line:
    there = tuple(name for name in PROVIDED if name in provided.get(day, frozenset()))
    percent = Decimal(100 - sum(rate.shares[name] for name in there))
    if is_last:
        percent = percent * rate.last_day / 100
    return Line(day, there, is_last, percent, rate.daily * percent / 100)
