"""Entries of the log that people make here rather than at a door: by hand, and by their own code.

None of them changes an earlier one: the latest holds, and what was entered can be taken back.
"""

from collections.abc import Iterable
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from madang.attendance import rotating
from madang.attendance.actions.deriving import derive
from madang.attendance.models import Attendance, Scan, WrongCode
from madang.attendance.queries.coming import expected, sessions_on, undoable
from madang.attendance.states import State
from madang.core import audit, clock
from madang.core.audit import Actor
from madang.core.identifiers import uuid7
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Edition, Participation, Session

# So many wrong codes in so many minutes are a slip; more are an attempt to find one.
MOST_WRONG = 8
WRONG_FOR = rotating.BEFORE


def _entry(session: Session, actor: Actor | None, **values: object) -> Scan:
    now = clock.now()
    return Scan(
        **{"id": uuid7(), "edition_id": session.edition_id, "session": session, "version": 1,
           "by_id": actor.audit_id if actor is not None else None, "method": Scan.Method.HAND,
           "device_at": now, "received_at": now, "at": now} | values
    )  # fmt: skip


# --- By hand -------------------------------------------------------------------------------------
@transaction.atomic
def enter(
    session: Session,
    participation: Participation,
    state: str,
    *,
    minutes: int | None = None,
    actor: Actor | None,
) -> None:
    """Say how somebody attended; `minutes` where they were there in part.

    Raises `RefusedError` for more minutes than the session has, or for one that is not held.
    """
    require_held(session)
    if minutes is not None and minutes > session.minutes:
        raise RefusedError(
            _("The session has %(number)s minutes.") % {"number": session.minutes}, "minutes"
        )
    _entry(
        session, actor, participation=participation, act=Scan.Act.SET, state=state, minutes=minutes
    ).save(force_insert=True)
    audit.record(
        actor, "attendance.entered", participation, scope=session.edition_id,
        attended=str(state), session=session.pk,
    )  # fmt: skip
    derive(session.edition, [session.pk])


@transaction.atomic
def clear(session: Session, participation: Participation, *, actor: Actor | None) -> None:
    """Take back what was entered by hand; what scans tell holds again."""
    _entry(session, actor, participation=participation, act=Scan.Act.CLEAR).save(force_insert=True)
    audit.record(
        actor, "attendance.cleared", participation, scope=session.edition_id, session=session.pk
    )
    derive(session.edition, [session.pk])


@transaction.atomic
def everybody_present(session: Session, *, actor: Actor | None) -> int:
    """Enter everybody expected of whom nothing is known as present; returns how many.

    Who is known to be late, gone or excused stays so. `undo_together` takes it back at once.
    """
    require_held(session)
    Edition.objects.select_for_update(no_key=True).get(pk=session.edition_id)
    known = Attendance.objects.filter(session=session).values("participation")
    missing = expected(session).exclude(pk__in=known)
    together = uuid7()
    entries = _many(session, missing.values_list("pk", flat=True), actor, together)
    Scan.objects.bulk_create(entries)
    if entries:
        audit.record(actor, "attendance.all_present", session, number=len(entries))
        derive(session.edition, [session.pk])
    return len(entries)


def _many(
    session: Session, people: Iterable[UUID], actor: Actor | None, together: UUID
) -> list[Scan]:
    return [
        _entry(
            session, actor, participation_id=one, act=Scan.Act.SET, state=State.PRESENT,
            together=together,
        )
        for one in people
    ]  # fmt: skip


@transaction.atomic
def undo_together(session: Session, *, actor: Actor | None) -> int:
    """Take back the last time that everybody was entered; returns of how many.

    Whoever was entered otherwise since keeps that. Raises `RefusedError` where there is nothing.
    """
    Edition.objects.select_for_update(no_key=True).get(pk=session.edition_id)
    people = undoable(session)
    if not people:
        raise RefusedError(_("There is nothing to undo."))
    Scan.objects.bulk_create(
        _entry(session, actor, participation_id=one, act=Scan.Act.CLEAR) for one in people
    )
    audit.record(actor, "attendance.all_undone", session, number=len(people))
    derive(session.edition, [session.pk])
    return len(people)


def require_held(session: Session) -> None:
    """Raise `RefusedError` where a session does not take place."""
    if session.state != Session.State.PLANNED or session.starts_at is None:
        raise RefusedError(_("This session is not held."))


# --- One's own code ------------------------------------------------------------------------------
def check_in(participation: Participation, typed: str, *, actor: Actor | None) -> Session:
    """Check somebody in by the code on the room's screen; returns the session it is for.

    Doing it twice does no harm. Raises `RefusedError` for a wrong code, after too many of them, or
    where no session of theirs is on.
    """
    now = clock.now()
    # A wrong code is counted whatever comes of it, in a transaction of its own.
    with transaction.atomic():
        Participation.objects.select_for_update().get(pk=participation.pk)
        since = now - WRONG_FOR
        wrong = WrongCode.objects.filter(participation=participation)
        wrong.filter(at__lte=since).delete()
        if wrong.count() >= MOST_WRONG:
            raise RefusedError(_("Too many wrong codes: ask at the desk to be checked in."))
        on = sessions_on(participation)
        if not on:
            raise RefusedError(_("No session of yours is on at the moment."))
        session = next((it for it in on if rotating.is_right(it.pk, typed, now)), None)
        if session is None:
            WrongCode.objects.create(participation=participation, at=now)
    if session is None:
        raise RefusedError(_("This is not the code on the screen, or it has changed."), "code")
    _check_in(session, participation, actor)
    return session


@transaction.atomic
def _check_in(session: Session, participation: Participation, actor: Actor | None) -> None:
    Edition.objects.select_for_update(no_key=True).get(pk=session.edition_id)
    # The same id each time, so that nobody is checked in twice.
    entry = uuid5(session.pk, f"check-in {participation.pk}")
    if Scan.objects.filter(pk=entry).exists():
        return
    _entry(
        session, actor, id=entry, participation=participation, act=Scan.Act.IN,
        method=Scan.Method.SELF,
    ).save(force_insert=True)  # fmt: skip
    audit.record(
        actor, "attendance.checked_in", participation, scope=session.edition_id, session=session.pk
    )
    derive(session.edition, [session.pk])
