"""What the secretariat settles by hand: scans that were not understood, and people's notes."""

from django.db import transaction
from django.utils.translation import gettext as _

from madang.attendance.actions import entries
from madang.attendance.actions.deriving import derive
from madang.attendance.models import CorrectionRequest, Scan
from madang.core import audit, clock
from madang.core.audit import Actor
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Participation, Session


@transaction.atomic
def settle(scan: Scan, participation: Participation | None, *, actor: Actor | None) -> None:
    """Say whose scan it is, or with None that it counts for nobody.

    Raises `RefusedError` where it would count for a session that is not held.
    """
    if participation is not None:
        session = Session.objects.filter(pk=scan.session_id).first()
        if session is None:
            raise RefusedError(_("The session is gone: enter them by hand where they were."))
        entries.require_held(session)
    now = clock.now()
    Scan(
        edition_id=scan.edition_id, session_id=scan.session_id, participation=participation,
        method=Scan.Method.HAND, act=Scan.Act.SETTLE, about=scan.pk,
        by_id=actor.audit_id if actor is not None else None, device_at=now, received_at=now, at=now,
    ).save(force_insert=True)  # fmt: skip
    verb = "attendance.settled" if participation is not None else "attendance.dismissed"
    audit.record(actor, verb, participation or scan, scope=scan.edition_id)
    derive(scan.edition, [scan.session_id])


@transaction.atomic
def answer(asked: CorrectionRequest, text: str, *, state: str = "", actor: Actor | None) -> None:
    """Answer a note, and enter a `state` where the attendance was another.

    Raises `TransitionRefusedError` where somebody has answered it already.
    """
    asked.settle(actor=actor, scope=asked.session.edition_id, fields={"answer": text})
    if state:
        entries.enter(asked.session, asked.participation, state, actor=actor)
