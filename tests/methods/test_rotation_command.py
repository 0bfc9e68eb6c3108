"""`madang methods rotate` and `agreement`: documents in and out, exit codes, and the cache."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from madang.methods import command

SOURCE = Path(__file__).parents[2] / "src"
GROUPS = {"people": [{"id": name} for name in "abcd"], "groups": 2, "rounds": 3}
RATINGS = {"ratings": [[1, 2, 3], [1, 2, 3]], "level": "interval"}


def asked(tmp_path: Path, method: str, document: Any) -> int:
    file = tmp_path / "document.json"
    file.write_text(json.dumps(document))
    return command.main([method, str(file)])


def test_a_rotation_is_answered_with_json(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert asked(tmp_path, "rotate", GROUPS) == 0
    answer = json.loads(capfdbinary.readouterr().out)
    assert (answer["status"], answer["repeats"], answer["bound"]) == ("optimal", 0, 0)
    assert (answer["pairs_met"], answer["pairs_allowed"]) == (6, 6)
    assert answer["met_by_person"] == {"a": 3, "b": 3, "c": 3, "d": 3}
    assert answer["front"] == [{"repeats": 0, "imbalance": 0}]


def test_agreement_is_answered_with_json(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert asked(tmp_path, "agreement", RATINGS) == 0
    answer = json.loads(capfdbinary.readouterr().out)
    assert answer["krippendorff_alpha"] == answer["kendall_w"] == answer["icc"]["2,1"] == 1


@pytest.mark.parametrize(
    ("method", "document", "expected"),
    [
        ("rotate", GROUPS | {"groups": 9}, b"$.groups: there are only 4 people\n"),
        ("agreement", RATINGS | {"ratings": [[1], []]}, b"$.ratings[1]: must have a length of"),
    ],
)
def test_bad_input_exits_with_2(
    tmp_path: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    method: str,
    document: Any,
    expected: bytes,
) -> None:
    assert asked(tmp_path, method, document) == 2
    said = capfdbinary.readouterr()
    assert said.out == b""
    assert said.err.startswith(expected)


@pytest.mark.parametrize("method", ["rotate", "agreement"])
def test_reading_imports_no_heavy_library(method: str) -> None:
    check = (
        "import sys\nfrom madang.methods.command import main\n"
        f"assert main(['{method}', '-']) == 2\n"
        "sys.exit(bool({'numba', 'numpy', 'scipy', 'ortools'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", check],
        input=b"{}",
        env={"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.long
def test_the_compiled_search_is_kept_where_numba_is_told(tmp_path: Path) -> None:
    """And is not compiled again by the next process, which finds everything there."""
    program = (
        "from madang.methods.rotation import annealing, warm\nwarm()\n"
        "print(sum(annealing.anneal.stats.cache_hits.values()))"
    )
    environment = os.environ | {"PYTHONPATH": str(SOURCE), "NUMBA_CACHE_DIR": str(tmp_path)}
    hits = [
        subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, check=True
        ).stdout.strip()
        for _ in range(2)
    ]
    assert hits == [b"0", b"1"]
    assert list(tmp_path.rglob("*.nbc"))
