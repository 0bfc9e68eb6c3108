"""Writing down what follows from the log: attendance, and scans that are to be settled."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from madang.attendance import deriving
from madang.attendance.deriving import Entry
from madang.attendance.models import Attendance, Doubt, Scan
from madang.attendance.queries import plans
from madang.core import clock
from madang.core.events import Event
from madang.workshops.models import Edition, ProgrammeVersion, Session

_VALUES = ("state", "minutes", "first_at", "last_at", "by_hand")


@transaction.atomic
def derive(edition: Edition, sessions: Collection[UUID | None] | None = None) -> None:
    """Bring attendance and doubts of some sessions (or of all) in step with the log.

    Costs the same number of queries for any number of sessions, and writes only what has changed.
    The caller need hold no lock: of two who derive at once one waits for the other.
    """
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    entries = _entries(edition, sessions)
    wanted = set(entries) if sessions is None else set(sessions)
    if sessions is None:
        wanted |= set(edition.sessions.values_list("pk", flat=True))
    terms, left = plans.terms_of(edition), plans.left_at(edition)
    known = Session.objects.filter(pk__in=[each for each in wanted if each], edition=edition)
    windows = {session.pk: plans.window(session, terms) for session in known}
    attended: dict[tuple[UUID, UUID], deriving.Derived] = {}
    doubts: dict[UUID, str] = {}
    for session_id in wanted:
        window = windows.get(session_id) if session_id else None
        understood = deriving.understand(entries[session_id], window, left)
        doubts |= understood.doubts
        if session_id is not None:
            attended |= {(session_id, one): it for one, it in understood.attended.items()}
    _write_attendance(attended, list(windows))
    _write_doubts(edition, doubts, [entry.id for own in entries.values() for entry in own])


def derive_once_published(event: Event) -> None:
    """Handler of a publication: sessions may be at other times than before."""
    edition_id = ProgrammeVersion.objects.values_list("edition_id", flat=True).get(
        pk=event.thing_id
    )
    derive(Edition.objects.get(pk=edition_id))


def _entries(
    edition: Edition, sessions: Collection[UUID | None] | None
) -> dict[UUID | None, list[Entry]]:
    rows = Scan.objects.filter(edition=edition)
    if sessions is not None:
        rows = rows.filter(session__in=[each for each in sessions if each]) | (
            rows.filter(session__isnull=True) if None in sessions else Scan.objects.none()
        )
    found: dict[UUID | None, list[Entry]] = defaultdict(list)
    for row in rows.order_by().values(
        "id", "act", "at", "received_at", "participation_id", "state", "minutes", "about",
        "session_id", "participation__edition_id", "badge__revoked_at",
    ):  # fmt: skip
        found[row["session_id"]].append(_entry(row, edition))
    return found


def _entry(row: dict[str, Any], edition: Edition) -> Entry:
    return Entry(
        id=row["id"],
        act=row["act"],
        at=row["at"],
        received_at=row["received_at"],
        participation=row["participation_id"],
        state=row["state"],
        minutes=row["minutes"],
        about=row["about"],
        is_of_edition=row["participation__edition_id"] in {None, edition.pk},
        badge_until=row["badge__revoked_at"],
    )


def _write_attendance(
    attended: dict[tuple[UUID, UUID], deriving.Derived], sessions: Iterable[UUID]
) -> None:
    stored = {
        (row.session_id, row.participation_id): row
        for row in Attendance.objects.filter(session__in=list(sessions))
    }
    gone = [row.pk for pair, row in stored.items() if pair not in attended]
    if gone:
        Attendance.objects.filter(pk__in=gone).delete()
    new, changed = [], []
    for pair, derived in attended.items():
        values = {name: getattr(derived, name) for name in _VALUES}
        row = stored.get(pair)
        if row is None:
            new.append(
                Attendance(session_id=pair[0], participation_id=pair[1], version=1, **values)
            )
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.version += 1
            row.changed_at = clock.now()
            changed.append(row)
    if new:
        Attendance.objects.bulk_create(new)
    if changed:
        Attendance.objects.bulk_update(changed, [*_VALUES, "version", "changed_at"])


def _write_doubts(edition: Edition, doubts: dict[UUID, str], scans: list[UUID]) -> None:
    """`scans` are all that were looked at: what is no longer in doubt goes."""
    looked_at = set(scans)
    of_edition = Doubt.objects.filter(edition=edition).values_list("pk", "scan_id", "why")
    stored = {scan: (pk, why) for pk, scan, why in of_edition if scan in looked_at}
    gone = [pk for scan, (pk, _why) in stored.items() if scan not in doubts]
    if gone:
        Doubt.objects.filter(pk__in=gone).delete()
    for scan, (pk, why) in stored.items():
        if scan in doubts and doubts[scan] != why:
            Doubt.objects.filter(pk=pk).update(why=doubts[scan], version=F("version") + 1)
    Doubt.objects.bulk_create(
        Doubt(edition=edition, scan_id=scan, why=why, version=1)
        for scan, why in doubts.items()
        if scan not in stored
    )
