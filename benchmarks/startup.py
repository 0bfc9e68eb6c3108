"""How soon the server answers after its start, and how much memory it takes.

    python benchmarks/startup.py [--database sqlite postgresql] [--runs 3] [--workers 1]

Prints JSON. Times are seconds from the start of `madang serve` to its first whole page, the page's
making included, and the processor time in it, which a busy machine changes less. Memory is in MB
(10⁶ bytes), idle after that page and after some hundred. `rss` is what the system's tools show;
`pss` counts what several processes share once.
"""

import argparse
import json
import statistics
import sys
import time
from typing import Any

import installation
import machine

SETTLES = 1  # seconds
PAGES = ("programme", "day", "edition", "session", "calendar")


def measure(database: str, runs: int, workers: int) -> dict[str, Any]:
    """Start it some times on one database, with an edition of 40 sessions in it."""
    times, worked, idle, used = [], [], [], []
    with installation.installation(database) as environment:
        (addresses,) = installation.call(environment, "editions", "load", [(40, 37)])
        for _ in range(runs):
            path = addresses["programme"]
            with installation.served(environment, workers=workers, path=path) as server:
                worked.append(server.cpu_seconds())
                times.append(server.first_answer)
                time.sleep(SETTLES)
                idle.append(server.memory_mb())
                for name in PAGES:
                    for cookie in ("", addresses["cookie"]):
                        headers = {"Cookie": cookie} if cookie else {}
                        installation.load(
                            server.port, addresses[name], headers=headers, requests=100, warm_up=0
                        )
                used.append(server.memory_mb())
    return {
        "database": database,
        "workers": workers,
        "first_answer_s": {"median": statistics.median(times), "most": max(times)},
        "first_answer_cpu_s": {"median": statistics.median(worked), "most": max(worked)},
        "idle_mb": _processes(idle),
        "after_use_mb": _processes(used),
    }


def _processes(samples: list[list[dict[str, float]]]) -> dict[str, Any]:
    """The most that the server itself and any of its workers took in any run."""
    return {
        "server": _most([processes[0] for processes in samples]),
        "worker": _most([one for processes in samples for one in processes[1:]]),
    }


def _most(found: list[dict[str, float]]) -> dict[str, float]:
    return {name: max(one[name] for one in found) for name in ("rss", "pss")}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", nargs="+", default=installation.DATABASES)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args(argv)
    results = [measure(each, options.runs, options.workers) for each in options.database]
    print(
        json.dumps(
            {"benchmark": "startup", "machine": machine.describe(), "results": results}, indent=1
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
