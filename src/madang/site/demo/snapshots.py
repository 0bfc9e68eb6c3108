"""How things stand at each moment: a copy of the database for each, beside the one in use.

Moving the clock puts the copy of another moment in the place of the database, in one transaction of
SQLite, so that every process goes on with it. How things were left is kept first: each moment stays
as somebody left it, and what is changed at one is not there at the others. Whoever is signed in
stays so.
"""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import F

from madang.core.models import DemoClock
from madang.site.demo.moments import MOMENTS, Moment, named
from madang.site.installation import migrations_fingerprint
from madang.workshops.models import Edition

FOLDER = "moments"
MADE_FOR = "made-for"
PATIENCE = 20  # seconds for another process to end its transaction
# Kept pages are told from each other by this count: no moment reaches the next one's.
STAMPS = 1_000_000


def keep(moment: Moment) -> None:
    """Keep how things stand in the present transaction, as those of a moment."""
    Edition.objects.update(page_stamp=F("page_stamp") + STAMPS)
    DemoClock.move_to(moment.at, name=moment.name)
    _path(moment).write_bytes(connection.connection.serialize())
    (_folder() / MADE_FOR).write_text(migrations_fingerprint())
    # A story that breaks off leaves no demo behind: only what is kept has this mark.
    DemoClock.objects.all().delete()


def fit() -> bool:
    """Whether there is a snapshot of every moment, made by code with the same migrations."""
    mark = _folder() / MADE_FOR
    return (
        mark.is_file()
        and mark.read_text() == migrations_fingerprint()
        and all(_path(moment).is_file() for moment in MOMENTS)
    )


def show(moment: Moment) -> None:
    """Let the database be that of a moment, and the clock stand there."""
    with _alone():
        present = DemoClock.objects.values_list("moment", flat=True).first()
        if present != moment.name:
            _exchange(named(present or ""), moment)
        DemoClock.move_to(moment.at, name=moment.name)


def _exchange(present: Moment | None, wanted: Moment) -> None:
    live = settings.DATABASES["default"]["NAME"]
    with closing(_open(live)) as now, closing(_open(_path(wanted))) as then:
        if present is not None:
            with closing(_open(_path(present))) as kept:
                now.backup(kept)
            _carry_sessions(now, then)
        then.backup(now)


def _carry_sessions(now: sqlite3.Connection, then: sqlite3.Connection) -> None:
    rows = now.execute("SELECT session_key, session_data, expire_date FROM django_session")
    with then:
        then.execute("DELETE FROM django_session")
        then.executemany(
            "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (?, ?, ?)",
            rows.fetchall(),
        )


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=PATIENCE)


def _path(moment: Moment) -> Path:
    return _folder() / f"{moment.name}.sqlite3"


def _folder() -> Path:
    folder = Path(settings.MADANG_DATA) / FOLDER
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def _alone() -> Iterator[None]:
    """One exchange at a time, of however many processes."""
    with (_folder() / "moving.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
