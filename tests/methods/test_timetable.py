"""The timetable of a workshop, told in small weeks whose answer a person can see."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from madang.methods.documents import InvalidDocumentError, load, plain
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
    Suggestion,
    Travel,
    check,
    run,
    suggest,
)

MONDAY, TUESDAY = date(2007, 10, 8), date(2007, 10, 9)
HALL = Room("hall", 40, site="incheon", features=("projector",))
STUDY = Room("study", 15, site="incheon")
EXPO = Room("expo", 100, site="seoul")
TEMPLE = Room("temple", 50, site="seoul", reserved=True)
LUNCH = Break("lunch", time(12), time(13))


def day(of: date = MONDAY, opens: int = 9, closes: int = 17, *breaks: Break) -> Day:
    return Day(of, time(opens), time(closes), breaks)


def week(*sessions: Session, days: tuple[Day, ...] = (day(),), **more: object) -> Problem:
    rooms = more.pop("rooms", (HALL, STUDY))
    return Problem(days, rooms, sessions, grid=30, seconds=30, **more)  # type: ignore[arg-type]


def placed(answer: Suggestion) -> dict[str, Placement]:
    return {placement.session: placement for placement in answer.placements}


def kinds(answer: Suggestion) -> set[tuple[str, tuple[str, ...]]]:
    (conflict,) = answer.conflicts
    return {(rule.kind, rule.about) for rule in conflict if rule.kind != "held"}


def test_a_whole_day_falls_into_place() -> None:
    problem = week(
        Session("opening", 60, plenary=True, size=40, start=time(9)),
        Session("lecture", 60, kind="lecture", module="strategy", people=("Han",), size=40),
        Session("group work", 60, kind="group work", module="strategy", people=("Han",)),
        Session("clinic", 60, kind="group work", people=("Sok",), needs=("projector",)),
        Session("dinner", 120, plenary=True, start=time(19), room="expo"),
        days=(day(MONDAY, 9, 17, LUNCH),),
        rooms=(HALL, STUDY, EXPO),
        travel=(Travel(("incheon", "seoul"), 90),),
        kinds=(Kind("lecture", ("morning",)), Kind("group work", ("afternoon",))),
        modules=(Module("strategy"),),
        interests=(Interest(("group work", "clinic"), 37),),
    )
    answer = suggest(problem)
    assert (answer.status, answer.cost, answer.bound, answer.gap) == ("optimal", 0, 0, 0.0)
    assert set(answer.terms.values()) == {0}
    at = {name: placement.start for name, placement in placed(answer).items()}
    assert at["opening"] == time(9)
    assert at["lecture"] in (time(10), time(10, 30), time(11))
    assert time(13) <= min(at["group work"], at["clinic"])
    assert at["group work"] != at["clinic"]
    assert placed(answer)["clinic"].room == "hall"
    assert check(problem, answer.placements) == []


def test_sessions_start_as_early_as_the_wishes_allow() -> None:
    lengths = {"a": 60, "b": 90, "c": 30}
    sessions = [Session(name, length) for name, length in lengths.items()]
    answer = suggest(week(*sessions, rooms=(HALL,)))
    ends = [
        placement.start.hour * 60 + placement.start.minute + lengths[placement.session]
        for placement in answer.placements
    ]
    assert min(placement.start for placement in answer.placements) == time(9)
    assert max(ends) == 9 * 60 + sum(lengths.values())


def test_the_same_seed_gives_the_same_timetable() -> None:
    sessions = [Session(f"s{n}", 60, people=(f"p{n % 3}",)) for n in range(9)]
    problem = week(*sessions, interests=(Interest(("s0", "s4", "s8")),), seed=7)
    assert suggest(problem).placements == suggest(problem).placements


def test_a_way_between_sites_is_walked_by_speakers() -> None:
    def pair(closes: int) -> Problem:
        return week(
            Session("here", 60, people=("Han",), room="hall"),
            Session("there", 60, people=("Han",), room="expo"),
            days=(day(MONDAY, 9, closes),),
            rooms=(HALL, EXPO),
            travel=(Travel(("incheon", "seoul"), 60),),
        )

    assert suggest(pair(12)).status == "optimal"
    assert suggest(pair(11)).status == "infeasible"


def test_wishes_that_contradict_each_other_cost_what_they_weigh() -> None:
    problem = week(
        Session("a", 60),
        Session("b", 60),
        days=(day(MONDAY, 9, 10),),
        interests=(Interest(("a", "b"), 3), Interest(("b", "a"), 2)),
    )
    answer = suggest(problem)
    assert (answer.status, answer.cost, answer.terms["interests"]) == ("optimal", 50, 50)


def test_a_module_is_spread_over_the_days_or_kept_together() -> None:
    sessions = [Session(f"s{n}", 60, module="m") for n in range(4)]
    days = (day(MONDAY), day(TUESDAY))
    spread = suggest(week(*sessions, days=days, modules=(Module("m", days="spread"),)))
    together = suggest(week(*sessions, days=days, modules=(Module("m", days="together"),)))
    assert sorted(p.day for p in spread.placements) == [MONDAY, MONDAY, TUESDAY, TUESDAY]
    assert len({p.day for p in together.placements}) == 1
    short = (day(MONDAY, 9, 10), day(TUESDAY, 9, 10))
    split = suggest(week(*sessions, days=short, modules=(Module("m", days="together"),)))
    assert (split.status, split.terms["days"]) == ("optimal", 3)


def test_early_and_late_sessions_go_to_the_ends_of_the_week() -> None:
    problem = week(
        Session("first", 60, prefers=("early",)),
        Session("last", 60, prefers=("late", "afternoon")),
        days=(day(MONDAY), day(TUESDAY)),
    )
    answer = placed(suggest(problem))
    assert answer["first"].day == MONDAY
    assert (answer["last"].day, answer["last"].start) == (TUESDAY, time(12))


def test_modules_and_sessions_follow_each_other() -> None:
    problem = week(
        Session("needs", 60, module="assessment"),
        Session("vision", 60, module="strategy"),
        Session("case", 60, module="assessment", after=("needs",)),
        modules=(Module("strategy", after=("assessment",)), Module("assessment")),
        days=(day(MONDAY, 9, 12),),
    )
    at = {name: placement.start for name, placement in placed(suggest(problem)).items()}
    assert (at["needs"], at["case"], at["vision"]) == (time(9), time(10), time(11))


def test_a_field_trip_runs_through_lunch_and_a_lecture_does_not() -> None:
    days = (day(MONDAY, 9, 16, LUNCH),)
    assert suggest(week(Session("trip", 300, through_breaks=True), days=days)).status == "optimal"
    lecture = suggest(week(Session("lecture", 300), days=days))
    assert lecture.status == "infeasible"
    assert kinds(lecture) == {("hours", ("2007-10-08",)), ("break", ("2007-10-08", "lunch"))}


def test_a_reserved_room_takes_only_what_is_fixed_in_it() -> None:
    problem = week(
        Session("a", 60),
        Session("b", 60, room="temple"),
        days=(day(MONDAY, 9, 10),),
        rooms=(TEMPLE, STUDY),
    )
    assert {n: p.room for n, p in placed(suggest(problem)).items()} == {"a": "study", "b": "temple"}
    answer = suggest(replace(problem, rooms=(TEMPLE,)))
    assert (answer.status, kinds(answer)) == ("infeasible", set())
    assert [rule.relaxation for rule in answer.relaxations] == ["Leave “a” out."]


def test_the_example_in_the_documentation_is_answered_as_it_says() -> None:
    page = Path(__file__).parents[2] / "docs" / "develop" / "methods.md"
    section = page.read_text().partition("\n## timetable\n")[2].partition("\n## ")[0]
    problem, expected = (
        load(block.partition("```")[0].encode()) for block in section.split("```json")[1:]
    )
    answer = plain(run(problem))
    told = {"status", "cost", "bound", "gap", "terms", "conflicts", "relaxations"}
    assert {name: answer[name] for name in told} == {name: expected[name] for name in told}
    assert set(answer) == set(expected)


def test_an_empty_programme_is_a_timetable() -> None:
    answer = suggest(week())
    assert (answer.status, answer.placements, answer.cost) == ("optimal", (), 0)


@pytest.mark.parametrize(
    ("problem", "conflict", "relaxed"),
    [
        (
            week(Session("a", 60, size=30, room="study")),
            {("suits", ("a",)), ("fixed_room", ("a",))},
            "fixed_room",
        ),
        (
            week(Session("a", 60, after=("b",)), Session("b", 60, after=("a",))),
            {("after", ("a", "b")), ("after", ("b", "a"))},
            "after",
        ),
        (
            week(
                Session("a", 60, people=("Han",), start=time(9)),
                Session("b", 60, people=("Han",), start=time(9)),
                Session("c", 60, people=("Sok",), start=time(9)),
                rooms=(HALL, STUDY, EXPO),
            ),
            {("person", ("Han",)), ("fixed_start", ("a",)), ("fixed_start", ("b",))},
            "fixed_start",
        ),
        (
            week(
                Session("a", 60, people=("Han",)),
                unavailable=(Absence("Han", MONDAY, None, time(16, 30)), Absence("Sok", MONDAY)),
            ),
            {("absence", ("Han", "2007-10-08")), ("hours", ("2007-10-08",))},
            "hours",
        ),
        (
            week(
                Session("a", 60, plenary=True, day=MONDAY, start=time(9)),
                Session("b", 60, day=MONDAY, start=time(9)),
                days=(day(MONDAY), day(TUESDAY)),
            ),
            {
                ("plenary", ("a",)),
                *((kind, (name,)) for kind in ("fixed_day", "fixed_start") for name in "ab"),
            },
            "fixed_day",
        ),
        (
            week(*(Session(f"s{n}", 120) for n in range(5)), rooms=(HALL,)),
            {("rooms", ("hall",)), ("hours", ("2007-10-08",))},
            "hours",
        ),
        (
            week(
                Session("a", 300, module="m"),
                Session("b", 300, module="n"),
                modules=(Module("m", after=("n",)), Module("n")),
            ),
            {("module_after", ("m", "n")), ("hours", ("2007-10-08",))},
            "module_after",
        ),
    ],
)
def test_a_contradiction_is_named_with_what_would_give(
    problem: Problem, conflict: set[tuple[str, tuple[str, ...]]], relaxed: str
) -> None:
    answer = suggest(problem)
    assert (answer.status, answer.placements, answer.cost) == ("infeasible", (), None)
    assert kinds(answer) == conflict
    assert [rule.kind for rule in answer.relaxations] == [relaxed]


def test_two_contradictions_are_both_named() -> None:
    answer = suggest(
        week(Session("a", 60, size=30, room="study"), Session("b", 60, size=20, room="study"))
    )
    assert len(answer.conflicts) == 2
    assert {rule.about for rule in answer.relaxations} == {("a",), ("b",)}


def test_when_the_time_is_short_nothing_wrong_is_claimed() -> None:
    sessions = [
        Session(f"s{n}", 30 + 15 * (n % 4), people=(f"p{n % 11}", f"q{n % 7}")) for n in range(60)
    ]
    names = tuple(session.id for session in sessions)
    problem = week(
        *sessions,
        days=tuple(day(date(2007, 10, 8 + n)) for n in range(5)),
        interests=tuple(Interest(names[n::3]) for n in range(3)),
    )
    answer = suggest(replace(problem, seconds=0.5))
    assert answer.status in ("optimal", "feasible", "unknown")
    if answer.status == "feasible":
        assert answer.cost is not None
        assert answer.bound is not None
        assert answer.bound < answer.cost == sum(answer.terms.values())
        assert answer.gap == (answer.cost - answer.bound) / answer.cost


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"sessions": (Session("a", 60, room="attic"),)}, "$.sessions[0].room: there is no room"),
        ({"sessions": (Session("a", 60, kind="talk"),)}, "$.sessions[0].kind: there is no kind"),
        ({"sessions": (Session("a", 60, module="m"),)}, "$.sessions[0].module: there is no module"),
        ({"sessions": (Session("a", 60, day=TUESDAY),)}, "$.sessions[0].day: there is no day"),
        (
            {"sessions": (Session("a", 60), Session("b", 60, after=("a", "c")))},
            "$.sessions[1].after[1]: there is no session “c”",
        ),
        (
            {"sessions": (Session("a", 60, after=("a",)),)},
            "$.sessions[0].after[0]: can't come after itself",
        ),
        ({"modules": (Module("m", after=("m",)),)}, "$.modules[0].after[0]: can't come after"),
        ({"sessions": (Session("a", 0),)}, "$.sessions[0].length: must be at least 1, not 0"),
        ({"modules": (Module("m", after=("n",)),)}, "$.modules[0].after[0]: there is no module"),
        ({"travel": (Travel(("incheon", "x"), 5),)}, "$.travel[0].between[1]: there is no site"),
        ({"unavailable": (Absence("Han", TUESDAY),)}, "$.unavailable[0].day: there is no day"),
        (
            {"unavailable": (Absence("Han", MONDAY, time(10), time(9)),)},
            "$.unavailable[0].end: must come after 10:00, not be 09:00",
        ),
        ({"days": (day(MONDAY, 17, 9),)}, "$.days[0].closes: must come after 17:00"),
        (
            {"days": (day(MONDAY, 9, 17, Break("tea", time(11), time(11))),)},
            "$.days[0].breaks[0].end: must come after 11:00, not be 11:00",
        ),
        ({"days": (day(), day())}, '$.days[1].date: "2007-10-08" is already at $.days[0]'),
        ({"days": ()}, "$.days: must have a length of at least 1"),
        ({"interests": (Interest(("a", "z")),)}, "$.interests[0].sessions[1]: there is no session"),
        ({"grid": 0}, "$.grid: must be at least 1"),
        ({"seconds": float("nan")}, "$.seconds: is too large"),
    ],
)
def test_a_problem_that_contradicts_its_own_description_is_refused(
    change: dict[str, object], expected: str
) -> None:
    problem = replace(week(Session("a", 60)), **change)  # type: ignore[arg-type]
    with pytest.raises(InvalidDocumentError) as caught:
        suggest(problem)
    assert str(caught.value).startswith(expected)
