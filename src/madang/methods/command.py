"""`madang methods NAME FILE`: one JSON document in, one JSON document out.

Exit codes: 0 solved, 1 proven impossible, 2 bad input (the sentence on standard error begins with
the JSON path of what is wrong), 3 nothing found and nothing proven in the time allowed.
"""

import importlib
import inspect
import json
import sys
from pathlib import Path
from typing import Any

from madang.methods import documents

SOLVED, IMPOSSIBLE, BAD_INPUT, UNDECIDED = range(4)
EXITS = {"infeasible": IMPOSSIBLE, "unknown": UNDECIDED}

# Each method is a module with `run(document) -> answer`, imported when it is asked for.
METHODS = {
    "agreement": (
        "madang.methods.agreement",
        "whether judges agree: Krippendorff's alpha, Kendall's W, intraclass correlations",
    ),
    "rotate": (
        "madang.methods.rotation",
        "people into groups, round after round, so that as few as possible meet twice",
    ),
    "select": (
        "madang.methods.selection",
        "nominees for seats: the best cohort within quotas and budget, or a fair lottery",
    ),
    "timetable": (
        "madang.methods.timetable",
        "sessions into days, times and rooms: a suggestion for a draft programme",
    ),
}

USAGE = """\
usage: madang methods NAME FILE     read a JSON document, print the answer as JSON
       madang methods NAME -        the same from standard input
       madang methods NAME --help   what a method reads and answers
       madang methods               this list

exit codes: 0 solved, 1 proven impossible, 2 bad input, 3 undecided in the time allowed

methods:
"""


def main(argv: list[str]) -> int:
    """Run the command with the words after `madang methods`; the result is the exit code."""
    if not argv or argv in (["-h"], ["--help"]):
        print(_overview(), end="")
        return SOLVED
    name, *rest = argv
    if name not in METHODS:
        return _refuse(f"there is no method {name!r}; there are: {', '.join(METHODS)}")
    if len(rest) != 1:
        return _refuse(f"madang methods {name} needs one FILE, or - for standard input")
    module = importlib.import_module(METHODS[name][0])
    if rest[0] in ("-h", "--help"):
        print(inspect.getdoc(module))
        return SOLVED
    try:
        text = sys.stdin.buffer.read() if rest[0] == "-" else Path(rest[0]).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        return _refuse(f"{rest[0]} can't be read: {getattr(error, 'strerror', None) or error}")
    try:
        answer = documents.plain(module.run(documents.load(text)))
    except documents.InvalidDocumentError as error:
        return _refuse(str(error))
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False, indent=1).encode() + b"\n")
    sys.stdout.buffer.flush()
    return _exit_code(answer)


def _exit_code(answer: Any) -> int:
    return EXITS.get(answer.get("status", ""), SOLVED)


def _overview() -> str:
    width = max(map(len, METHODS))
    return USAGE + "".join(
        f"  {name:<{width}}  {summary}\n" for name, (_, summary) in METHODS.items()
    )


def _refuse(sentence: str) -> int:
    print(sentence.encode("ascii", "backslashreplace").decode(), file=sys.stderr)
    return BAD_INPUT
