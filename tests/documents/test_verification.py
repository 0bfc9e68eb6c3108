"""Whoever holds a document can ask whether it was issued, still holds and is unaltered."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from madang.core.models import AuditEntry
from madang.core.transitions import TransitionRefusedError
from madang.documents import verification
from madang.documents.models import IssuedDocument
from madang.people.models import Person
from tests import factories as make

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 a letter"


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    monkeypatch.setitem(verification._kinds, "test", "letter of a test")


def issued(**fields) -> IssuedDocument:
    person: Person = make.make_person("Mere Tuilagi")
    values = {"scope_id": None} | fields
    return verification.issue(person, "test", "INC/2007/INV/001", **values)


def test_a_document_is_found_by_its_code_however_it_is_typed():
    document = issued()
    code = verification.code(document)
    assert len(code) == 19
    assert verification.find(code) == document
    assert verification.find(code.lower().replace("-", " ")) == document
    assert verification.find(code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))) == document
    assert verification.find(code.replace("0", "O").replace("1", "l")) == document


def test_no_other_code_finds_it():
    document = issued()
    code = verification.code(document)
    other = ("0" if code[0] != "0" else "2") + code[1:]
    for typed in (other, code[:-1], "", "UUUU-UUUU-UUUU-UUUU", "%", str(document.pk)):
        assert verification.find(typed) is None


def test_the_database_holds_the_hash_of_the_code_only():
    document = issued()
    signs = verification.code(document).replace("-", "")
    assert document.code_digest == sha256(signs.encode()).hexdigest()
    stored = IssuedDocument.objects.values().get()
    assert signs not in str(stored)


def test_an_undeclared_kind_is_a_mistake():
    with pytest.raises(KeyError, match="register_kind"):
        verification.issue(make.make_person(), "poem", "P/001", scope_id=None)


def test_the_page_says_what_it_is_and_never_for_whom():
    document = issued()
    page = Client().get(verification.address(document)).content.decode()
    assert "INC/2007/INV/001" in page
    assert "Letter of a test" in page
    assert "holds" in page
    assert "Mere" not in page


def test_the_form_leads_to_the_page_of_the_document():
    document = issued()
    code = verification.code(document)
    client = Client()
    found = client.get(reverse("documents:verify"), {"code": code.lower()})
    assert found["Location"] == reverse("documents:verified", args=[code])
    wrong = client.get(reverse("documents:verify"), {"code": "K7QF"})
    assert "sixteen signs" in wrong.content.decode()


def test_an_unknown_code_is_not_found_and_says_so():
    response = Client().get(reverse("documents:verified", args=["K7QF-0000-0000-0000"]))
    assert response.status_code == 404
    assert "No document of ours" in response.content.decode()


def test_a_revoked_document_is_shown_as_revoked():
    document = issued()
    verification.revoke(document, actor=None)
    page = Client().get(verification.address(document)).content.decode()
    assert "This document was revoked" in page
    with pytest.raises(TransitionRefusedError):
        verification.revoke(document, actor=None)
    verbs = AuditEntry.objects.filter(thing_id=document.pk).values_list("verb", flat=True)
    assert sorted(verbs) == ["document.issued", "document.revoked"]


def test_a_copy_is_compared_and_not_kept():
    document = issued()
    address = verification.address(document)
    client = Client()
    assert "my copy" not in client.get(address).content.decode(), "no file belongs to it yet"
    verification.seal(document, PDF)
    same = client.post(address, {"copy": SimpleUploadedFile("letter.pdf", PDF)})
    assert "to the last sign" in same.content.decode()
    other = client.post(address, {"copy": SimpleUploadedFile("letter.pdf", PDF + b" forged")})
    assert "not the one that was issued" in other.content.decode()
    from madang.core.models import StoredFile

    assert not StoredFile.objects.exists()


def test_without_the_master_key_of_its_time_a_document_has_no_code():
    document = issued()
    document.code_digest = "0" * 64
    assert verification.code(document) == ""
    assert verification.address(document).endswith(reverse("documents:verify"))
