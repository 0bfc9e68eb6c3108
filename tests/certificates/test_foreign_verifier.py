"""Another party's verifier, with 1EdTech's schema: it accepts our credentials and no others."""

from copy import deepcopy
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from openbadgeslib.ob3 import OB3LdpSigner
from openbadgeslib.ob3.contexts import bundled_contexts

from madang.certificates import badges, keys
from madang.certificates.actions import holding, issuing
from tests.certificates.factories import after, make_issued, make_week
from tests.support import verifier

pytestmark = pytest.mark.django_db

NOW = "2007-11-01T00:00:00Z"


@pytest.fixture(scope="module", autouse=True)
def _installed() -> None:
    reason = verifier.missing()
    if reason:
        pytest.skip(f"NO VERIFIER: {reason}")


def published(client, credentials) -> dict[str, Any]:
    """What the addresses in credentials answer, as anybody reads them."""
    lists = {each["credentialStatus"]["statusListCredential"] for each in credentials}
    answers = {url: client.get(url.partition("8000")[2]).json() for url in lists}
    return {
        **bundled_contexts(),
        **answers,
        badges.issuer_did(): client.get("/credentials/did.json").json(),
    }


def signed_by_another(certificate, method: str, issuer: str = "") -> dict[str, Any]:
    """A credential like ours, under a key that is not ours."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    credential = badges.credential(certificate)
    credential.issuer.id = issuer or credential.issuer.id
    signer = OB3LdpSigner(pem, verification_method=method or None)
    found: dict[str, Any] = signer.sign(credential)
    return found


def test_it_accepts_ours_and_refuses_altered_revoked_and_foreign_ones(
    client, officer, director, tmp_path
):
    edition = make_week(officer, (5, 4))
    with after(edition):
        first, second, third = make_issued(edition, officer, director)
        holding.show_name(second, shows=True, actor=officer)
        second.refresh_from_db()
        ours = {name: badges.signed(each) for name, each in (("ours", first), ("named", second))}
        keys.rotate(actor=officer)
        ours["by a second key"] = badges.signed(first)
        revoked = badges.signed(third)
        issuing.revoke(third, "Issued in error", actor=officer)

        altered = deepcopy(ours["named"])
        altered["credentialSubject"]["identifier"][-1]["identityHash"] = "Somebody Else"
        another_place = deepcopy(ours["ours"])
        status = another_place["credentialStatus"]
        status["statusListIndex"] = str((int(status["statusListIndex"]) + 1) % badges.LIST_SIZE)
        ours_by_name = badges.method_of(keys.in_use())
        foreign = {
            "altered": altered,
            "with another place in the list": another_place,
            "under our key's name": signed_by_another(first, ours_by_name),
            "under a key of its own": signed_by_another(first, ""),
            "of another issuer": signed_by_another(first, ours_by_name, "did:web:other.example"),
        }
        documents = published(client, ours.values())
    found = verifier.verify(tmp_path, {**ours, "revoked": revoked, **foreign}, documents, NOW)

    for name in ours:
        assert found[name] == {"conforms": True, "verified": True, "why": [], "revoked": False}
    assert found["revoked"]["conforms"]
    assert found["revoked"]["revoked"]
    assert not found["revoked"]["verified"]
    for name in foreign:
        assert not found[name]["verified"], name


def test_what_a_withdrawn_key_signed_is_refused(client, officer, director, tmp_path):
    edition = make_week(officer, (4,))
    with after(edition):
        (certificate,) = make_issued(edition, officer, director)
        before = keys.in_use()
        stolen = badges.signed(certificate)
        keys.rotate(actor=officer)
        keys.withdraw(before, actor=officer)
        fresh = badges.signed(certificate)
        documents = published(client, [stolen])
    found = verifier.verify(tmp_path, {"stolen": stolen, "fresh": fresh}, documents, NOW)
    assert not found["stolen"]["verified"]
    assert found["fresh"]["verified"], found["fresh"]["why"]
