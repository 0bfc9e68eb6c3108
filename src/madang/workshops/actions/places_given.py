"""A place in a session that the secretariat gives, out of turn or after the time to sign up."""

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, clock, events
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions.sign_ups import PLACE_GIVEN
from madang.workshops.models import Participation, Session, SignUp


@transaction.atomic
def give_place(
    session: Session, participation: Participation, *, actor: audit.Actor | None
) -> SignUp:
    """Give somebody a place, whether they wait for one or never asked; twice changes nothing.

    The places counted are those of the draft: whoever gives one can also make more of them. Raises
    `RefusedError` where all are taken, or the session or the participation has no use for one.
    """
    participation = Participation.objects.select_for_update().get(pk=participation.pk)
    session = Session.objects.select_for_update().get(pk=session.pk)
    reason = _refusal(session, participation)
    if reason is not None:
        raise RefusedError(reason)
    standing = session.sign_ups.standing()
    asked = standing.filter(participation=participation).first()
    if asked is not None and asked.state == SignUp.State.CONFIRMED:
        return asked
    taken = standing.filter(state=SignUp.State.CONFIRMED).count()
    if session.places is not None and taken >= session.places:
        raise RefusedError(
            _("All places are taken: make more of them in the session, or withdraw somebody.")
        )
    if asked is None:
        asked = SignUp(
            session=session,
            participation=participation,
            state=SignUp.State.WAITING,
            asked_at=clock.now(),
        )
        asked.save(force_insert=True)
        audit.record(actor, "sign_up.asked", asked, scope=session.edition_id)
    asked.confirm(actor=actor, scope=session.edition_id)
    events.record(PLACE_GIVEN, asked)
    return asked


def _refusal(session: Session, participation: Participation) -> str | None:
    if session.audience != Session.Audience.SIGN_UP:
        return _("This session needs no sign-up.")
    if session.state == Session.State.CANCELLED:
        return _("This session is cancelled.")
    if participation.edition_id != session.edition_id:
        return _("This person does not take part in this edition.")
    if participation.state != Participation.State.EXPECTED:
        return _("The participation of this person is cancelled.")
    return None
