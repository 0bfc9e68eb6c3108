"""Verification: whoever holds a document that Madang issued can ask whether it holds.

Each has a code of sixteen signs, derived from its row and the master key; the database keeps only
its hash. What the code tells anybody is the kind, the reference, the day and whether it was
revoked, and of a file in hand whether it is the one that was issued. It never tells a name.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import models, transaction
from django.utils.functional import Promise

from madang.core import addresses, audit, clock, vault
from madang.documents.models import IssuedDocument

# Douglas Crockford's base 32: no I, L, O, U, which are misread or make words.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OILU", "011V")
SIGNS = 16
_GROUP = 4

_kinds: dict[str, str | Promise] = {}


def register_kind(kind: str, label: str | Promise) -> None:
    """Declare a kind of document as the public reads it; called from an app's `ready()`."""
    _kinds[kind] = label


def kind_in_words(document: IssuedDocument) -> str:
    """What kind of document it is, for the public."""
    return str(_kinds.get(document.kind, document.kind))


@transaction.atomic
def issue(
    thing: models.Model,
    kind: str,
    reference: str,
    *,
    scope_id: UUID | None,
    file_digest: str = "",
    issued_on: date | None = None,
    actor: audit.Actor | None = None,
) -> IssuedDocument:
    """Issue the document that `thing` is, under a reference number, with a code of its own.

    `issued_on` is the day that it bears, today in UTC where none is given. `file_digest` is the
    SHA-256 of the file as it is given away; `seal` sets it where the file is made afterwards, as
    it bears the code.
    """
    if kind not in _kinds:
        raise KeyError(f"The kind of document {kind} is not declared: see register_kind.")
    document = IssuedDocument(
        kind=kind,
        reference=reference,
        scope_id=scope_id,
        thing_model=thing._meta.label_lower,
        thing_id=thing.pk,
        file_digest=file_digest,
        issued_on=issued_on or clock.now().date(),
    )
    document.code_digest = _digest(_signs(document))
    document.save(force_insert=True)
    audit.record(actor, "document.issued", document, scope=scope_id, reference=reference)
    return document


def seal(document: IssuedDocument, content: bytes) -> None:
    """Remember the fingerprint of the file, by which a copy shows itself unaltered."""
    document.file_digest = hashlib.sha256(content).hexdigest()
    document.save(update_fields=["file_digest"])


@transaction.atomic
def revoke(document: IssuedDocument, *, actor: audit.Actor | None) -> None:
    """From now on the document is shown as revoked. Raises `TransitionRefusedError` if it is."""
    document.revoke(actor=actor, scope=document.scope_id)


def code(document: IssuedDocument) -> str:
    """The code in groups, "K7QF-…"; empty where the master key is no longer the same."""
    signs = _signs(document)
    if not hmac.compare_digest(_digest(signs), document.code_digest):
        return ""
    return _grouped(signs)


def address(document: IssuedDocument) -> str:
    """The whole address where the document is verified; without its code where that is lost."""
    shown = code(document)
    if not shown:
        return addresses.of("documents:verify")
    return addresses.of("documents:verified", shown)


def find(typed: str) -> IssuedDocument | None:
    """The document of a code as somebody typed it, with or without hyphens; None for no code."""
    signs = normalised(typed)
    if signs is None:
        return None
    return IssuedDocument.objects.filter(code_digest=_digest(signs)).first()


def of(thing: models.Model) -> models.QuerySet[IssuedDocument]:
    """Every document that was issued for a thing, the newest first."""
    return IssuedDocument.objects.filter(
        thing_model=thing._meta.label_lower, thing_id=thing.pk
    ).order_by("-created_at", "-pk")


def is_unaltered(document: IssuedDocument, pieces: Iterable[bytes]) -> bool:
    """Whether a file, piece by piece, is to the byte the one that was issued. It is not kept."""
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return hmac.compare_digest(found.hexdigest(), document.file_digest)


def normalised(typed: str) -> str | None:
    """The sixteen signs of what somebody typed, in any digits; None where it can't be a code."""
    kept = []
    for char in unicodedata.normalize("NFKC", typed).upper():
        value = unicodedata.digit(char, None)
        if value is not None:
            kept.append(str(value))
        elif char.isalpha():
            kept.append(char)
    signs = "".join(kept).translate(_MISREAD)
    return signs if len(signs) == SIGNS and not set(signs) - set(ALPHABET) else None


def grouped(typed: str) -> str:
    """A code as it is printed, for the address of its page; empty where it can't be one."""
    signs = normalised(typed)
    return _grouped(signs) if signs is not None else ""


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + _GROUP] for start in range(0, SIGNS, _GROUP))


def _signs(document: IssuedDocument) -> str:
    """Eighty bits of a keyed fingerprint: nobody guesses them."""
    number = int(vault.blind_index("verification code", str(document.pk)), 16)
    return "".join(
        ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(SIGNS)
    )


def _digest(signs: str) -> str:
    return hashlib.sha256(signs.encode()).hexdigest()
