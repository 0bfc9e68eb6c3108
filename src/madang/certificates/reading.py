"""Reading a credential from a file that comes from anybody, in a process with limits.

It imports nothing of the database: the process that it runs in has none.
"""

from dataclasses import dataclass, field
from typing import Any

from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import OB3LdpVerifier, OB3Verifier


@dataclass(frozen=True)
class Read:
    """What another process made of a file: a code of what came of it, and the credential."""

    outcome: str
    credential: dict[str, Any] = field(default_factory=dict)


def read_credential(content: bytes, issuer: str, published: dict[str, bytes]) -> Read:
    """Find the credential in a file and verify its proof by our keys (public, by their address)."""
    try:
        document = OB3LdpVerifier._parse_document(_unbaked(content))  # noqa: SLF001 - bounded JSON
    except (LibOpenBadgesException, UnicodeDecodeError, ValueError):
        return Read("unreadable")
    named = document.get("issuer")
    if (named.get("id") if isinstance(named, dict) else named) != issuer:
        return Read("foreign")
    proof = document.get("proof")
    method = proof.get("verificationMethod") if isinstance(proof, dict) else None
    public = published.get(method) if isinstance(method, str) else None
    if public is None:
        return Read("other_key")
    try:
        OB3LdpVerifier(pubkey_pem=public).verify(document)
    except LibOpenBadgesException:
        return Read("altered")
    return Read("signed", document)


def _unbaked(content: bytes) -> bytes:
    start = content.lstrip()[:1]
    if content.startswith(b"\x89PNG"):
        return OB3Verifier.extract_token_from_png(content).encode()
    if start == b"<":
        return OB3Verifier.extract_token_from_svg(content).encode()
    return content
