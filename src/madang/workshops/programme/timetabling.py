"""A draft programme as a problem for `methods.timetable`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from madang.methods import timetable
from madang.workshops.models import Edition, Room, Session, SignUp, SiteTravel
from madang.workshops.programme.concerns import expected_attendance

# The order wished within a module: first hear, then see, then do, then talk about it.
KINDS = (
    timetable.Kind("lecture", prefers=("morning",)),
    timetable.Kind("case_study"),
    timetable.Kind("hands_on"),
    timetable.Kind("group_work", prefers=("afternoon",)),
    timetable.Kind("discussion", prefers=("afternoon",)),
)
ORDERED = frozenset(kind.id for kind in KINDS)
# What a week is hung on: where somebody has placed these, everything else is arranged around them.
FIXTURES = frozenset(
    {
        Session.Kind.BREAK,
        Session.Kind.CEREMONY,
        Session.Kind.RECEPTION,
        Session.Kind.FIELD_TRIP,
    }
)
NO_LIMIT = 1_000_000
GRID = 15


@dataclass(frozen=True)
class Hours:
    """The hours of a day into which sessions go, with lunch in between."""

    opens: time = time(9, 0)
    closes: time = time(17, 30)
    lunch_from: time = time(12, 0)
    lunch_to: time = time(13, 30)


def problem(
    edition: Edition, hours: Hours, *, keep_placed: bool, seconds: float
) -> timetable.Problem:
    """The sessions to place, and everything that holds them (seven queries).

    With `keep_placed`, whatever has a time stays there; otherwise only fixtures (the opening, a
    break, a trip) and what happens outside the hours do, and the modules follow each other. What
    stays on a day outside the edition's own is left out: it is in nobody's way.
    """
    rooms = list(Room.objects.filter(site__edition=edition).order_by("id"))
    planned = list(
        Session.objects.filter(edition=edition, state=Session.State.PLANNED)
        .prefetch_related("people")
        .order_by("id")
    )
    stays = {
        session.id: _stays(session, edition, hours, keep_placed=keep_placed) for session in planned
    }
    sessions = [
        session for session in planned if _takes_part(session, edition, stays=stays[session.id])
    ]
    attendance = expected_attendance(edition.id)
    social = _social_rooms(planned)
    room_ids = {room.id for room in rooms}
    return timetable.Problem(
        days=tuple(
            timetable.Day(
                day,
                hours.opens,
                hours.closes,
                (timetable.Break("lunch", hours.lunch_from, hours.lunch_to),),
            )
            for day in edition.days
        ),
        rooms=tuple(
            timetable.Room(
                str(room.id),
                room.capacity or NO_LIMIT,
                str(room.site_id),
                reserved=room.id in social,
            )
            for room in rooms
        ),
        sessions=tuple(
            _session(session, edition, attendance, room_ids, stays=stays[session.id])
            for session in sessions
        ),
        kinds=KINDS,
        modules=_modules(edition, in_order=not keep_placed),
        travel=_travel(edition),
        interests=_interests(sessions),
        grid=GRID,
        seconds=seconds,
    )


def _session(
    session: Session,
    edition: Edition,
    attendance: int,
    room_ids: Collection[UUID],
    *,
    stays: bool,
) -> timetable.Session:
    start = _local(session, edition) if stays else None
    for_everyone = session.audience == Session.Audience.EVERYONE and not _is_break(session)
    needed = attendance if for_everyone else (session.places or 0)
    return timetable.Session(
        id=str(session.id),
        length=session.minutes,
        kind=session.kind if session.kind in ORDERED else None,
        module=str(session.module_id) if session.module_id else None,
        people=tuple(sorted({str(part.participation_id) for part in session.people.all()})),
        # Where somebody put it by hand, the room is known to do.
        size=0 if stays and session.room_id else needed,
        plenary=for_everyone,
        day=start.date() if start else None,
        start=start.time() if start else None,
        room=str(session.room_id) if stays and session.room_id in room_ids else None,
        through_breaks=session.kind == Session.Kind.FIELD_TRIP,
    )


def _modules(edition: Edition, *, in_order: bool) -> tuple[timetable.Module, ...]:
    """The modules; `in_order`, each starts when the one before it has ended."""
    modules: list[timetable.Module] = []
    before: tuple[str, ...] = ()
    for module in edition.modules.order_by("number"):
        modules.append(timetable.Module(str(module.id), after=before))
        before = (str(module.id),) if in_order else ()
    return tuple(modules)


def _social_rooms(planned: Collection[Session]) -> set[UUID]:
    """Foyers, halls and places to visit: rooms in which there is something, but no teaching."""
    taught = {session.room_id for session in planned if session.kind not in FIXTURES}
    return {session.room_id for session in planned if session.room_id} - taught


def _is_break(session: Session) -> bool:
    return session.kind == Session.Kind.BREAK


def _local(session: Session, edition: Edition) -> datetime:
    return session.starts_at.astimezone(edition.zone)


def _takes_part(session: Session, edition: Edition, *, stays: bool) -> bool:
    if stays:
        return _local(session, edition).date() in edition.days
    return not _is_break(session)


def _stays(session: Session, edition: Edition, hours: Hours, *, keep_placed: bool) -> bool:
    """Whether a session keeps its time."""
    if session.starts_at is None:
        return False
    start = _local(session, edition).time()
    return keep_placed or session.kind in FIXTURES or not _within(hours, start, session.minutes)


def _within(hours: Hours, start: time, minutes: int) -> bool:
    begins = start.hour * 60 + start.minute
    opens = hours.opens.hour * 60 + hours.opens.minute
    closes = hours.closes.hour * 60 + hours.closes.minute
    return opens <= begins and begins + minutes <= closes


def _travel(edition: Edition) -> tuple[timetable.Travel, ...]:
    rows = SiteTravel.objects.filter(first__edition=edition).values_list(
        "first_id", "second_id", "minutes"
    )
    return tuple(
        timetable.Travel((str(first), str(second)), minutes) for first, second, minutes in rows
    )


def _interests(sessions: Collection[Session]) -> tuple[timetable.Interest, ...]:
    """Sessions that the same people signed up for should not run at the same time."""
    wanted: dict[UUID, set[str]] = {}
    rows = (
        SignUp.objects.standing()
        .filter(session__in=[session.id for session in sessions])
        .values_list("participation_id", "session_id")
    )
    for participation, session_id in rows:
        wanted.setdefault(participation, set()).add(str(session_id))
    counted: dict[tuple[str, ...], int] = {}
    for together in wanted.values():
        if len(together) > 1:
            key = tuple(sorted(together))
            counted[key] = counted.get(key, 0) + 1
    return tuple(
        timetable.Interest(together, weight) for together, weight in sorted(counted.items())
    )
