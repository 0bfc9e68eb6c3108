"""`madang backup` and `madang restore`."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from pathlib import Path

from madang.core.commands import CommandError, Registry, say, say_json
from madang.site import folders, installation
from madang.site.start import start_django


def add_commands(registry: Registry) -> None:
    registry.add(
        "",
        "backup",
        backup,
        help="write database and files, without the keys, into one file",
        arguments=_backup_arguments,
    )
    registry.add(
        "",
        "restore",
        restore,
        help="bring back what a backup holds",
        arguments=_restore_arguments,
        needs_installation=False,  # what is broken or not there yet is what it mends
    )


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the .tar to write; it must not exist")
    parser.add_argument("--json", action="store_true", help="answer with the manifest, in JSON")


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the .tar that `madang backup` wrote")
    parser.add_argument(
        "--replace", action="store_true", help="put it in the place of the data that is there"
    )
    parser.add_argument(
        "--verify-only", action="store_true", help="compare every hash, and change nothing"
    )


def backup(options: argparse.Namespace) -> int:
    from madang.core import backups

    try:
        manifest = backups.write(options.file)
    except backups.BackupError as error:
        raise CommandError(str(error)) from error
    if options.json:
        say_json(asdict(manifest))
    else:
        size = options.file.stat().st_size
        say(f"Wrote {len(manifest.members)} files, {size:,} bytes, to {options.file}.")
        say(f"The keys in {folders.keys()} are not part of it: keep a copy of them elsewhere.")
    return 0


def restore(options: argparse.Namespace) -> int:
    """Verify, unpack beside the data, bring up to date and erase again – and only then swap."""
    start_django()
    from madang.core import backup_database, backups, vault

    try:
        manifest = backups.verify(options.file)
        if options.verify_only:
            say(f"{options.file} is whole: {len(manifest.members)} files, made {manifest.made}.")
            return 0
        backups.refuse_foreign(manifest)
        with installation.alone():
            _refuse_to_overwrite(replace=options.replace)
            _put_in_place(lambda staging: backups.unpack(options.file, staging, manifest))
    except (backups.BackupError, backup_database.DatabaseCopyError, vault.VaultError) as error:
        raise CommandError(f"{error} Nothing was changed.") from error
    except OSError as error:
        raise CommandError(
            f"{folders.data()} can't be written: {error.strerror}. Nothing was changed."
        ) from error
    say(f"{folders.data()} holds the backup of {manifest.made}.")
    return 0


def _refuse_to_overwrite(*, replace: bool) -> None:
    from django.db import connection

    from madang.core import backup_database

    data = folders.data()
    ours = {installation.LOCK}
    holds_files = any(path.name not in ours for path in data.iterdir())
    holds_tables = connection.vendor != "sqlite" and not backup_database.is_empty()
    if (holds_files or holds_tables) and not replace:
        raise CommandError(
            f"{data} holds data already. To put the backup in its place add --replace, or name "
            "another folder in MADANG_DATA."
        )


def _put_in_place(unpack: Callable[[Path], object]) -> None:
    data = folders.data()
    staging = data.with_name(f"{data.name}.restoring")
    shutil.rmtree(staging, ignore_errors=True)
    try:
        unpack(staging)
        with _database_replaced(staging):
            _settle(staging)
            _swap(staging, data)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _database_replaced(staging: Path) -> AbstractContextManager[None]:
    from django.db import connection

    from madang.core import backup_database

    if connection.vendor == "sqlite":
        (staging / "database.sqlite3").rename(staging / "madang.sqlite3")
        return nullcontext()
    return backup_database.replaced_postgresql(staging / "database.dump")


def _settle(staging: Path) -> None:
    """Bring the unpacked data to this version, and erase again whoever was erased since.

    In a process of its own, whose data folder is the one where it was unpacked.
    """
    environment = os.environ | {"MADANG_DATA": str(staging), "MADANG_KEYS": str(folders.keys())}
    command = [sys.executable, "-m", "madang.site.cli", "setup", "--after-restore"]
    done = subprocess.run(  # noqa: S603  (our own command)
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CommandError(
            f"The backup could not be brought to this version: {done.stderr.strip()}\n"
            "Nothing was changed."
        )
    say(done.stdout.strip())
    (staging / "database.dump").unlink(missing_ok=True)


def _swap(staging: Path, data: Path) -> None:
    """Put one folder in the place of another; on any failure the old one is back."""
    aside = data.with_name(f"{data.name}.before-restore")
    shutil.rmtree(aside, ignore_errors=True)
    data.rename(aside)
    try:
        staging.rename(data)
    except OSError:
        aside.rename(data)
        raise
    shutil.rmtree(aside)
