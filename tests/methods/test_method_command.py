"""`madang methods` in a process of its own, in which Django can't be imported."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
COMMAND = """
import sys
for package in ("django", "madang.core", "madang.site"):
    sys.modules[package] = None
from madang.methods.command import main
sys.exit(main(sys.argv[1:]))
"""
WORKSHOP = {
    "days": [{"date": "2007-10-08", "opens": "09:00", "closes": "12:00"}],
    "rooms": [{"id": "대강당", "capacity": 40}],
    "sessions": [
        {"id": "opening", "length": 60, "start": "09:00"},
        {"id": "lecture", "length": 90},
    ],
    "seconds": 20,
}


def methods(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *words],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(SOURCE)},
        check=False,
    )


def test_a_file_is_answered_with_json(tmp_path: Path) -> None:
    file = tmp_path / "week.json"
    file.write_text(json.dumps(WORKSHOP))
    done = methods("timetable", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert answer["status"] == "optimal"
    assert answer["placements"] == [
        {"session": "opening", "day": "2007-10-08", "start": "09:00", "room": "대강당"},
        {"session": "lecture", "day": "2007-10-08", "start": "10:00", "room": "대강당"},
    ]


def test_what_is_impossible_says_why_and_exits_with_1() -> None:
    crowded = {**WORKSHOP, "sessions": [{"id": "marathon", "length": 200}]}
    done = methods("timetable", "-", given=json.dumps(crowded))
    assert (done.returncode, done.stderr) == (1, "")
    answer = json.loads(done.stdout)
    assert answer["status"] == "infeasible"
    assert {rule["kind"] for rule in answer["conflicts"][0]} == {"held", "hours"}
    assert answer["relaxations"][0]["relaxation"] == "Begin earlier or end later on 2007-10-08."


def test_bad_input_is_one_sentence_with_its_path_and_exit_code_2() -> None:
    wrong = {**WORKSHOP, "sessions": [{"id": "a", "length": 60}, {"id": "b", "length": -5}]}
    done = methods("timetable", "-", given=json.dumps(wrong))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "$.sessions[1].length: must be at least 1, not -5\n"


def test_without_a_method_the_methods_are_listed() -> None:
    for words in ([], ["--help"], ["-h"]):
        done = methods(*words)
        assert done.returncode == 0
        assert "  timetable  sessions into days, times and rooms" in done.stdout


def test_a_method_explains_itself() -> None:
    done = methods("timetable", "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("A timetable: sessions into days, times and rooms")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["horoscope", "-"], "there is no method 'horoscope'; there are: "),
        (["timetable"], "madang methods timetable needs one FILE, or - for standard input\n"),
        (["timetable", "a", "b"], "madang methods timetable needs one FILE"),
        (["timetable", "/no/such/file"], "/no/such/file can't be read: No such file"),
        (["timetable", "/"], "/ can't be read: Is a directory"),
    ],
)
def test_a_wrong_command_line_exits_with_2(words: list[str], expected: str) -> None:
    done = methods(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(expected)


def test_listing_and_reading_do_not_import_the_solver() -> None:
    check = COMMAND.replace("sys.exit(main(sys.argv[1:]))", "main(sys.argv[1:])")
    check += "\nsys.exit('ortools' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", check, "timetable", "-"],
        input="{}",
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(SOURCE)},
        check=False,
    )
    assert done.returncode == 0
