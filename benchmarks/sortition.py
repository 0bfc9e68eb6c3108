"""The same lotteries by `sortition-algorithms` from PyPI, in an environment of its own.

The environment is made in a temporary folder and removed at the end. The package offers leximin
with a commercial solver only, which is not installed; what it can answer without is the first level
(maximin). What could not run says so in its result, under `could_not_run`.
"""

import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from madang.methods.selection import Problem
from madang.methods.selection.quotas import limits

PACKAGE = "sortition-algorithms"
INSTALLING = 600  # seconds
ANSWER = "answer: "

# Runs inside the environment: one problem on standard input, one answer on standard output.
PROGRAM = """
import contextlib, json, sys, time
from importlib.metadata import version
from sortition_algorithms import Settings, read_in_features, read_in_people
from sortition_algorithms import committee_generation

asked = json.load(sys.stdin)
features, _, _ = read_in_features(["feature", "value", "min", "max"], asked["features"])
names = sorted(features)
settings = Settings(id_column="id", columns_to_keep=[])
people, _ = read_in_people(["id", *names], asked["people"], features, settings)
solve = getattr(committee_generation, "find_distribution_" + asked["task"])
began = time.perf_counter()
try:
    with contextlib.redirect_stdout(sys.stderr):
        panels, shares, _ = solve(features, people, asked["seats"], [])
except Exception as error:
    answer = {"could_not_run": str(error.args[0] if error.args else error)}
else:
    chances = dict.fromkeys((person["id"] for person in asked["people"]), 0.0)
    for panel, share in zip(panels, shares):
        for member in panel:
            chances[member] += share
    answer = {"minimum": min(chances.values()), "panels": len(panels)}
answer["seconds"] = round(time.perf_counter() - began, 3)
print("answer: " + json.dumps({"version": version("sortition-algorithms"), **answer}))
"""


@dataclass(frozen=True)
class Sortition:
    """An environment that has the package, or why there is none."""

    python: Path | None
    reason: str = ""

    def measured(self, problem: Problem, task: str, seconds: float) -> dict[str, Any]:
        """What the package answers to `maximin` or `leximin` within so many seconds."""
        about = {"method": PACKAGE, "task": task}
        if self.python is None:
            return {**about, "could_not_run": self.reason}
        try:
            done = subprocess.run(
                [self.python, "-c", PROGRAM],
                input=json.dumps(_asked(problem, task)),
                capture_output=True,
                text=True,
                timeout=seconds,
                check=True,
            )
        except subprocess.TimeoutExpired:
            return {**about, "could_not_run": f"no answer in {seconds:g} seconds"}
        except subprocess.CalledProcessError as error:
            return {**about, "could_not_run": error.stderr.strip().rpartition("\n")[2]}
        # HiGHS greets on standard output, before the answer or after it.
        (answer,) = [line for line in done.stdout.splitlines() if line.startswith(ANSWER)]
        return {**about, **json.loads(answer.removeprefix(ANSWER))}


@contextmanager
def environment() -> Iterator[Sortition]:
    """The package in a virtual environment in a temporary folder, as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="sortition-") as folder:
        yield _installed(Path(folder))


def _installed(folder: Path) -> Sortition:
    try:
        venv.create(folder, with_pip=True)
        python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", PACKAGE],
            capture_output=True,
            text=True,
            timeout=INSTALLING,
            check=True,
        )
    except subprocess.TimeoutExpired:
        return Sortition(None, f"{PACKAGE} was not installed in {INSTALLING} seconds")
    except (OSError, subprocess.CalledProcessError) as error:
        said = (getattr(error, "stderr", "") or str(error)).strip().rpartition("\n")[2]
        return Sortition(None, f"{PACKAGE} can't be installed: {said}")
    return Sortition(python)


def _asked(problem: Problem, task: str) -> dict[str, Any]:
    """A problem without budget and pins as the package reads it: every value has a limit."""
    known = {(limit.attribute, limit.value): limit for limit in limits(problem)}
    quoted = list(dict.fromkeys(quota.attribute for quota in problem.quotas))
    held = dict.fromkeys(
        (name, nominee.attributes[name]) for name in quoted for nominee in problem.nominees
    )
    features = []
    for name, value in [*held, *(pair for pair in known if pair not in held)]:
        limit = known.get((name, value))
        least, most = (limit.least, limit.most) if limit else (0, problem.seats)
        features.append({"feature": name, "value": value, "min": str(least), "max": str(most)})
    people = [
        {"id": nominee.id, **{name: nominee.attributes[name] for name in quoted}}
        for nominee in problem.nominees
    ]
    return {"task": task, "seats": problem.seats, "features": features, "people": people}
