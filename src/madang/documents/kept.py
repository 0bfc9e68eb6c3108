"""Documents that were made once and are kept in a folder, to be made again whenever they are gone.

They are no files of anybody's and in no backup: they hold names, so whoever keeps one removes it
as soon as what it says of somebody is no longer to be shown (`remove`).
"""

import os
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from madang.core import clock


def find(group: str, name: str) -> Path | None:
    """The document of a name in a group, or None where it is not kept."""
    path = _folder(group) / name
    return path if path.is_file() else None


def keep(group: str, name: str, content: bytes) -> Path:
    """Keep a document, whole or not at all."""
    folder = _folder(group)
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    descriptor, draft = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        return Path(draft).replace(folder / name)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def remove(group: str) -> None:
    """Remove every document of a group."""
    shutil.rmtree(_folder(group), ignore_errors=True)


def purge(age: timedelta) -> int:
    """Remove what was made longer ago than `age`; returns how many documents that were."""
    oldest = clock.machine_now() - age
    removed = 0
    for path in _root().glob("*/*"):
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < oldest:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _root() -> Path:
    return Path(settings.MADANG_DATA) / "made"


def _folder(group: str) -> Path:
    return _root() / group
