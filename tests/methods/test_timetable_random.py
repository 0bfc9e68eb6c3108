"""Random weeks: every timetable passes the check; small ones are compared with all there are."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madang.methods.timetable import (
    Absence,
    Break,
    Day,
    Interest,
    Kind,
    Module,
    Placement,
    Problem,
    Room,
    Session,
    Travel,
    Weights,
    check,
    suggest,
    terms,
)

MONDAY = date(2007, 10, 8)
WISHES = st.lists(st.sampled_from(["morning", "afternoon", "early", "late"]), unique=True)
SEARCH = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def some(*names: str, most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), unique=True, max_size=most).map(tuple)


@st.composite
def problems(draw: st.DrawFn, most_sessions: int, most_days: int, hours: int, grid: int) -> Problem:
    dates = [MONDAY + timedelta(days=2 * n) for n in range(draw(st.integers(1, most_days)))]
    names = [f"s{n}" for n in range(draw(st.integers(1, most_sessions)))]
    moments = [time(10 + minute // 60, minute % 60) for minute in range(0, hours * 60, grid)]
    rooms = tuple(
        Room(
            f"r{n}",
            draw(st.sampled_from([10, 40])),
            draw(st.sampled_from(["incheon", "seoul"])),
            draw(some("projector")),
            reserved=draw(st.integers(0, 5)) == 5,
        )
        for n in range(draw(st.integers(1, 3 if most_sessions > 3 else 2)))
    )

    def session(name: str) -> Session:
        rarely = st.integers(0, 7).map(lambda number: number == 0)
        others = [other for other in names if other != name]
        return Session(
            id=name,
            length=draw(st.sampled_from([grid // 2, grid, grid, 2 * grid])),
            kind=draw(st.sampled_from([None, "lecture", "work"])),
            module=draw(st.sampled_from([None, "m", "n"])),
            people=draw(some("Han", "Sok", "Tui")),
            size=draw(st.sampled_from([0, 10, 20])) if draw(rarely) else 0,
            needs=draw(some("projector")) if draw(rarely) else (),
            plenary=draw(rarely),
            after=draw(some(*others, most=1)) if others and draw(rarely) else (),
            prefers=tuple(draw(WISHES)),  # type: ignore[arg-type]
            day=draw(st.sampled_from(dates)) if draw(rarely) else None,
            start=draw(st.sampled_from([*moments, time(23, 30)])) if draw(rarely) else None,
            room=draw(st.sampled_from(rooms)).id if draw(rarely) else None,
            through_breaks=draw(rarely),
        )

    pause = draw(st.sampled_from(moments))
    end = (time(pause.hour + 1, pause.minute),)
    breaks = (Break("tea", pause, *end),) if draw(st.booleans()) else ()
    sites = {room.site for room in rooms}
    return Problem(
        days=tuple(Day(day, time(10), time(10 + hours), breaks) for day in dates),
        rooms=rooms,
        sessions=tuple(session(name) for name in names),
        kinds=(Kind("lecture", ("morning",)), Kind("work")),
        modules=(
            Module("m", days=draw(st.sampled_from(["any", "spread", "together"]))),
            Module("n", after=draw(some("m")), days=draw(st.sampled_from(["any", "spread"]))),
        ),
        travel=(Travel(("incheon", "seoul"), draw(st.sampled_from([0, 30, 60]))),)
        if len(sites) > 1
        else (),
        unavailable=(Absence("Han", dates[0], draw(st.sampled_from([None, *moments]))),)
        if draw(st.booleans())
        else (),
        interests=tuple(
            Interest(tuple(pair), draw(st.integers(1, 3)))
            for pair in draw(
                st.lists(st.lists(st.sampled_from(names), min_size=2, unique=True), max_size=3)
            )
        )
        if len(names) > 1
        else (),
        weights=Weights(draw(st.integers(0, 5)), draw(st.integers(0, 5)), 2, 3),
        grid=grid,
        seconds=60,
    )


def every_timetable(problem: Problem) -> Iterator[list[Placement]]:
    def places(session: Session) -> Iterator[Placement]:
        moments = [time(*divmod(m, 60)) for m in range(0, 1440, problem.grid)]
        if session.start is not None:
            moments = [session.start]
        for day, start, room in product(problem.days, moments, problem.rooms):
            if session.start is not None or day.opens <= start < day.closes:
                yield Placement(session.id, day.date, start, room.id)

    for placements in product(*(list(places(session)) for session in problem.sessions)):
        yield list(placements)


@SEARCH
@given(problems(most_sessions=3, most_days=2, hours=3, grid=60))
def test_small_weeks_agree_with_trying_everything(problem: Problem) -> None:
    costs = [
        sum(terms(problem, placements).values())
        for placements in every_timetable(problem)
        if not check(problem, placements)
    ]
    answer = suggest(problem)
    if costs:
        assert (answer.status, answer.cost, answer.bound) == ("optimal", min(costs), min(costs))
        assert check(problem, answer.placements) == []
    else:
        assert answer.status == "infeasible"
        assert answer.conflicts
        assert answer.relaxations


@SEARCH
@given(problems(most_sessions=10, most_days=4, hours=7, grid=30))
def test_every_timetable_passes_the_check(problem: Problem) -> None:
    answer = suggest(problem)
    if answer.placements:
        assert check(problem, answer.placements) == []
        assert answer.cost == sum(terms(problem, answer.placements).values())
        assert answer.terms == terms(problem, answer.placements)
    else:
        assert answer.status == "infeasible"
        assert answer.conflicts
