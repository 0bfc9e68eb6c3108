"""A backup is whole or refused, and holds everything but the keys."""

import io
import json
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import Settings

from madang.core import backup_database, backups
from madang.core.models import DemoClock

on_postgresql = pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"), reason="about PostgreSQL alone"
)


@pytest.fixture
def archive(transactional_db: None, tmp_path: Path, settings: Settings) -> Path:
    """A backup of an installation that has two files."""
    files = tmp_path / "files"
    (files / "ab").mkdir(parents=True)
    (files / "ab" / "paper").write_bytes(b"country paper" * 1000)
    (files / "photo").write_bytes(b"")
    settings.MADANG_FILES = files
    DemoClock.objects.create(moment="week-before", offset=timedelta(days=-3))
    backups.write(tmp_path / "backup.tar")
    return tmp_path / "backup.tar"


def test_a_backup_holds_the_database_and_every_file(archive: Path) -> None:
    manifest = backups.verify(archive)

    assert set(manifest.members) == {
        backup_database.member_name(),
        "files/ab/paper",
        "files/photo",
    }
    assert manifest.members["files/ab/paper"].bytes == 13_000
    assert manifest.engine == connection.vendor


def test_a_backup_holds_no_key(archive: Path) -> None:
    content = archive.read_bytes()

    for key in Path(settings.MADANG_KEYS).glob("*.key"):
        assert key.read_bytes().strip() not in content


def test_only_its_owner_can_read_a_backup(archive: Path) -> None:
    assert archive.stat().st_mode & 0o077 == 0


def test_a_backup_does_not_overwrite_another(archive: Path) -> None:
    before = archive.read_bytes()

    with pytest.raises(backups.BackupError, match="choose another name"):
        backups.write(archive)

    assert archive.read_bytes() == before
    assert [path.name for path in archive.parent.glob("backup*")] == ["backup.tar"]


def test_unpacking_gives_back_what_went_in(archive: Path, tmp_path: Path) -> None:
    backups.unpack(archive, tmp_path / "new", backups.verify(archive))

    assert (tmp_path / "new" / "files" / "ab" / "paper").read_bytes() == b"country paper" * 1000
    assert (tmp_path / "new" / "files" / "photo").read_bytes() == b""


def test_the_copy_of_the_database_has_its_rows(archive: Path, tmp_path: Path) -> None:
    backups.unpack(archive, tmp_path / "new", backups.verify(archive))
    copy = tmp_path / "new" / backup_database.member_name()

    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(copy)) as reading:
            rows = reading.execute("SELECT moment FROM core_democlock").fetchall()
        assert rows == [("week-before",)]
    else:
        DemoClock.objects.all().delete()
        with backup_database.replaced_postgresql(copy):
            assert DemoClock.objects.get().moment == "week-before"


@pytest.mark.parametrize("name", ["files/ab/paper", "the database"])
def test_one_changed_byte_is_found(archive: Path, name: str) -> None:
    name = backup_database.member_name() if name == "the database" else name
    with tarfile.open(archive) as tar:
        member = tar.getmember(name)
    content = bytearray(archive.read_bytes())
    content[member.offset_data + member.size // 2] ^= 1
    archive.write_bytes(content)

    with pytest.raises(backups.BackupError, match=name):
        backups.verify(archive)


def test_a_backup_is_read_from_a_file_and_written_where_there_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(backups.BackupError, match="can't be read"):
        backups.verify(tmp_path)
    with pytest.raises(backups.BackupError, match="can't be written"):
        backups.write(tmp_path / "absent" / "backup.tar")


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_a_backup_that_was_cut_off_is_refused(archive: Path, share: float) -> None:
    content = archive.read_bytes()
    archive.write_bytes(content[: int(len(content) * share)])

    with pytest.raises(backups.BackupError, match=r"cut off|not a whole backup|damaged"):
        backups.verify(archive)


@pytest.mark.parametrize("name", ["files/../../escape", "/etc/escape", "setup.json", "files/added"])
def test_nothing_can_be_smuggled_in(archive: Path, name: str) -> None:
    with tarfile.open(archive, "a") as tar:
        info = tarfile.TarInfo(name)
        info.size = 3
        tar.addfile(info, io.BytesIO(b"new"))

    with pytest.raises(backups.BackupError):
        backups.verify(archive)


def test_a_link_is_not_a_file(archive: Path) -> None:
    with tarfile.open(archive, "a") as tar:
        info = tarfile.TarInfo("files/link")
        info.type = tarfile.SYMTYPE
        info.linkname = "/etc/passwd"
        tar.addfile(info)

    with pytest.raises(backups.BackupError, match="no plain file"):
        backups.verify(archive)


def with_manifest(archive: Path, change: Callable[[dict[str, object]], object]) -> backups.Manifest:
    """The manifest as it would be read had it been written otherwise."""
    with tarfile.open(archive) as tar:
        stream = tar.extractfile(backups.MANIFEST)
        assert stream is not None
        manifest = json.load(stream)
    change(manifest)
    return backups.Manifest(**manifest | {"members": {}})


def test_a_backup_under_another_master_key_is_refused(archive: Path) -> None:
    foreign = with_manifest(archive, lambda manifest: manifest.update(master_key="0" * 40))

    with pytest.raises(backups.BackupError, match="another master key"):
        backups.refuse_foreign(foreign)


def test_a_backup_of_a_newer_version_is_refused(archive: Path) -> None:
    foreign = with_manifest(
        archive, lambda manifest: manifest.update(migrations=["core.9999_of_the_future"])
    )

    with pytest.raises(backups.BackupError, match="newer Madang"):
        backups.refuse_foreign(foreign)


def test_a_backup_of_another_engine_is_refused(archive: Path) -> None:
    foreign = with_manifest(archive, lambda manifest: manifest.update(engine="oracle"))

    with pytest.raises(backups.BackupError, match="oracle"):
        backups.refuse_foreign(foreign)


def test_our_own_backup_is_accepted(archive: Path) -> None:
    backups.refuse_foreign(backups.verify(archive))


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_postgresql_keeps_what_it_had_if_anything_fails(tmp_path: Path) -> None:
    DemoClock.objects.create(moment="week-before")
    backup_database.copy_to(tmp_path / "dump")
    DemoClock.objects.update(moment="after")

    with (
        pytest.raises(RuntimeError, match="power"),
        backup_database.replaced_postgresql(tmp_path / "dump"),
    ):
        raise RuntimeError("the power went")

    assert DemoClock.objects.get().moment == "after"
