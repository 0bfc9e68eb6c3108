"""Backups: one .tar with the database, the files and a manifest of their hashes, and no keys.

    database.sqlite3 | database.dump    a consistent copy, made while Madang runs
    files/…                             every stored file
    manifest.json                       the last member, so that a cut-off archive is recognised

The keys stay behind on purpose: who finds a backup can't read the personal data in it, and who was
erased stays erased, since the ledger of erasures is kept with the keys and is replayed after a
restore (`replay_erasures`) before Madang serves.
"""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.db import connection

import madang
from madang.core import backup_database, clock, vault

FORMAT = 1
MANIFEST = "manifest.json"
FILES = "files"
CHUNK = 1 << 20
_SAFE_NAME = re.compile(r"database\.(sqlite3|dump)|files/.+")


class BackupError(Exception):
    """A backup can't be written or read; the text says why, and what to do."""


@dataclass(frozen=True)
class Member:
    """One file of the archive: its length in bytes and the hash of its content."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What an archive holds. `migrations` are those applied to its database, as `app.name`."""

    version: str
    made: str
    engine: str
    master_key: str
    migrations: list[str]
    members: dict[str, Member] = field(default_factory=dict)
    format: int = FORMAT


_after_restore: list[Callable[[], int]] = []


def on_restore(replay: Callable[[], int]) -> None:
    """Let an app erase again, after a restore, whom the ledger names. Called from its `ready()`.

    `replay` must be repeatable; it returns how many people it erased.
    """
    _after_restore.append(replay)


def replay_erasures() -> int:
    """Erase again everyone who was erased since the backup; returns how many they were."""
    return sum(replay() for replay in _after_restore)


def key_fingerprint() -> str:
    """By which a backup knows the master key that its personal data needs."""
    return vault.blind_index("backup", "")


def write(archive: Path) -> Manifest:
    """Write a backup of this installation, complete or not at all.

    Raises `BackupError` if `archive` exists already, or the database can't be copied.
    """
    if archive.exists():
        raise BackupError(f"{archive} is there already: choose another name.")
    draft = archive.with_name(f"{archive.name}.part")
    members: dict[str, Member] = {}
    try:
        with (
            _open_private(draft) as stream,
            tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar,
        ):
            _add_database(tar, members, draft)
            # The files come after the database: what it names is there, or was removed on purpose.
            for name, path in _stored_files():
                with path.open("rb") as content:
                    members[name] = _add(tar, name, content)
            manifest = _manifest(members)
            _add_text(tar, MANIFEST, json.dumps(asdict(manifest), indent=1))
            tar.close()
            stream.flush()
            os.fsync(stream.fileno())
        draft.rename(archive)
    except backup_database.DatabaseCopyError as error:
        raise BackupError(str(error)) from error
    except OSError as error:
        raise BackupError(f"{archive} can't be written: {error.strerror}.") from error
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def verify(archive: Path) -> Manifest:
    """Read a backup from end to end and compare every hash; nothing is written anywhere.

    Raises `BackupError` if anything is missing, damaged, added or named as nothing of ours is.
    """
    found: dict[str, Member] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(archive, "r:") as tar:
            for info in tar:
                content = tar.extractfile(info) if info.isreg() else None
                if content is None:
                    raise BackupError(f"{archive} holds “{info.name}”, which is no plain file.")
                if info.name == MANIFEST:
                    manifest = _read_manifest(content, archive)
                elif not _safe(info.name) or info.name in found:
                    raise BackupError(f"{archive} holds “{info.name}”, which no backup has.")
                else:
                    found[info.name] = _measure(content)
    except FileNotFoundError:
        raise BackupError(f"There is no file {archive}.") from None
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(f"{archive} is not a whole backup: {error}.") from error
    except OSError as error:
        raise BackupError(f"{archive} can't be read: {error.strerror}.") from error
    if manifest is None:
        raise BackupError(f"{archive} is cut off: its manifest is missing.")
    wrong = sorted(
        name
        for name in found.keys() | manifest.members.keys()
        if found.get(name) != manifest.members.get(name)
    )
    if wrong:
        raise BackupError(f"{archive} is damaged: “{wrong[0]}” is not what the manifest says.")
    return manifest


def refuse_foreign(manifest: Manifest) -> None:
    """Raise `BackupError` if this installation can't hold what a backup has in it."""
    if manifest.engine != connection.vendor:
        raise BackupError(
            f"The backup is of a database on {manifest.engine}, and this installation is on "
            f"{connection.vendor}: set or unset MADANG_DATABASE_URL."
        )
    if manifest.master_key != key_fingerprint():
        raise BackupError(
            "The backup was made under another master key, without which the personal data in it "
            f"can't be read: put that key into {vault.keys_folder()}."
        )
    unknown = sorted(set(manifest.migrations) - set(backup_database.known_migrations()))
    if unknown:
        raise BackupError(
            f"The backup was made by a newer Madang ({manifest.version}; this is "
            f"{madang.__version__}): install that one first."
        )


def unpack(archive: Path, folder: Path, manifest: Manifest) -> None:
    """Write the members of a verified backup into an empty or new `folder`.

    Raises `BackupError` if the archive is not any more what `verify` saw.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / FILES).mkdir(exist_ok=True)
    with tarfile.open(archive, "r:") as tar:
        for info in tar:
            content = tar.extractfile(info)
            if info.name == MANIFEST or content is None:
                continue
            if info.name not in manifest.members:
                raise BackupError(f"{archive} was altered while it was read.")
            path = folder.joinpath(*PurePosixPath(info.name).parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            measured = _Measured(content)
            with _open_private(path) as stream:
                while chunk := measured.read(CHUNK):
                    stream.write(chunk)
            if measured.member() != manifest.members[info.name]:
                raise BackupError(f"{archive} was altered while it was read.")


def _manifest(members: dict[str, Member]) -> Manifest:
    return Manifest(
        version=madang.__version__,
        made=clock.now().isoformat(timespec="seconds"),
        engine=connection.vendor,
        master_key=key_fingerprint(),
        migrations=backup_database.applied_migrations(),
        members=members,
    )


def _add_database(tar: tarfile.TarFile, members: dict[str, Member], beside: Path) -> None:
    name = backup_database.member_name()
    copy = beside.with_name(f"{beside.name}.database")
    try:
        backup_database.copy_to(copy)
        with copy.open("rb") as content:
            members[name] = _add(tar, name, content)
    finally:
        copy.unlink(missing_ok=True)


def _stored_files() -> Iterator[tuple[str, Path]]:
    root = Path(settings.MADANG_FILES)
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{FILES}/{path.relative_to(root).as_posix()}", path


class _Measured:
    """Passes a stream on, and hashes and counts what goes through."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()
        self.bytes = 0

    def read(self, size: int = -1) -> bytes:
        chunk = self.stream.read(size)
        self.digest.update(chunk)
        self.bytes += len(chunk)
        return chunk

    def member(self) -> Member:
        return Member(self.bytes, self.digest.hexdigest())


def _measure(stream: IO[bytes]) -> Member:
    measured = _Measured(stream)
    while measured.read(CHUNK):
        pass
    return measured.member()


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes]) -> Member:
    info = tarfile.TarInfo(name)
    info.size = os.fstat(content.fileno()).st_size
    info.mtime = int(clock.now().timestamp())
    info.mode = 0o600
    measured: Any = _Measured(content)
    tar.addfile(info, measured)
    return measured.member()  # type: ignore[no-any-return]


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(text.encode())
    info.mode = 0o600
    tar.addfile(info, io.BytesIO(text.encode()))


def _read_manifest(content: IO[bytes], archive: Path) -> Manifest:
    try:
        read = json.loads(content.read())
        members = {name: Member(**value) for name, value in read.pop("members").items()}
        manifest = Manifest(**read, members=members)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupError(f"The manifest of {archive} can't be read: {error}.") from error
    if manifest.format != FORMAT:
        raise BackupError(f"{archive} has a form that this version does not know.")
    return manifest


def _safe(name: str) -> bool:
    return bool(_SAFE_NAME.fullmatch(name)) and ".." not in PurePosixPath(name).parts


def _open_private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")
