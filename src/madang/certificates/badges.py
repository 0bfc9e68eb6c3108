"""Certificates as Open Badges 3.0: credentials that anybody's verifier accepts, without us.

The issuer is a did:web of this installation: a verifier finds the public keys at an address below
ours, by HTTPS alone, and any that were there before. Credentials bear a Data Integrity proof
(eddsa-rdfc-2022); whether one is revoked stands in a W3C Bitstring Status List, signed in the same
way: verifiers of Verifiable Credentials in general know it (that of Digital Bazaar does), whereas
1EdTech's own list of revoked ids is understood by few, and tells how many were revoked and which.

Contexts come with `openbadgeslib`: nothing is fetched, here or by whoever has the same contexts.
Signing takes some hundredths of a second, so a credential is signed when it is taken away, with the
key in use then; it says nothing of the holder but a salted hash of the e-mail address, and the name
where the holder chose so.
"""

import functools
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from openbadgeslib.ob3 import (
    Achievement,
    IdentityObject,
    Issuer,
    OB3LdpSigner,
    OpenBadgeCredential,
)
from openbadgeslib.ob3.ldp import add_data_integrity_proof
from openbadgeslib.ob3.status_list import build_status_list_credential, status_entry

from madang.certificates import keys
from madang.certificates.models import Certificate, CertificateRule, Kind, Scheme, SigningKey
from madang.core import addresses, clock, texts, vault
from madang.documents.models import IssuedDocument

# Bits of a status list; the W3C's least, so that a certificate hides among many.
LIST_SIZE = 131_072
# So many are put into a list before the next is begun: free places are found by chance.
LIST_FILLED = 100_000
# Milliseconds after which verifiers may look at a list again.
_REFRESH = 300_000
PURPOSE = "revocation"
CREDENTIAL_TYPE = "application/vc+ld+json"

_TYPES = {Kind.ATTENDED: "Certificate", Kind.COMPLETED: "CertificateOfCompletion"}

Document = dict[str, Any]


# --- Who issues -----------------------------------------------------------------------------------
def issuer_did() -> str:
    """The did:web that resolves to `did_document` at its address."""
    ours = urlsplit(settings.MADANG_URL)
    parts = [quote(part, safe="") for part in ours.path.split("/") if part]
    return ":".join(["did:web", quote(ours.netloc, safe=""), *parts, "credentials"])


def method_of(key: SigningKey) -> str:
    """The address of a key within the DID's document."""
    return f"{issuer_did()}#{key.public}"


def did_document() -> Document:
    """The public keys, those of earlier signatures too."""
    did = issuer_did()
    published = keys.published() or [keys.in_use()]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "alsoKnownAs": [addresses.of("credentials:issuer")],
        "verificationMethod": [
            {
                "id": method_of(key),
                "type": "Multikey",
                "controller": did,
                "publicKeyMultibase": key.public,
            }
            for key in published
        ],
        "assertionMethod": [method_of(key) for key in published],
    }


def profile(scheme: Scheme | None) -> Document:
    """The issuer as a Profile of Open Badges."""
    return {"@context": _contexts(), **_issuer(scheme).to_dict()}


def _issuer(scheme: Scheme | None) -> Issuer:
    name = str(scheme.wording("issuer", "en")) if scheme is not None else "Madang"
    return Issuer(id=issuer_did(), name=name, url=settings.MADANG_URL)


# --- What is certified ----------------------------------------------------------------------------
def achievement_document(rule: CertificateRule) -> Document:
    """A kind of certificate of one edition as an Achievement."""
    return {"@context": _contexts(), **_achievement(rule).to_dict()}


def _achievement(rule: CertificateRule) -> Achievement:
    workshop = rule.edition.wording("title", "en")
    title = rule.wording("title", "en")
    return Achievement(
        id=addresses.of("credentials:achievement", rule.pk),
        name=f"{title}: {workshop}",
        description=f"{title}: {workshop}, {rule.edition.starts_on} – {rule.edition.ends_on}",
        criteria_narrative=str(rule.wording("criteria", "en")),
        achievement_type=_TYPES[Kind(rule.kind)],
        image_url=addresses.of("credentials:image", rule.pk),
    )


# --- Credentials ----------------------------------------------------------------------------------
def credential(certificate: Certificate) -> OpenBadgeCredential:
    """What is certified of whom, unsigned. The certificate is issued."""
    edition = certificate.batch.edition
    rule = CertificateRule.objects.select_related("edition").get(
        edition=edition, kind=certificate.kind
    )
    texts.prefetch([rule])
    texts.prefetch([rule.edition])
    scheme = Scheme.objects.get(edition=edition)
    person = certificate.participation.person
    identifiers = []
    if person.email:
        salt = vault.blind_index("salt of a credential", str(certificate.pk))[:16]
        identifiers.append(IdentityObject.create(person.email, salt=salt))
    if certificate.shows_name and certificate.name:
        identifiers.append(IdentityObject(certificate.name, "name", hashed=False))
    if not identifiers:
        identifiers.append(IdentityObject(certificate.key, "identifier", hashed=False))
    return OpenBadgeCredential(
        id=credential_id(certificate),
        issuer=_issuer(scheme),
        recipient_id=None,
        achievement=_achievement(rule),
        name=str(rule.wording("title", "en")),
        issuance_date=certificate.issued_at,
        identifiers=identifiers,
        credential_status=[
            status_entry(
                addresses.of("credentials:status", certificate.status_list),
                PURPOSE,
                certificate.status_index,
            )
        ],
    )


def signed(certificate: Certificate) -> Document:
    """The credential with its proof, by the key in use."""
    found: Document = _signer().sign(credential(certificate), created=clock.now())
    return found


def baked(certificate: Certificate, picture: bytes) -> bytes:
    """The picture of the badge (SVG) with the signed credential in it."""
    found: bytes = _signer().sign_into_svg(credential(certificate), picture)
    return found


def credential_id(certificate: Certificate) -> str:
    """By which a credential is known, here and elsewhere."""
    return f"urn:uuid:{certificate.pk}"


def _signer() -> OB3LdpSigner:
    key = keys.in_use()
    return OB3LdpSigner(keys.private_pem(key), verification_method=method_of(key))


# --- Status ---------------------------------------------------------------------------------------
def revoked_places(number: int) -> list[int]:
    """The bits that are set in a status list."""
    found = Certificate.objects.filter(
        status_list=number, document__state=IssuedDocument.State.REVOKED
    )
    return sorted(found.values_list("status_index", flat=True))


def status_document(number: int) -> Document:
    """A status list as a signed credential."""
    key = keys.in_use()
    url = addresses.of("credentials:status", number)
    hour = clock.now().astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return _signed_list(number, tuple(revoked_places(number)), key.pk, url, hour)


@functools.lru_cache(maxsize=8)
def _signed_list(
    _number: int, places: Sequence[int], key_id: Any, url: str, hour: datetime
) -> Document:
    key = SigningKey.objects.get(pk=key_id)
    document = build_status_list_credential(
        issuer_did(), url, PURPOSE, places, LIST_SIZE, issued=hour, ttl=_REFRESH
    )
    found: Document = add_data_integrity_proof(
        document, keys.private_pem(key), method_of(key), created=hour
    )
    return found


def _contexts() -> list[str]:
    from openbadgeslib.ob3.credential import OB3_CONTEXT

    return list(OB3_CONTEXT)
