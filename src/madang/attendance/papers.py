"""Badges on paper: many to a sheet with marks to cut at, or one to a page for a card printer.

A name stands as its owner writes it, with the Latin one below; where no font here has its script,
the Latin one alone. The QR code says nothing of anybody.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.attendance import badges
from madang.attendance.models import Badge
from madang.core import clock
from madang.documents import fonts, qr
from madang.documents.typesetting import typeset_apart
from madang.workshops.models import Edition, Participation
from madang.workshops.queries import people

TEMPLATE = "attendance/badges.typ"
# A sheet of A4 with ten cards, a card of its own (86 × 54 mm), and A6 for a holder on a ribbon.
PAPERS = ("sheet", "card", "a6")
# The hue of each role, as modules have theirs; the word stands beside it.
_HUES = {
    Participation.Kind.PARTICIPANT: 1,
    Participation.Kind.RESOURCE_PERSON: 2,
    Participation.Kind.SECRETARIAT: 3,
    Participation.Kind.HOST: 4,
    Participation.Kind.OBSERVER: 0,
}


def pdf(edition: Edition, listed: Sequence[Badge], paper: str) -> bytes:
    """Badges in the order given, on one of `PAPERS`, in the language that is active."""
    people.with_wordings([badge.participation for badge in listed])
    return typeset_apart(TEMPLATE, data(edition, listed, paper), moment=clock.now())


def data(edition: Edition, listed: Sequence[Badge], paper: str) -> dict[str, Any]:
    """What the template takes."""
    cards = [_card(badge) for badge in listed]
    words = " ".join(str(value) for card in cards for value in card.values() if value != card["qr"])
    missing = set(fonts.missing_apart(words)) if cards else set()
    for card in cards:
        if card["latin"] and set(card["name"]) & missing:
            card["name"], card["latin"] = card["latin"], ""
        for name in ("name", "latin", "country", "organisation"):
            card[name] = fonts.without_signs(card[name], "".join(missing))
    return {
        "language": get_language() or settings.LANGUAGE_CODE,
        "title": _("Badges"),
        "edition": str(edition.wording("title")),
        "paper": paper,
        "alt": _("QR code of the badge"),
        "cards": cards,
    }


def _card(badge: Badge) -> dict[str, Any]:
    one = badge.participation
    name = str(one.person)
    return {
        "name": name,
        "latin": one.person.latin_name if one.person.latin_name != name else "",
        "country": people.country_name(one),
        "organisation": people.organisation_name(one),
        "role": str(one.get_kind_display()),
        "hue": _HUES[Participation.Kind(one.kind)],
        "code": badges.short_code(badge),
        "qr": qr.svg(badges.shown(badge), mask=2),
    }
