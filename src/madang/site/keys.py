"""The keys of an installation: made once, kept apart from the data folder and its backups."""

import base64
import os
import secrets
from pathlib import Path

MASTER = "master.key"
SESSION = "session.key"
KEY_BYTES = 32


def ensure_keys(folder: Path) -> list[Path]:
    """Make those keys that `folder` does not hold yet; returns the new files.

    The master key (base64 of 32 random bytes) wraps the key of each person; the session key signs
    sessions. Both are readable by their owner alone.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    wanted = {
        MASTER: lambda: base64.b64encode(os.urandom(KEY_BYTES)).decode(),
        SESSION: lambda: secrets.token_urlsafe(50),
    }
    made = []
    for name, new_key in wanted.items():
        path = folder / name
        if not path.exists():
            _write_private(path, new_key() + "\n")
            made.append(path)
    return made


def readable_by_others(folder: Path) -> list[Path]:
    """The keys that more than their owner may read."""
    paths = [folder / name for name in (MASTER, SESSION)]
    return [path for path in paths if path.exists() and path.stat().st_mode & 0o077]


def _write_private(path: Path, text: str) -> None:
    # Complete or not there at all: half a master key would be worse than none.
    draft = path.with_suffix(f".new-{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(draft, path)  # fails where another process was first, and its key stays
    except FileExistsError:
        pass
    finally:
        draft.unlink()
