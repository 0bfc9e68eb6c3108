"""`madang check`: is this installation sound?"""

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from madang.core.commands import Registry, say, say_json
from madang.site import folders, installation, keys
from madang.site.start import start_django

ROOM = 1024**3  # bytes that should be free on the disk of the data


@dataclass(frozen=True)
class Finding:
    """Something to look at. `level` is `error` or `warning`, `hint` says how to mend it."""

    level: str
    text: str
    hint: str = ""


def add_commands(registry: Registry) -> None:
    registry.add(
        "",
        "check",
        run,
        help="look whether this installation is sound",
        arguments=_args,
        needs_installation=False,  # what is missing is what it tells
    )


def _args(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--deploy", action="store_true", help="look also at what matters on the open network"
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def run(options: argparse.Namespace) -> int:
    """Exit code 1 if there are errors; with --deploy also if there are warnings."""
    start_django()
    found = [*_of_keys(), *_of_data(), *_of_database()]
    if not any(finding.level == "error" for finding in found):
        found += _of_vault()
    if not any(finding.level == "error" for finding in found):
        found += _of_fonts()  # which reads the names that have to be written
    found += _of_django(deploy=options.deploy)
    if options.json:
        say_json([asdict(finding) for finding in found])
    else:
        for finding in found:
            say(f"{finding.level}: {finding.text}" + (f" {finding.hint}" if finding.hint else ""))
        say("All is well." if not found else f"{len(found)} to look at.")
    serious = {"error", "warning"} if options.deploy else {"error"}
    return int(any(finding.level in serious for finding in found))


def _of_keys() -> Iterator[Finding]:
    folder = folders.keys()
    for name in (keys.MASTER, keys.SESSION):
        if not (folder / name).exists():
            yield Finding("error", f"{folder / name} is missing.", "Run `madang setup`.")
    for path in keys.readable_by_others(folder):
        yield Finding("error", f"{path} can be read by others.", f"Run `chmod 600 {path}`.")
    if folders.data() in (folder, *folder.parents):
        yield Finding(
            "error",
            "The keys are inside the data folder, so that a copy of the one gives away the other.",
            "Move them and set MADANG_KEYS.",
        )


def _of_data() -> Iterator[Finding]:
    data = folders.data()
    if not data.is_dir():
        yield Finding("error", f"The data folder {data} is missing.", "Run `madang setup`.")
        return
    if not _writable(data):
        yield Finding("error", f"The data folder {data} can't be written to.")
    mark = installation.read_mark()
    if mark is None or not mark.fits():
        yield Finding(
            "error", f"The data in {data} are not set up for this version.", "Run `madang setup`."
        )
    if shutil.disk_usage(data).free < ROOM:
        yield Finding("warning", f"Less than 1 GB is free on the disk of {data}.")


def _writable(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _of_database() -> Iterator[Finding]:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Finding("error", f"The database does not answer: {error}")
        return
    if waiting:
        yield Finding(
            "error", f"{len(waiting)} migrations have not been applied.", "Run `madang setup`."
        )


def _of_vault() -> Iterator[Finding]:
    from madang.core import vault

    for look in (vault.require_fitting_key, vault.erasures):
        try:
            look()
        except vault.VaultError as error:
            yield Finding("error", str(error))


def _of_fonts() -> Iterator[Finding]:
    from madang.documents import checks

    for without in checks.without_font():
        yield Finding("warning", str(without), checks.INSTALL)


def _of_django(*, deploy: bool) -> Iterator[Finding]:
    from django.core import checks

    for message in checks.run_checks(include_deployment_checks=deploy):
        if not message.is_silenced():
            level = "error" if message.level >= checks.ERROR else "warning"
            yield Finding(level, f"{message.msg} ({message.id})", message.hint or "")
