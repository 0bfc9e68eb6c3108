"""Peer groups over a week and mixed tables, told in cases whose answer a person can see."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

import pytest

from madang.methods.documents import InvalidDocumentError, load, plain
from madang.methods.rotation import Person, Place, Problem, check, rotate, run, warm
from tests.support.shared import CHECKOUT, shared_data


def people(count: int, **attributes: Any) -> tuple[Person, ...]:
    """People "0", "1", …, whose attributes are functions of their numbers."""
    return tuple(
        Person(str(n), {name: value(n) for name, value in attributes.items()}) for n in range(count)
    )


def incheon(rounds: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The instance of 37 people for so many rounds, and what is known of its answer."""
    folder = shared_data()
    if folder is None:
        pytest.skip("the shared data are not beside the checkout")
    case = load((folder / "methods" / "rotate-incheon37.json").read_bytes())
    return case["instance"] | {"rounds": rounds}, case["expected"]


def delegations(sizes: Sequence[int]) -> tuple[Person, ...]:
    countries = [country for country, size in enumerate(sizes) for _ in range(size)]
    return people(len(countries), country=countries.__getitem__)


@pytest.mark.parametrize("rounds", [5, 6, 7, 8, 9, 10])
def test_the_week_in_incheon_is_as_good_as_is_known(rounds: int) -> None:
    instance, expected = incheon(rounds)
    answer = run(instance | {"seconds": 4})
    known = expected["by_rounds"][str(rounds)]
    assert answer.repeats <= known.get("repeats", known.get("repeats_at_most"))
    assert answer.status == known.get("status", "feasible")
    assert answer.bound == known.get("bound", known.get("repeats"))
    assert answer.pairs_met == known.get("pairs_met", answer.pairs_met)
    assert answer.pairs_allowed == expected["allowed_pairs"]
    meetings = rounds * expected["meetings_per_round"]
    assert answer.repeats == meetings - answer.pairs_met
    assert answer.violations == ()
    assert answer.balance == {"maturity": answer.front[0].imbalance}


@pytest.mark.parametrize("count", range(36, 43))
def test_seven_groups_meet_for_seven_rounds_without_a_repeat(count: int) -> None:
    """Delegations of one to three, as in the first workshop."""
    sizes = [3] * 3 + [2] * 10
    problem = Problem(
        delegations(sizes + [1] * (count - sum(sizes))), 7, 7, apart=("country",), seed=count
    )
    answer = rotate(problem)
    assert (answer.status, answer.repeats, answer.violations) == ("optimal", 0, ())


@pytest.mark.parametrize("groups", [2, 3, 4, 5, 8, 9])
def test_a_full_plane_lets_everybody_meet_exactly_once(groups: int) -> None:
    answer = rotate(Problem(people(groups**2), groups, groups + 1))
    assert (answer.status, answer.repeats) == ("optimal", 0)
    assert answer.pairs_met == answer.pairs_allowed
    assert set(answer.met_by_person.values()) == {groups**2 - 1}


def test_a_country_larger_than_the_number_of_groups_is_said_and_spread() -> None:
    """Six of a country in four groups: two pairs must share, whatever the plan."""
    problem = Problem(
        people(12, country=lambda n: "KR" if n < 6 else n), 4, 3, apart=("country",), seconds=2
    )
    answer = rotate(problem)
    sizes = Counter(len(violation.people) for violation in answer.violations)
    assert sizes == {2: 6}
    assert {violation.value for violation in answer.violations} == {"KR"}
    assert {violation.attribute for violation in answer.violations} == {"country"}
    first = answer.violations[0]
    assert set(first.people) <= set(answer.rounds[first.round - 1][first.group - 1])


def test_attributes_can_be_apart_together() -> None:
    problem = Problem(
        people(20, country=lambda n: n // 4, ministry=lambda n: n % 5),
        5,
        2,
        apart=("country", "ministry"),
        seconds=2,
    )
    assert rotate(problem).violations == ()


def test_who_lacks_an_attribute_may_sit_with_anybody() -> None:
    problem = Problem(
        people(6, country=lambda n: None if n < 4 else "KR"), 2, 1, apart=("country",)
    )
    answer = rotate(problem)
    assert answer.violations == ()
    assert answer.pairs_allowed == 14


def test_values_are_spread_evenly() -> None:
    problem = Problem(
        people(21, sex=lambda n: "f" if n < 9 else "m"), 3, 1, balance=("sex",), seconds=1
    )
    (groups,) = rotate(problem).rounds
    assert [sum(int(name) < 9 for name in group) for group in groups] == [3, 3, 3]


def test_the_front_trades_repeats_for_balance() -> None:
    instance, _ = incheon(7)
    front = run(instance).front
    assert front[0].repeats == 0
    assert len(front) > 1
    for one, other in pairwise(front):
        assert one.repeats < other.repeats
        assert one.imbalance > other.imbalance


def test_past_rounds_are_frozen_when_people_leave() -> None:
    instance, _ = incheon(6)
    before = run(instance)
    gone = ["3", "17", "30"]
    held = plain(before.rounds[:3])
    absent = {str(n): gone for n in (4, 5, 6)}
    after = run(instance | {"fixed": held, "absent": absent, "seconds": 2})
    assert plain(after.rounds[:3]) == held
    for groups in after.rounds[3:]:
        assert {len(group) for group in groups} == {4, 5}
        assert not {name for group in groups for name in group} & set(gone)
    assert after.violations == ()
    assert after.repeats < 20  # of 455 meetings; planning anew has about 10


def test_somebody_who_comes_late_joins_later_rounds() -> None:
    problem = Problem(people(9), 3, 4, absent={"1": ("8",), "2": ("8",)})
    answer = rotate(problem)
    assert [sum("8" in group for group in groups) for groups in answer.rounds] == [0, 0, 1, 1]
    assert answer.repeats == answer.bound == 0


def test_a_round_that_was_held_may_have_any_shape() -> None:
    """Four of six came, and sat in two groups that are uneven and of one country."""
    problem = Problem(
        people(6, country=lambda n: n // 2),
        2,
        3,
        apart=("country",),
        fixed=((("0", "1", "2"), ("4",)),),
        seconds=1,
    )
    answer = rotate(problem)
    assert answer.rounds[0] == (("0", "1", "2"), ("4",))
    assert [violation.round for violation in answer.violations if violation.round == 1] == [1]
    assert rotate(replace(problem, rounds=1)).status == "optimal"


def test_who_has_met_before_meets_others_now() -> None:
    """Four who know each other as couples: the tables mix the couples."""
    answer = rotate(Problem(people(4), 2, 1, met=(("0", "1"), ("3", "2"))))
    assert answer.repeats == 0
    assert answer.pairs_met == 4
    everybody = tuple(combinations("0123", 2))
    again = rotate(Problem(people(4), 2, 1, met=everybody))
    assert (again.repeats, again.bound, again.status) == (2, 2, "optimal")


def test_a_dinner_has_its_hosts_placed_and_mixed_tables() -> None:
    """Forty guests at five tables; who was in a group in the week sits apart as far as possible."""
    guests = people(40, country=lambda n: n // 3)
    week = rotate(Problem(guests, 8, 3, apart=("country",)))
    met = {
        tuple(sorted(pair))
        for groups in week.rounds
        for group in groups
        for pair in combinations(group, 2)
    }
    hosts = tuple(Place(1, table + 1, str(3 * table)) for table in range(5))
    problem = Problem(
        guests, 5, 1, apart=("country",), met=tuple(sorted(met)), placed=hosts, seconds=2
    )
    answer = rotate(problem)
    (tables,) = answer.rounds
    assert [len(table) for table in tables] == [8] * 5
    assert all(str(3 * number) in table for number, table in enumerate(tables))
    assert answer.violations == ()
    by_chance = 140 * len(met) / 780
    assert answer.repeats < by_chance / 2


def test_no_group_is_needed_for_nobody() -> None:
    everybody = tuple(str(n) for n in range(4))
    answer = rotate(Problem(people(4), 2, 2, absent={"1": everybody}))
    assert answer.rounds[0] == ((), ())
    assert answer.status == "optimal"


def test_the_same_seed_gives_the_same_plan() -> None:
    """However busy the machine: no repeat is soon found, and the balance has steps that end."""
    problem = Problem(
        people(23, country=lambda n: n // 2 if n < 12 else n, sex=lambda n: n % 2),
        5,
        5,
        apart=("country",),
        balance=("sex",),
        seed=7,
        seconds=60,
    )
    first, again = rotate(problem), rotate(problem)
    assert first.repeats == first.bound
    assert replace(first, seconds=0) == replace(again, seconds=0)
    assert rotate(replace(problem, seed=8)).rounds != first.rounds


def test_attributes_stand_beside_the_ids_in_json() -> None:
    document = {
        "people": [{"id": str(n), "country": n // 2, "first timer": n == 0} for n in range(6)],
        "groups": 3,
        "rounds": 2,
        "apart": ["country"],
        "balance": ["first timer"],
        "seconds": 1,
    }
    answer = plain(run(document))
    assert json.loads(json.dumps(answer)) == answer
    assert answer["balance"] == {"first timer": 0}
    assert answer["violations"] == []


def test_the_example_in_the_documentation_is_answered_as_it_says() -> None:
    page = CHECKOUT / "docs" / "develop" / "methods.md"
    section = page.read_text().partition("\n## rotate\n")[2].partition("\n## ")[0]
    problem, expected = (
        load(block.partition("```")[0].encode()) for block in section.split("```json")[1:]
    )
    answer = plain(run(problem))
    told = {"repeats", "bound", "status", "pairs_met", "pairs_allowed", "violations"}
    assert {name: answer[name] for name in told} == {name: expected[name] for name in told}
    assert list(answer) == list(expected)
    assert answer["front"][0] == expected["front"][0]


def test_the_cache_can_be_warmed_at_set_up() -> None:
    warm()


def test_the_check_sees_every_broken_rule() -> None:
    problem = Problem(people(6), 2, 2, fixed=((("0", "1"), ("2",)),), placed=(Place(2, 1, "0"),))
    held = [["0", "1"], ["2"]]
    valid = [held, [["0", "1", "2"], ["3", "4", "5"]]]
    assert check(problem, valid) == []
    for plan, expected in (
        ([held], "there are 1 rounds, not 2"),
        ([held[::-1], valid[1]], "round 1 is not as it was held"),
        ([held, [["0", "1"], ["2", "3"], ["4", "5"]]], "round 2 has 3 groups"),
        ([held, [["0", "1", "2"], ["2", "3", "4"]]], "2 is in 2 groups of round 2, not in 1"),
        ([held, [["0", "1", "2"], ["3", "4"]]], "5 is in 0 groups of round 2, not in 1"),
        ([held, [["0", "1"], ["2", "3", "4", "5"]]], "the sizes of round 2 differ"),
        ([held, [["3", "4", "5"], ["0", "1", "2"]]], "0 is not in group 1 of round 2"),
    ):
        assert any(found.startswith(expected) for found in check(problem, plan)), expected


DOCUMENT = {
    "people": [{"id": "Han", "country": "KR"}, {"id": "Sok"}, {"id": "Tui"}, {"id": "Ana"}],
    "groups": 2,
    "rounds": 2,
}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"people": [{"id": "Han"}] * 2}, '$.people[1].id: "Han" is already at $.people[0]'),
        ({"people": [{"country": "KR"}]}, "$.people[0].id: is missing"),
        ({"people": [{"id": "Han", "x": []}]}, "$.people[0].x: expected a text, found a list"),
        ({"people": ["Han"]}, "$.people[0]: expected an object"),
        ({"people": {}}, "$.people: expected a list"),
        ({"groups": 5}, "$.groups: there are only 4 people"),
        ({"groups": 0}, "$.groups: must be at least 1"),
        ({"rounds": True}, "$.rounds: expected a whole number"),
        ({"tables": 3}, "$.tables: is not a field here"),
        ({"apart": ["sex"]}, "$.apart[0]: there is no attribute “sex”"),
        ({"balance": ["sex"]}, "$.balance[0]: there is no attribute “sex”"),
        ({"met": [["Han", "Sok"], ["Han", "Kim"]]}, "$.met[1][1]: there is no person “Kim”"),
        ({"met": [["Han", "Han"]]}, "$.met[0]: nobody meets themselves"),
        ({"met": [["Han"]]}, "$.met[0]: must have 2 items, not 1"),
        ({"fixed": [[], [], []]}, "$.fixed: there are only 2 rounds"),
        ({"fixed": [[["Kim"]]]}, "$.fixed[0][0][0]: there is no person “Kim”"),
        ({"fixed": [[["Han"], ["Han"]]]}, "$.fixed[0][1][0]: “Han” is already in a group"),
        ({"absent": {"3": ["Han"]}}, '$.absent["3"]: is no round: they are 1 to 2'),
        ({"absent": {"01": ["Han"]}}, '$.absent["01"]: is no round'),
        ({"absent": {"1": ["Kim"]}}, '$.absent["1"][0]: there is no person “Kim”'),
        (
            {"absent": {"1": ["Han"]}, "fixed": [[["Han", "Sok"]]]},
            '$.absent["1"][0]: “Han” was there',
        ),
        ({"placed": [place := {"round": 1, "group": 3, "person": "Han"}]}, "$.placed[0].group: "),
        ({"placed": [place | {"round": 3, "group": 1}]}, "$.placed[0].round: is no round that"),
        ({"placed": [place | {"group": 1, "person": "Kim"}]}, "$.placed[0].person: there is no"),
        (
            {"placed": [place | {"group": 1}], "absent": {"1": ["Han"]}},
            "$.placed[0].person: is absent in this round",
        ),
        (
            {"placed": [place | {"group": 1}, place | {"group": 2}]},
            "$.placed[1].person: is already placed in another group",
        ),
        (
            {"placed": [place | {"group": 1, "person": name} for name in ("Han", "Sok", "Tui")]},
            "$.placed[2]: there is no seat left in this group",
        ),
        ({"seconds": 0}, "$.seconds: must be at least 0.1"),
    ],
)
def test_bad_input_is_refused_with_its_path(change: dict[str, Any], expected: str) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        run(DOCUMENT | change)
    assert str(caught.value).startswith(expected)


def test_a_field_given_twice_is_refused_with_its_path() -> None:
    text = b'{"people": [{"id": "a", "x": 1, "x": 2}], "groups": 1, "rounds": 1}'
    with pytest.raises(InvalidDocumentError) as caught:
        run(load(text))
    assert str(caught.value) == "$.people[0].x: is given twice"
