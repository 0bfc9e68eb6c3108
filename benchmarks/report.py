"""How long a final report takes, from its frozen description to the file.

    python benchmarks/report.py [--parts 23] [--languages en,fa] [--repeats 3]

Prints JSON, the best of so many repeats, each in a process of its own as in the product: for each
language the pages of the PDF/UA file and its seconds, with charts as vectors, and the seconds for
the Word document of the same, its charts drawn as pictures. What the report says is invented; a
part has two charts, a table of a day and a page of text.
"""

import argparse
import io
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
import machine

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

SENTENCES = {
    "en": "A national strategy of e-Government is tested by peers before it goes home. ",
    "fa": "هر راهبرد ملی دولت الکترونیکی پیش از بازگشت با همتایان سنجیده می‌شود. ",
}
STAMP = {"reference": "", "made": "", "address": "", "qr": ""}
MOMENT = datetime(2007, 10, 20, tzinfo=UTC)

Result = dict[str, Any]


def description(language: str, parts: int) -> dict[str, Any]:
    """A report as `reports.naming` gives it, in so many parts of two to three pages each."""
    from madang.core.charts import Chart, Series
    from madang.reports import blocks

    words = SENTENCES[language]
    answers = ("1", "2", "3", "4", "5")
    shares = tuple(Series(str(place), (3.0 + place, 9.0, 5.0)) for place in range(4))
    rows = [("09:00–10:15", words, words[:12], "37") for _place in range(12)]
    part = {
        "blocks": [
            blocks.prose(words * 24),
            blocks.table(words[:30], ("A", "B", "C", "D"), rows, numeric=(3,)),
            blocks.chart(Chart("shares", words, words * 2, answers[:3], shares)),
            blocks.chart(Chart("columns", words, words, answers, (Series("", (0, 1, 6, 14, 11)),))),
            blocks.prose(words * 30),
        ]
    }
    return {
        "title": words[:40],
        "subtitle": words[:60],
        "dates": "8–12 October 2007",
        "place": "Incheon",
        "kind": "final",
        "parts": [{**part, "title": f"{words[:30]} {place}"} for place in range(1, parts + 1)],
    }


def measure(language: str, options: argparse.Namespace) -> Result:
    """One language: the best of some runs of each format."""
    import pypdf
    from django.utils import translation

    from madang.documents.typesetting import ACCESSIBLE, typeset_apart
    from madang.reports import making
    from madang.reports.writing import paper

    said = description(language, options.parts)
    with translation.override(language):
        data = paper.data(said, language, STAMP)
        file, seconds = best(
            options.repeats, lambda: typeset_apart(paper.TEMPLATE, data, standard=ACCESSIBLE)
        )
        plain = making.in_words(said)
        _file, word_seconds = best(
            options.repeats, lambda: making.word_file(plain, language, STAMP, MOMENT)
        )
    pages = len(pypdf.PdfReader(io.BytesIO(file)).pages)
    return {
        "language": language,
        "pages": pages,
        "pdf_seconds": round(seconds, 2),
        "megabytes": round(len(file) / 1e6, 2),
        "word_seconds": round(word_seconds, 2),
    }


def best(repeats: int, work: Callable[[], bytes]) -> tuple[bytes, float]:
    """What comes out, and the shortest time it took."""
    taken = []
    made = b""
    for _repeat in range(repeats):
        started = time.perf_counter()
        made = work()
        taken.append(time.perf_counter() - started)
    return made, min(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", type=int, default=23)
    parser.add_argument("--languages", default="en,fa")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.support.settings")
    django.setup()
    reports = [measure(language, options) for language in options.languages.split(",")]
    print(json.dumps({"machine": machine.describe(), "reports": reports}, indent=2))


if __name__ == "__main__":
    main()
