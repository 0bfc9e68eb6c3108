"""Personal values, encrypted under a key for each person, so that destroying the key erases them.

The master key and the ledger of erasures live in the keys folder (`MADANG_KEYS`), apart from the
data folder and its backups. Each person (or other subject of data) has a data key, wrapped by the
master key, in `core.models.SubjectKey`. Destroying it makes every value under it unreadable, in the
database and in every older copy once the ledger has been replayed there (`replay_erasures`).

Encryption is AES-256-GCM; the place of a value (model, field, row) is bound to it as associated
data, so that a ciphertext moved elsewhere does not decrypt.
"""

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_BYTES = 32
NONCE_BYTES = 12


class VaultError(Exception):
    """A key is missing or wrong; the text says which and how to mend it."""


def keys_folder() -> Path:
    """Where the master key and the ledger of erasures live."""
    return Path(settings.MADANG_KEYS)


def master_key() -> bytes:
    """The key that wraps all others. Raises `VaultError` where it is missing or damaged."""
    path = keys_folder() / "master.key"
    try:
        return _read_master_key(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise VaultError(
            f"The master key {path} is missing. On a new installation run `madang setup`; "
            "otherwise bring it back from where you keep it: without it no personal data can be "
            "read."
        ) from None


def require_fitting_key() -> None:
    """Raise `VaultError` unless the master key opens what the database holds (one query)."""
    from madang.core.models import SubjectKey

    master_key()
    oldest = SubjectKey.objects.filter(wrapped__isnull=False).order_by("pk").first()
    try:
        if oldest is not None:
            unwrap(bytes(oldest.wrapped or b""), oldest.pk)
    except VaultError:
        raise VaultError(
            f"The master key in {keys_folder()} is not the one under which this database was "
            "written. Set MADANG_KEYS to where that one is, or bring it back."
        ) from None


@lru_cache(maxsize=1)
def _read_master_key(path: Path, _changed: int) -> bytes:
    # Remembered by this process until the file changes: a page shows hundreds of personal values.
    try:
        key = base64.b64decode(path.read_text().strip(), validate=True)
    except ValueError:
        raise VaultError(f"The master key {path} is damaged: it is not base64.") from None
    if len(key) != KEY_BYTES:
        raise VaultError(f"The master key {path} is damaged: it is not {KEY_BYTES} bytes long.")
    return key


def new_wrapped_key(subject: UUID) -> bytes:
    """A new data key for a subject, wrapped by the master key."""
    return _seal(master_key(), os.urandom(KEY_BYTES), subject.bytes)


def unwrap(wrapped: bytes, subject: UUID) -> bytes:
    """The data key of a subject. Whoever holds it for a while must not show, log or store it."""
    return _open(master_key(), wrapped, subject.bytes)


def seal(data_key: bytes, plain: str, place: str) -> str:
    """Encrypt a text under a subject's data key, for one place; returns printable text."""
    return base64.b64encode(_seal(data_key, plain.encode(), place.encode())).decode()


def unseal(data_key: bytes, sealed: str, place: str) -> str:
    """Decrypt what `seal` made under the same key and for the same place."""
    return _open(data_key, base64.b64decode(sealed), place.encode()).decode()


def seal_bytes(data_key: bytes, plain: bytes, place: str) -> bytes:
    """Encrypt the content of a file under a subject's data key."""
    return _seal(data_key, plain, place.encode())


def unseal_bytes(data_key: bytes, sealed: bytes, place: str) -> bytes:
    """Decrypt what `seal_bytes` made under the same key and for the same place."""
    return _open(data_key, sealed, place.encode())


def seal_secret(plain: str, purpose: str) -> str:
    """Encrypt a secret of the installation or of an account, such as an app's sign-in seed."""
    sealed = _seal(master_key(), plain.encode(), f"secret {purpose}".encode())
    return base64.b64encode(sealed).decode()


def unseal_secret(sealed: str, purpose: str) -> str:
    """Decrypt what `seal_secret` made for the same purpose."""
    return _open(master_key(), base64.b64decode(sealed), f"secret {purpose}".encode()).decode()


def blind_index(purpose: str, text: str) -> str:
    """A keyed fingerprint by which an encrypted value can be found again, but not read."""
    key = hmac.digest(master_key(), f"blind index {purpose}".encode(), hashlib.sha256)
    return hmac.new(key, text.strip().casefold().encode(), hashlib.sha256).hexdigest()[:40]


def remember_erasure(subject: UUID) -> None:
    """Enter a subject into the ledger of erasures; entering it twice does no harm."""
    if subject in erasures():
        return
    with (keys_folder() / "erasures").open("a") as ledger:
        ledger.write(f"{subject}\n")
        ledger.flush()
        os.fsync(ledger.fileno())


def erasures() -> set[UUID]:
    """Everyone who was ever erased here. Raises `VaultError` where the ledger is damaged."""
    ledger = keys_folder() / "erasures"
    try:
        lines = ledger.read_text().splitlines()
    except FileNotFoundError:
        return set()
    erased = set()
    for number, line in enumerate(lines, start=1):
        try:
            erased.add(UUID(line))
        except ValueError:
            raise VaultError(
                f"Line {number} of the ledger of erasures {ledger} is damaged: take it from a "
                "copy, or remove it if it was never written to its end."
            ) from None
    return erased


def replay_erasures() -> int:
    """Make the database and the ledger of erasures agree; returns how many keys this destroyed.

    A restored backup brings keys back that were destroyed after it was made: they are destroyed
    again here, before anything is served. A crash between a commit and the ledger leaves a
    destroyed key out of it: it is entered now.
    """
    from madang.core.models import SubjectKey

    revived = SubjectKey.objects.filter(pk__in=erasures(), wrapped__isnull=False)
    for key in (found := list(revived)):
        key.destroy()
    destroyed = SubjectKey.objects.filter(wrapped__isnull=True).values_list("pk", flat=True)
    for subject in set(destroyed) - erasures():
        remember_erasure(subject)
    return len(found)


def _seal(key: bytes, plain: bytes, associated: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, associated)


def _open(key: bytes, sealed: bytes, associated: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], associated)
    except InvalidTag:
        raise VaultError(
            "An encrypted value does not open: the master key is not the one it was written under, "
            "or the value was altered."
        ) from None
