"""What a planner should look at again: clashes, ways that are too long, rooms that are too small.

Concerns never forbid: a planner may know better. Each names the sessions that it is about, so that
the timetable can mark them; `concern_sentences` says what is wrong.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from madang.workshops.models import Participation, SignUp, SiteTravel
from madang.workshops.programme.entries import Programme, SessionEntry

TravelTimes = Mapping[frozenset[UUID], timedelta]


class ConcernKind(StrEnum):
    """What can be wrong with a place in the timetable."""

    ROOM_TAKEN = "room_taken"
    PERSON_TWICE = "person_twice"
    EVERYONE_TWICE = "everyone_twice"
    WAY_TOO_LONG = "way_too_long"
    ROOM_TOO_SMALL = "room_too_small"
    OUTSIDE_THE_WEEK = "outside_the_week"
    NO_ROOM = "no_room"


@dataclass(frozen=True)
class Concern:
    """One thing to look at: about one session, or two. `minutes` is what is missing on the way."""

    kind: ConcernKind
    sessions: tuple[UUID, ...]
    participation_id: UUID | None = None
    minutes: int = 0


def concerns(
    programme: Programme,
    *,
    travel: TravelTimes,
    attendance: int,
    places_held: Iterable[tuple[UUID, UUID]] = (),
) -> list[Concern]:
    """Everything that a planner should look at again.

    `travel` holds the time between two places (see `travel_times`), `attendance` how many people a
    session for everyone must seat, `places_held` who has a place in which session (see there).
    """
    sessions = [entry for entry in programme.sessions if not entry.is_cancelled]
    in_one_room = list(_in_one_room(sessions))
    said = {concern.sessions for concern in in_one_room}
    return [
        *_alone(programme, sessions, attendance),
        *in_one_room,
        *(concern for concern in _for_everyone(sessions) if concern.sessions not in said),
        *_of_people(programme, _by_person(sessions, places_held), travel),
        *_ways_of_everyone(programme, sessions, travel),
    ]


def travel_times(edition_id: UUID) -> TravelTimes:
    """How long it takes from one place of an edition to another (one query)."""
    rows = SiteTravel.objects.filter(first__edition=edition_id).values_list(
        "first_id", "second_id", "minutes"
    )
    return {
        frozenset((first, second)): timedelta(minutes=minutes) for first, second, minutes in rows
    }


def expected_attendance(edition_id: UUID) -> int:
    """How many people a session for everyone must seat (one query)."""
    return Participation.objects.filter(
        edition=edition_id,
        state=Participation.State.EXPECTED,
        kind__in=(Participation.Kind.PARTICIPANT, Participation.Kind.OBSERVER),
    ).count()


def places_held(edition_id: UUID) -> list[tuple[UUID, UUID]]:
    """Who has a place in which session with sign-up: participation and session (one query)."""
    rows = SignUp.objects.filter(session__edition=edition_id, state=SignUp.State.CONFIRMED)
    return list(rows.values_list("participation_id", "session_id"))


def _alone(
    programme: Programme, sessions: Iterable[SessionEntry], attendance: int
) -> Iterable[Concern]:
    for entry in sessions:
        day = entry.starts_at.date()
        if not programme.first_day <= day <= programme.last_day:
            yield Concern(ConcernKind.OUTSIDE_THE_WEEK, (entry.id,))
        if entry.is_break:
            continue
        room = programme.room_by_id.get(entry.room_id)
        if room is None:
            yield Concern(ConcernKind.NO_ROOM, (entry.id,))
            continue
        needed = (entry.places or 0) if entry.with_sign_up else attendance
        if room.capacity and needed > room.capacity:
            yield Concern(ConcernKind.ROOM_TOO_SMALL, (entry.id,))


def _overlaps(sessions: Iterable[SessionEntry]) -> Iterable[tuple[SessionEntry, SessionEntry]]:
    """Every two sessions that are under way together, the earlier first."""
    running: list[SessionEntry] = []
    for entry in sorted(sessions, key=lambda entry: (entry.starts_at, entry.id)):
        running = [other for other in running if other.ends_at > entry.starts_at]
        for other in running:
            yield other, entry
        running.append(entry)


def _in_one_room(sessions: Iterable[SessionEntry]) -> Iterable[Concern]:
    by_room: dict[UUID, list[SessionEntry]] = defaultdict(list)
    for entry in sessions:
        if entry.room_id is not None:
            by_room[entry.room_id].append(entry)
    for entries in by_room.values():
        for first, second in _overlaps(entries):
            yield Concern(ConcernKind.ROOM_TAKEN, (first.id, second.id))


def _for_everyone(sessions: Iterable[SessionEntry]) -> Iterable[Concern]:
    """A session for everyone beside any other: nobody can be in both."""
    for first, second in _overlaps(entry for entry in sessions if not entry.is_break):
        if not (first.with_sign_up and second.with_sign_up):
            yield Concern(ConcernKind.EVERYONE_TWICE, (first.id, second.id))


def _by_person(
    sessions: Iterable[SessionEntry], places_held: Iterable[tuple[UUID, UUID]]
) -> Mapping[UUID, list[SessionEntry]]:
    """Where each participation is expected by name: with a part, or with a place."""
    expected: dict[UUID, dict[UUID, SessionEntry]] = defaultdict(dict)
    by_id = {entry.id: entry for entry in sessions}
    for entry in by_id.values():
        for part in entry.people:
            expected[part.participation_id][entry.id] = entry
    for participation, session in places_held:
        if session in by_id and by_id[session].with_sign_up:
            expected[participation][session] = by_id[session]
    return {who: list(entries.values()) for who, entries in expected.items()}


def _of_people(
    programme: Programme, by_person: Mapping[UUID, list[SessionEntry]], travel: TravelTimes
) -> Iterable[Concern]:
    for participation, entries in by_person.items():
        for first, second in _overlaps(entries):
            yield Concern(ConcernKind.PERSON_TWICE, (first.id, second.id), participation)
        ordered = sorted(entries, key=lambda entry: entry.starts_at)
        for first, second in pairwise(ordered):
            missing = _missing_minutes(programme, first, second, travel)
            if missing:
                yield Concern(
                    ConcernKind.WAY_TOO_LONG, (first.id, second.id), participation, missing
                )


def _ways_of_everyone(
    programme: Programme, sessions: Iterable[SessionEntry], travel: TravelTimes
) -> Iterable[Concern]:
    """Ways between a session for everyone and what comes next, with sign-up or without."""
    plenary: SessionEntry | None = None
    since: list[SessionEntry] = []
    for entry in sorted(sessions, key=lambda entry: (entry.starts_at, entry.id)):
        earlier = [plenary] if entry.with_sign_up else [plenary, *since]
        for first in filter(None, earlier):
            missing = _missing_minutes(programme, first, entry, travel)
            if missing:
                yield Concern(ConcernKind.WAY_TOO_LONG, (first.id, entry.id), None, missing)
        if entry.with_sign_up:
            since.append(entry)
        else:
            plenary, since = entry, []


def _missing_minutes(
    programme: Programme, first: SessionEntry, second: SessionEntry, travel: TravelTimes
) -> int:
    """Minutes by which the pause between two sessions is shorter than the way; 0 where it fits."""
    here = programme.room_by_id.get(first.room_id)
    there = programme.room_by_id.get(second.room_id)
    if here is None or there is None or here.site_id == there.site_id:
        return 0
    way = travel.get(frozenset((here.site_id, there.site_id)), timedelta(0))
    pause = second.starts_at - first.ends_at
    if pause < timedelta(0):
        return 0  # they overlap, which is said already
    return max(0, (way - pause) // timedelta(minutes=1))
