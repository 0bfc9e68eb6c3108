"""How long a sheet of nominations takes from bytes to rows and to who is there twice.

    python benchmarks/sheets.py [--rows 100 1000 10000] [--seed 0]

Prints JSON. The people are invented; a tenth of them come twice, spelt another way. `openpyxl` is
that library's read-only reader on the same workbook, for comparison.
"""

import argparse
import io
import json
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import django
import machine
import openpyxl

HEADINGS = (
    "No.", "Title", "Family name", "Given name(s)", "Sex", "Country", "Organization",
    "Type of organization", "Position", "E-mail", "Telephone", "Years in e-Government",
    "English (1-5)", "Attended earlier workshop?", "Responsibility", "Dietary / access needs",
    "Nominated by", "Nominator's e-mail", "Date of endorsement", "Merit score",
)  # fmt: skip
COUNTRIES = ("AFG", "Bangladesh", "Lao PDR", "Viet Nam", "PNG", "Iran", "Rep. of Korea", "Nepal",
             "Bhutn", "Burma/Myanmar", "Solomon Is.", "Монгол Улс")  # fmt: skip
SYLLABLES = ("ka", "mi", "ro", "tan", "shi", "wa", "dur", "sel", "vo", "pha", "lin", "go", "bek",
             "zar", "nur", "ti", "jo", "min", "su", "ray")  # fmt: skip
TODAY = date(2007, 9, 20)


def invented(rows: int, rng: random.Random) -> list[tuple[Any, ...]]:
    """People in the columns of `HEADINGS`; every tenth is an earlier one in capitals."""
    people: list[tuple[Any, ...]] = []
    for number in range(1, rows + 1):
        if people and number % 10 == 0:
            person = list(rng.choice(people))
            person[0], person[3], person[9] = number, person[3].upper(), person[9].upper()
            people.append(tuple(person))
            continue
        family, given = (
            "".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))).capitalize() for _ in range(2)
        )
        day = TODAY - timedelta(days=rng.randint(1, 80))
        written = rng.choice((day, f"{day:%d/%m/%Y}", f"{day:%d %b %Y}"))
        people.append(
            (
                number, rng.choice(("Mr", "Ms", "Dr")), family, given, rng.choice("MF"),
                rng.choice(COUNTRIES), f"Ministry of {rng.choice(SYLLABLES)}", "Government",
                "Director", f"p{number}@example.org", f"+990 {rng.randint(10**7, 10**8)}",
                rng.randint(0, 30), rng.randint(1, 5), rng.choice(("Yes", "No")), "Budget for ICT",
                rng.choice((None, "Halal")), "Permanent Secretary", "focal@example.org", written,
                rng.randint(30, 99),
            )
        )  # fmt: skip
    return people


def workbook(people: list[tuple[Any, ...]]) -> bytes:
    """The list as an XLSX file."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("List")
    for row in (HEADINGS, *people):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def measure(rows: int, seed: int) -> dict[str, object]:
    """Seconds of each step for a list of so many rows."""
    from madang.nominations import sheets
    from madang.nominations.reading.matching import Band, people_of, same_people
    from madang.nominations.reading.nominations import read_nominations

    content = workbook(invented(rows, random.Random(seed)))  # noqa: S311
    index = _countries()
    book, sheet_seconds = timed(lambda: sheets.read(content))
    _rows, openpyxl_seconds = timed(lambda: _by_openpyxl(content))
    reading, read_seconds = timed(
        lambda: read_nominations(book.sheets, countries=index, today=TODAY)
    )
    pairs, match_seconds = timed(lambda: same_people(people_of(reading)))
    return {
        "rows": rows,
        "sheet": sheet_seconds,
        "openpyxl": openpyxl_seconds,
        "reading": read_seconds,
        "matching": match_seconds,
        "doubtful_rows": sum(not row.is_clear for row in reading.rows),
        "same": sum(pair.band is Band.SAME for pair in pairs),
        "maybe": sum(pair.band is Band.MAYBE for pair in pairs),
    }


def timed(step: Callable[[], Any]) -> tuple[Any, float]:
    """What a step gives, and its seconds."""
    begun = time.perf_counter()
    answer = step()
    return answer, round(time.perf_counter() - begun, 2)


def _by_openpyxl(content: bytes) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return list(book.worksheets[0].iter_rows(values_only=True))


def _countries() -> Any:
    """The published list of countries, without a database."""
    from madang.people import country_list
    from madang.people.countries import Index, normalize
    from madang.people.models import Country

    entries = country_list.published()
    countries = {entry.values["alpha2"]: Country(**entry.values) for entry in entries}
    names = [
        (normalize(name.text), countries[entry.values["alpha2"]].pk)
        for entry in entries
        for name in entry.names
    ]
    return Index(countries.values(), names)


def main() -> None:
    """Measure lists of each length."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "madang.site.settings")
    django.setup()
    results = [measure(rows, options.seed) for rows in options.rows]
    document = {"benchmark": "sheets", "machine": machine.describe(), "results": results}
    json.dump(document, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
