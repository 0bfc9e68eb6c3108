"""Entries of the log that people make here rather than at a door: by hand, and by their own code.

None of them changes an earlier one: the latest holds, and what was entered can be taken back.
"""

from collections.abc import Iterable
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from madang.attendance import rotating
from madang.attendance.actions.deriving import derive
from madang.attendance.models import Attendance, Scan, WrongCode
from madang.attendance.queries import plans
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
    _require_held(session)
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
    _require_held(session)
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


def _require_held(session: Session) -> None:
    if session.state != Session.State.PLANNED or session.starts_at is None:
        raise RefusedError(_("This session is not held."))


# --- What could not be understood ----------------------------------------------------------------
@transaction.atomic
def settle(scan: Scan, participation: Participation | None, *, actor: Actor | None) -> None:
    """Say whose scan it is, or with None that it counts for nobody.

    Raises `RefusedError` where it would count for a session that is not held.
    """
    if participation is not None:
        session = Session.objects.filter(pk=scan.session_id).first()
        if session is None:
            raise RefusedError(_("The session is gone: enter them by hand where they were."))
        _require_held(session)
    now = clock.now()
    Scan(
        edition_id=scan.edition_id, session_id=scan.session_id, participation=participation,
        method=Scan.Method.HAND, act=Scan.Act.SETTLE, about=scan.pk,
        by_id=actor.audit_id if actor is not None else None, device_at=now, received_at=now, at=now,
    ).save(force_insert=True)  # fmt: skip
    verb = "attendance.settled" if participation is not None else "attendance.dismissed"
    audit.record(actor, verb, participation or scan, scope=scan.edition_id)
    derive(scan.edition, [scan.session_id])


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


def sessions_on(participation: Participation) -> list[Session]:
    """Sessions of somebody for which the screen shows a code now (one query or two)."""
    now = clock.now()
    near = Session.objects.filter(
        edition=participation.edition_id,
        state=Session.State.PLANNED,
        starts_at__lte=now + rotating.BEFORE,
    ).exclude(kind=Session.Kind.BREAK)
    # The shortest and the longest session differ by hours: the end is computed here.
    on = [it for it in near.order_by("-starts_at")[:30] if it.ends_at + rotating.AFTER >= now]
    if any(it.audience == Session.Audience.SIGN_UP for it in on):
        placed = set(
            participation.sign_ups.filter(state="confirmed").values_list("session_id", flat=True)
        )
        on = [it for it in on if it.audience != Session.Audience.SIGN_UP or it.pk in placed]
    return on
