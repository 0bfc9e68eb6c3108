"""Whole addresses, for what is read away from Madang: calendars, feeds, data, mails and prints."""

from django.conf import settings
from django.urls import reverse


def whole(path: str) -> str:
    """The whole address of a path within Madang."""
    return f"{settings.MADANG_URL}{path}"


def of(name: str, *args: object) -> str:
    """The whole address of a page, by the name of its URL."""
    return whole(reverse(name, args=args))
