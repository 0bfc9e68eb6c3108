"""The state of this installation on disk: set up or not, by which version, and in use or not.

`madang setup` leaves `setup.json` in the data folder, so that `madang serve` can tell in a moment,
without loading Django, that the database and the static files belong to the code it is to serve.
"""

import fcntl
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import madang
from madang.core.commands import CommandError
from madang.site import folders
from madang.site.keys import MASTER, SESSION

MARK = "setup.json"
LOCK = "in-use.lock"


@dataclass(frozen=True)
class Mark:
    """What `setup.json` says. `migrations` is the fingerprint of the code's migrations."""

    version: str
    migrations: str
    demo: bool

    def fits(self) -> bool:
        """Whether the data belong to the code that is here now."""
        return (self.version, self.migrations) == (madang.__version__, migrations_fingerprint())


def migrations_fingerprint() -> str:
    """One text for the set of migrations that this code has."""
    package = Path(madang.__file__).parent
    paths = sorted(path.relative_to(package) for path in package.glob("*/migrations/0*.py"))
    return hashlib.sha256("\n".join(map(str, paths)).encode()).hexdigest()[:16]


def write_mark(*, demo: bool) -> None:
    """Note that the data folder is set up for this code."""
    mark = Mark(madang.__version__, migrations_fingerprint(), demo)
    (folders.data() / MARK).write_text(json.dumps(asdict(mark), indent=1) + "\n")


def read_mark() -> Mark | None:
    """What the last `madang setup` noted, None where there was none."""
    try:
        return Mark(**json.loads((folders.data() / MARK).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def require_ready(*, demo: bool) -> None:
    """Raise `CommandError` unless this installation is set up for this code."""
    missing = [name for name in (MASTER, SESSION) if not (folders.keys() / name).exists()]
    mark = read_mark()
    if missing or mark is None:
        raise CommandError(
            f"Nothing is set up in {folders.data()} yet: run `madang setup` first, or set "
            "MADANG_DATA and MADANG_KEYS to where it is."
        )
    if not mark.fits():
        raise CommandError(
            f"The data in {folders.data()} belongs to another version of Madang "
            f"({mark.version}): back it up and run `madang setup`."
        )
    if mark.demo and not demo:
        raise CommandError(f"The data in {folders.data()} is the demo's: run `madang demo`.")


def require_key_of_data() -> None:
    """Raise `CommandError` where there are data already, but not the master key they need.

    A new key would let Madang start, with nobody's name in it.
    """
    if read_mark() is not None and not (folders.keys() / MASTER).exists():
        raise CommandError(
            f"The data in {folders.data()} were written under a master key that is not in "
            f"{folders.keys()}. Set MADANG_KEYS to where it is, or bring it back."
        )


@contextmanager
def in_use() -> Iterator[None]:
    """Mark the data folder as in use, together with any other server or worker."""
    with _locked(fcntl.LOCK_SH):
        yield


@contextmanager
def alone() -> Iterator[None]:
    """Keep servers and workers away from the data folder; they must not be there already."""
    with _locked(fcntl.LOCK_EX):
        yield


@contextmanager
def _locked(kind: int) -> Iterator[None]:
    data = folders.data()
    data.mkdir(parents=True, exist_ok=True)
    with (data / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, kind | fcntl.LOCK_NB)
        except OSError:
            raise CommandError(
                f"Another process of Madang is at work in {data}: stop it first."
            ) from None
        yield
