"""A credential in somebody's hands: JSON or a picture, ours or not, altered, revoked, hostile."""

import json
from copy import deepcopy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openbadgeslib.ob3 import OB3LdpSigner

from madang.certificates import badges, checking, keys
from madang.certificates.actions import holding, issuing
from madang.certificates.models import SigningKey
from madang.certificates.views.public import picture
from madang.core.transitions import TransitionRefusedError
from tests.certificates.factories import after, make_issued, make_week
from tests.support.pictures import png

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(officer, director):
    """A certificate that was issued, and the edition's rule of its kind."""
    edition = make_week(officer, (4,))
    with after(edition):
        (certificate,) = make_issued(edition, officer, director)
    certificate.refresh_from_db()
    return certificate


def sentence(content: bytes) -> str:
    return checking.verify(content).sentence


# --- What a credential says -----------------------------------------------------------------------
def test_a_credential_says_nothing_of_its_holder_but_a_salted_hash(held):
    text = json.dumps(badges.signed(held))
    person = held.participation.person
    assert person.email not in text
    assert person.name not in text
    (identifier,) = badges.signed(held)["credentialSubject"]["identifier"]
    assert identifier["hashed"]
    assert identifier["identityHash"].startswith("sha256$")
    assert identifier["salt"]


def test_it_says_the_name_while_its_holder_shows_it(held):
    holding.show_name(held, shows=True, actor=None)
    held.refresh_from_db()
    verdict = checking.verify(json.dumps(badges.signed(held)).encode())
    assert verdict.holds
    assert verdict.name == held.name
    holding.show_name(held, shows=False, actor=None)
    held.refresh_from_db()
    assert checking.verify(json.dumps(badges.signed(held)).encode()).name == ""


# --- Verified here --------------------------------------------------------------------------------
def test_ours_holds_as_a_file_and_in_a_picture(held):
    rule = held.batch.edition.certificate_rules.get(kind=held.kind)
    for content in (json.dumps(badges.signed(held)).encode(), badges.baked(held, picture(rule))):
        verdict = checking.verify(content)
        assert verdict.holds, verdict.sentence
        assert verdict.certificate == held


def test_altered_foreign_and_revoked_ones_are_told_apart(held, officer):
    ours = badges.signed(held)
    altered = deepcopy(ours)
    altered["name"] = "Doctor of Everything"
    assert "altered" in sentence(json.dumps(altered).encode())

    credential = badges.credential(held)
    credential.issuer.id = "did:web:other.example"
    pem = keys.private_pem(keys.in_use())
    foreign = OB3LdpSigner(pem, verification_method="did:web:other.example#k").sign(credential)
    assert "not issued here" in sentence(json.dumps(foreign).encode())

    nobody = OB3LdpSigner(pem).sign(badges.credential(held))
    assert "none of ours" in sentence(json.dumps(nobody).encode())

    issuing.revoke(held, "Issued in error", actor=officer)
    assert "is revoked" in sentence(json.dumps(ours).encode())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe\x00",
        b'{"issuer": {"id": ["did:web"]}, "proof": []}',
        b"[" * 100_000,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><svg>&b;</svg>",
        b"<!DOCTYPE a [<!ENTITY b '" + b"c" * 1000 + b"'>]><svg>" + b"&b;" * 9000 + b"</svg>",
        png(),
        b"%PDF-1.7",
    ],
    ids=range(12),
)
def test_whatever_is_sent_gets_a_sentence(content):
    verdict = checking.verify(content)
    assert not verdict.holds
    assert verdict.sentence


def test_a_credential_with_our_issuer_and_a_twisted_proof_is_refused(held):
    ours = badges.signed(held)
    for twist in (
        {"proof": [ours["proof"], ours["proof"]]},
        {"proof": {**ours["proof"], "proofValue": "z1"}},
        {"proof": {**ours["proof"], "verificationMethod": ["x"]}},
        {"@context": [*ours["@context"], "https://evil.example/context.json"]},
        {"@context": [*ours["@context"], {"name": "https://evil.example/name"}]},
        {"id": "urn:uuid:nonsense"},
    ):
        assert not checking.verify(json.dumps(ours | twist).encode()).holds, twist


def test_the_page_says_what_it_found_and_keeps_nothing(client, held):
    upload = SimpleUploadedFile("badge.json", json.dumps(badges.signed(held)).encode())
    response = client.post("/credentials/verify/", {"credential": upload})
    assert "is unaltered, and holds" in response.text
    assert held.document.reference in response.text
    assert held.participation.person.name not in response.text
    assert "no-store" in response["Cache-Control"]
    large = SimpleUploadedFile("badge.json", b" " * (checking.LARGEST + 1))
    assert "larger than any" in client.post("/credentials/verify/", {"credential": large}).text


# --- Keys -----------------------------------------------------------------------------------------
def test_what_an_earlier_key_signed_holds_until_that_key_is_withdrawn(client, held, officer):
    first = keys.in_use()
    before = json.dumps(badges.signed(held)).encode()
    second = keys.rotate(actor=officer)
    assert keys.in_use() == second
    assert [key.number for key in keys.published()] == [2, 1]
    assert checking.verify(before).holds
    first.refresh_from_db()
    keys.withdraw(first, actor=officer)
    assert not checking.verify(before).holds
    document = client.get("/credentials/did.json").json()
    assert [each["publicKeyMultibase"] for each in document["verificationMethod"]] == [
        second.public
    ]
    assert SigningKey.objects.get(number=1).sealed == ""
    with pytest.raises(TransitionRefusedError):
        keys.withdraw(first, actor=officer)


def test_the_private_half_is_nowhere_in_the_database(held):
    badges.signed(held)
    key = SigningKey.objects.get()
    assert "PRIVATE" not in key.sealed
    assert "PRIVATE" in keys.private_pem(key).decode()


def test_status_lists_are_signed_and_name_no_certificate(client, held):
    url = f"/credentials/status/{held.status_list}.json"
    document = client.get(url).json()
    assert document["credentialSubject"]["statusPurpose"] == "revocation"
    assert document["proof"]["cryptosuite"] == "eddsa-rdfc-2022"
    assert str(held.pk) not in json.dumps(document)
    assert client.get("/credentials/status/2.json").status_code == 404
