"""Items of a test: the published case, laws that every statistic obeys, and what is refused."""

import json
import statistics

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from madang.methods.documents import InvalidDocumentError, load, plain
from madang.methods.items import of, run
from tests.support.shared import CHECKOUT, shared_data

SEARCH = settings(max_examples=80, deadline=None, derandomize=True)


def tables(*answers: int | None) -> st.SearchStrategy[list[list[int | None]]]:
    return st.tuples(st.integers(1, 8), st.integers(1, 6)).flatmap(
        lambda size: st.lists(
            st.lists(st.sampled_from(answers), min_size=size[1], max_size=size[1]),
            min_size=size[0],
            max_size=size[0],
        )
    )


def test_kr_20_and_its_items_come_out_as_published() -> None:
    folder = shared_data()
    if folder is None:
        pytest.skip("the shared data are not beside the checkout")
    case = json.loads((folder / "verification" / "published_cases.json").read_text())["kr20"]
    answer = of([[int(mark) for mark in row] for row in case["matrix"]])
    assert answer.difficulty == pytest.approx(case["p"])
    assert answer.kr20 == pytest.approx(case["kr20"], abs=1e-15)
    assert answer.alpha == answer.kr20
    assert answer.corrected_point_biserial == pytest.approx(
        case["corrected_point_biserial"], abs=5e-5
    )
    assert {(flag.item, flag.code) for flag in answer.flagged} == {
        (2, "low_discrimination"),
        (6, "negative_discrimination"),
        (8, "negative_discrimination"),
    }
    low, high = answer.alpha_interval or (2, 2)
    assert low < case["kr20"] < high < 1


def test_feldts_interval_is_the_one_of_tables_of_f() -> None:
    # F(9, 81) has 2.2772 above it in 2.5 % of cases and 0.2925 below it.
    folder_free = [[1] * up + [0] * (10 - up) for up in range(1, 11)]
    answer = of(folder_free)
    assert answer.alpha is not None
    assert answer.alpha_interval == pytest.approx(
        (1 - (1 - answer.alpha) * 2.2772, 1 - (1 - answer.alpha) * 0.2925), abs=5e-4
    )


def test_missing_answers_are_left_out_and_counted() -> None:
    answer = of([[1, 0, 1], [1, None, 0], [0, 0, 0], [None, None, None]])
    assert answer.difficulty == (2 / 3, 0, 1 / 3)
    assert (answer.persons, answer.complete, answer.missing) == (4, 2, 4)
    assert answer.answers == (3, 2, 3)
    assert answer.kr20 is not None


def test_where_a_statistic_does_not_apply_the_reason_is_given() -> None:
    empty = of([[None, None]])
    assert empty.difficulty == (None, None)
    assert empty.reasons["difficulty.0"] == "Nobody answered this item."
    assert empty.reasons["kr20"] == "Fewer than two persons answered every item."
    assert of([[1], [0]]).reasons["alpha"] == "It takes two items."
    alike = of([[1, 0], [0, 1]])
    assert alike.reasons["alpha_interval"] == "Everybody has the same result."
    assert alike.corrected_point_biserial == (-1, -1)
    same = of([[1, 1, 0], [1, 0, 0]])
    assert same.reasons["corrected_point_biserial.0"] == "Everybody answered this item alike."
    assert same.reasons["corrected_point_biserial.1"].startswith("Everybody did equally well")


def test_an_item_too_easy_or_too_hard_is_flagged() -> None:
    rows = [[1, 0, person % 2] for person in range(12)]
    flags = {(flag.item, flag.code) for flag in of(rows).flagged}
    assert flags >= {(0, "too_easy"), (1, "too_hard")}


@SEARCH
@given(tables(0, 1))
def test_kr_20_is_what_its_formula_says(rows: list[list[int | None]]) -> None:
    table = [[int(answer or 0) for answer in row] for row in rows]
    items = len(table[0])
    sums = [sum(row) for row in table]
    assume(items > 1 and len(set(sums)) > 1)
    columns = list(zip(*table, strict=True))
    within = sum(statistics.pvariance(column) for column in columns)
    expected = items / (items - 1) * (1 - within / statistics.pvariance(sums))
    assert of(rows).kr20 == pytest.approx(expected, abs=1e-9)


@SEARCH
@given(tables(0, 1))
def test_the_correlation_is_that_with_the_rest(rows: list[list[int | None]]) -> None:
    table = [[int(answer or 0) for answer in row] for row in rows]
    for item, found in enumerate(of(rows).corrected_point_biserial):
        right = [row[item] for row in table]
        rest = [sum(row) - row[item] for row in table]
        if len(set(right)) < 2 or len(set(rest)) < 2:
            assert found is None
        else:
            assert found == pytest.approx(statistics.correlation(right, rest), abs=1e-9)


@SEARCH
@given(tables(0, 1, None), st.randoms(use_true_random=False))
def test_neither_persons_nor_items_have_an_order(rows: list[list[int | None]], chance) -> None:  # type: ignore[no-untyped-def]
    order = list(range(len(rows[0])))
    chance.shuffle(order)
    shuffled = [[row[item] for item in order] for row in rows]
    chance.shuffle(shuffled)
    answer, other = of(rows), of(shuffled)
    assert other.kr20 == answer.kr20
    assert other.alpha_interval == answer.alpha_interval
    assert other.difficulty == tuple(answer.difficulty[item] for item in order)
    for place, item in enumerate(order):
        expected = answer.corrected_point_biserial[item]
        found = other.corrected_point_biserial[place]
        assert (found is None) == (expected is None)
        assert found is None or found == pytest.approx(expected, abs=1e-9)


@SEARCH
@given(tables(0, 1, None))
def test_right_for_wrong_turns_difficulty_around_and_nothing_else(
    rows: list[list[int | None]],
) -> None:
    turned = of([[None if answer is None else 1 - answer for answer in row] for row in rows])
    answer = of(rows)
    assert turned.kr20 == answer.kr20
    for one, other in zip(answer.difficulty, turned.difficulty, strict=True):
        assert (one is None) == (other is None)
        assert one is None or one + (other or 0) == pytest.approx(1)


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"matrix": [[1, 0], [1]]}, "$.matrix[1]"),
        ({"matrix": [[2]]}, "$.matrix[0][0]"),
        ({"matrix": [[True]]}, "$.matrix[0][0]"),
        ({"matrix": []}, "$.matrix"),
        ({"matrix": [[]]}, "$.matrix[0]"),
        ({"matrix": [[1]], "easy": 0.1}, "$.hard"),
        ({"matrix": [[1]], "names": ["a"]}, "$.names"),
    ],
)
def test_bad_input_is_refused_with_its_path(document: object, path: str) -> None:
    with pytest.raises(InvalidDocumentError) as refused:
        run(document)
    assert refused.value.path == path


def test_the_example_of_the_documentation_runs() -> None:
    text = (CHECKOUT / "docs" / "develop" / "methods.md").read_text()
    section = text.split("\n## items\n")[1].split("\n## ")[0]
    blocks = [part.split("```")[0] for part in section.split("```json")[1:]]
    printed = json.loads(blocks[1])
    answer = plain(run(load(blocks[0].encode())))
    assert {name: answer[name] for name in printed} == printed
