"""Days and moments that people type. One that is centuries off is a mistyped year."""

from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

# Far from the ends of Python's calendar: in every time zone, and with some months added or taken
# away, these are still days.
FIRST = date(1900, 1, 1)
LAST = date(2199, 12, 31)

_WRONG_YEAR = _("Check the year: this is centuries away.")


class DayField(forms.DateField):
    """A day of these centuries."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.validators += _between(FIRST, LAST)


class MomentField(forms.DateTimeField):
    """A moment of these centuries, in the time zone that is active."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        first, last = (datetime.combine(day, time(), UTC) for day in (FIRST, LAST))
        self.validators += _between(first, last)


def _between(first: date, last: date) -> list[Any]:
    return [MinValueValidator(first, _WRONG_YEAR), MaxValueValidator(last, _WRONG_YEAR)]
