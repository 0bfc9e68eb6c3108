"""How few repeats a rotation has, beside greedy restarts given the same time.

    python benchmarks/rotation.py [--seconds 10] [--seeds 0]

Prints JSON: the week in Incheon (from the shared data, where they are) for 5 to 10 rounds, weeks of
36 to 42 people in seven groups, and other sizes. `fewer` is by what part the repeats are fewer than
those of the greedy restarts, `nearer` the same of the repeats above the bound.

Greedy: people in random order, each into the group in which fewest are alike, then fewest have been
met; over and over, the best week of all is kept.
"""

import argparse
import json
import random
import sys
import time
from dataclasses import replace
from pathlib import Path

import machine
import numba
import numpy as np

from madang.methods import documents
from madang.methods.rotation import Person, Problem, problem, rotate, warm

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.support.shared import shared_data

# People, groups, rounds: other numbers of groups than prime powers, and more rounds than groups.
OTHERS = [(24, 6, 5), (30, 6, 6), (30, 5, 8), (40, 8, 10), (48, 6, 5), (50, 10, 8), (60, 12, 10)]


@numba.njit(cache=True)
def greedy(alike: np.ndarray, groups: int, rounds: int, weeks: int, seed: int) -> tuple[int, int]:
    """The fewest (meetings of those alike, repeats) of so many weeks."""
    people = len(alike)
    np.random.seed(seed)
    fewest, alone = 2**40, 2**40  # repeats, and meetings of those alike
    for _ in range(weeks):
        met = np.zeros((people, people), np.int64)
        together = 0
        for _ in range(rounds):
            members = np.full((groups, people // groups + 1), -1, np.int64)
            sizes = np.zeros(groups, np.int64)
            larger = people % groups
            for person in np.random.permutation(people):
                best, least = -1, 2**40
                for group in range(groups):
                    room = people // groups + (larger > 0)
                    if sizes[group] < room:
                        cost = sizes[group]
                        for other in members[group, : sizes[group]]:
                            cost += 1_000_000 * alike[person, other] + 1000 * met[person, other]
                        if cost < least:
                            best, least = group, cost
                for other in members[best, : sizes[best]]:
                    together += alike[person, other]
                    met[person, other] += 1
                    met[other, person] += 1
                members[best, sizes[best]] = person
                sizes[best] += 1
                larger -= sizes[best] > people // groups
        repeats = np.maximum(met - 1, 0).sum() // 2
        if together < alone or (together == alone and repeats < fewest):
            fewest, alone = repeats, together
    return alone, fewest


def restarts(week: Problem) -> tuple[int, int, int]:
    """Greedy restarts for `week.seconds`: meetings of those alike, repeats, and restarts."""
    pairs = set(problem.sharing(week))
    names = [person.id for person in week.people]
    alike = np.array([[int((a, b) in pairs or (b, a) in pairs) for b in names] for a in names])
    greedy(alike, week.groups, 1, 1, 0)
    end = time.perf_counter() + week.seconds
    best, count = (2**40, 0), 0
    while time.perf_counter() < end:
        best = min(best, greedy(alike, week.groups, week.rounds, 20, week.seed + count))
        count += 20
    return (*best, count)


def incheon() -> dict[str, Problem]:
    folder = shared_data()
    if folder is None:
        return {}
    file = folder / "methods" / "rotate-incheon37.json"
    instance = documents.load(file.read_bytes())["instance"]
    return {
        f"Incheon, {rounds} rounds": problem.read(instance | {"rounds": rounds})
        for rounds in range(5, 11)
    }


def invented() -> dict[str, Problem]:
    chance = random.Random(0)  # noqa: S311 - invented people, not a secret
    weeks = {}
    for count, groups, rounds in [*((n, 7, 7) for n in range(36, 43)), *OTHERS]:
        countries: list[int] = []
        while len(countries) < count:
            countries += [len(countries)] * chance.choice([1, 1, 1, 2, 2, 3])
        people = tuple(Person(str(n), {"country": countries[n]}) for n in range(count))
        name = f"{count} people, {groups} groups, {rounds} rounds"
        weeks[name] = Problem(people, groups, rounds, apart=("country",))
    return weeks


def _fewer(ours: int, theirs: int) -> float | None:
    return round(1 - ours / theirs, 3) if theirs else None


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    arguments = parser.parse_args(argv)
    warm()
    results = []
    for name, week in (incheon() | invented()).items():
        for seed in arguments.seeds:
            asked = replace(week, seed=seed, seconds=arguments.seconds)
            answer = rotate(asked)
            alike, repeats, count = restarts(asked)
            results.append(
                {
                    "week": name,
                    "seed": seed,
                    "status": answer.status,
                    "repeats": answer.repeats,
                    "bound": answer.bound,
                    "violations": len(answer.violations),
                    "imbalance": sum(answer.balance.values()),
                    "seconds": answer.seconds,
                    "greedy_repeats": repeats,
                    "greedy_violations": alike,
                    "greedy_restarts": count,
                    "fewer": _fewer(answer.repeats, repeats),
                    "nearer": _fewer(answer.repeats - answer.bound, repeats - answer.bound),
                }
            )
    document = {"benchmark": "rotation", "machine": machine.describe(), "results": results}
    print(json.dumps(document, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
