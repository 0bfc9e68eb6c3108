"""Whether judges agree: published cases, laws that every statistic obeys, and what is refused."""

import json
import math
from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madang.methods.agreement import Level, Ratings, agree, merit, of, run
from madang.methods.agreement.problem import Problem
from madang.methods.documents import InvalidDocumentError, load, plain
from tests.support.shared import CHECKOUT, shared_data

LEVELS: list[Level] = ["nominal", "ordinal", "interval", "ratio"]
SEARCH = settings(max_examples=80, deadline=None, derandomize=True)
# Four judges of six targets: P. E. Shrout and J. L. Fleiss, 1979, table 2.
SHROUT_FLEISS = [[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]]

tables = st.tuples(st.integers(1, 5), st.integers(1, 6)).flatmap(
    lambda size: st.lists(
        st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=size[1], max_size=size[1]),
        min_size=size[0],
        max_size=size[0],
    )
)


def published(name: str) -> object:
    folder = shared_data()
    if folder is None:
        pytest.skip("the shared data are not beside the checkout")
    return json.loads((folder / "verification" / "published_cases.json").read_text())[name]


@pytest.mark.parametrize("level", LEVELS)
def test_krippendorffs_own_example_comes_out_as_printed(level: Level) -> None:
    case = published("krippendorff")["k2011"]  # type: ignore[index]
    answer = of(case["data"], level)
    assert answer.krippendorff_alpha == pytest.approx(case[level], abs=5e-5)
    low, high = answer.krippendorff_interval or (2, 2)
    assert low < case[level] < high <= 1
    assert (answer.judges, answer.items, answer.missing) == (4, 12, 7)


def test_kendalls_w_comes_out_as_published() -> None:
    for case in published("kendall_w"):  # type: ignore[attr-defined]
        answer = of(case["raters_by_items"], "ordinal")
        assert answer.kendall_w == pytest.approx(case["W"])


def test_the_correlations_of_shrout_and_fleiss_come_out_as_printed() -> None:
    printed = {"1,1": 0.17, "2,1": 0.29, "3,1": 0.71, "1,k": 0.44, "2,k": 0.62, "3,k": 0.91}
    assert of(SHROUT_FLEISS, "interval").icc == pytest.approx(printed, abs=5e-3)


def test_ties_are_corrected_for() -> None:
    # Two judges who tie the same items agree fully; without the correction W would be below 1.
    assert of([[1, 1, 2, 3], [5, 5, 7, 9]], "ordinal").kendall_w == 1


def test_where_a_statistic_does_not_apply_the_reason_is_given() -> None:
    answer = of([["yes", "no", None], ["yes", "yes", "no"]], "nominal")
    assert answer.kendall_w is None
    assert set(answer.icc.values()) == {None}
    assert answer.reasons["kendall_w"] == "Nominal ratings have no order."
    assert answer.reasons["icc.2,1"] == "Differences of nominal ratings have no size."
    assert answer.krippendorff_alpha is not None
    missing = of([[1, None, 3], [1, 2, 3]], "interval")
    assert missing.reasons["kendall_w"] == "A rating is missing."
    assert missing.reasons["icc.1,1"] == "A rating is missing."
    alone = of([[1, 2, 3]], "interval")
    assert alone.reasons["krippendorff_alpha"] == "No item was rated by two judges."
    assert alone.reasons["kendall_w"] == "It takes two judges and two items."
    same = of([[4, 4], [4, 4]], "interval")
    assert same.reasons["krippendorff_alpha"].startswith("All ratings are the same")
    assert same.reasons["kendall_w"] == "Each judge rates all items alike."
    assert same.reasons["icc.3,k"].startswith("The items do not differ")
    assert of([[-1, 2], [1, 2]], "ratio").reasons["krippendorff_alpha"].startswith("Ratios need")
    one = of([[1], [2]], "interval")
    assert one.reasons["krippendorff_interval"] == "One item says nothing about others."


def test_the_same_seed_draws_the_same_interval() -> None:
    first, again = of(SHROUT_FLEISS, "interval", seed=3), of(SHROUT_FLEISS, "interval", seed=3)
    assert first == again
    assert of(SHROUT_FLEISS, "interval", seed=4).krippendorff_interval != (
        first.krippendorff_interval
    )


@SEARCH
@given(tables, st.sampled_from(LEVELS))
def test_alpha_is_what_its_definition_says(ratings: Ratings, level: Level) -> None:
    """Over all pairs of ratings, one by one, instead of counts of values."""
    answer = agree(Problem(tuple(map(tuple, ratings)), level, resamples=100))
    columns = [[r for r in column if r is not None] for column in zip(*ratings, strict=True)]
    columns = [column for column in columns if len(column) > 1]
    values = sorted(float(r) for column in columns for r in column)
    counts = Counter(values)

    def distance(one: float, other: float) -> float:
        if level == "nominal":
            return float(one != other)
        if level == "interval":
            return (one - other) ** 2
        if level == "ratio":
            return ((one - other) / (one + other)) ** 2 if one != other else 0
        low, high = sorted((one, other))
        between = sum(counts[v] for v in counts if low <= v <= high)
        return (between - (counts[one] + counts[other]) / 2) ** 2 if one != other else 0

    observed = sum(
        2 * sum(distance(*pair) for pair in combinations(column, 2)) / (len(column) - 1)
        for column in columns
    )
    expected = 2 * sum(distance(*pair) for pair in combinations(values, 2))
    if not expected:
        assert answer.krippendorff_alpha is None
    else:
        alpha = 1 - observed / expected * (len(values) - 1)
        assert answer.krippendorff_alpha == pytest.approx(alpha, abs=1e-9)


@SEARCH
@given(tables, st.sampled_from(LEVELS), st.randoms(use_true_random=False))
def test_neither_judges_nor_items_have_an_order(
    ratings: Ratings, level: Level, chance: object
) -> None:
    judges = chance.sample(ratings, len(ratings))  # type: ignore[attr-defined]
    order = chance.sample(range(len(ratings[0])), len(ratings[0]))  # type: ignore[attr-defined]
    before = agree(Problem(tuple(map(tuple, ratings)), level, resamples=100))
    after = agree(
        Problem(tuple(tuple(row[i] for i in order) for row in judges), level, resamples=100)
    )
    assert (after.krippendorff_alpha is None) == (before.krippendorff_alpha is None)
    if before.krippendorff_alpha is not None:
        assert after.krippendorff_alpha == pytest.approx(before.krippendorff_alpha, abs=1e-9)
    assert after.kendall_w == before.kendall_w
    for name, value in before.icc.items():
        assert after.icc[name] == (None if value is None else pytest.approx(value, abs=1e-6))


@SEARCH
@given(
    st.lists(st.integers(1, 9), min_size=2, max_size=8).filter(lambda row: len(set(row)) > 1),
    st.integers(2, 5),
    st.sampled_from(LEVELS),
)
def test_judges_who_agree_fully_have_1_in_everything(
    row: list[int], judges: int, level: Level
) -> None:
    answer = agree(Problem((tuple(row),) * judges, level, resamples=100))
    assert answer.krippendorff_alpha == 1
    found = [answer.kendall_w, *answer.icc.values()]
    assert [value for value in found if value is not None] == pytest.approx(
        [1.0] * {"nominal": 0, "ordinal": 1}.get(level, 7)
    )


@SEARCH
@given(tables, st.booleans())
def test_merit_is_the_least_squares_fit(ratings: Ratings, severity: bool) -> None:
    """The same from the whole design matrix: a dummy for each item and each judge."""
    rows, answers = [], []
    items, judges = len(ratings[0]), len(ratings)
    for judge, row in enumerate(ratings):
        for item, rating in enumerate(row):
            if rating is not None:
                line = [0.0] * (items + judges * severity)
                line[item] = 1
                if severity:
                    line[items + judge] = 1
                rows.append(line)
                answers.append(float(rating))
    found = merit(ratings, severity=severity)
    assert len(found) == items
    if not rows:
        assert found == [(None, None)] * items
        return
    design, y = np.array(rows), np.array(answers)
    inverse = np.linalg.pinv(design.T @ design, rcond=1e-9)
    fit = inverse @ design.T @ y
    free = len(y) - np.linalg.matrix_rank(design)
    residual = float(((y - design @ fit) ** 2).sum())
    for item, (value, error) in enumerate(found):
        if not design[:, item].any():
            assert (value, error) == (None, None)
            continue
        assert value is not None
        # Each component of judges who are compared has severities that sum to 0.
        contrast = np.zeros(design.shape[1])
        contrast[item] = 1
        if severity:
            near = compared(ratings, item)
            contrast[[items + judge for judge in near]] = 1 / len(near)
        assert value == pytest.approx(float(contrast @ fit), abs=1e-7)
        if free:
            variance = residual / free * float(contrast @ inverse @ contrast)
            assert error == pytest.approx(math.sqrt(max(0, variance)), abs=1e-6)
        else:
            assert error is None


def compared(ratings: Ratings, item: int) -> list[int]:
    """The judges who are joined to an item by ratings."""
    judges: set[int] = set()
    items = {item}
    for _ in range(len(ratings) + len(ratings[0])):
        judges |= {j for j, row in enumerate(ratings) for i in items if row[i] is not None}
        items |= {i for j in judges for i, rating in enumerate(ratings[j]) if rating is not None}
    return sorted(judges)


def test_a_severe_judge_costs_nobody_anything() -> None:
    """Both officers saw B, so it is known that the second gives two points less."""
    values = merit([[8, 6, None], [None, 4, 5]])
    assert [value for value, _ in values] == pytest.approx([7, 5, 6])
    plain_means = merit([[8, 6, None], [None, 4, 5]], severity=False)
    assert [value for value, _ in plain_means] == [8, 5, 5]


def test_the_error_is_pooled_over_all_items() -> None:
    """Residuals ±1/2 on four of four ratings, one degree of freedom: variance 1, halved by two."""
    errors = [error for _, error in merit([[5, 4], [5, 6]])]
    assert errors == pytest.approx([math.sqrt(0.5), math.sqrt(0.5)])


def test_ratings_that_are_none_are_refused_from_python() -> None:
    for wrong in ([[1, 2], [1]], [[float("nan")]], [[float("inf"), 1]]):
        with pytest.raises(ValueError, match=r"rows of finite numbers|inhomogeneous"):
            merit(wrong)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"ratings": [[1]]}, "$.level: is missing"),
        ({"ratings": [[1]], "level": "cardinal"}, "$.level: expected one of"),
        ({"ratings": [], "level": "ratio"}, "$.ratings: must have a length of at least 1"),
        ({"ratings": [[1, 2], [1]], "level": "ratio"}, "$.ratings[1]: must have 2 items, not 1"),
        (
            {"ratings": [[1, "two"]], "level": "interval"},
            "$.ratings[0][1]: must be a number for interval ratings",
        ),
        ({"ratings": [[True]], "level": "nominal"}, "$.ratings[0][0]: expected a number"),
        ({"ratings": [[1]], "level": "ratio", "judge": 1}, "$.judge: is not a field here"),
    ],
)
def test_bad_input_is_refused_with_its_path(document: object, expected: str) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        run(document)
    assert str(caught.value).startswith(expected)


def test_the_answer_is_plain_json() -> None:
    answer = plain(run({"ratings": SHROUT_FLEISS, "level": "interval"}))
    assert json.loads(json.dumps(answer)) == answer
    assert answer["reasons"] == {}


def test_the_example_in_the_documentation_is_answered_as_it_says() -> None:
    page = CHECKOUT / "docs" / "develop" / "methods.md"
    section = page.read_text().partition("\n## agreement\n")[2].partition("\n## ")[0]
    problem, expected = (
        load(block.partition("```")[0].encode()) for block in section.split("```json")[1:]
    )
    answer = plain(run(problem))
    assert answer.pop("krippendorff_interval") == pytest.approx(
        expected.pop("krippendorff_interval")
    )
    assert answer.pop("krippendorff_alpha") == pytest.approx(expected.pop("krippendorff_alpha"))
    assert answer == expected
