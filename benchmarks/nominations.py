"""How long a file of nominations takes from the upload to nominations that are written.

    python benchmarks/nominations.py [--database sqlite postgresql] [--rows 100 1000 10000]
                                     [--seed 0] [--json FILE]

Of each list: seconds of reading (parsing in a process of its own, matching, keeping the lines),
of showing (the page of the file and a page of its lines, the second time), of settling everything
that is doubtful in it, kind by kind, and of writing (people, nominations, what is complete counts
as received), and milliseconds for each line of all of that. The people are invented, a tenth of
them come twice (see `sheets.py`). Prints a table; `--json` writes it.
"""

import argparse
import json
import random
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import installation
import machine

STEPS = ("read", "show", "settle", "write")


def measure(database: str, rows: int, seed: int) -> dict[str, Any]:
    """One list on one database."""
    with installation.installation(database) as environment:
        found: dict[str, Any] = installation.call(environment, "nominations", "costs", rows, seed)
    seconds = sum(found[step] for step in STEPS)
    return {
        "database": database,
        "rows": rows,
        **found,
        "seconds": round(seconds, 2),
        "ms_per_row": round(1000 * seconds / rows, 3),
    }


def costs(rows: int, seed: int) -> dict[str, Any]:
    """Seconds of each step. Called in a process that has loaded Django."""
    import sheets
    from django.urls import reverse

    from madang.core import clock
    from madang.nominations.actions import import_settling, import_writing, imports
    from madang.nominations.queries import imports as queries
    from tests.factories import make_account, make_edition
    from tests.support.clients import client_of

    clock.set_offset(datetime(2007, 9, 20, 12, tzinfo=UTC) - datetime.now(UTC))
    content = sheets.workbook(sheets.invented(rows, random.Random(seed)))  # noqa: S311
    officer = make_account(roles=["secretariat"])
    client = client_of(officer)
    client.defaults["SERVER_NAME"] = "127.0.0.1"
    batch = imports.bring(make_edition(), content, name="list.xlsx", actor=officer)
    found: dict[str, Any] = {}

    def timed(step: str, act: Any) -> Any:
        answer, found[step] = sheets.timed(act)
        return answer

    def settle() -> None:
        import_settling.take_suggestions(batch, queries.counts(batch).codes, actor=officer)
        import_settling.decide(batch, {"repeated"}, "merge", actor=officer)
        import_settling.decide(batch, {"maybe"}, "take", actor=officer)

    timed("read", lambda: imports.read_now(batch, actor=officer))
    batch.refresh_from_db()
    page = reverse("nominations:import", args=[batch.edition.slug, batch.pk])
    assert client.get(page).status_code == 200
    timed("show", lambda: (client.get(page), client.get(page, {"page": 2})))
    timed("settle", settle)
    written = timed("write", lambda: import_writing.write(batch, actor=officer))
    return found | {"new": written.new, "left": written.left}


def _line(row: dict[str, Any]) -> str:
    figures = "".join(f"{row[step]:>9.2f}" for step in STEPS)
    return (
        f"{row['database']:<11}{row['rows']:>8,}{figures}{row['seconds']:>9.2f}"
        f"{row['ms_per_row']:>9.2f}{row['new']:>8,}{row['left']:>7,}"
    )


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", nargs="+", default=installation.DATABASES)
    parser.add_argument("--rows", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(argv)
    steps = "".join(step.rjust(9) for step in (*STEPS, "all"))
    print(f"{'database':<11}{'rows':>8}{steps}{'ms/row':>9}{'new':>8}{'left':>7}")
    results = []
    for database in options.database:
        for rows in options.rows:
            results.append(measure(database, rows, options.seed))
            print(_line(results[-1]), flush=True)
    document = {
        "benchmark": "nominations",
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine.describe(),
        "results": results,
    }
    if options.json:
        options.json.write_text(json.dumps(document, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
