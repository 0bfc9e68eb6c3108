"""The sheet on which people sign for their daily allowance."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.core import clock, locales
from madang.documents.typesetting import typeset_apart
from madang.logistics.queries import allowances
from madang.workshops.models import Edition
from madang.workshops.queries import people

TEMPLATE = "logistics/signatures.typ"


def pdf(edition: Edition) -> bytes:
    """The sheet, in the language that is active."""
    return typeset_apart(TEMPLATE, data(edition), moment=clock.now())


def data(edition: Edition) -> dict[str, Any]:
    """Everybody to whom something is due, by name, with a line to sign on."""
    found = [each for each in allowances.due(edition) if each.allowance is not None]
    return {
        "language": get_language() or settings.LANGUAGE_CODE,
        "title": _("Daily allowance: signatures"),
        "edition": str(edition.wording("title")),
        "dates": locales.date_range(edition.starts_on, edition.ends_on),
        "made": _("As of %(day)s") % {"day": locales.calendar_date(clock.now(), "long")},
        "rows": [
            [
                locales.number(place),
                each.participation.person.name,
                people.country_name(each.participation),
                locales.date_range(each.first, each.last),
                str(each.allowance.total),
            ]
            for place, each in enumerate(found, start=1)
        ],
        "sums": [str(money) for money in allowances.sums(found)],
        "words": {
            "columns": [
                "", _("Name"), _("Country"), _("From and to"), _("Amount"),
                _("Received: signature"),
            ],
            "total": _("Total"),
            "nothing": _("No allowance is due to anybody."),
            "paid_by": _("Paid out by"),
            "certified": _("Certified by"),
        },
    }  # fmt: skip
