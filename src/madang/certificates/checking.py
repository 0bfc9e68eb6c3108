"""A credential in somebody's hands: whether we signed it, and whether it still holds.

The file comes from anybody: it is read in a short-lived process with limits, against the keys that
this installation published. Nothing is fetched and nothing of it is kept.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from madang.certificates import badges, keys
from madang.certificates.models import Certificate
from madang.certificates.reading import Read, read_credential
from madang.core import limits
from madang.core.models.base import as_uuid
from madang.documents.models import IssuedDocument

LARGEST = 512 * 1024  # bytes; a baked picture of ours has some ten thousand
SECONDS = 10
MEGABYTES = 600


@dataclass(frozen=True)
class Verdict:
    """What is told of a file: whether it holds, in a sentence, and the certificate behind it."""

    holds: bool
    sentence: str
    certificate: Certificate | None = None
    # The name, where the credential says it.
    name: str = ""


def verify(content: bytes) -> Verdict:
    """Whether a credential, as JSON or in a picture, was signed here and holds."""
    published = {badges.method_of(key): keys.public_pem(key) for key in keys.published()}
    try:
        read: Read = limits.run_limited(
            read_credential,
            args=(content, badges.issuer_did(), published),
            seconds=SECONDS,
            megabytes=MEGABYTES,
        )
    except (limits.LimitExceededError, limits.ProcessFailedError):
        read = Read("unreadable")
    if read.outcome != "signed":
        return Verdict(holds=False, sentence=_refusals()[read.outcome])
    return _status(read.credential)


def _refusals() -> dict[str, str]:
    return {
        "unreadable": _("This file holds no credential that can be read."),
        "foreign": _("This credential was not issued here: ask who issued it."),
        "other_key": _("This credential was signed with a key that is none of ours."),
        "altered": _("This credential was altered after it was signed, or its signature is false."),
    }


def _status(document: dict[str, Any]) -> Verdict:
    found = as_uuid(str(document["id"]).removeprefix("urn:uuid:"))
    certificate = (
        Certificate.objects.select_related("document", "batch__edition", "replaced_by")
        .filter(pk=found, document__isnull=False)
        .first()
    )
    if certificate is None:
        return Verdict(holds=False, sentence=_("No certificate of ours is behind this credential."))
    if certificate.document.state == IssuedDocument.State.REVOKED:
        return Verdict(holds=False, sentence=_revoked(certificate), certificate=certificate)
    said = pgettext("a credential", "It was signed here, is unaltered, and holds.")
    return Verdict(holds=True, sentence=said, certificate=certificate, name=_name(document))


def _revoked(certificate: Certificate) -> str:
    if hasattr(certificate, "replaced_by"):
        return _("It was signed here, but is replaced by a newer certificate.")
    return _("It was signed here, but is revoked.")


def _name(document: dict[str, Any]) -> str:
    identifiers = document["credentialSubject"].get("identifier", [])
    identifiers = identifiers if isinstance(identifiers, list) else [identifiers]
    return next(
        (str(it["identityHash"]) for it in identifiers if it.get("identityType") == "name"), ""
    )
