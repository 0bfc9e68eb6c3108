"""What is wrong in a form, as sentences for the reader."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList

from madang.core import locales


def sentences(errors: ErrorList) -> list[str]:
    """Each error in words.

    Django writes the numbers of its own sentences (“at most 200 characters”) with the digits 0–9;
    here they become the reader's. What quotes anything else, a code or an address, stays as it is.
    """
    return [_sentence(error) for error in errors.as_data()]


def _sentence(error: ValidationError) -> str:
    [text] = error.messages
    # Validators pass what was typed as `value` along, and do not quote it beside a number.
    told = {name: it for name, it in (error.params or {}).items() if name != "value"}
    of_numbers = bool(told) and all(isinstance(it, int | float | Decimal) for it in told.values())
    return locales.digits(text) if of_numbers else text
