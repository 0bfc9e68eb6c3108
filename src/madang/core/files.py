"""Files: taken by content, stored by fingerprint, shown to whom their owner's rule allows.

An app registers the models that own files with the rule of who may read them; a file itself has no
other permission.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from madang.core import audit, clock, locales, media_types, vault
from madang.core.media_types import UnwantedFileError
from madang.core.models import StoredFile, SubjectKey
from madang.core.policies import Rule, Who

NAME_LENGTH = 120
CHUNK_BYTES = 64 * 1024
# A content without a row may belong to a transaction that has not ended yet.
GARBAGE_AGE = timedelta(days=1)


@dataclass(frozen=True)
class Owner:
    """A model whose things own files."""

    rule: Rule[Any]
    queryset: Callable[[], QuerySet[Any]]


_owners: dict[str, Owner] = {}


def register_owner(
    model: type[models.Model],
    rule: Rule[Any],
    *,
    queryset: Callable[[], QuerySet[Any]] | None = None,
) -> None:
    """Let things of `model` own files, read by whom `rule` allows. Called from `ready()`."""
    _owners[model._meta.label_lower] = Owner(rule, queryset or model._default_manager.all)


def store(
    upload: "UploadedFile[bytes] | bytes",
    *,
    owner: models.Model,
    actor: audit.Actor | None,
    name: str = "",
    subject: SubjectKey | None = None,
) -> StoredFile:
    """Take a file for `owner`, in the caller's transaction.

    With `subject` the content is personal and encrypted under that person's key. Raises
    `UnwantedFileError` with a sentence for the person, and stores nothing then.
    """
    if owner._meta.label_lower not in _owners:
        raise KeyError(f"{owner._meta.label} owns no files: see core.files.register_owner.")
    plain = _read(upload)
    name = name or (upload.name or "" if not isinstance(upload, bytes) else "")
    kind = media_types.identify(plain, name)
    stored = StoredFile(
        owner_model=owner._meta.label_lower,
        owner_id=owner.pk,
        name=clean_name(name, kind),
        media_type=kind.media_type,
        size=len(plain),
        uploaded_by=actor.audit_id if actor is not None else None,
        subject=subject,
    )
    content = plain
    if subject is not None:
        content = vault.seal_bytes(subject.data_key, plain, _place(stored))
    stored.digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        stored.save(force_insert=True)
        audit.record(actor, "file.added", owner, size=stored.size, media_type=stored.media_type)
        _keep(stored.path, content)
        # Whoever removes the last file of the same content may do so at this very moment.
        transaction.on_commit(lambda: _keep(stored.path, content))
    return stored


def content(file: StoredFile) -> bytes:
    """The content of a file. Raises `FileNotFoundError` where it was erased."""
    with default_storage.open(file.path) as stored:
        raw: bytes = stored.read()
    if file.subject is None:
        return raw
    if file.subject.is_destroyed:
        raise FileNotFoundError(file.path)
    return vault.unseal_bytes(file.subject.data_key, raw, _place(file))


def chunks(file: StoredFile) -> Iterator[bytes]:
    """The content piece by piece, from an open file only while it is being read.

    Raises `FileNotFoundError` at once, not at the first piece, where it was erased.
    """
    if file.subject is not None:
        return iter((content(file),))
    if not default_storage.exists(file.path):
        raise FileNotFoundError(file.path)
    return _read_in_chunks(file.path)


def _read_in_chunks(path: str) -> Iterator[bytes]:
    with default_storage.open(path) as stored:
        while piece := stored.read(CHUNK_BYTES):
            yield piece


def of(owner: models.Model) -> QuerySet[StoredFile]:
    """The files of a thing, oldest first."""
    return StoredFile.objects.filter(owner_model=owner._meta.label_lower, owner_id=owner.pk)


def readable(who: Who) -> QuerySet[StoredFile]:
    """Every file that `who` may read: one query, whatever owns it."""
    allowed = Q(pk__in=())
    for label, owner in _owners.items():
        things = owner.rule.visible(who, owner.queryset()).order_by()
        allowed |= Q(owner_model=label, owner_id__in=things.values("pk"))
    return StoredFile.objects.filter(allowed).select_related("subject")


def remove(file: StoredFile, *, actor: audit.Actor | None) -> None:
    """Remove a file; its content goes after the commit, unless another file has the same."""
    with transaction.atomic():
        audit.record(actor, "file.removed", file, size=file.size, media_type=file.media_type)
        path, digest = file.path, file.digest
        file.delete()
        transaction.on_commit(lambda: _discard(path, digest))


def collect_garbage() -> int:
    """Remove contents that no row speaks of, such as a rolled back upload's; returns how many."""
    removed = 0
    for path in _stored_paths():
        digest = path.rpartition("/")[2]
        old = default_storage.get_modified_time(path) < clock.machine_now() - GARBAGE_AGE
        if old and not _is_spoken_of(digest):
            default_storage.delete(path)
            removed += 1
    return removed


def clean_name(name: str, kind: media_types.Kind) -> str:
    """A file name that is safe to show and to save under, in any script, with a true extension."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    # Control characters and those that reverse the reading direction could disguise an extension.
    name = "".join(c for c in name if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    name = re.sub(r'[<>:"|?*%#;\s]+', " ", name).strip(". ")
    stem, dot, extension = name.rpartition(".")
    if not dot or extension.lower() not in kind.extensions:
        stem, extension = name, kind.extensions[0]
    return f"{stem[:NAME_LENGTH].strip('. ') or 'file'}.{extension.lower()}"


def _read(upload: "UploadedFile[bytes] | bytes") -> bytes:
    limit = settings.MADANG_FILE_LIMIT
    size = len(upload) if isinstance(upload, bytes) else upload.size or 0
    if size > limit:
        raise UnwantedFileError(
            _("This file is too large: it has %(size)s, the limit is %(limit)s.")
            % {"size": locales.size(size), "limit": locales.size(limit)}
        )
    if isinstance(upload, bytes):
        return upload
    upload.seek(0)
    data: bytes = upload.read()
    return data


def _place(file: StoredFile) -> str:
    return f"file.{file.pk}"


def _keep(path: str, content: bytes) -> None:
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))


def _discard(path: str, digest: str) -> None:
    if not _is_spoken_of(digest):
        default_storage.delete(path)


def _is_spoken_of(digest: str) -> bool:
    """Whether a file has this content; in a demo, one of another moment always may."""
    return bool(settings.MADANG_DEMO) or StoredFile.objects.filter(digest=digest).exists()


def _stored_paths() -> list[str]:
    """Every content in the storage, which has two levels of folders."""
    folders = [""]
    for _level in range(2):
        folders = [
            f"{folder}/{name}".lstrip("/")
            for folder in folders
            if default_storage.exists(folder or ".")
            for name in default_storage.listdir(folder)[0]
        ]
    return [f"{folder}/{name}" for folder in folders for name in default_storage.listdir(folder)[1]]
