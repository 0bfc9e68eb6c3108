"""Figures of results on pages."""

from django import template

from madang.core import locales
from madang.learning.queries import results

register = template.Library()


@register.filter
def figure(value: float) -> str:
    """A coefficient with two places, in the reader's digits."""
    return locales.number(value, 2)


@register.filter
def untold(note: str) -> str:
    """Why there is no share of right answers."""
    return results.note(note)
