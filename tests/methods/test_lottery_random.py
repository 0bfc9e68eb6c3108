"""Random lotteries: the chances of small ones are compared with all lotteries that there are."""

import time
from fractions import Fraction
from itertools import combinations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from madang.methods.selection import (
    Nominee,
    Problem,
    Quota,
    check,
    columns,
    exact,
    levels,
    lottery,
    polytope,
)

SEARCH = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
TOLERANCE = 1e-6  # of the comparison, which computes in floats


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    values = {name: draw(st.integers(2, 3)) for name in "xyz"[: draw(st.integers(1, 3))]}
    nominees = tuple(
        Nominee(
            f"n{number}",
            {name: str(draw(st.integers(0, most - 1))) for name, most in values.items()},
            cost=draw(st.sampled_from([0, 1, 2, 3.5, 4])),
        )
        for number in range(draw(st.integers(2, 9)))
    )
    seats = draw(st.integers(1, min(5, len(nominees))))
    quotas = []
    for name in values:
        for value in sorted({nominee.attributes[name] for nominee in nominees}):
            most = draw(st.sampled_from([None, None, 1, 2, 3]))
            least = draw(st.sampled_from([0, 0, 0, 1]))
            quotas.append(Quota(name, value, least, most))
    pins = st.lists(st.sampled_from([nominee.id for nominee in nominees]), max_size=1)
    return Problem(
        seats,
        nominees,
        tuple(quotas),
        budget=draw(st.sampled_from([None, None, seats * 2, seats * 1.5])),
        include=tuple(draw(st.one_of(st.just([]), pins))),
        exclude=tuple(draw(st.one_of(st.just([]), pins))),
    )


def fairest(problem: Problem) -> dict[str, float] | None:
    """The leximin chances over all cohorts that keep the rules; None if there is none."""
    who = [nominee.id for nominee in problem.nominees if nominee.id not in problem.exclude]
    everybody = [nominee.id for nominee in problem.nominees]
    cohorts = [c for c in combinations(everybody, problem.seats) if not check(problem, c)]
    if not cohorts:
        return None
    inside = np.array([[float(name in cohort) for cohort in cohorts] for name in who])
    settled: dict[int, float] = {}
    while len(settled) < len(who):
        level = np.array([[float(row not in settled)] for row in range(len(who))])
        least = [settled.get(row, 0.0) for row in range(len(who))]
        solved = linprog(
            [0.0] * len(cohorts) + [-1.0],
            A_ub=np.hstack([-inside, level]),
            b_ub=1e-10 - np.array(least),
            A_eq=[[1.0] * len(cohorts) + [0.0]],
            b_eq=[1.0],
            bounds=[(0, None)] * len(cohorts) + [(0, 1)],
        )
        price = -solved.ineqlin.marginals
        open_rows = [row for row in range(len(who)) if row not in settled]
        held = [row for row in open_rows if price[row] > 1e-7]
        settled.update(dict.fromkeys(held or open_rows, float(solved.x[-1])))
    return {name: settled[row] for row, name in enumerate(who)}


@SEARCH
@given(problems())
def test_no_lottery_over_all_cohorts_is_fairer(problem: Problem) -> None:
    found = lottery.leximin(problem, time.perf_counter() + 60)
    known = fairest(problem)
    if known is None:
        assert found.status == "infeasible"
        return
    assert found.status == "optimal"
    for nominee, chance in zip(problem.nominees, found.chances, strict=True):
        assert abs(float(chance) - known.get(nominee.id, 0.0)) < TOLERANCE
    assert found.minimum == found.bound


@SEARCH
@given(problems())
def test_panels_keep_the_rules_and_like_people_have_like_chances(problem: Problem) -> None:
    found = lottery.leximin(problem, time.perf_counter() + 60)
    ids = [nominee.id for nominee in problem.nominees]
    drawn = dict.fromkeys(ids, 0)
    for weight, members in found.panels:
        assert check(problem, [ids[member] for member in members]) == []
        for member in members:
            drawn[ids[member]] += weight
    if found.panels:
        assert sum(weight for weight, _ in found.panels) == found.unit
        assert [Fraction(drawn[name], found.unit) for name in ids] == list(found.chances)
        pinned = {*problem.include, *problem.exclude}
        alike: dict[object, set[Fraction]] = {}
        for nominee, chance in zip(problem.nominees, found.chances, strict=True):
            if nominee.id not in pinned:
                kind = (tuple(nominee.attributes.items()), nominee.cost)
                alike.setdefault(kind, set()).add(chance)
        assert all(len(chances) == 1 for chances in alike.values())
    assert lottery.leximin(problem, time.perf_counter() + 60) == found


@SEARCH
@given(problems())
def test_generated_columns_alone_find_what_the_walk_does(problem: Problem) -> None:
    """The way round where the polytope tells nothing; it proves as much."""
    whole = polytope.polytope(problem)
    prove = lottery.prover(problem, whole)
    deadline = time.perf_counter() + 60
    found = columns.leximin(whole, levels.Levels(), (), prove, deadline)
    known = lottery.leximin(problem, deadline)
    assert found.proven
    assert (found.mixture is None) == (known.status == "infeasible")
    if found.mixture is not None:
        for t, people in enumerate(whole.members):
            total = sum(weight * cohort[t] for weight, cohort in found.mixture.parts)
            chance = Fraction(total, found.mixture.unit * len(people))
            assert {known.chances[person] for person in people} == {chance}


@SEARCH
@given(st.data(), st.integers(1, 6))
def test_equations_are_solved_exactly_or_not_at_all(data: st.DataObject, size: int) -> None:
    entry = st.sampled_from([0, 0, 1, 1, -1, 3])
    rows = [{c: value for c in range(size) if (value := data.draw(entry))} for _ in range(size)]
    right = [data.draw(st.integers(-3, 3)) for _ in range(size)]
    solution = exact.solve(rows, right)
    dense = np.array([[row.get(c, 0) for c in range(size)] for row in rows], dtype=float)
    assert (solution is None) == (np.linalg.matrix_rank(dense) < size)
    if solution is not None:
        for row, value in zip(rows, right, strict=True):
            assert sum(entry * solution[c] for c, entry in row.items()) == value
