"""Rounds planned already, mended for who left, came or is away: laws, and small cases by name."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madang.methods.documents import InvalidDocumentError
from madang.methods.rotation import Person, Place, Problem, check, rotate

REPAIR = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def people(count: int) -> tuple[Person, ...]:
    return tuple(Person(str(n), {"country": n // 2, "sex": n % 3 % 2}) for n in range(count))


def dealt(names: list[str], groups: int) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(names[number::groups]) for number in range(groups))


@st.composite
def repairs(draw: st.DrawFn) -> Problem:
    """A week of which some rounds were held, and whom the rest finds changed."""
    everybody = people(draw(st.integers(4, 16)))
    names = [person.id for person in everybody]
    groups = draw(st.integers(1, 4))
    held, to_come = draw(st.integers(0, 2)), draw(st.integers(1, 3))
    known = names[: draw(st.integers(3, len(names)))]  # the others come later
    rounds = [dealt(draw(st.permutations(known)), groups) for _ in range(held + to_come)]
    away = st.lists(st.sampled_from(names), unique=True, max_size=3).map(tuple)
    return Problem(
        everybody,
        groups,
        held + to_come,
        apart=draw(st.sampled_from([(), ("country",)])),
        balance=draw(st.sampled_from([(), ("sex",)])),
        fixed=tuple(rounds[:held]),
        planned=tuple(rounds[held:]),
        absent={str(held + 1 + t): draw(away) for t in range(to_come)},
    )


@REPAIR
@given(repairs())
def test_a_repair_keeps_the_rounds_held_and_moves_no_more_than_it_says(problem: Problem) -> None:
    answer = rotate(problem)
    assert check(problem, answer.rounds) == []
    assert answer.rounds[: len(problem.fixed)] == problem.fixed
    assert answer.repeats >= answer.bound
    assert answer.moved is not None
    assert answer.moves_bound is not None
    changed = 0
    for before, after in zip(problem.planned, answer.rounds[len(problem.fixed) :], strict=True):
        was = {name: number for number, group in enumerate(before) for name in group}
        now = {name: number for number, group in enumerate(after) for name in group}
        changed += sum(was[name] != now[name] for name in was.keys() & now.keys())
    assert sum(answer.moved.values()) == changed >= answer.moves_bound
    if not problem.apart:
        assert changed == answer.moves_bound


@REPAIR
@given(repairs())
def test_where_nobody_left_or_came_nobody_moves(problem: Problem) -> None:
    there = {name for groups in problem.planned for group in groups for name in group}
    away = tuple(person.id for person in problem.people if person.id not in there)
    numbers = range(len(problem.fixed) + 1, problem.rounds + 1)
    unchanged = replace(problem, apart=(), absent={str(number): away for number in numbers})
    answer = rotate(unchanged)
    assert (answer.moved, answer.moves_bound) == ({}, 0)


def test_whoever_leaves_a_larger_group_costs_nobody_their_place() -> None:
    problem = Problem(
        people(7), 3, 2, planned=(dealt(list("0123456"), 3),) * 2, absent={"2": ("6",)}
    )
    answer = rotate(problem)
    assert answer.moved == {}
    assert answer.rounds[1] == (("0", "3"), ("1", "4"), ("2", "5"))


def test_whoever_leaves_a_smaller_group_costs_one_place() -> None:
    problem = Problem(people(7), 3, 1, planned=(dealt(list("0123456"), 3),), absent={"1": ("4",)})
    answer = rotate(problem)
    assert (sum((answer.moved or {}).values()), answer.moves_bound) == (1, 1)


def test_whoever_is_pinned_stays_and_another_moves() -> None:
    planned = (("0", "1", "2"), ("3", "4"), ("5", "6"))
    pins = tuple(Place(1, 1, name) for name in ("0", "2"))
    problem = Problem(people(7), 3, 1, planned=(planned,), absent={"1": ("4",)}, placed=pins)
    assert rotate(problem).moved == {"1": 1}


def test_a_latecomer_joins_whom_they_have_not_met() -> None:
    held = (("0", "1", "4"), ("2", "3"))
    planned = (("0", "1"), ("2", "3"))
    problem = Problem(people(5), 2, 2, fixed=(held,), planned=(planned,))
    answer = rotate(problem)
    assert (answer.moved, answer.rounds[1]) == ({}, (("0", "1"), ("2", "3", "4")))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"planned": [[["0"], ["1"]]] * 2}, "$.planned: there are 1 rounds that are not fixed"),
        ({"planned": [[["0", "1"]]]}, "$.planned[0]: must have 2 groups"),
        ({"planned": [[["0"], ["0"]]]}, "$.planned[0][1][0]: “0” is already in a group"),
        ({"planned": [[["0"], ["9"]]]}, "$.planned[0][1][0]: there is no person “9”"),
    ],
)
def test_rounds_that_can_not_be_repaired_are_refused(change: dict[str, Any], expected: str) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        rotate(replace(Problem(people(2), 2, 1), **change))
    assert str(caught.value).startswith(expected)


@pytest.mark.parametrize(
    ("count", "groups", "rounds", "repeats"),
    [(8, 2, 2, 4), (6, 1, 3, 30), (8, 2, 4, 20), (9, 3, 4, 0)],
)
def test_few_groups_are_proven_at_once(count: int, groups: int, rounds: int, repeats: int) -> None:
    answer = rotate(Problem(tuple(Person(str(n)) for n in range(count)), groups, rounds))
    assert (answer.repeats, answer.bound, answer.status) == (repeats, repeats, "optimal")


def test_a_better_balance_may_cost_as_many_repeats_as_are_accepted() -> None:
    everybody = tuple(Person(str(n), {"sex": n % 2}) for n in range(16))
    problem = Problem(everybody, 4, 5, balance=("sex",), seconds=1)
    fewest = rotate(problem)
    best = fewest.front[-1]
    answer = rotate(replace(problem, extra_repeats=best.repeats - fewest.repeats))
    assert answer.front == fewest.front
    assert (answer.repeats, sum(answer.balance.values())) == (best.repeats, best.imbalance)
