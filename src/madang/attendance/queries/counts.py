"""Attendance in numbers: of each person over the whole week, and of each session."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from madang.attendance.models import Attendance
from madang.attendance.queries.plans import EXPECTED_KINDS, Plan, plan
from madang.attendance.states import State
from madang.core import clock, texts
from madang.workshops.models import Edition, Participation, Session

CAME = (State.PRESENT, State.LATE, State.PARTIAL)


@dataclass(frozen=True)
class Share:
    """What somebody attended of what is over by now and counts.

    Sessions from which somebody was excused are in neither number.
    """

    minutes: int = 0
    held_minutes: int = 0
    sessions: int = 0
    sessions_held: int = 0

    @property
    def share(self) -> float:
        """From 0 to 1; 0 where nothing is over yet."""
        return self.minutes / self.held_minutes if self.held_minutes else 0.0


@dataclass(frozen=True)
class SessionCount:
    """How many were in a session. `also` came without being expected, and are in `came` too."""

    session: Session
    counts: bool
    is_over: bool
    expected: int
    present: int
    late: int
    partial: int
    excused: int
    also: int

    @property
    def came(self) -> int:
        return self.present + self.late + self.partial

    @property
    def missing(self) -> int:
        """Those expected who are neither there nor excused."""
        return max(0, self.expected + self.also - self.came - self.excused)


Rows = dict[tuple[UUID, UUID], Attendance]


def rows(edition: Edition) -> Rows:
    """Every attendance of an edition by session and participation (one query)."""
    found = Attendance.objects.filter(session__edition=edition)
    return {(row.session_id, row.participation_id): row for row in found}


def people(edition: Edition) -> list[tuple[UUID, str]]:
    """Everybody whose attendance is asked for, cancelled or not: id and kind (one query)."""
    found = Participation.objects.so_far().filter(edition=edition, kind__in=EXPECTED_KINDS)
    return list(found.values_list("pk", "kind"))


def shares(edition: Edition) -> dict[UUID, Share]:
    """What everybody attended of what is over by now, by participation (nine queries)."""
    planned, known = plan(edition), rows(edition)
    over = [session for session in planned.counted if planned.is_over(session)]
    return {pk: share_of(planned, over, known, pk, kind) for pk, kind in people(edition)}


def share_of(
    planned: Plan, over: list[Session], known: Rows, participation_id: UUID, kind: str
) -> Share:
    """What one person attended of the sessions that are `over`."""
    minutes = held = came = due = 0
    for session in over:
        row = known.get((session.pk, participation_id))
        if row is not None and row.state == State.EXCUSED:
            continue
        if row is None and not planned.expects(session, participation_id, kind):
            continue
        due += 1
        held += session.minutes
        if row is not None and row.state in CAME:
            minutes += row.minutes
            came += 1
    return Share(minutes, held, came, due)


def share_from(listed: Iterable[tuple[Session, Any, Attendance | None]]) -> Share:
    """The share of one person, of what `lists.own` found of them."""
    minutes = held = came = due = 0
    for session, _cell, row in listed:
        is_excused = row is not None and row.state == State.EXCUSED
        if is_excused or session.ends_at > clock.now():
            continue
        due += 1
        held += session.minutes
        if row is not None and row.state in CAME:
            minutes += row.minutes
            came += 1
    return Share(minutes, held, came, due)


def by_session(edition: Edition) -> list[SessionCount]:
    """How many were in each session, by its start; numbers only (eleven queries)."""
    planned, known, everybody = plan(edition), rows(edition), people(edition)
    texts.prefetch(planned.sessions)
    states: dict[UUID, Counter[str]] = {session.pk: Counter() for session in planned.sessions}
    present: dict[UUID, set[UUID]] = {session.pk: set() for session in planned.sessions}
    for (session_id, participation_id), row in known.items():
        if session_id in states:
            states[session_id][row.state] += 1
            if row.state != State.ABSENT:
                present[session_id].add(participation_id)
    found = []
    for session in planned.sessions:
        due = {pk for pk, kind in everybody if planned.expects(session, pk, kind)}
        state = states[session.pk]
        found.append(
            SessionCount(
                session,
                counts=planned.counts(session),
                is_over=planned.is_over(session),
                expected=len(due),
                present=state[State.PRESENT],
                late=state[State.LATE],
                partial=state[State.PARTIAL],
                excused=state[State.EXCUSED],
                also=len(present[session.pk] - due),
            )
        )
    return found
