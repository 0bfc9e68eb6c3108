"""Whether a timetable keeps every rule and what it costs, told without the solver.

Plain integer arithmetic over minutes, written apart from the model, so that a mistake in one of
them shows against the other.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import combinations, permutations

from madang.methods.timetable.problem import Absence, Day, Placement, Problem, Room, Session

DAY = 1440  # minutes
NOON = 720


@dataclass(frozen=True)
class _Held:
    """A session as placed: minutes are counted from the midnight before the first day."""

    session: Session
    day: Day
    room: Room
    start: int
    end: int


def check(problem: Problem, placements: Sequence[Placement]) -> list[str]:
    """Every rule that the timetable breaks, as a sentence; an empty list for a valid one."""
    wrong = list(_strangers(problem, placements))
    if wrong:
        return wrong
    held = _held(problem, placements)
    for one in held:
        wrong += _alone(problem, one)
    for one, other in combinations(held, 2):
        wrong += _beside(problem, one, other)
    for one, other in permutations(held, 2):
        wrong += _sequence(problem, one, other)
    return wrong


def terms(problem: Problem, placements: Sequence[Placement]) -> dict[str, int]:
    """What a valid timetable costs, by wish; the total cost is the sum."""
    held = _held(problem, placements)
    weights = problem.weights
    return {
        "interests": weights.interests * _clashes(problem, held),
        "order": weights.order * _out_of_order(problem, held),
        "time": weights.time * _at_wrong_times(problem, held),
        "days": weights.days * _over_days(problem, held),
    }


def _strangers(problem: Problem, placements: Sequence[Placement]) -> Iterator[str]:
    placed = Counter(placement.session for placement in placements)
    known = {session.id for session in problem.sessions}
    for session in problem.sessions:
        if placed[session.id] != 1:
            yield f"{session.id} is placed {placed[session.id]} times"
    dates = {day.date for day in problem.days}
    rooms = {room.id for room in problem.rooms}
    for placement in placements:
        if placement.session not in known:
            yield f"there is no session {placement.session}"
        if placement.day not in dates:
            yield f"{placement.session} is on {placement.day}, which is no day of the programme"
        if placement.room not in rooms:
            yield f"{placement.session} is in {placement.room}, which is no room"


def _held(problem: Problem, placements: Sequence[Placement]) -> list[_Held]:
    """The placements in the order of the sessions, with what they point to."""
    by_session = {placement.session: placement for placement in placements}
    days = {day.date: day for day in problem.days}
    rooms = {room.id: room for room in problem.rooms}
    first = min(days)
    held = []
    for session in problem.sessions:
        placement = by_session[session.id]
        midnight = (placement.day - first).days * DAY
        start = midnight + _minute(placement.start)
        day, room = days[placement.day], rooms[placement.room]
        held.append(_Held(session, day, room, start, start + session.length))
    return held


def _alone(problem: Problem, one: _Held) -> Iterator[str]:
    """What is wrong with a session wherever the others are."""
    session = one.session
    if session.day is not None and one.day.date != session.day:
        yield f"{session.id} is fixed on {session.day}"
    if session.start is not None and one.start % DAY != _minute(session.start):
        yield f"{session.id} is fixed at {session.start:%H:%M}"
    if session.room is not None and one.room.id != session.room:
        yield f"{session.id} is fixed in {session.room}"
    if one.room.reserved and one.room.id != session.room:
        yield f"{one.room.id} is reserved for other sessions than {session.id}"
    if one.room.capacity < session.size:
        yield f"{one.room.id} has too few seats for {session.id}"
    if not set(session.needs) <= set(one.room.features):
        yield f"{one.room.id} lacks what {session.id} needs"
    yield from _off_hours(problem, one)
    for absence in problem.unavailable:
        start, end = _away(problem, absence)
        if absence.person in session.people and one.start < end and start < one.end:
            yield f"{absence.person} is away during {session.id}"


def _off_hours(problem: Problem, one: _Held) -> Iterator[str]:
    session, day = one.session, one.day
    if session.start is not None:
        return
    start = one.start % DAY
    end = start + session.length
    if start % problem.grid:
        yield f"{session.id} starts off the grid"
    if start < _minute(day.opens) or end > _minute(day.closes):
        yield f"{session.id} is outside the opening hours"
    for pause in day.breaks:
        if not session.through_breaks and start < _minute(pause.end) and _minute(pause.start) < end:
            yield f"{session.id} runs into {pause.name}"


def _beside(problem: Problem, one: _Held, other: _Held) -> Iterator[str]:
    """What is wrong between two sessions, whichever comes first."""
    pair = f"{one.session.id} and {other.session.id}"
    if one.room == other.room and one.start < other.end and other.start < one.end:
        yield f"{pair} are in {one.room.id} at once"
    if not _both_possible(problem, one, other):
        for person in sorted(set(one.session.people) & set(other.session.people)):
            yield f"{person} can't be in both {pair}"
        if one.session.plenary or other.session.plenary:
            yield f"{pair} run in parallel, and one of them is for everybody"


def _sequence(problem: Problem, one: _Held, other: _Held) -> Iterator[str]:
    """What is wrong when `one` has not ended as `other` starts."""
    if one.end <= other.start:
        return
    if one.session.id in other.session.after:
        yield f"{other.session.id} starts before {one.session.id} has ended"
    for module in problem.modules:
        if module.id == other.session.module and one.session.module in module.after:
            yield (
                f"{other.session.id} of {module.id} starts before {one.session.id} of"
                f" {one.session.module} has ended"
            )


def _both_possible(problem: Problem, one: _Held, other: _Held) -> bool:
    """Whether somebody can be in both sessions, the way between their sites included."""
    way = max(
        (
            travel.minutes
            for travel in problem.travel
            if one.room.site != other.room.site
            and set(travel.between) == {one.room.site, other.room.site}
        ),
        default=0,
    )
    return one.end + way <= other.start or other.end + way <= one.start


def _clashes(problem: Problem, held: list[_Held]) -> int:
    wanted: Counter[frozenset[str]] = Counter()
    for interest in problem.interests:
        for pair in combinations(interest.sessions, 2):
            wanted[frozenset(pair)] += interest.weight
    by_id = {one.session.id: one for one in held}
    return sum(
        weight
        for pair, weight in wanted.items()
        if not _both_possible(problem, *(by_id[name] for name in pair))
    )


def _out_of_order(problem: Problem, held: list[_Held]) -> int:
    rank = {kind.id: index for index, kind in enumerate(problem.kinds)}
    return sum(
        one.session.module is not None
        and one.session.module == other.session.module
        and one.session.kind is not None
        and other.session.kind is not None
        and rank[one.session.kind] < rank[other.session.kind]
        and other.start < one.end
        for one, other in permutations(held, 2)
    )


def _at_wrong_times(problem: Problem, held: list[_Held]) -> int:
    by_kind = {kind.id: kind.prefers for kind in problem.kinds}
    dates = sorted(day.date for day in problem.days)
    breaches = 0
    for one in held:
        number = dates.index(one.day.date)
        breach = {
            "morning": int(one.start % DAY >= NOON),
            "afternoon": int(one.start % DAY < NOON),
            "early": number,
            "late": len(dates) - 1 - number,
        }
        wishes = one.session.prefers or by_kind.get(one.session.kind or "", ())
        breaches += sum(breach[wish] for wish in wishes)
    return breaches


def _over_days(problem: Problem, held: list[_Held]) -> int:
    counts: dict[str | None, Counter[Day]] = defaultdict(Counter)
    for one in held:
        counts[one.session.module][one.day] += 1
    breaches = 0
    for module in problem.modules:
        on_day = counts[module.id]
        if module.days == "spread":
            share = -(-on_day.total() // len(problem.days))
            breaches += sum(max(0, count - share) for count in on_day.values())
        elif module.days == "together":
            breaches += max(0, len(on_day) - 1)
    return breaches


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _away(problem: Problem, absence: Absence) -> tuple[int, int]:
    midnight = (absence.day - min(day.date for day in problem.days)).days * DAY
    start = 0 if absence.start is None else _minute(absence.start)
    end = DAY if absence.end is None else _minute(absence.end)
    return midnight + start, midnight + end
