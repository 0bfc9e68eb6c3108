"""Who is expected in one session, which sessions somebody can be in now, what can be undone."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from madang.attendance import rotating
from madang.attendance.models import Scan
from madang.attendance.queries import plans
from madang.core import clock
from madang.workshops.models import Participation, Session, SignUp

_NEAR = 30


def undoable(session: Session) -> list[UUID]:
    """Those whose latest entry by hand is of the last time that everybody was entered."""
    latest: dict[UUID, UUID | None] = {}
    together = None
    entries = Scan.objects.filter(session=session, act__in=(Scan.Act.SET, Scan.Act.CLEAR))
    for one, group in entries.order_by("at", "id").values_list("participation_id", "together"):
        latest[one] = group
        together = group or together
    return [one for one, group in latest.items() if group is not None and group == together]


def expected(session: Session) -> QuerySet[Participation]:
    """Those who are expected in a session now."""
    found = Participation.objects.so_far().filter(
        edition=session.edition_id,
        state=Participation.State.EXPECTED,
        kind__in=plans.EXPECTED_KINDS,
    )
    if session.audience == Session.Audience.SIGN_UP:
        found = found.filter(sign_ups__session=session, sign_ups__state="confirmed")
    return found


def sessions_on(participation: Participation) -> list[Session]:
    """Sessions of somebody for which the screen shows a code now (one query)."""
    now = clock.now()
    placed = SignUp.objects.filter(
        session=OuterRef("pk"), participation=participation, state=SignUp.State.CONFIRMED
    )
    near = (
        Session.objects.filter(
            Q(audience=Session.Audience.EVERYONE) | Exists(placed),
            edition=participation.edition_id,
            state=Session.State.PLANNED,
            starts_at__lte=now + rotating.BEFORE,
        )
        .exclude(kind=Session.Kind.BREAK)
        .order_by("-starts_at")
    )
    # How long each takes is known here: none that is on began more than so many sessions ago.
    return [it for it in near[:_NEAR] if it.ends_at + rotating.AFTER >= now]
