"""How fast the public pages are: requests/s, latency, queries, processor time and bytes.

    python benchmarks/pages.py [--database postgresql sqlite] [--sizes 40x37 200x1000]
                               [--pages programme session …] [--seconds 4] [--json FILE]

Loads an edition of 40 sessions and 37 people and one of 200 sessions and 1,000 people, serves them
with two workers and asks over eight connections, as a visitor and as a participant who is signed
in. Prints a table; `--json` writes everything that was measured.
"""

import argparse
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import installation
import machine

PAGES = ("programme", "day", "edition", "session", "data", "calendar")
WORKERS = 2
CONNECTIONS = 8
HEADINGS = (
    "database  ", "edition ", "reader ", "page     ", " req/s", "p50 ms", "p99 ms", "cpu ms",
    "queries", " bytes br", "  plain",
)  # fmt: skip


def measure(database: str, sizes: list[tuple[int, int]], options: argparse.Namespace) -> list[Any]:
    """Every page of every edition on one database."""
    rows = []
    with installation.installation(database) as environment:
        loaded = installation.call(environment, "editions", "load", sizes)
        with installation.served(environment, workers=options.workers) as server:
            for (sessions, people), addresses in zip(sizes, loaded, strict=True):
                for reader in ("visitor", "signed in"):
                    cookie = addresses["cookie"] if reader == "signed in" else ""
                    asked = [addresses[name] for name in options.pages]
                    costs = installation.call(environment, "editions", "costs", asked, cookie)
                    for name, path, cost in zip(options.pages, asked, costs, strict=True):
                        row = {
                            "database": database,
                            "edition": f"{sessions}x{people}",
                            "reader": reader,
                            "page": name,
                            **cost,
                        }
                        if cost["status"] == 200:
                            row |= _under_load(server, path, cookie, options.seconds)
                        rows.append(row)
                        print(_line(row), flush=True)
    return rows


def _under_load(
    server: installation.Server, path: str, cookie: str, seconds: float
) -> dict[str, Any]:
    headers = {"Cookie": cookie} if cookie else {}
    job = {"headers": headers, "connections": CONNECTIONS}
    # Every worker makes the page once; that is told apart, as `first_ms`.
    installation.load(server.port, path, requests=50, **job)
    before = server.cpu_seconds()
    found = installation.load(server.port, path, seconds=seconds, **job)
    used = server.cpu_seconds() - before
    return found | {"cpu_ms": round(1000 * used / found["answered"], 2)}


def _line(row: dict[str, Any]) -> str:
    texts = [row["database"], row["edition"], row["reader"], row["page"]]
    if row["status"] == 200:
        numbers = ("rate", "p50", "p99", "cpu_ms", "queries", "sent", "plain")
        texts += [f"{row[name]:,}" for name in numbers]
    else:
        texts.append(f"({row['status']})")
    columns = zip(HEADINGS, texts, strict=False)
    return "  ".join(
        text.ljust(len(heading)) if heading[0] != " " and index < 4 else text.rjust(len(heading))
        for index, (heading, text) in enumerate(columns)
    )


def _size(text: str) -> tuple[int, int]:
    sessions, _, people = text.partition("x")
    return int(sessions), int(people)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", nargs="+", default=installation.DATABASES)
    parser.add_argument("--sizes", nargs="+", type=_size, default=[(40, 37), (200, 1000)])
    parser.add_argument("--pages", nargs="+", choices=PAGES, default=PAGES)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--workers", type=int, default=WORKERS)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(argv)
    busy = os.getloadavg()[0]
    print("  ".join(HEADINGS))
    rows = [
        row for database in options.database for row in measure(database, options.sizes, options)
    ]
    document = {
        "benchmark": "pages",
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine.describe(),
        "busy_before": round(busy, 1),
        "workers": options.workers,
        "connections": CONNECTIONS,
        "results": rows,
    }
    if options.json:
        options.json.write_text(json.dumps(document, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
