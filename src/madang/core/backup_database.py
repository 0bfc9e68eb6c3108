"""The database's part in a backup: a consistent copy while others write, and its return."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

PAGES_AT_A_TIME = 2000  # between which writers get their turn
SET_ASIDE = "madang_before_restore"


class DatabaseCopyError(Exception):
    """The database can't be copied or brought back; the text says why."""


def member_name() -> str:
    """What the copy is called in the archive."""
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.dump"


def copy_to(path: Path) -> None:
    """Write a consistent copy of the database to a new file."""
    if connection.vendor == "sqlite":
        _copy_sqlite(path)
    else:
        _postgresql_tool("pg_dump", "--format=custom", "--no-owner", f"--file={path}")
    path.chmod(0o600)


def applied_migrations() -> list[str]:
    """The migrations of Madang's own apps that the database has, as `app.name`."""
    ours = _our_apps()
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app in ours)


def known_migrations() -> list[str]:
    """The migrations of Madang's own apps that this code has, as `app.name`."""
    ours = _our_apps()
    known = MigrationLoader(None).disk_migrations or {}
    return sorted(f"{app}.{name}" for app, name in known if app in ours)


def is_empty() -> bool:
    """Whether the database holds no tables yet."""
    return not connection.introspection.table_names()


@contextmanager
def replaced_postgresql(dump: Path) -> Iterator[None]:
    """Put a dump in the place of what a PostgreSQL database holds.

    What was there is set aside until the block ends, and comes back if it ends with an error.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SET_ASIDE} CASCADE")
        cursor.execute(f"ALTER SCHEMA public RENAME TO {SET_ASIDE}")
        cursor.execute("CREATE SCHEMA public")
    try:
        _postgresql_tool(
            "pg_restore",
            "--single-transaction",
            "--exit-on-error",
            "--no-owner",
            "--no-privileges",
            "--schema=public",
            f"--dbname={connection.settings_dict['NAME']}",
            str(dump),
        )
        yield
    except BaseException:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute(f"ALTER SCHEMA {SET_ASIDE} RENAME TO public")
        raise
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA {SET_ASIDE} CASCADE")


def _our_apps() -> set[str]:
    return {config.label for config in apps.get_app_configs() if config.name.startswith("madang.")}


def _copy_sqlite(path: Path) -> None:
    connection.ensure_connection()
    reading: sqlite3.Connection = connection.connection
    try:
        with closing(sqlite3.connect(path)) as writing:
            reading.backup(writing, pages=PAGES_AT_A_TIME)
            # A copy in one file, which needs no log beside it to be read.
            writing.execute("PRAGMA journal_mode=DELETE")
            sound = writing.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error as error:
        raise DatabaseCopyError(f"The database can't be copied to {path}: {error}.") from error
    if sound != ("ok",):
        raise DatabaseCopyError(f"The database is damaged: {sound[0]}")


def _postgresql_tool(name: str, *arguments: str) -> None:
    program = shutil.which(name)
    if program is None:
        raise DatabaseCopyError(f"{name} is needed: install PostgreSQL's client programs.")
    done = subprocess.run(  # noqa: S603  (our own arguments)
        [program, *arguments],
        env=os.environ | _postgresql_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DatabaseCopyError(f"{name} failed: {done.stderr.strip()}")


def _postgresql_environment() -> dict[str, str]:
    # By the environment, so that no password shows in the list of processes.
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    values = {name: str(connection.settings_dict[key] or "") for name, key in names.items()}
    return {name: value for name, value in values.items() if value}
