"""Choosing a cohort: small calls whose answer a person can see, and the shared instances."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from madang.methods import documents
from madang.methods.documents import InvalidDocumentError
from madang.methods.selection import (
    Nominee,
    Problem,
    Quota,
    Reason,
    Relaxation,
    Rule,
    check,
    relaxed,
    run,
    sensitivity,
    solve,
)
from tests.support.shared import shared_data

SOURCE = Path(__file__).parents[2] / "src"


def nominee(name: str, sex: str, country: str, merit: float, cost: float = 0) -> Nominee:
    return Nominee(name, {"sex": sex, "country": country}, merit, cost)


SOK = nominee("Sok", "m", "KH", 90, 800)
CHAN = nominee("Chan", "m", "KH", 80, 700)
DARA = nominee("Dara", "f", "KH", 70, 700)
TUI = nominee("Tui", "f", "WS", 60, 2000)
SINA = nominee("Sina", "f", "WS", 50, 1500)
LAGI = nominee("Lagi", "m", "WS", 85, 2100)
CALL = Problem(3, (SOK, CHAN, DARA, TUI, SINA, LAGI))


def test_without_rules_the_most_points_win() -> None:
    answer = solve(CALL)
    assert (answer.status, answer.objective, answer.bound) == ("optimal", 255, 255)
    assert answer.selected == ("Sok", "Chan", "Lagi")


def test_quotas_hold_at_both_ends_and_a_star_means_each_value() -> None:
    answer = solve(replace(CALL, quotas=(Quota("sex", "f", 1), Quota("country", "*", 1, 2))))
    assert (answer.selected, answer.objective) == (("Sok", "Dara", "Lagi"), 245)
    answer = solve(replace(CALL, quotas=(Quota("sex", "*", 0, 2), Quota("country", "*", 0, 1))))
    assert (answer.status, answer.relaxations[0].kind) == ("infeasible", "quota")


def test_the_budget_and_the_pins_are_kept() -> None:
    assert solve(replace(CALL, budget=3500)).selected == ("Sok", "Chan", "Dara")
    answer = solve(replace(CALL, budget=3500, include=("Sina",), exclude=("Sok",)))
    assert answer.selected == ("Chan", "Dara", "Sina")


def test_decimals_are_exact() -> None:
    tenths = tuple(Nominee(f"n{n}", {}, 0.1, 0.1) for n in range(4))
    answer = solve(Problem(3, tenths, budget=0.3))
    assert (answer.status, answer.objective, answer.bound) == ("optimal", 0.3, 0.3)
    assert solve(Problem(3, tenths, budget=0.29)).relaxations == (
        Relaxation("budget", 0.01, text="Raise the budget by 0.01."),
    )
    thirds = tuple(Nominee(f"n{n}", {}, (n + 1) / 3) for n in range(4))
    assert solve(Problem(3, thirds)).objective == pytest.approx(3, abs=1e-8)


def test_who_is_left_out_learns_what_would_have_to_change() -> None:
    problem = replace(CALL, quotas=(Quota("sex", "f", 1),), explain=("Lagi", "Chan", "Tui"))
    answer = solve(problem)
    assert answer.selected == ("Sok", "Dara", "Lagi")
    assert list(answer.why) == ["Chan", "Tui", "Lagi"]
    assert answer.why["Chan"] == Reason(
        chosen=False,
        code="merit",
        points=5,
        objective=240,
        enters=("Chan",),
        leaves=("Lagi",),
        rules=(Rule("quota", "sex", "f", "min", at=1),),
        text="Chan is 5 points short of the best cohort. With Chan, the best cohort is worth 240:"
        " Lagi would leave for Chan. In the way of taking a place: at least 1 with sex = f.",
    )
    assert (answer.why["Tui"].points, answer.why["Tui"].leaves) == (10, ("Dara",))
    assert answer.why["Lagi"].text == (
        "The best cohort without Lagi is worth 5 points less."
        " Without Lagi, the best cohort is worth 240: Lagi would leave for Chan."
    )


def test_whoever_is_needed_or_impossible_learns_which_rule_says_so() -> None:
    problem = replace(
        CALL,
        nominees=(SOK, CHAN, DARA, LAGI),
        quotas=(Quota("sex", "f", 1),),
        budget=2300,
        include=("Sok",),
        explain=True,
    )
    why = solve(problem).why
    assert why["Dara"].code == "needed"
    assert why["Dara"].rules == (Rule("quota", "sex", "f", "min", at=1),)
    assert [(one.kind, one.value, one.by) for one in why["Dara"].relaxations] == [
        ("quota", "f", 1),
        ("budget", None, 1300),
    ]
    assert why["Lagi"].code == "rules"
    assert [(one.kind, one.by) for one in why["Lagi"].relaxations] == [("budget", 1300)]
    assert why["Sok"].code == "included"


def test_points_closer_than_their_uncertainty_can_not_be_told_apart() -> None:
    def doubt(uncertainty: float) -> bool:
        sure = tuple(replace(one, uncertainty=uncertainty) for one in CALL.nominees)
        answer = solve(replace(CALL, nominees=sure, explain=("Dara",)))
        assert (answer.why["Dara"].points, answer.why["Dara"].leaves) == (10, ("Chan",))
        return answer.why["Dara"].indistinguishable

    assert not doubt(0)
    assert not doubt(7)
    assert doubt(7.08)  # the standard error of the difference is this times the root of 2


def test_after_a_lottery_the_lot_is_the_reason_unless_the_rules_leave_no_chance() -> None:
    problem = replace(
        CALL,
        objective="leximin",
        budget=3700,
        include=("Sok",),
        exclude=("Sina",),
        quotas=(Quota("sex", "f", 1), Quota("country", "WS", 0, 1)),
        explain=True,
    )
    answer = solve(problem)
    codes = {name: why.code for name, why in answer.why.items()}
    assert codes == {
        "Sok": "included",
        "Chan": "lot",
        "Dara": "lot",
        "Tui": "lot",
        "Sina": "excluded",
        "Lagi": "lot",
    }
    assert answer.why["Chan"].chosen == ("Chan" in answer.selected)
    assert (
        f"with a chance of {(answer.probabilities or {})['Chan']:.1%}." in answer.why["Chan"].text
    )
    why = solve(replace(problem, budget=3599)).why["Lagi"]
    assert (why.code, [(one.kind, one.by) for one in why.relaxations]) == ("rules", [("budget", 1)])
    assert why.text == "No cohort with Lagi keeps the rules. Raise the budget by 1."


def test_reserves_say_whose_place_they_can_take() -> None:
    answer = solve(
        replace(CALL, quotas=(Quota("sex", "f", 1), Quota("country", "WS", 1)), reserves=9)
    )
    assert answer.selected == ("Sok", "Dara", "Lagi")
    assert [(one.id, one.replaces) for one in answer.reserves] == [
        ("Tui", ("Sok", "Dara", "Lagi")),
        ("Sina", ("Sok", "Dara", "Lagi")),
        ("Chan", ("Sok",)),
    ]


def test_the_smallest_relaxation_is_named_and_suffices() -> None:
    cases: list[tuple[dict[str, Any], list[tuple[str, str | None, float]]]] = [
        ({"seats": 8}, [("seats", "min", 2)]),
        ({"quotas": (Quota("sex", "f", 4, 4),), "seats": 4}, [("quota", "min", 1)]),
        ({"quotas": (Quota("sex", "*", 0, 1),), "seats": 3}, [("quota", "max", 1)]),
        ({"budget": 2199}, [("budget", None, 1)]),
        ({"include": ("Sok",), "exclude": ("Sok",)}, [("exclude", None, 1)]),
        ({"quotas": (Quota("country", "FJ", 1),)}, [("quota", "min", 1)]),
        ({"include": ("Sok", "Chan", "Tui", "Sina")}, [("seats", "max", 1)]),
    ]
    for given, expected in cases:
        problem = replace(CALL, **given)
        answer = solve(problem)
        assert answer.status == "infeasible"
        assert [(one.kind, one.limit, one.by) for one in answer.relaxations] == expected
        assert solve(relaxed(problem, answer.relaxations)).status == "optimal"


def test_what_one_more_of_a_kind_costs() -> None:
    problem = replace(CALL, quotas=(Quota("sex", "f", 1),), budget=4000)
    now = solve(problem)
    assert (now.selected, now.objective) == (("Sok", "Dara", "Lagi"), 245)
    by = {(one.kind, one.limit, one.by): one for one in sensitivity(problem)}
    more = by["quota", None, 1]
    assert (more.objective, more.points) == (220, -25)
    assert (more.enters, more.leaves) == (("Tui",), ("Lagi",))
    assert by["quota", "min", -1].points == 10
    assert (by["seats", None, 1].points, by["seats", None, 1].enters) == (45, ("Chan", "Sina"))
    assert by["budget", None, 200].points == 0


def test_the_example_in_the_documentation_is_answered_as_it_says() -> None:
    page = Path(__file__).parents[2] / "docs" / "develop" / "methods.md"
    section = page.read_text().partition("\n## select\n")[2].partition("\n## ")[0]
    problem, expected = (
        documents.load(block.partition("```")[0].encode())
        for block in section.split("```json")[1:3]
    )
    answer = run(problem)
    told = without_nulls(documents.plain(answer))
    assert {**told, "seconds": 0} == {**expected, "seconds": 0}
    changes = sensitivity(documents.read(Problem, problem))
    assert {one.points for one in changes} >= {10, -25, -85}


def without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_nulls(item) for name, item in value.items() if item is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def test_the_same_problem_has_the_same_answer_on_every_run() -> None:
    nominees = tuple(
        nominee(f"n{n}", "fm"[n % 2], f"c{n % 7}", 50 + n % 3, 100 + n % 5) for n in range(60)
    )
    quotas = (Quota("sex", "*", 5), Quota("country", "*", 1, 2))
    problem = Problem(12, nominees, quotas, budget=1220, reserves=5, explain=True)
    one, other = solve(problem), solve(problem)
    assert replace(one, seconds=0) == replace(other, seconds=0)
    assert (one.status, check(problem, one.selected)) == ("optimal", [])


def test_when_time_is_short_the_bound_is_honest() -> None:
    # A sum of large numbers that has to hit the budget: no bound is close.
    nominees = tuple(
        Nominee(f"n{n}", {}, 100_003 * (n + 7) ** 2 % 999_983, 100_003 * (n + 7) ** 2 % 999_983)
        for n in range(40)
    )
    problem = Problem(20, nominees, budget=8_765_432, seconds=0.5)
    answer = solve(problem)
    assert answer.status in ("feasible", "optimal")
    assert answer.objective is not None
    assert answer.bound is not None
    assert answer.objective <= answer.bound <= 8_765_432
    assert (answer.status == "optimal") == (answer.objective == answer.bound)
    assert check(problem, answer.selected) == []


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"seat": 3}, "$.seat: is not a field here"),
        ({"seats": -1}, "$.seats: must be at least 0, not -1"),
        ({"nominees": [{"merit": 1}]}, "$.nominees[0].id: is missing"),
        ({"nominees": [{"id": "a"}, {"id": "a"}]}, '$.nominees[1].id: "a" is already at'),
        ({"nominees": [{"id": "a", "cost": -1}]}, "$.nominees[0].cost: must be at least 0"),
        ({"nominees": [{"id": "a", "attributes": {"x": 1}}]}, "$.nominees[0].attributes.x: exp"),
        ({"nominees": [{"id": "a", "attributes": {"x": "*"}}]}, "$.nominees[0].attributes: x can"),
        ({"quotas": [{"attribute": "sax", "value": "f"}]}, "$.quotas[0].attribute: no nominee has"),
        ({"include": ["a", "z"]}, "$.include[1]: there is no nominee “z”"),
        ({"exclude": ["a", "a"]}, '$.exclude[1]: "a" is already'),
        ({"explain": ["z"]}, "$.explain[0]: there is no nominee “z”"),
        ({"explain": 1}, "$.explain: expected true or false"),
        ({"objective": "points"}, '$.objective: expected one of "merit", "leximin"'),
        ({"budget": "10"}, "$.budget: expected a number"),
    ],
)
def test_mistakes_are_refused_with_their_place(changed: dict[str, Any], message: str) -> None:
    whole = {"seats": 1, "nominees": [{"id": "a", "attributes": {"sex": "f"}}, {"id": "b"}]}
    with pytest.raises(InvalidDocumentError) as refused:
        run({**whole, **changed})
    assert str(refused.value).startswith(message)


def instance(name: str) -> dict[str, Any]:
    folder = shared_data()
    if folder is None:
        pytest.skip("the shared data sets are not there: set MADANG_SHARED")
    found: dict[str, Any] = documents.load(
        (folder / "methods" / f"select-{name}.json").read_bytes()
    )
    return found


@pytest.mark.parametrize("name", ["n37_c21_s0", "n500_c21_s0"])
def test_the_known_answers_of_the_shared_instances_are_reproduced(name: str) -> None:
    whole = instance(name)
    problem = documents.read(Problem, whole["instance"])
    expected = whole["expected"]
    answer = solve(problem)
    assert (answer.status, answer.objective) == ("optimal", expected["merit"]["objective"])
    assert answer.bound == answer.objective
    limited = replace(problem, budget=expected["merit_with_budget"]["budget"])
    answer = solve(limited)
    assert answer.status == expected["merit_with_budget"]["status"]
    assert answer.objective == expected["merit_with_budget"]["objective"]
    if answer.status == "infeasible":
        assert [one.kind for one in answer.relaxations] == ["budget"]
        assert solve(relaxed(limited, answer.relaxations)).status == "optimal"
        barely = replace(answer.relaxations[0], by=answer.relaxations[0].by - 1)
        assert solve(relaxed(limited, [barely])).status == "infeasible"


def command(document: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    program = "import sys; from madang.methods.command import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", program, "select", "-"],
        input=json.dumps(document),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(SOURCE)},
        check=False,
    )


def test_the_command_prints_one_document_and_says_how_it_ended() -> None:
    whole: dict[str, Any] = documents.plain(CALL)
    done = command({**whole, "reserves": 2, "explain": True})
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert answer["selected"] == ["Sok", "Chan", "Lagi"]
    assert list(answer["why"]) == [one.id for one in CALL.nominees]
    done = command({**whole, "seats": 7})
    assert (done.returncode, done.stderr) == (1, "")
    assert json.loads(done.stdout)["relaxations"][0] == {
        "kind": "seats",
        "by": 1,
        "attribute": None,
        "value": None,
        "limit": "min",
        "id": None,
        "text": "Set the number of seats to 6 instead of 7.",
    }
    done = command({**whole, "seats": "many"})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == '$.seats: expected a whole number, found "many"\n'
