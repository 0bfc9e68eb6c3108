"""The command line as somebody at a terminal meets it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

import madang
from madang.core.commands import Registry
from madang.site import cli, keys
from madang.site.commands import serving

COMMANDS = ("demo", "setup", "serve", "worker", "check", "backup", "restore", "import", "export")


def run_madang(*words: str, data: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run `madang …` as a program, on a data folder of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MADANG_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "madang.site.cli", *words],
        env=kept
        | {"MADANG_DATA": str(data), "PYTHONPATH": os.pathsep.join(sys.path)}
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["--help"])

    assert left.value.code == 0
    said = capsys.readouterr().out
    assert all(f"\n    {command}" in said for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([command, "--help"])

    assert left.value.code == 0
    assert f"usage: madang {command}" in capsys.readouterr().out


def test_help_does_not_load_django() -> None:
    code = (
        "import sys; from madang.site import cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: assert 'django' not in sys.modules and 'numpy' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--version"])

    assert capsys.readouterr().out == f"Madang {madang.__version__}\n"


def test_a_word_that_is_no_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["dance"])

    assert left.value.code == 2
    assert "dance" in capsys.readouterr().err


def test_two_commands_can_not_have_one_name() -> None:
    registry = Registry()
    registry.add("import", "things", lambda _options: 0, help="take things in")

    with pytest.raises(ValueError, match="import things"):
        registry.add("import", "things", lambda _options: 0, help="take things in again")


def test_what_is_not_set_up_says_so(tmp_path: Path) -> None:
    for command in (["serve"], ["worker", "--batch"], ["backup", "b.tar"], ["check"]):
        done = run_madang(*command, data=tmp_path / "data")

        assert done.returncode == 1
        assert "madang setup" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_worker_that_is_killed_is_followed_by_another(tmp_path: Path) -> None:
    started = tmp_path / "started"
    script = (
        "import os, sys, time\nopen(sys.argv[1], 'a').write(f'{os.getpid()}\\n')\ntime.sleep(60)"
    )

    def wait_for(how_many: int) -> list[int]:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            pids = started.read_text().split() if started.exists() else []
            if len(pids) == how_many:
                return [int(pid) for pid in pids]
            time.sleep(0.05)
        raise AssertionError(f"{how_many} were not started")

    with serving.kept_running([sys.executable, "-c", script, str(started)], pause=0):
        (first,) = wait_for(1)
        os.kill(first, signal.SIGKILL)
        _first, second = wait_for(2)
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


def test_keys_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    made = keys.ensure_keys(tmp_path / "keys")
    contents = {path.name: path.read_text() for path in made}

    assert keys.ensure_keys(tmp_path / "keys") == []
    assert set(contents) == {"master.key", "session.key"}
    assert {path.name: path.read_text() for path in made} == contents
    assert keys.readable_by_others(tmp_path / "keys") == []


NewDatabase = Callable[[], dict[str, str]]


@pytest.fixture
def new_database(db: None) -> Iterator[NewDatabase]:
    """Makes empty databases of the engine under test: what to add to the environment for each."""
    made: list[str] = []

    def make() -> dict[str, str]:
        if connection.vendor == "sqlite":
            return {}  # a file in the data folder, which is new
        made.append(f"madang_{uuid4().hex}")
        server.execute(f"CREATE DATABASE {made[-1]}")
        return {"MADANG_DATABASE_URL": f"{address.rpartition('/')[0]}/{made[-1]}"}

    if connection.vendor == "sqlite":
        yield make
        return
    address = os.environ["MADANG_TEST_POSTGRESQL"]
    with psycopg.connect(address, autocommit=True) as server:
        yield make
        for name in made:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_an_installation_is_set_up_checked_backed_up_and_restored(
    tmp_path: Path, new_database: NewDatabase
) -> None:
    data, archive = tmp_path / "data", tmp_path / "backup.tar"
    keys_folder = str(tmp_path / "data-keys")
    run = partial(run_madang, **new_database())

    assert run("setup", data=data).returncode == 0
    checked = run("check", "--json", data=data)
    assert (checked.returncode, json.loads(checked.stdout)) == (0, [])
    assert run("worker", "--batch", data=data).returncode == 0

    (data / "files" / "paper").write_text("a country paper")
    written = run("backup", str(archive), "--json", data=data)
    assert "files/paper" in json.loads(written.stdout)["members"]

    (data / "files" / "paper").write_text("altered since")
    refused = run("restore", str(archive), data=data)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert (data / "files" / "paper").read_text() == "altered since"

    restored = run("restore", str(archive), "--replace", data=data)
    assert restored.returncode == 0, restored.stderr
    assert "Erased again" in restored.stdout
    assert (data / "files" / "paper").read_text() == "a country paper"

    elsewhere = tmp_path / "elsewhere"
    there = partial(run_madang, data=elsewhere, MADANG_KEYS=keys_folder, **new_database())
    assert there("restore", str(archive)).returncode == 0
    assert there("check").returncode == 0

    # A folder of keys that is not theirs is never taken for a new installation's.
    strange, absent = str(tmp_path / "other-keys"), str(tmp_path / "no-keys")
    keys.ensure_keys(tmp_path / "other-keys")
    assert (
        run("user", "add", "--email", "a@example.org", "--name", "Ana", data=data).returncode == 0
    )
    for command in (["setup"], ["backup", str(tmp_path / "b.tar")], ["worker", "--batch"]):
        refused = run(*command, data=data, MADANG_KEYS=strange)
        assert (refused.returncode, refused.stderr.count("\n")) == (1, 1), refused.stderr
        assert "not the one under which this database was written" in refused.stderr
    checked = run("check", data=data, MADANG_KEYS=strange)
    assert "error: The master key in" in checked.stdout
    refused = run("setup", data=data, MADANG_KEYS=absent)
    assert "written under a master key that is not in" in refused.stderr
    assert not Path(absent, "master.key").exists()

    # Another master key can't read the personal data in it, so it is not even tried.
    foreign = run("restore", str(archive), data=tmp_path / "new", MADANG_KEYS=strange)
    assert foreign.returncode == 1
    assert "another master key" in foreign.stderr
    assert "demo" in run("demo", "--reset", data=data).stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "backup.tar", "data", "data-keys", "elsewhere", "other-keys",
    ]  # fmt: skip
