"""Attendance as lists show it: of one session by name, and of everybody over the whole week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from madang.attendance.models import Attendance
from madang.attendance.queries import counts, plans
from madang.attendance.queries.coming import expected
from madang.attendance.queries.counts import Share
from madang.attendance.states import CHIPS, State
from madang.core import texts
from madang.people.models import Country
from madang.workshops.models import Edition, Participation, Session
from madang.workshops.queries import people


@dataclass(frozen=True)
class Line:
    """Somebody in the list of a session. `is_expected` is False for those who came all the same."""

    participation: Participation
    row: Attendance | None
    is_expected: bool = True

    @property
    def state(self) -> str:
        return self.row.state if self.row else ""

    @property
    def label(self) -> str:
        return str(State(self.state).label) if self.state else ""

    @property
    def chip(self) -> str:
        return CHIPS.get(self.state, "off")


def of_session(session: Session) -> list[Line]:
    """Everybody expected in a session or known to have been there, by name (five queries)."""
    rows = {row.participation_id: row for row in Attendance.objects.filter(session=session)}
    due = set(expected(session).values_list("pk", flat=True))
    found = people.in_edition(session.edition).filter(pk__in=due | set(rows))
    listed = people.by_name(people.with_wordings(found))
    return [Line(one, rows.get(one.pk), one.pk in due) for one in listed]


def tally(lines: Sequence[Line]) -> dict[str, int]:
    """How many are in each state, those of whom nothing is known under ""."""
    found = dict.fromkeys([*State, ""], 0)
    for line in lines:
        found[line.state] += 1
    return found


@dataclass(frozen=True)
class Cell:
    """How somebody attended a session; `state` is "" where that is open."""

    state: str
    is_expected: bool

    @property
    def label(self) -> str:
        return str(State(self.state).label) if self.state else ""

    @property
    def chip(self) -> str:
        return CHIPS.get(self.state, "off")


@dataclass(frozen=True)
class Row:
    """One person in the matrix, with their share of everything that is over by now."""

    participation: Participation
    cells: list[Cell]
    share: Share


@dataclass(frozen=True)
class Matrix:
    """People and the sessions that count, of one day or of all."""

    sessions: list[Session]
    rows: list[Row]
    countries: list[Country]


def matrix(edition: Edition, *, day: date | None = None, country: str = "", q: str = "") -> Matrix:
    """Everybody and every session that counts, as filters ask (fifteen queries)."""
    planned, known = plans.plan(edition), counts.rows(edition)
    over = [session for session in planned.counted if planned.is_over(session)]
    shown = [
        session
        for session in planned.counted
        if day is None or session.starts_at.astimezone(edition.zone).date() == day
    ]
    texts.prefetch(shown)
    everybody = people.with_wordings(
        people.in_edition(edition).filter(kind__in=plans.EXPECTED_KINDS)
    )
    countries = {one.country for one in everybody if one.country}
    asked = {"country": country, "q": q}
    rows = [
        Row(
            one,
            [_cell(planned, known, session, one) for session in shown],
            counts.share_of(planned, over, known, one.pk, one.kind),
        )
        for one in people.by_name(people.filtered(everybody, asked))
        if planned.left.get(one.pk) != plans.NEVER
    ]
    return Matrix(
        shown, rows, sorted(countries, key=lambda each: str(each.wording("name")).casefold())
    )


def _cell(planned: plans.Plan, known: counts.Rows, session: Session, one: Participation) -> Cell:
    row = known.get((session.pk, one.pk))
    is_expected = planned.expects(session, one.pk, one.kind)
    if row is not None:
        return Cell(row.state, is_expected)
    is_absent = is_expected and planned.is_over(session)
    return Cell(State.ABSENT if is_absent else "", is_expected)


def own(participation: Participation) -> list[tuple[Session, Cell, Attendance | None]]:
    """What one person is or was expected in that counts, and what is known of it."""
    planned = plans.plan(participation.edition)
    rows = {row.session_id: row for row in Attendance.objects.filter(participation=participation)}
    known = {(session_id, participation.pk): row for session_id, row in rows.items()}
    sessions = [
        session
        for session in planned.counted
        if session.pk in rows or planned.expects(session, participation.pk, participation.kind)
    ]
    texts.prefetch(sessions)
    return [
        (session, _cell(planned, known, session, participation), rows.get(session.pk))
        for session in sessions
    ]
