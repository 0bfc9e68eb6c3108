"""Signing up for a session, withdrawing, and the queue behind a session that is full.

The terms – whether there is sign-up, how many places, until when – are those that were published,
since people act on what they could read; a draft in the making changes nothing. The session's row
is locked wherever places are counted, so that the last one is given once.
"""

from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, clock, events
from madang.core.audit import Actor
from madang.core.models import Event
from madang.core.transitions import TransitionRefusedError
from madang.workshops.models import Edition, Participation, ProgrammeVersion, Session, SignUp
from madang.workshops.programme import snapshot
from madang.workshops.programme.entries import SessionEntry

# Somebody in the queue was given a place: worth a message to them.
PLACE_GIVEN = "sign_up.place_given"


class SignUpRefusedError(Exception):
    """Signing up or withdrawing is not possible now; the text tells the person why."""


def refusal(terms: SessionEntry | None) -> str | None:
    """Why nobody can sign up for a session now, as a sentence; None where they can."""
    if terms is None or not terms.with_sign_up:
        return _("This session needs no sign-up.")
    if terms.is_cancelled:
        return _("This session is cancelled.")
    now = clock.now()
    if terms.starts_at <= now:
        return _("This session has begun.")
    if terms.sign_up_until is not None and terms.sign_up_until <= now:
        return _("The time to sign up is over. Ask the secretariat if you still need a place.")
    return None


@transaction.atomic
def sign_up(session: Session, participation: Participation, *, actor: Actor | None) -> SignUp:
    """Give a place, or a place in the queue where all are taken; asking twice changes nothing.

    Raises `SignUpRefusedError`, with the reason, and writes nothing then.
    """
    # Whoever is cancelled at this moment waits here, and then has no place.
    participation = Participation.objects.select_for_update().get(pk=participation.pk)
    terms = _lock_and_read_terms(session)
    reason = refusal(terms)
    if reason is None and participation.edition_id != session.edition_id:
        reason = _("You do not take part in this workshop.")
    if reason is None and participation.state != Participation.State.EXPECTED:
        reason = _("Your participation is cancelled.")
    if reason is not None:
        raise SignUpRefusedError(reason)
    present = session.sign_ups.standing().filter(participation=participation).first()
    if present is not None:
        return present
    has_room = terms.places is None or _confirmed(session) < terms.places
    asked = SignUp(
        session=session,
        participation=participation,
        state=SignUp.State.CONFIRMED if has_room else SignUp.State.WAITING,
        asked_at=clock.now(),
    )
    asked.save(force_insert=True)
    audit.record(actor, "sign_up.asked", asked, scope=session.edition_id, state=str(asked.state))
    return asked


@transaction.atomic
def withdraw(asked: SignUp, *, actor: Actor | None) -> None:
    """Take a sign-up back; a place that becomes free goes to the first in the queue.

    Possible until the session begins, also after the time to sign up: a place that nobody uses is
    a loss to somebody who waits. Raises `SignUpRefusedError` or `TransitionRefusedError`.
    """
    session = asked.session
    terms = _lock_and_read_terms(session)
    if terms is not None and terms.starts_at <= clock.now():
        raise SignUpRefusedError(_("This session has begun."))
    asked.withdraw(actor=actor, scope=session.edition_id)
    _fill(session, terms)


@transaction.atomic
def withdraw_all(participation: Participation, *, actor: Actor | None) -> None:
    """Take back what somebody who does not come has asked for: others wait for these places.

    What has begun stays as it was.
    """
    standing = participation.sign_ups.standing()
    for asked in standing.select_related("session").order_by("session_id"):
        with suppress(SignUpRefusedError, TransitionRefusedError):
            withdraw(asked, actor=actor)


def _lock_and_read_terms(session: Session) -> SessionEntry | None:
    Session.objects.select_for_update().get(pk=session.pk)
    published = Edition.objects.values_list("published_id", flat=True).get(pk=session.edition_id)
    if published is None:
        return None
    return snapshot.published_by_id(published).session_by_id.get(session.pk)


def _confirmed(session: Session) -> int:
    return SignUp.objects.filter(session=session, state=SignUp.State.CONFIRMED).count()


def _fill(session: Session, terms: SessionEntry | None) -> None:
    """Give what is free to those who have waited longest. The caller holds the session's lock."""
    if terms is None or terms.is_cancelled or not terms.with_sign_up:
        return
    waiting = SignUp.objects.filter(session=session, state=SignUp.State.WAITING).order_by(
        "asked_at", "id"
    )
    if terms.places is not None:
        waiting = waiting[: max(0, terms.places - _confirmed(session))]
    for asked in waiting:
        asked.confirm(actor=None, scope=session.edition_id)
        events.record(PLACE_GIVEN, asked)


def fill_places_once_published(event: Event) -> None:
    """Handler of a publication: it may have brought more places to sessions with a queue."""
    edition_id = ProgrammeVersion.objects.values_list("edition_id", flat=True).get(
        pk=event.thing_id
    )
    queued = Session.objects.filter(
        edition_id=edition_id, sign_ups__state=SignUp.State.WAITING
    ).distinct()
    for session in queued.order_by("id"):
        _fill(session, _lock_and_read_terms(session))
