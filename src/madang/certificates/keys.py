"""The keys that sign credentials: made at first use, followed by others, published for ever.

The private half is sealed under the installation's master key, which is kept apart from the data
folder and its backups (`core.vault`): a backup without that key signs nothing, and a restore with
it signs as before.
"""

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, transaction
from django.db.models import Max
from openbadgeslib.ob3.did import multikey_from_pem, resolve_did

from madang.certificates.models import SigningKey
from madang.core import audit, vault


def in_use() -> SigningKey:
    """The key that signs now; the first one is made here."""
    found = _active()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return _make(actor=None)
    except IntegrityError:
        # Another process made it at the same moment.
        return SigningKey.objects.get(state=SigningKey.State.ACTIVE)


def published() -> list[SigningKey]:
    """The keys by which signatures can be verified, the newest first."""
    return list(SigningKey.objects.exclude(state=SigningKey.State.WITHDRAWN))


@transaction.atomic
def rotate(*, actor: audit.Actor | None = None) -> SigningKey:
    """Sign with a new key from now on; what the one before signed can be verified still."""
    before = SigningKey.objects.select_for_update().filter(state=SigningKey.State.ACTIVE).first()
    if before is not None:
        before.retire(actor=actor, number=before.number)
    return _make(actor=actor)


@transaction.atomic
def withdraw(key: SigningKey, *, actor: audit.Actor | None = None) -> None:
    """Publish a key no longer, as it fell into other hands: nothing that it signed holds any more.

    Raises `TransitionRefusedError` where it is withdrawn already.
    """
    key.withdraw(actor=actor, fields={"sealed": ""}, number=key.number)


def private_pem(key: SigningKey) -> bytes:
    """The private half. Raises `core.vault.VaultError` under another master key."""
    return vault.unseal_secret(key.sealed, _purpose(key)).encode()


def public_pem(key: SigningKey) -> bytes:
    """The public half."""
    found: bytes = resolve_did(f"did:key:{key.public}")
    return found


def _active() -> SigningKey | None:
    return SigningKey.objects.filter(state=SigningKey.State.ACTIVE).first()


def _make(*, actor: audit.Actor | None) -> SigningKey:
    pair = Ed25519PrivateKey.generate()
    public = pair.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    private = pair.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    last = SigningKey.objects.aggregate(last=Max("number"))["last"] or 0
    key = SigningKey(number=last + 1, public=multikey_from_pem(public))
    key.sealed = vault.seal_secret(private.decode(), _purpose(key))
    key.save(force_insert=True)
    audit.record(actor, "signing_key.made", key, number=key.number)
    return key


def _purpose(key: SigningKey) -> str:
    return f"signing key {key.pk}"
