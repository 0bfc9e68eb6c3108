"""What follows from the log for one session: who attended and how, and what is to be settled.

Plain functions of a set of entries: their order, and how often one is given, make no difference.
Attendance is counted in minutes of the session. Whoever comes within the minutes of grace was there
from the start, and whoever leaves within them before the end stayed. Where a person says how it
was, the latest such entry holds, by moment and then by id, until it is taken back.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from madang.attendance import clocks
from madang.attendance.states import State

# So long before the start, and after the end, somebody may still be scanned for a session.
BEFORE = timedelta(hours=2)
AFTER = timedelta(minutes=30)

SCANNED = ("in", "out")
ENTERED = ("set", "clear")


@dataclass(frozen=True)
class Window:
    """When a session is held, and how many minutes are let pass at either end."""

    starts_at: datetime
    ends_at: datetime
    grace: timedelta

    @property
    def minutes(self) -> int:
        return _minutes(self.ends_at - self.starts_at)

    def is_near(self, at: datetime, act: str) -> bool:
        """Whether somebody could have come or left at this moment."""
        last = self.ends_at if act == "in" else self.ends_at + AFTER
        return self.starts_at - BEFORE <= at <= last


@dataclass(frozen=True)
class Entry:
    """An entry of the log. `participation` is None where nobody is known by what was shown."""

    id: UUID
    act: str
    at: datetime
    received_at: datetime
    participation: UUID | None = None
    state: str = ""
    minutes: int | None = None
    about: UUID | None = None
    is_of_edition: bool = True
    badge_until: datetime | None = None

    @property
    def order(self) -> tuple[datetime, UUID]:
        return self.at, self.id


@dataclass(frozen=True)
class Derived:
    """How somebody attended one session."""

    state: str
    minutes: int
    first_at: datetime | None
    last_at: datetime | None
    by_hand: bool


@dataclass(frozen=True)
class Understood:
    """What follows from the entries of one session. `doubts` are reasons by the scan's id."""

    attended: dict[UUID, Derived] = field(default_factory=dict)
    doubts: dict[UUID, str] = field(default_factory=dict)


def understand(
    entries: Iterable[Entry], window: Window | None, left: Mapping[UUID, datetime]
) -> Understood:
    """Attendance by participation, and doubts by scan.

    `window` is None for a session that is not held; `left` has the moments from which on people
    were no longer expected.
    """
    known = {entry.id: entry for entry in entries}
    settled = _latest(entry for entry in known.values() if entry.act == "settle")
    found = Understood()
    by_person: dict[UUID, list[Entry]] = defaultdict(list)
    for entry in known.values():
        if entry.act == "settle":
            continue
        verdict = settled.get(entry.id)
        person = verdict.participation if verdict else entry.participation
        why = "" if verdict else _doubt(entry, window, left)
        if why:
            found.doubts[entry.id] = why
        elif person is not None and window is not None:
            by_person[person].append(_placed(entry, window) if verdict else entry)
    if window is not None:
        for person, own in by_person.items():
            derived = derive(own, window)
            if derived is not None:
                found.attended[person] = derived
    return found


def derive(entries: Iterable[Entry], window: Window) -> Derived | None:
    """How one person attended, by their entries; None where nothing is known of them."""
    own = sorted(entries, key=lambda entry: entry.order)
    scans = [entry for entry in own if entry.act in SCANNED]
    seen = _seen(scans, window) if scans else None
    entered = [entry for entry in own if entry.act in ENTERED]
    if not entered or entered[-1].act == "clear":
        return seen
    return _entered(entered[-1], seen, window)


def _entered(entry: Entry, seen: Derived | None, window: Window) -> Derived:
    """What a person said, with what was seen beside it."""
    if entry.state in {State.EXCUSED, State.ABSENT}:
        minutes = 0
    elif entry.minutes is not None:
        minutes = min(entry.minutes, window.minutes)
    else:
        keeps = seen is not None and entry.state == State.LATE and seen.state == State.LATE
        minutes = seen.minutes if seen is not None and keeps else window.minutes
    return Derived(
        state=entry.state,
        minutes=minutes,
        first_at=seen.first_at if seen else None,
        last_at=seen.last_at if seen else None,
        by_hand=True,
    )


def _seen(scans: list[Entry], window: Window) -> Derived:
    """By scans in the order of time: coming opens a stretch, leaving closes it."""
    stretches: list[tuple[datetime, datetime]] = []
    # Who is only seen leaving was there before.
    opened: datetime | None = window.starts_at if scans[0].act == "out" else None
    for scan in scans:
        if scan.act == "in" and opened is None:
            opened = scan.at
        elif scan.act == "out" and opened is not None:
            stretches.append((opened, scan.at))
            opened = None
    if opened is not None:
        stretches.append((opened, window.ends_at))
    came = min(start for start, _end in stretches)
    went = max(end for _start, end in stretches)
    is_late = came > window.starts_at + window.grace
    left_early = went < window.ends_at - window.grace
    minutes = sum(_within(stretch, window) for stretch in stretches)
    whole = len(stretches) == 1 and not is_late and not left_early
    if left_early or (len(stretches) > 1 and minutes < window.minutes - _minutes(window.grace)):
        state = State.PARTIAL
    else:
        state = State.LATE if is_late else State.PRESENT
    return Derived(
        state=state,
        minutes=window.minutes if whole else minutes,
        first_at=scans[0].at,
        last_at=scans[-1].at,
        by_hand=False,
    )


def _within(stretch: tuple[datetime, datetime], window: Window) -> int:
    start, end = max(stretch[0], window.starts_at), min(stretch[1], window.ends_at)
    # What is within the grace was not missed.
    start = window.starts_at if start <= window.starts_at + window.grace else start
    end = window.ends_at if end >= window.ends_at - window.grace else end
    return max(0, _minutes(end - start))


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


def _doubt(entry: Entry, window: Window | None, left: Mapping[UUID, datetime]) -> str:
    """Why an entry can't be understood; empty where it can."""
    if entry.act in ENTERED:
        return ""
    gone = left.get(entry.participation) if entry.participation else None
    reasons = (
        ("unknown", entry.participation is None),
        ("elsewhere", not entry.is_of_edition),
        ("clock", not clocks.is_possible(entry.at, entry.received_at)),
        ("no_session", window is None),
        ("replaced", entry.badge_until is not None and entry.badge_until <= entry.at),
        ("cancelled", gone is not None and gone <= entry.at),
        ("outside", window is not None and not window.is_near(entry.at, entry.act)),
    )
    return next((why for why, holds in reasons if holds), "")


def _placed(entry: Entry, window: Window) -> Entry:
    """A scan for which somebody vouched: where its moment can't be, they were there throughout."""
    near = window.is_near(entry.at, entry.act) and clocks.is_possible(entry.at, entry.received_at)
    if near:
        return entry
    return Entry(entry.id, "in", window.starts_at, entry.received_at)


def _latest(entries: Iterable[Entry]) -> dict[UUID, Entry]:
    """The last entry about each scan."""
    found: dict[UUID, Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.order):
        if entry.about is not None:
            found[entry.about] = entry
    return found
