"""What the secretariat's lists cost with few rows and with a thousand.

    python benchmarks/lists.py [--database sqlite postgresql] [--json FILE]

Of each list: queries, milliseconds in the process that makes it (no network, the second time), and
bytes as sent. Lists of an edition are asked for one of 2 sessions and 4 people, and one of 1,000
sessions and 1,000 people; those of the whole house when it holds few accounts, organisations and
lines of history, and a thousand more of each. Prints a table; `--json` writes it.
"""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import installation
import machine

FEW, MANY = (2, 4), (1000, 1000)  # sessions and people
OF_AN_EDITION = {
    "overview": "",
    "sessions": "programme/",
    "timetable": "timetable/",
    "publish": "publish/",
    "people": "people/",
    "people, as CSV": "people/?format=csv",
    "materials": "materials/",
    "places": "places/",
    "settings": "settings/",
    "history": "history/",
}
OF_THE_HOUSE = {
    "desk": "/manage/",
    "accounts": "/manage/accounts/",
    "organisations": "/manage/organisations/",
    "countries": "/manage/countries/",
    "audit trail": "/history/",
    "approvals": "/approvals/",
    "tasks": "/tasks/",
}
FIGURES = ("queries", "ms", "plain")


def measure(database: str) -> list[dict[str, Any]]:
    """Every list on one database, with few rows and then with many."""
    names = [*OF_AN_EDITION, *OF_THE_HOUSE]
    with installation.installation(database) as environment:
        few, many = (_costs(environment, size) for size in (FEW, MANY))
    return [
        {"database": database, "list": name, "few": before, "many": after}
        for name, before, after in zip(names, few, many, strict=True)
    ]


def _costs(environment: installation.Environment, size: tuple[int, int]) -> list[dict[str, Any]]:
    (edition,) = installation.call(environment, "editions", "load", [size])
    cookie = installation.call(environment, "editions", "load_house", size[0])
    asked = [edition["desk"] + path for path in OF_AN_EDITION.values()]
    asked += OF_THE_HOUSE.values()
    return installation.call(environment, "editions", "costs", asked, cookie)


def _line(row: dict[str, Any]) -> str:
    figures = [f"{row[size][name]:>10,}" for name in FIGURES for size in ("few", "many")]
    status = {row["few"]["status"], row["many"]["status"]} - {200}
    failed = f"  ({', '.join(map(str, status))})" if status else ""
    return f"{row['database']:<11} {row['list']:<15}{''.join(figures)}{failed}"


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", nargs="+", default=installation.DATABASES)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(argv)
    print(f"{'':<27}{'queries':>20}{'ms':>20}{'bytes of HTML':>20}")
    print(f"{'database':<11} {'list':<15}{('few'.rjust(10) + 'many'.rjust(10)) * 3}")
    results = []
    for database in options.database:
        rows = measure(database)
        print(*map(_line, rows), sep="\n", flush=True)
        results += rows
    document = {
        "benchmark": "lists",
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine.describe(),
        "results": results,
    }
    if options.json:
        options.json.write_text(json.dumps(document, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
