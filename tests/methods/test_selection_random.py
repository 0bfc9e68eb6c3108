"""Random selections: every answer of small ones is compared with all cohorts that there are."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madang.methods.selection import (
    Cohort,
    Nominee,
    Problem,
    Quota,
    check,
    relaxed,
    sensitivity,
    solve,
)

SEARCH = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
SEXES, SECTORS = ("f", "m"), ("state", "civil", "trade")


@st.composite
def quotas(draw: st.DrawFn, attribute: str, values: tuple[str, ...]) -> Quota:
    least = draw(st.integers(0, 2))
    most = draw(st.sampled_from([None, least, least + 1, least + 2]))
    return Quota(attribute, draw(st.sampled_from([*values, "*"])), least, most)


@st.composite
def problems(draw: st.DrawFn, most: int = 8) -> Problem:
    count = draw(st.integers(2, most))
    decimals = draw(st.sampled_from([1, 1, 10, 8]))
    nominees = tuple(
        Nominee(
            f"n{number}",
            {
                "sex": draw(st.sampled_from(SEXES)),
                **({"sector": draw(st.sampled_from(SECTORS))} if draw(st.booleans()) else {}),
            },
            merit=draw(st.integers(-3, 12)) / decimals,
            cost=draw(st.integers(0, 9)) / decimals,
            uncertainty=draw(st.sampled_from([0, 0, 1.5])),
        )
        for number in range(count)
    )
    everybody = [nominee.id for nominee in nominees]
    held = {name for nominee in nominees for name in nominee.attributes}
    asked = draw(st.lists(st.one_of(quotas("sex", SEXES), quotas("sector", SECTORS)), max_size=3))
    seats = draw(st.integers(0, min(5, count + 1)))
    budget = st.integers(0, 30).map(lambda whole: whole / decimals)
    pins = st.lists(st.sampled_from(everybody), max_size=1, unique=True)
    return Problem(
        seats,
        nominees,
        quotas=tuple(quota for quota in asked if quota.attribute in held),
        budget=draw(st.one_of(st.none(), budget)),
        include=tuple(draw(pins)),
        exclude=tuple(draw(pins)),
        reserves=draw(st.integers(0, 4)),
        explain=True,
    )


def exactly(value: float) -> Fraction:
    return Fraction(repr(value))


def worth(problem: Problem, cohort: tuple[str, ...]) -> Fraction:
    return sum(
        (exactly(nominee.merit) for nominee in problem.nominees if nominee.id in cohort),
        Fraction(0),
    )


def cohorts(problem: Problem) -> Iterator[tuple[str, ...]]:
    everybody = [nominee.id for nominee in problem.nominees]
    for cohort in combinations(everybody, problem.seats):
        if not check(problem, cohort):
            yield cohort


def best(problem: Problem) -> Fraction | None:
    return max((worth(problem, cohort) for cohort in cohorts(problem)), default=None)


def same(value: float | None, exact: Fraction | None) -> bool:
    return (value is None) == (exact is None) and (
        value is None or exact is None or abs(Fraction(value) - exact) < Fraction(1, 10**9)
    )


@SEARCH
@given(problems())
def test_no_cohort_is_better_and_none_is_overlooked(problem: Problem) -> None:
    answer = solve(problem)
    there_is = best(problem)
    assert answer.status == ("infeasible" if there_is is None else "optimal")
    assert same(answer.objective, there_is)
    assert answer.bound == answer.objective
    assert there_is is None or check(problem, answer.selected) == []


@SEARCH
@given(problems())
def test_reasons_are_what_the_best_cohort_with_or_without_somebody_is_worth(
    problem: Problem,
) -> None:
    answer = solve(problem)
    if answer.status == "infeasible":
        assert answer.why == {}
        return
    for name, why in answer.why.items():
        assert why.chosen == (name in answer.selected)
        include = [one for one in problem.include if one != name] + [name] * (not why.chosen)
        exclude = [one for one in problem.exclude if one != name] + [name] * why.chosen
        other = replace(problem, include=tuple(include), exclude=tuple(exclude))
        otherwise = best(other)
        assert same(why.objective, otherwise), (name, why)
        if otherwise is None:
            assert why.code in ("rules", "needed", "excluded", "included")
            assert why.relaxations
        else:
            assert same(why.points, worth(problem, answer.selected) - otherwise)
            moved = (set(answer.selected) - set(why.leaves)) | set(why.enters)
            cohort = tuple(one.id for one in problem.nominees if one.id in moved)
            assert check(other, cohort) == []
            assert worth(problem, cohort) == otherwise
            gap = worth(problem, answer.selected) - otherwise
            doubt = sum(
                exactly(one.uncertainty) ** 2
                for one in problem.nominees
                if one.id in (*why.enters, *why.leaves)
            )
            assert why.indistinguishable == (gap**2 <= doubt)
        assert name in why.text


@SEARCH
@given(problems())
def test_reserves_come_by_the_places_they_could_take(problem: Problem) -> None:
    answer = solve(problem)
    free = replace(problem, include=())
    points = {nominee.id: nominee.merit for nominee in problem.nominees}
    places = {
        nominee.id: tuple(
            gone
            for gone in answer.selected
            if not check(free, [n for n in answer.selected if n != gone] + [nominee.id])
        )
        for nominee in problem.nominees
        if nominee.id not in answer.selected
    }
    for reserve in answer.reserves:
        assert reserve.replaces == places[reserve.id] != ()
    ranks = [(-len(one.replaces), -points[one.id]) for one in answer.reserves]
    assert ranks == sorted(ranks)
    able = [(-len(taken), -points[name]) for name, taken in places.items() if taken]
    assert ranks == sorted(able)[: problem.reserves]


def misses(problem: Problem, cohort: tuple[str, ...]) -> int:
    """How many people of the rules about people the cohort misses."""
    units = abs(len(cohort) - problem.seats)
    units += sum(name not in cohort for name in problem.include)
    units += sum(name in cohort for name in problem.exclude)
    by_value: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for quota in problem.quotas:
        held = {nominee.attributes.get(quota.attribute) for nominee in problem.nominees}
        for value in held - {None} if quota.value == "*" else [quota.value]:
            most = 99 if quota.max is None else quota.max
            by_value.setdefault((quota.attribute, str(value)), []).append((quota.min, most))
    for (attribute, value), ends in by_value.items():
        count = sum(
            nominee.id in cohort and nominee.attributes.get(attribute) == value
            for nominee in problem.nominees
        )
        units += max(0, max(least for least, _ in ends) - count)
        units += max(0, count - min(most for _, most in ends))
    return units


@SEARCH
@given(problems(most=7))
def test_the_relaxation_is_the_smallest_and_suffices(problem: Problem) -> None:
    answer = solve(problem)
    if answer.status != "infeasible":
        assert answer.relaxations == ()
        return
    assert answer.relaxations
    after = replace(relaxed(problem, answer.relaxations), explain=False)
    assert solve(after).status == "optimal"
    people = sum(one.by for one in answer.relaxations if one.kind != "budget")
    everybody = [nominee.id for nominee in problem.nominees]
    every = [c for size in range(len(everybody) + 1) for c in combinations(everybody, size)]
    fewest = min(misses(problem, cohort) for cohort in every)
    assert people == fewest
    money = sum(exactly(one.by) for one in answer.relaxations if one.kind == "budget")
    if money:
        costs = {nominee.id: exactly(nominee.cost) for nominee in problem.nominees}
        least = min(
            sum((costs[name] for name in cohort), Fraction(0))
            for cohort in every
            if misses(problem, cohort) == fewest
        )
        assert problem.budget is not None
        assert money >= least - exactly(problem.budget)


def after(problem: Problem, answer: Cohort, change: object) -> Problem:
    """The problem as a change makes it, told in other words than the method's."""
    kind, attribute, value = change.kind, change.attribute, change.value  # type: ignore[attr-defined]
    limit, by = change.limit, change.by  # type: ignore[attr-defined]
    if kind == "seats":
        return replace(problem, seats=problem.seats + int(by))
    if kind == "budget":
        return replace(problem, budget=float(exactly(problem.budget or 0) + exactly(by)))
    expanded = []
    for quota in problem.quotas:
        values = {one.attributes.get(quota.attribute) for one in problem.nominees} - {None}
        each = sorted(map(str, values)) if quota.value == "*" else [quota.value]
        expanded += [replace(quota, value=one) for one in each]
    mine = [q for q in expanded if (q.attribute, q.value) == (attribute, value)]
    least = max(q.min for q in mine)
    most = min(problem.seats if q.max is None else min(q.max, problem.seats) for q in mine)
    count = sum(
        one.id in answer.selected and one.attributes.get(attribute) == value
        for one in problem.nominees
    )
    if limit == "min":
        least += int(by)
    elif limit == "max":
        most += int(by)
    elif by > 0:
        least, most = count + 1, max(most, count + 1)
    else:
        least, most = min(least, count - 1), count - 1
    others = [q for q in expanded if (q.attribute, q.value) != (attribute, value)]
    return replace(problem, quotas=(*others, Quota(attribute, value, least, most)))


@settings(SEARCH, max_examples=60)
@given(problems(most=7))
def test_what_moving_a_rule_by_one_changes(problem: Problem) -> None:
    answer = solve(problem)
    changes = sensitivity(problem)
    if answer.status == "infeasible":
        assert changes == ()
        return
    for change in changes:
        moved = after(problem, answer, change)
        assert same(change.objective, best(moved)), change
        if change.objective is not None:
            kept = (set(answer.selected) - set(change.leaves)) | set(change.enters)
            cohort = tuple(one.id for one in problem.nominees if one.id in kept)
            assert check(moved, cohort) == [], change
            assert change.points is not None
            assert same(change.points, worth(problem, cohort) - worth(problem, answer.selected))


def test_everything_is_asked_about_in_a_wider_grid() -> None:
    """Many equal points and costs: ties everywhere, and the same answer on every run."""
    for seats, budget in product((2, 4), (None, 6, 9)):
        nominees = tuple(
            Nominee(f"n{n}", {"sex": SEXES[n % 2], "sector": SECTORS[n % 3]}, n % 2, 1 + n % 3)
            for n in range(9)
        )
        problem = Problem(
            seats, nominees, (Quota("sex", "*", 1), Quota("sector", "*", 0, 2)), budget
        )
        one, other = solve(problem), solve(problem)
        assert same(one.objective, best(problem))
        assert replace(one, seconds=0) == replace(other, seconds=0)
