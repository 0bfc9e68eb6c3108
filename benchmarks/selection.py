"""How long a selection takes and what proves it, for the shared instances and invented calls.

    python benchmarks/selection.py [--nominees 500 2000 10000] [--seats 40] [--seconds 60]

Prints JSON. The shared instances are found as the tests find them; when they are missing, that is
said on standard error. `tight` is a budget of so much of what the best cohort costs.
"""

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import machine

from madang.methods import documents
from madang.methods.selection import Cohort, Nominee, Problem, Quota, sensitivity, solve

TIGHT = (None, 0.8, 0.6)


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
    folder = os.environ.get("MADANG_SHARED")
    beside = Path(__file__).resolve().parents[2] / "shared"
    found = sorted((Path(folder) if folder else beside).glob("data/methods/select-*.json"))
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


def merit(
    name: str, problem: Problem, budgets: tuple[float | None, ...]
) -> Iterator[dict[str, Any]]:
    """The best cohort for each budget; `certificate` says what the claim rests on."""
    for budget in budgets:
        told, answer = measured(replace(problem, budget=budget))
        certificate = "bound" if answer.status in ("optimal", "feasible") else "ray"
        yield {"instance": name, "task": "merit", **told, "certificate": certificate}


def reasons(name: str, problem: Problem) -> Iterator[dict[str, Any]]:
    """Why everybody is in or out, and what moving each rule by one changes."""
    told, answer = measured(replace(problem, explain=True))
    undecided = sum(why.code == "undecided" for why in answer.why.values())
    yield {"instance": name, "task": "explain", **told, "undecided": undecided}
    began = time.perf_counter()
    moved = sensitivity(problem)
    seconds = round(time.perf_counter() - began, 3)
    yield {"instance": name, "task": "sensitivity", "changes": len(moved), "seconds": seconds}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nominees", type=int, nargs="*", default=[500, 2000, 10_000])
    parser.add_argument("--seats", type=int, default=40)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    parser.add_argument("--seconds", type=float, default=60)
    arguments = parser.parse_args(argv)
    results: list[dict[str, Any]] = []
    for name, whole in shared():
        problem = replace(documents.read(Problem, whole["instance"]), seconds=arguments.seconds)
        expected = whole["expected"]
        budget = expected["merit_with_budget"]["budget"]
        for told in merit(name, problem, (None, budget)):
            key = "merit" if told["budget"] is None else "merit_with_budget"
            results.append({**told, "known": expected[key]["objective"]})
        results += reasons(name, problem)
        if results[-3]["status"] == "optimal":
            results += reasons(f"{name} with budget", replace(problem, budget=budget))
    for count in arguments.nominees:
        for seed in arguments.seeds:
            problem = replace(call(count, arguments.seats, seed), seconds=arguments.seconds)
            costs = {nominee.id: nominee.cost for nominee in problem.nominees}
            spent = sum(costs[name] for name in solve(problem).selected)
            budgets = tuple(None if part is None else round(part * spent) for part in TIGHT)
            results += merit(f"invented, seed {seed}", problem, budgets)
    document = {"benchmark": "selection", "machine": machine.describe(), "results": results}
    print(json.dumps(document, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
