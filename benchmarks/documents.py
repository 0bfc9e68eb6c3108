"""How long documents take that are made many at once, or are long.

    python benchmarks/documents.py [--only certificates] [--certificates 1000] [--processes 0]

Prints JSON. Certificates: from the names to PDF/UA files with QR codes, in eight scripts, by the
template of the house, in so many processes (0: one for each core). `megabytes` is what all
processes together hold at most. Everybody is invented.
"""

import argparse
import json
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
import machine

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

# In the script of each, and in Latin letters.
NAMES = (
    ("Luisa Tavake", ""),
    ("زهرا محمدی", "Zahra Mohammadi"),
    ("प्रिया शर्मा", "Priya Sharma"),
    ("សុខ វណ្ណា", "Sok Vanna"),
    ("ສົມພອນ ວົງສາ", "Somphone Vongsa"),
    ("အောင်မြင့်", "Aung Myint"),
    ("ნინო ბერიძე", "Nino Beridze"),
    ("선우 지혜", "Seonu Ji-hye"),
)
BODY = "took part in **{workshop}**, held in {place}, {dates}."

Result = dict[str, Any]


def certificates(options: argparse.Namespace) -> Result:
    """The certificates of a year: `seconds` from the first name to the last file."""
    count = options.certificates
    processes = options.processes or len(os.sched_getaffinity(0))
    pieces = [range(start, count, processes) for start in range(processes)]
    started = time.perf_counter()
    if processes == 1:
        told = [make(pieces[0])]
    else:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            told = pool.map(make, pieces)
    seconds = time.perf_counter() - started
    return {
        "documents": "certificates",
        "number": count,
        "scripts": len(NAMES),
        "processes": processes,
        "seconds": round(seconds, 2),
        "megabytes": round(sum(each["megabytes"] for each in told)),
        "kilobytes_each": round(sum(each["bytes"] for each in told) / count / 1024, 1),
        "failed": sum(each["failed"] for each in told),
    }


def make(numbers: range) -> Result:
    """Typeset some certificates: how many bytes they have, and what this process held at most."""
    from madang.certificates import papers
    from madang.documents.typesetting import ACCESSIBLE, typeset_many

    data = [certificate(number) for number in numbers]
    made = typeset_many(papers.TEMPLATE, data, standard=ACCESSIBLE)
    return {
        "bytes": sum(len(pdf) for pdf in made),
        "failed": sum(isinstance(pdf, str) for pdf in made),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def certificate(number: int) -> Result:
    """What `certificates.papers.Writer` writes of one."""
    from madang.certificates.papers import MASK
    from madang.cohorts import letter_wordings
    from madang.documents import qr

    name, latin_name = NAMES[number % len(NAMES)]
    address = f"https://madang.example.org/verify/K7QF-ABCD-EFGH-{number:04d}/"
    values = {
        "workshop": "Workshop on e-Government for Asia and the Pacific",
        "place": "Incheon, Republic of Korea",
        "dates": "8–12 October 2007",
    }
    return {
        "language": "en",
        "words_language": "en",
        "words": {
            "draft": "Draft", "signature": "Signature", "number": "No.", "date": "Date:",
            "verify": "Verify at", "code": "Code:", "qr": "QR code",
        },
        "title": "Certificate of Attendance",
        "heading": "Certificate of Attendance",
        "number": f"INC/2007/CERT/{number:03d}",
        "author": "Regional Programme for e-Government",
        "issuer": "Regional Programme for e-Government",
        "is_draft": False,
        "is_latin": True,
        "opening": "This is to certify that",
        "name": name,
        "latin_name": latin_name,
        "body": letter_wordings.fill(BODY, values),
        "signatories": [{"name": "Han Ji-woo", "position": "Director", "has_signature": False}],
        "date": "17 October 2007",
        "code": f"K7QF-ABCD-EFGH-{number:04d}",
        "address": address,
        "shown_address": address.partition("://")[2],
        "qr": qr.svg(address, mask=MASK),
    }  # fmt: skip


# What is measured, by name: each answers with one object of `results`.
MEASURED: dict[str, Callable[[argparse.Namespace], Result]] = {"certificates": certificates}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=sorted(MEASURED), help="measure this alone")
    parser.add_argument("--certificates", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=0)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.support.settings")
    django.setup()
    measured = [MEASURED[options.only]] if options.only else list(MEASURED.values())
    results = [measure(options) for measure in measured]
    told = {"benchmark": "documents", "machine": machine.describe(), "results": results}
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
