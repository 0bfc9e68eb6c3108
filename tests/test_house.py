"""The rules of the house that a machine can check, so that a reader can rely on them."""

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import checks
from django.core.management import call_command

from tests.support.shared import CHECKOUT

SOURCE = CHECKOUT / "src" / "madang"
TOOLS = Path(sys.executable).parent
LINES = 400
VENDORED = SOURCE / "site" / "static" / "vendored.json"


def run(*command: str) -> None:
    """Run a tool over the checkout; what it complains of becomes the test's failure."""
    done = subprocess.run(
        [TOOLS / command[0], *command[1:]],
        cwd=CHECKOUT,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_imports_point_down() -> None:
    run("lint-imports", "--no-cache")


def test_ruff_has_nothing_to_say() -> None:
    run("ruff", "check", "--no-cache", ".")


def test_the_code_is_formatted() -> None:
    run("ruff", "format", "--check", "--no-cache", ".")


def test_types_hold_in_methods_and_core() -> None:
    run("mypy", "--no-incremental", "--no-error-summary")


def test_no_file_is_too_long_to_read_in_one_go() -> None:
    suffixes = {".py", ".html", ".css", ".js", ".typ"}
    paths = [path for path in ours() if path.suffix in suffixes]
    long = {str(path.relative_to(CHECKOUT)): lines_of(path) for path in paths}
    assert not {name: lines for name, lines in long.items() if lines > LINES}


def test_nothing_is_left_to_do_later() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "X" + "XX ")
    found = [
        str(path.relative_to(CHECKOUT))
        for path in ours()
        if path.suffix in {".py", ".html", ".css", ".js", ".typ", ".md"}
        and any(word in path.read_text() for word in words)
    ]
    assert not found


@pytest.mark.django_db
def test_migrations_are_in_step_with_the_models() -> None:
    said = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(f"The models have changed since the last migration:\n{said.getvalue()}")


def test_django_finds_nothing_wrong() -> None:
    assert not [message for message in checks.run_checks() if not message.is_silenced()]


def test_pages_carry_no_script_and_no_style_of_their_own() -> None:
    """The content security policy would refuse them; here they are found before a browser does."""
    for path in SOURCE.glob("*/templates/**/*.html"):
        text = path.read_text()
        for forbidden in (
            " style=",
            "<style",
            "javascript:",
            " onclick=",
            " onchange=",
            " onload=",
        ):
            assert forbidden not in text, f"{path.relative_to(CHECKOUT)} contains “{forbidden}”"
        for opening in text.split("<script")[1:]:
            tag = opening.split(">")[0]
            assert " src=" in tag or "application/" in tag, f"Script in {path.name}"


def test_stylesheets_know_no_left_and_no_right() -> None:
    for path in SOURCE.glob("*/static/**/*.css"):
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            name = line.strip().partition(":")[0]
            physical = name.endswith(("-left", "-right")) or name in {"left", "right", "float"}
            assert not physical, f"{path.relative_to(CHECKOUT)}:{number}: {line.strip()}"


def test_requirements_are_pinned_with_hashes_and_name_no_index() -> None:
    for path in (CHECKOUT / "requirements").glob("*.txt"):
        text = path.read_text()
        assert "://" not in text
        assert not [line for line in text.splitlines() if line.startswith("-")]
        for block in text.replace("\\\n", " ").splitlines():
            if block.strip() and not block.startswith("#"):
                assert "==" in block, block
                assert "--hash=sha256:" in block, block


def test_every_dependency_says_why_it_is_there() -> None:
    explained = (CHECKOUT / "docs" / "develop" / "dependencies.md").read_text()
    for name in ("run.in", "test.in"):
        for line in (CHECKOUT / "requirements" / name).read_text().splitlines():
            package = line.partition("~=")[0].partition("[")[0].strip()
            if package and not package.startswith(("#", "-")):
                assert f"| {package} |" in explained, f"{package} is not explained"


@pytest.mark.skipif(not VENDORED.exists(), reason="nothing is vendored")
def test_vendored_files_are_what_their_manifest_says() -> None:
    """`vendored.json`: path below static → version, licence, source and SHA-256."""
    for name, entry in json.loads(VENDORED.read_text()).items():
        content = (VENDORED.parent / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], name
        assert entry["version"], name
        assert entry["licence"], name
        assert entry["source"], name


def ours() -> list[Path]:
    """The files under version control, and those about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [CHECKOUT / name for name in listed.stdout.splitlines()]
    return [path for path in paths if path.is_file() and "migrations" not in path.parts]


def lines_of(path: Path) -> int:
    return len(path.read_text().splitlines())
