"""The check tells every broken rule and every granted wish of a timetable without the solver."""

from dataclasses import replace
from datetime import date, time

import pytest

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
    check,
    terms,
)

MONDAY, TUESDAY = date(2007, 10, 8), date(2007, 10, 9)
LUNCH = Break("lunch", time(12), time(13))

CHECKED = Problem(
    sessions=(
        Session("a", 60, people=("Han",)),
        Session("b", 60, people=("Han", "Sok"), size=30),
        Session("c", 60, needs=("projector",), module="m", kind="talk"),
        Session("d", 60, after=("a",), module="n", kind="work"),
        Session("e", 60, plenary=True, day=TUESDAY, start=time(9), room="hall"),
    ),
    days=(Day(MONDAY, time(9), time(17), (LUNCH,)), Day(TUESDAY, time(9), time(17), (LUNCH,))),
    rooms=(
        Room("hall", 40, site="incheon", features=("projector",)),
        Room("study", 15, site="incheon"),
        Room("expo", 100, site="seoul"),
        Room("temple", 50, site="seoul", reserved=True),
    ),
    grid=30,
    modules=(Module("m"), Module("n", after=("m",))),
    kinds=(Kind("talk", ("morning",)), Kind("work")),
    travel=(Travel(("seoul", "incheon"), 60),),
    unavailable=(Absence("Sok", TUESDAY, time(14)),),
)
VALID = {
    "a": Placement("a", MONDAY, time(9), "study"),
    "b": Placement("b", MONDAY, time(10), "hall"),
    "c": Placement("c", MONDAY, time(9), "hall"),
    "d": Placement("d", MONDAY, time(10), "study"),
    "e": Placement("e", TUESDAY, time(9), "hall"),
}


@pytest.mark.parametrize(
    ("moved", "expected"),
    [
        ({}, []),
        ({"b": ("b", TUESDAY, time(11), "expo")}, []),
        ({"b": ("b", MONDAY, time(9, 30), "expo")}, ["Han can't be in both a and b"]),
        ({"b": ("b", MONDAY, time(10), "expo")}, ["Han can't be in both a and b"]),
        ({"b": ("b", MONDAY, time(10), "study")}, ["study has too few seats for b"]),
        ({"a": ("a", MONDAY, time(9), "hall")}, ["a and c are in hall at once"]),
        ({"a": ("a", MONDAY, time(8), "study")}, ["a is outside the opening hours"]),
        (
            {"a": ("a", MONDAY, time(14), "temple")},
            ["temple is reserved for other sessions than a"],
        ),
        ({"c": ("c", MONDAY, time(9), "expo")}, ["expo lacks what c needs"]),
        ({"d": ("d", MONDAY, time(10, 45), "study")}, ["d starts off the grid"]),
        ({"d": ("d", MONDAY, time(11, 30), "study")}, ["d runs into lunch"]),
        ({"d": ("d", MONDAY, time(16, 30), "study")}, ["d is outside the opening hours"]),
        ({"c": ("c", MONDAY, time(11), "hall")}, ["d of n starts before c of m has ended"]),
        ({"a": ("a", MONDAY, time(11), "study")}, ["d starts before a has ended"]),
        ({"b": ("b", TUESDAY, time(13, 30), "hall")}, ["Sok is away during b"]),
        (
            {"b": ("b", TUESDAY, time(10), "expo")},
            ["b and e run in parallel, and one of them is for everybody"],
        ),
        ({"e": ("e", MONDAY, time(13), "hall")}, ["e is fixed on 2007-10-09", "e is fixed at 09"]),
        ({"e": ("e", TUESDAY, time(9), "study")}, ["e is fixed in hall"]),
        ({"a": ("a", date(2007, 10, 1), time(9), "attic")}, ["a is on 2007", "a is in attic"]),
        ({"a": ("z", MONDAY, time(9), "study")}, ["a is placed 0 times", "there is no session z"]),
    ],
)
def test_the_check_sees_every_broken_rule(
    moved: dict[str, tuple[str, date, time, str]], expected: list[str]
) -> None:
    placements = {**VALID, **{name: Placement(*where) for name, where in moved.items()}}
    wrong = check(CHECKED, list(placements.values()))
    for sentence in expected:
        assert any(found.startswith(sentence) for found in wrong), wrong
    assert bool(wrong) == bool(expected)


def test_the_cost_is_told_by_wish() -> None:
    problem = replace(
        CHECKED,
        modules=(Module("m", days="together"), Module("n")),
        interests=(Interest(("a", "c"), 4), Interest(("b", "e"), 5)),
    )
    assert terms(problem, list(VALID.values())) == {
        "interests": 40,
        "order": 0,
        "time": 0,
        "days": 0,
    }
    late = {**VALID, "c": Placement("c", MONDAY, time(14), "hall")}
    assert terms(problem, list(late.values()))["time"] == 2
