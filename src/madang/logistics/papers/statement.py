"""The closing statement of a donor: what was promised, spent by kind, left and still to be paid."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.core import clock, locales
from madang.documents.typesetting import typeset_apart
from madang.logistics.currencies import Money
from madang.logistics.models import Source
from madang.logistics.queries import budget
from madang.workshops.models import Edition

TEMPLATE = "logistics/statement.typ"


def pdf(edition: Edition, source: Source) -> bytes:
    """The statement of the donor behind a source, in the language that is active."""
    return typeset_apart(TEMPLATE, data(edition, source), moment=clock.now())


def data(edition: Edition, source: Source) -> dict[str, Any]:
    sources = budget.of_donor(source)
    donor = source.organisation.wording("name") if source.organisation else source.name
    return {
        "language": get_language() or settings.LANGUAGE_CODE,
        "title": _("Closing statement"),
        "donor": str(donor),
        "edition": str(edition.wording("title")),
        "dates": locales.date_range(edition.starts_on, edition.ends_on),
        "made": _("As of %(day)s") % {"day": locales.calendar_date(clock.now(), "long")},
        "money": [_part(each) for each in sources if not each.is_in_kind],
        "in_kind": [_part(each) for each in sources if each.is_in_kind],
        "words": _words(),
    }


def _part(source: Source) -> dict[str, Any]:
    """One source: its lines by kind, its balance, and commitments that are not paid."""
    line = budget.line(source)
    kinds = budget.by_kind(source)
    owed = budget.unpaid(source)

    def figure(amount: Any) -> str:
        return Money(amount, source.currency).figure

    return {
        "name": source.name,
        "kind": str(source.get_kind_display()),
        "currency": source.currency,
        "promised": figure(line.promised),
        "kinds": [
            [kind.label, figure(kind.committed), figure(kind.paid)]
            for kind in kinds
            if kind.committed or kind.paid
        ],
        "total": [figure(line.committed), figure(line.paid)],
        "not_paid": figure(line.committed - line.paid),
        "balance": figure(line.left),
        "is_over": line.is_over,
        "unpaid": [
            [
                expense.description,
                str(expense.participation.person) if expense.participation else "",
                figure(expense.amount - expense.paid),
            ]
            for expense in owed
            if expense.amount > expense.paid
        ],
    }


def _words() -> dict[str, str]:
    return {
        "money": _("Money"),
        "in_kind": _("Given in kind"),
        "in_kind_note": _("At the value stated for it; no money changed hands."),
        "promised": _("Promised"),
        "spent": _("Spent on"),
        "committed": _("Committed"),
        "paid": _("Paid"),
        "delivered": _("Delivered"),
        "total": _("Total"),
        "not_paid": _("Committed and not yet paid"),
        "balance": _("Balance: promised less committed"),
        "over": _("More was committed than promised."),
        "nothing": _("Nothing was spent from it."),
        "unpaid": _("Still to be paid"),
        "signature": _("For the organisers"),
        "place": _("Place and date"),
    }
