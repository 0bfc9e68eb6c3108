"""What tests of attendance need: badges, phones with a clock of their own, a day with sessions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from madang.attendance import badges
from madang.attendance.actions import badges as badge_actions
from madang.attendance.actions import scanning
from madang.attendance.actions.scanning import Receipt, Taken
from madang.attendance.models import Attendance, Badge
from madang.core import clock
from madang.people.models import Account
from madang.workshops.models import Edition, Participation, Session
from tests import factories as make


def badge_of(participation: Participation) -> Badge:
    """The badge that somebody carries now."""
    found = participation.badges.filter(revoked_at__isnull=True).first()
    return found or badge_actions.replace(participation, actor=None)


@dataclass
class Phone:
    """A phone at a door: its clock runs `ahead` of the server's, and it keeps what it took."""

    account: Account
    ahead: timedelta = timedelta(0)
    id: UUID = field(default_factory=uuid4)
    taken: list[Taken] = field(default_factory=list)

    def scan(
        self, session: Session, what: Participation | Badge | str, at: datetime, act: str = "in"
    ) -> Taken:
        """Take a badge (or somebody's), or whatever else a camera reads, at a true moment."""
        if isinstance(what, Participation):
            what = badge_of(what)
        digest = what.digest if isinstance(what, Badge) else badges.digest(what)
        scan = Taken(
            uuid4(),
            session.pk,
            act,
            at + self.ahead,
            offset=-round(self.ahead.total_seconds()),
            badge=digest,
        )
        self.taken.append(scan)
        return scan

    def send(self, edition: Edition, scans: Iterable[Taken] | None = None) -> Receipt:
        """Send scans, all that there are where none are named."""
        batch = self.taken if scans is None else list(scans)
        return scanning.receive(edition, batch, device=self.id, actor=self.account)


def make_officer(edition: Edition) -> Account:
    return make.make_account(roles=[("secretariat", edition)])


def attended(session: Session) -> dict[UUID, tuple[Any, ...]]:
    """How everybody attended a session, for comparison."""
    return {
        row.participation_id: (row.state, row.minutes, row.first_at, row.last_at, row.by_hand)
        for row in Attendance.objects.filter(session=session)
    }


def state_of(session: Session, participation: Participation) -> str:
    """How somebody attended a session; "" where nothing is known."""
    row = Attendance.objects.filter(session=session, participation=participation).first()
    return str(row.state) if row else ""


def later(moment: datetime, minutes: float) -> datetime:
    return moment + timedelta(minutes=minutes)


def after(session: Session) -> Any:
    """Let the clock stand after a session."""
    return clock.at(session.ends_at + timedelta(hours=1))
