"""Tokens by which a calendar program reads one person's calendar without signing in.

A token is derived from its row under the master key, which lies neither in the database nor in a
backup: whoever holds one of those has no token, and yet the person can see their address again on
every device. What is stored is the token's SHA-256, by which an address is found.
"""

import hashlib
import hmac
from datetime import timedelta

from madang.core import clock, vault
from madang.workshops.models import CalendarLink, Edition, Participation

# How long after the last day an address goes on answering.
LASTS = timedelta(days=60)


def token(link: CalendarLink) -> str:
    """The token of a link: 160 bits in hexadecimal digits."""
    return vault.blind_index("calendar link", f"{link.id}:{link.serial}")


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def shown(link: CalendarLink) -> str:
    """The token to show to its owner; empty where the master key is no longer the same."""
    made = token(link)
    return made if hmac.compare_digest(digest(made), link.digest) else ""


def find(slug: str, token: str) -> CalendarLink | None:
    """The link of an address that still holds (one query, whatever the answer)."""
    link = (
        CalendarLink.objects.filter(
            digest=digest(token),
            participation__edition__slug=slug,
            participation__state=Participation.State.EXPECTED,
        )
        .exclude(participation__edition__state=Edition.State.DRAFT)
        .select_related("participation__edition")
        .first()
    )
    return None if link is None or is_over(link.participation.edition) else link


def is_over(edition: Edition) -> bool:
    """Whether the calendars of an edition's people have ended."""
    return clock.today(edition.zone) > edition.ends_on + LASTS
