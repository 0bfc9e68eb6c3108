"""What has to be settled by hand, as lists show it."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from madang.attendance.models import CorrectionRequest, Doubt
from madang.core import links, locales, texts
from madang.core.policies import Who
from madang.workshops.models import Edition


def doubts(edition: Edition) -> QuerySet[Doubt]:
    """Scans to be settled, by their moment, with session and whose badge it was."""
    return (
        Doubt.objects.filter(edition=edition)
        .select_related("scan__session", "scan__edition", "scan__participation__person__subject")
        .order_by("scan__at", "scan")
    )


def with_wordings(found: Iterable[Doubt]) -> None:
    """Read the titles of the sessions (one query)."""
    texts.prefetch_referred([doubt.scan for doubt in found], "session")


def takers(found: Iterable[Doubt], who: Who) -> dict[UUID, str]:
    """Who took the scans, by name and by the account's id, as `who` may read it."""
    ids = {doubt.scan.by_id for doubt in found} - {None}
    named = links.resolve({links.account(account) for account in ids}, who)
    return {reference.id: link.title for reference, link in named.items()}


def sentence(doubt: Doubt) -> str:
    """A scan in one line: when, where, whose, and why it is to be settled."""
    scan = doubt.scan
    parts = [
        f"{locales.calendar_date(scan.at, 'day')} {locales.clock_time(scan.at)}",
        str(scan.session.wording("title")) if scan.session else _("a session that was removed"),
        str(scan.participation.person) if scan.participation and doubt.why != "elsewhere" else "",
        str(doubt.get_why_display()),
    ]
    return " · ".join(filter(None, parts))


def requests(edition: Edition) -> QuerySet[CorrectionRequest]:
    """What people say of their attendance: those that wait first."""
    return (
        CorrectionRequest.objects.filter(session__edition=edition)
        .select_related(
            "subject", "session__edition", "participation__person__subject",
            "participation__edition",
        )
        .order_by("-stage", "asked_at", "id")
    )  # fmt: skip


def with_sessions(found: Iterable[CorrectionRequest]) -> None:
    """Read the titles of the sessions (one query)."""
    texts.prefetch_referred(found, "session")
