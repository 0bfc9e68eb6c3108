"""Gain between two tests: what its definitions say, laws that hold, and what is refused."""

import json
import math
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nct

from madang.methods.documents import InvalidDocumentError, load, plain
from madang.methods.gain import of, run
from madang.methods.gain.effect import noncentrality
from tests.support.shared import CHECKOUT

SEARCH = settings(max_examples=60, deadline=None, derandomize=True)
results = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 8)), st.one_of(st.none(), st.integers(0, 8))),
    min_size=1,
    max_size=12,
)


def test_each_person_and_the_group_have_their_gain() -> None:
    answer = of([4, 2, 6], [8, 6, 8], 10)
    assert answer.gains == (4 / 6, 0.5, 0.5)
    # Hake's: means 4 and 7 1/3 of 10.
    assert answer.group_gain == pytest.approx((22 / 3 - 4) / 6)
    assert answer.mean_gain == pytest.approx(5 / 9)
    assert (answer.pairs, answer.at_ceiling, answer.unpaired) == (3, 0, 0)


def test_only_pairs_count_and_the_ceiling_says_so() -> None:
    answer = of([5, None, 7, 10], [6, 9, None, 8], 10)
    assert answer.gains == (0.2, None, None, None)
    assert answer.reasons["gains.1"] == "A result is missing."
    assert answer.reasons["gains.3"].startswith("The maximum was reached before")
    assert (answer.pairs, answer.at_ceiling, answer.unpaired) == (2, 1, 2)
    assert answer.group_gain == pytest.approx((7 - 7.5) / 2.5)
    assert answer.mean_gain == 0.2
    assert answer.mean_gain_interval is None
    assert answer.reasons["mean_gain_interval"] == "One person says nothing about others."


def test_where_there_is_nothing_to_say_the_reason_is_given() -> None:
    nobody = of([None, 3], [4, None], 10)
    assert (nobody.group_gain, nobody.mean_gain, nobody.pre_mean) == (None, None, None)
    assert nobody.reasons["group_gain"] == nobody.reasons["pre_mean"] == "Nobody took both tests."
    one = of([3], [4], 10)
    assert one.group_gain == pytest.approx(1 / 7)
    assert one.group_gain_interval is None
    assert one.reasons["effect_size"] == "It takes two persons who took both tests."
    assert of([10, 10], [9, 8], 10).reasons["group_gain"] == "Everybody had the maximum before."
    assert of([3, 4], [5, 6], 10).reasons["effect_size"] == "The differences do not differ."
    few = of([10, 10, 10, 10, 9], [9, 9, 9, 9, 10], 10)
    assert few.group_gain_interval is not None


def test_the_effect_size_is_that_of_the_differences() -> None:
    answer = of([3, 5, 4, 6, 2], [6, 7, 7, 7, 6], 10)
    differences = [3, 2, 3, 1, 4]
    size = statistics.mean(differences) / statistics.stdev(differences)
    assert answer.effect_size == pytest.approx(size)
    low, high = answer.effect_size_interval or (9, 9)
    # Each end is the size with which what was found is just not too unlikely.
    t = size * math.sqrt(5)
    assert nct.cdf(t, 4, low * math.sqrt(5)) == pytest.approx(0.975, abs=1e-6)
    assert nct.cdf(t, 4, high * math.sqrt(5)) == pytest.approx(0.025, abs=1e-6)


@pytest.mark.parametrize("freedom", [1, 2, 5, 30, 200])
@pytest.mark.parametrize("statistic", [-3, 0, 0.5, 2, 10, 25])
def test_the_noncentrality_is_that_of_the_t_distribution(freedom: int, statistic: float) -> None:
    for part in (0.025, 0.975):
        found = noncentrality(statistic, freedom, part)
        assert nct.cdf(statistic, freedom, found) == pytest.approx(part, abs=1e-6)


def test_even_a_huge_effect_has_an_interval() -> None:
    low, high = of([0, 0, 0], [9.999999, 9.999998, 9.999999], 10).effect_size_interval or (0, 0)
    assert 0 < low < high < math.inf


def test_the_same_seed_draws_the_same_intervals() -> None:
    pre, post = [3.1, 5.2, 4.3, 6, 2.8, 4.4, 3.3], [6.5, 7.9, 7.1, 7.7, 6.6, 5.2, 8.8]
    assert of(pre, post, 10, seed=3) == of(pre, post, 10, seed=3)
    other = of(pre, post, 10, seed=4)
    assert other.group_gain_interval != of(pre, post, 10, seed=3).group_gain_interval


@SEARCH
@given(results)
def test_gains_are_what_their_definition_says(pairs: list[tuple[int | None, int | None]]) -> None:
    pre, post = zip(*pairs, strict=True)
    answer = of(pre, post, 8)
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    for (before, after), gain in zip(pairs, answer.gains, strict=True):
        if gain is None:
            assert before is None or after is None or before == 8
        else:
            assert gain <= 1
            assert gain == ((after or 0) - (before or 0)) / (8 - (before or 0))
    left = sum(8 - before for before, _ in both)
    if not left:
        assert answer.group_gain is None
    else:
        assert answer.group_gain == pytest.approx(sum(b - a for a, b in both) / left)
    assert answer.pairs + answer.unpaired == len(pairs)


@SEARCH
@given(results, st.sampled_from([2, 0.5, 10]))
def test_the_unit_of_the_results_does_not_matter(
    pairs: list[tuple[int | None, int | None]], unit: float
) -> None:
    pre, post = zip(*pairs, strict=True)
    one = of(pre, post, 8)
    scaled = [[None if r is None else r * unit for r in side] for side in (pre, post)]
    other = of(scaled[0], scaled[1], 8 * unit)
    for name in ("group_gain", "mean_gain", "effect_size"):
        expected, found = getattr(one, name), getattr(other, name)
        assert (found is None) == (expected is None)
        assert found is None or found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"pre": [1], "post": [1, 2], "maximum": 3}, "$.post"),
        ({"pre": [4], "post": [1], "maximum": 3}, "$.pre[0]"),
        ({"pre": [1], "post": [4], "maximum": 3}, "$.post[0]"),
        ({"pre": [-1], "post": [1], "maximum": 3}, "$.pre[0]"),
        ({"pre": [1], "post": [1], "maximum": 0}, "$.maximum"),
        ({"pre": [], "post": [], "maximum": 3}, "$.pre"),
        ({"pre": [1], "post": [1], "maximum": 3, "unit": "%"}, "$.unit"),
    ],
)
def test_bad_input_is_refused_with_its_path(document: object, path: str) -> None:
    with pytest.raises(InvalidDocumentError) as refused:
        run(document)
    assert refused.value.path == path


def test_the_example_of_the_documentation_runs() -> None:
    text = (CHECKOUT / "docs" / "develop" / "methods.md").read_text()
    section = text.split("\n## gain\n")[1].split("\n## ")[0]
    blocks = [part.split("```")[0] for part in section.split("```json")[1:]]
    printed = json.loads(blocks[1])
    answer = plain(run(load(blocks[0].encode())))
    assert {name: answer[name] for name in printed} == printed
