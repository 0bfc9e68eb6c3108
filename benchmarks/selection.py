"""How long a selection takes and what proves it, for the shared instances and invented calls.

    python benchmarks/selection.py [--nominees 500 2000 10000] [--seats 40] [--seconds 60]
                                   [--tasks merit leximin] [--compare 300]

Prints JSON. The shared instances are found as the tests find them; when they are missing, that is
said on standard error. `tight` is a budget of so much of what the best cohort costs. `--compare`
gives `sortition-algorithms` so many seconds for each lottery; 0 leaves it out.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import machine
from sortition import Sortition, environment

from madang.methods import documents
from madang.methods.selection import Cohort, Nominee, Problem, Quota, sensitivity, solve

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.support.shared import shared_data

TIGHT = (None, 0.8, 0.6)

Told = dict[str, Any]  # what was measured, then what came out


def call(count: int, seats: int, seed: int) -> Problem:
    """An invented call: nominees of 21 countries, with quotas by country, sector, sex and first."""
    chance = random.Random(seed)  # noqa: S311 - an invented instance, not a secret
    countries = [f"country {number}" for number in range(21)]
    nominees = tuple(
        Nominee(
            f"n{number}",
            {
                "country": chance.choice(countries),
                "sector": chance.choices(["state", "civil society", "trade"], [6, 3, 1])[0],
                "sex": chance.choices(["f", "m"], [2, 3])[0],
                "first_timer": chance.choice(["yes", "no"]),
            },
            merit=chance.randint(200, 1000),
            cost=chance.randint(500, 2500),
        )
        for number in range(count)
    )
    share = seats / 40
    quotas = (
        Quota("country", "*", 1, 3),
        Quota("sector", "state", round(22 * share), round(30 * share)),
        Quota("sector", "civil society", round(6 * share), round(12 * share)),
        Quota("sector", "trade", round(3 * share), round(8 * share)),
        Quota("sex", "*", round(18 * share), round(22 * share)),
        Quota("first_timer", "yes", round(20 * share)),
    )
    return Problem(seats, nominees, quotas, seed=seed)


def shared() -> Iterator[tuple[str, dict[str, Any]]]:
    """The shared instances of a selection, by name."""
    folder = shared_data()
    found = sorted(folder.glob("methods/select-*.json")) if folder else []
    if not found:
        print("the shared instances are not there: set MADANG_SHARED", file=sys.stderr)
    for file in found:
        yield file.stem, documents.load(file.read_bytes())


def measured(problem: Problem) -> tuple[dict[str, Any], Cohort]:
    began = time.perf_counter()
    answer = solve(problem)
    seconds = round(time.perf_counter() - began, 3)
    told = {
        "nominees": len(problem.nominees),
        "seats": problem.seats,
        "budget": problem.budget,
        "status": answer.status,
        "objective": answer.objective,
        "bound": answer.bound,
        "relaxations": documents.plain(answer.relaxations),
        "seconds": seconds,
    }
    return told, answer


def merit(name: str, problem: Problem, budgets: tuple[float | None, ...]) -> Iterator[Told]:
    """The best cohort for each budget; `certificate` says what the claim rests on."""
    for budget in budgets:
        told, answer = measured(replace(problem, budget=budget))
        certificate = "bound" if answer.status in ("optimal", "feasible") else "ray"
        yield {"instance": name, "task": "merit", **told, "certificate": certificate}


def reasons(name: str, problem: Problem) -> Iterator[Told]:
    """Why everybody is in or out, and what moving each rule by one changes."""
    told, answer = measured(replace(problem, explain=True))
    undecided = sum(why.code == "undecided" for why in answer.why.values())
    yield {"instance": name, "task": "explain", **told, "undecided": undecided}
    began = time.perf_counter()
    moved = sensitivity(problem)
    seconds = round(time.perf_counter() - began, 3)
    yield {"instance": name, "task": "sensitivity", "changes": len(moved), "seconds": seconds}


def fair(name: str, problem: Problem, other: Sortition | None, limit: float) -> Iterator[Told]:
    """The fair lottery, and what `sortition-algorithms` makes of the same call."""
    told, answer = measured(replace(problem, objective="leximin"))
    chances = answer.probabilities or {}
    yield {
        "instance": name,
        "task": "leximin",
        "method": "madang",
        **told,
        "minimum": answer.minimum,
        "levels": len(set(chances.values())),
        "panels": len(answer.panels or ()),
        "certificate": "lottery" if answer.status == "optimal" else "bound",
    }
    for task in ("maximin", "leximin") if other is not None else ():
        yield {
            "instance": name,
            "nominees": len(problem.nominees),
            **other.measured(problem, task, limit),
        }


def points(arguments: argparse.Namespace) -> Iterator[Told]:
    """All that is measured of cohorts by merit."""
    for name, whole in shared():
        problem = replace(documents.read(Problem, whole["instance"]), seconds=arguments.seconds)
        expected = whole["expected"]
        budget = expected["merit_with_budget"]["budget"]
        proven = False
        for told in merit(name, problem, (None, budget)):
            key = "merit" if told["budget"] is None else "merit_with_budget"
            yield {**told, "known": expected[key]["objective"]}
            proven = told["status"] == "optimal"
        yield from reasons(name, problem)
        if proven:
            yield from reasons(f"{name} with budget", replace(problem, budget=budget))
    for name, problem in invented(arguments):
        costs = {nominee.id: nominee.cost for nominee in problem.nominees}
        spent = sum(costs[name] for name in solve(problem).selected)
        budgets = tuple(None if part is None else round(part * spent) for part in TIGHT)
        yield from merit(name, problem, budgets)


def lotteries(arguments: argparse.Namespace) -> Iterator[Told]:
    """All that is measured of fair lotteries."""
    with environment() if arguments.compare else nullcontext() as other:
        for name, whole in shared():
            problem = documents.read(Problem, whole["instance"])
            problem = replace(problem, seconds=arguments.seconds)
            known = whole["expected"].get("leximin", {}).get("minimum")
            for told in fair(name, problem, other, arguments.compare):
                yield {**told, "known": known}
        for name, problem in invented(arguments):
            yield from fair(name, problem, other, arguments.compare)


def invented(arguments: argparse.Namespace) -> Iterator[tuple[str, Problem]]:
    for count in arguments.nominees:
        for seed in arguments.seeds:
            problem = call(count, arguments.seats, seed)
            yield f"invented, seed {seed}", replace(problem, seconds=arguments.seconds)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nominees", type=int, nargs="*", default=[500, 2000, 10_000])
    parser.add_argument("--seats", type=int, default=40)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--tasks", nargs="+", choices=list(TASKS), default=list(TASKS))
    parser.add_argument("--compare", type=float, default=300)
    arguments = parser.parse_args(argv)
    results = [told for task in arguments.tasks for told in TASKS[task](arguments)]
    document = {"benchmark": "selection", "machine": machine.describe(), "results": results}
    print(json.dumps(document, indent=1))
    return 0


TASKS = {"merit": points, "leximin": lotteries}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
