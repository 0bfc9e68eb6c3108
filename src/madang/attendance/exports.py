"""Attendance as tables, for other programs and for paper."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from madang.attendance.models import Scan
from madang.attendance.queries.counts import SessionCount
from madang.attendance.queries.lists import Line, Matrix, Row
from madang.core import locales
from madang.core.exports import Column, Table
from madang.workshops.models import Edition
from madang.workshops.queries import people

_PERCENT = 100


def sessions(counts: Iterable[SessionCount], edition: Edition) -> Table:
    """How many were in each session."""
    columns = [
        Column("session", _("Session")),
        Column("starts", _("Start")),
        Column("counts", _("Counts")),
        Column("expected", _("Expected")),
        Column("present", _("Present")),
        Column("late", _("Late")),
        Column("in_part", _("In part")),
        Column("excused", _("Excused")),
        Column("missing", _("Missing")),
    ]
    return Table(
        columns,
        [
            (
                str(each.session.wording("title")),
                each.session.starts_at.astimezone(edition.zone),
                each.counts,
                each.expected,
                each.present,
                each.late,
                each.partial,
                each.excused,
                each.missing if each.is_over else None,
            )
            for each in counts
        ],
    )


def session(lines: Iterable[Line], edition: Edition) -> Table:
    """Who was in one session: a sheet that needs no signatures."""
    columns = [
        Column("name", _("Name")),
        Column("country", _("Country")),
        Column("organisation", _("Organisation")),
        Column("attendance", _("Attendance")),
        Column("minutes", _("Minutes")),
        Column("first_seen", _("First seen")),
        Column("how", _("How")),
    ]
    return Table(columns, [_line(line, edition) for line in lines])


def _line(line: Line, edition: Edition) -> tuple[Any, ...]:
    row = line.row
    first = row.first_at.astimezone(edition.zone).time() if row and row.first_at else None
    by_hand = str(Scan.Method.HAND.label) if row and row.by_hand else ""
    return (
        str(line.participation.person),
        people.country_name(line.participation),
        people.organisation_name(line.participation),
        line.label,
        row.minutes if row else None,
        first.replace(second=0, microsecond=0) if first else None,
        by_hand or (pgettext("how attendance is known", "scan") if row else ""),
    )


def matrix(found: Matrix) -> Table:
    """Everybody against every session that is shown, with their share of all that is over."""
    columns = [
        Column("name", _("Name")),
        Column("country", _("Country")),
        *(
            Column(f"session_{number}", _heading(each.wording("title"), each.starts_at))
            for number, each in enumerate(found.sessions, start=1)
        ),
        *_share_columns(),
    ]
    return Table(
        columns,
        [(*_who(row), *(cell.label for cell in row.cells), *_share(row)) for row in found.rows],
    )


def shares(found: Matrix) -> Table:
    """Everybody with their share alone."""
    columns = [Column("name", _("Name")), Column("country", _("Country")), *_share_columns()]
    return Table(columns, [(*_who(row), *_share(row)) for row in found.rows])


def _share_columns() -> Sequence[Column]:
    return (
        Column("sessions", _("Sessions attended")),
        Column("sessions_held", _("Sessions held")),
        Column("minutes", _("Minutes")),
        Column("percent", _("Of the time, %")),
    )


def _heading(title: object, starts_at: Any) -> str:
    return f"{locales.calendar_date(starts_at, 'day')} {title}"


def _who(row: Row) -> tuple[str, str]:
    return str(row.participation.person), people.country_name(row.participation)


def _share(row: Row) -> tuple[int, int, int, int]:
    share = row.share
    return share.sessions, share.sessions_held, share.minutes, round(share.share * _PERCENT)
