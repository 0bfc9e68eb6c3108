"""What an edition counts: which sessions, who is expected in them, until when."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from madang.attendance.deriving import Window
from madang.attendance.models import SessionTerms, Terms
from madang.core import clock
from madang.core.models import AuditEntry
from madang.workshops.models import Edition, Participation, Session, SessionPerson, SignUp

# Whose attendance is asked for; others can be scanned too, and are counted where they came.
EXPECTED_KINDS = (Participation.Kind.PARTICIPANT,)
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Plan:
    """The sessions of an edition that take place, breaks left out, by start; and who is expected.

    `left` has the moments from which on people were no longer expected, `places` who has a place in
    sessions for those who signed up.
    """

    edition: Edition
    terms: Terms
    sessions: tuple[Session, ...]
    overrides: dict[UUID, bool]
    left: dict[UUID, datetime]
    places: dict[UUID, set[UUID]]

    def counts(self, session: Session) -> bool:
        """Whether attendance of a session counts."""
        usual = session.kind in self.terms.kinds.split()
        return self.overrides.get(session.pk, usual)

    @property
    def counted(self) -> list[Session]:
        return [session for session in self.sessions if self.counts(session)]

    def is_over(self, session: Session) -> bool:
        return bool(session.ends_at <= clock.now())

    def expects(self, session: Session, participation_id: UUID, kind: str) -> bool:
        """Whether somebody is or was expected in a session."""
        if kind not in EXPECTED_KINDS:
            return False
        left = self.left.get(participation_id)
        if left is not None and left <= session.starts_at:
            return False
        if session.audience == Session.Audience.SIGN_UP:
            return participation_id in self.places[session.pk]
        return True


def terms_of(edition: Edition) -> Terms:
    """The terms of an edition; the defaults, not stored, where it has none."""
    return Terms.objects.filter(edition=edition).first() or Terms(edition=edition)


def plan(edition: Edition) -> Plan:
    """The plan of an edition (seven queries, whatever its size)."""
    sessions = tuple(held(edition))
    places: dict[UUID, set[UUID]] = defaultdict(set)
    for session_id, participation_id in SignUp.objects.filter(
        session__edition=edition, state=SignUp.State.CONFIRMED
    ).values_list("session_id", "participation_id"):
        places[session_id].add(participation_id)
    for session_id, participation_id in SessionPerson.objects.filter(
        session__edition=edition
    ).values_list("session_id", "participation_id"):
        places[session_id].add(participation_id)
    return Plan(
        edition,
        terms_of(edition),
        sessions,
        dict(
            SessionTerms.objects.filter(session__edition=edition).values_list(
                "session_id", "counts"
            )
        ),
        left_at(edition),
        places,
    )


def held(edition: Edition) -> list[Session]:
    """Sessions that take place, breaks left out, in the order of their start (one query)."""
    return list(
        edition.sessions.filter(state=Session.State.PLANNED, starts_at__isnull=False)
        .exclude(kind=Session.Kind.BREAK)
        .order_by("starts_at", "id")
    )


def left_at(edition: Edition) -> dict[UUID, datetime]:
    """From when on those whose participation is cancelled were no longer expected (two queries).

    The audit trail knows; whoever it does not know of never came.
    """
    cancelled = Participation.objects.filter(edition=edition, state=Participation.State.CANCELLED)
    left = dict.fromkeys(cancelled.values_list("pk", flat=True), NEVER)
    entries = AuditEntry.objects.filter(
        verb="participation.cancelled", scope_id=edition.pk, thing_id__in=cancelled.values("pk")
    )
    for participation_id, at in entries.order_by("at").values_list("thing_id", "at"):
        left[participation_id] = at
    return left


def window(session: Session, terms: Terms) -> Window | None:
    """When a session is held; None where it is cancelled or waits to be placed."""
    if session.state != Session.State.PLANNED or session.starts_at is None:
        return None
    return Window(session.starts_at, session.ends_at, timedelta(minutes=terms.grace_minutes))
