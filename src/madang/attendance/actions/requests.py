"""Somebody's note on their attendance, and what the secretariat answers."""

from django.db import transaction
from django.utils.translation import gettext as _

from madang.attendance.models import CorrectionRequest
from madang.core import audit, clock
from madang.core.audit import Actor
from madang.people.actions.refusal import RefusedError
from madang.people.models import Person
from madang.workshops.models import Participation, Session


@transaction.atomic
def ask(
    session: Session, participation: Participation, note: str, *, actor: Actor | None
) -> CorrectionRequest:
    """Ask for one's attendance to be put right; asking again before an answer changes the note.

    Raises `RefusedError` for a session that is still to come.
    """
    if session.starts_at is None or session.starts_at > clock.now():
        raise RefusedError(_("This session is still to come."))
    Participation.objects.select_for_update(of=("self",)).get(pk=participation.pk)
    asked = CorrectionRequest.objects.filter(
        session=session, participation=participation, stage=CorrectionRequest.Stage.OPEN
    ).first()
    if asked is None:
        asked = CorrectionRequest(
            session=session,
            participation=participation,
            subject=participation.person.subject,
        )
    asked.note = note
    asked.asked_at = clock.now()
    asked.save()
    audit.record(actor, "attendance_request.asked", asked, scope=session.edition_id)
    return asked


def forget(person: Person) -> None:
    """What somebody wrote goes with them; that they were there stays, without a name."""
    CorrectionRequest.objects.filter(participation__person=person).delete()
