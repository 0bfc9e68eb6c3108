"""Amounts of money on a page."""

from decimal import Decimal

from django import template

from madang.logistics.currencies import Money

register = template.Library()


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    """An amount with its currency: “USD 1,250.00”; nothing where there is none."""
    return "" if amount is None else str(Money(amount, currency))
