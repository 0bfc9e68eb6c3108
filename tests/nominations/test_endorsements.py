"""A superior endorses by a link of their own; the secretariat keeps what comes on paper."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from madang.core import clock, files
from madang.core.models import AuditEntry, Message
from madang.nominations.actions import endorsements
from madang.nominations.models import Endorsement
from madang.people.actions.refusal import RefusedError
from madang.people.models import AccessLink, Person
from tests.factories import make_country
from tests.nominations.desks import TYPED, Desk, text
from tests.nominations.factories import make_call, make_invitation, make_nomination
from tests.support.clients import signed_in

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n%%EOF\n"
SUPERIOR = {"name": "Ratu Tevita", "email": "tevita@example.org"}
ANSWER = {"verdict": "yes", "name": "Ratu Tevita, Permanent Secretary", "remark": "Our best."}


@pytest.fixture
def desk():
    return Desk(endorsement_needed=True)


def asked(desk):
    """A complete draft whose superior was asked, and a browser at the superior's link."""
    draft = desk.enter()
    desk.post("ask", draft.pk, data=SUPERIOR)
    endorsement = Endorsement.objects.get(nomination=draft)
    return draft, endorsement, Superior(endorsement)


class Superior:
    """A browser at the link that was mailed to a superior."""

    def __init__(self, endorsement):
        mail = Message.objects.filter(template="nominations/mails/endorsement_asked")
        self.mail = mail.latest("created_at")
        self.path = re.search(r"/endorse/\S+/", self.mail.text)[0]
        self.client = Client()
        self.endorsement = endorsement

    def admit(self):
        self.client.post(f"{self.path}code/", {"act": "send"})
        mail = Message.objects.filter(template="people/mails/access_code").latest("created_at")
        code = re.search(r"\d{6}", mail.text)[0]
        return self.client.post(f"{self.path}code/", {"act": "enter", "code": code})

    def answer(self, **data):
        return self.client.post(self.path, ANSWER | data)

    def state(self):
        self.endorsement.refresh_from_db()
        return self.endorsement.state


def test_a_superior_is_asked_by_mail_and_endorses_after_a_code(desk):
    draft, endorsement, superior = asked(desk)
    assert superior.mail.address == "tevita@example.org"
    assert "Laisa" not in superior.mail.text
    assert "waits for the endorsement" in text(desk.get("nomination", draft.pk))
    assert "Laisa" not in text(superior.client.get(superior.path, follow=True))
    assert superior.admit().url == superior.path
    page = text(superior.client.get(superior.path))
    assert "Laisa Vunibola" in page
    assert superior.state() == "asked"
    upload = SimpleUploadedFile("signed.pdf", PDF)
    superior.answer(upload=upload)
    assert superior.state() == "given"
    endorsement.refresh_from_db()
    assert endorsement.name == "Ratu Tevita, Permanent Secretary"
    kept = files.of(endorsement).get()
    assert (kept.name, kept.subject_id) == ("signed.pdf", draft.subject_id)
    line = AuditEntry.objects.get(verb="endorsement.given")
    assert line.actor_id == endorsement.endorser_id
    told = Message.objects.get(template="nominations/mails/endorsement_answered")
    assert told.address == desk.invitation.focal_point.email
    assert "/nominate/" in told.text
    assert "Laisa" not in told.text
    desk.post("submit", draft.pk)
    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_a_superior_without_the_code_can_do_nothing(desk):
    _draft, _endorsement, superior = asked(desk)
    assert superior.answer().url == f"{superior.path}code/"
    assert superior.client.get(superior.path).status_code == 302
    assert superior.state() == "asked"


def test_one_who_does_not_endorse_keeps_the_nomination_from_being_sent(desk):
    draft, endorsement, superior = asked(desk)
    superior.admit()
    superior.answer(verdict="no", remark="She is needed here.")
    assert superior.state() == "refused"
    desk.post("submit", draft.pk)
    draft.refresh_from_db()
    assert draft.state == "draft"
    page = text(desk.get("nomination", draft.pk))
    assert "does not endorse it" in page
    assert "She is needed here." in page
    desk.post("ask", draft.pk, data=SUPERIOR)
    endorsement.refresh_from_db()
    assert (endorsement.state, endorsement.name, endorsement.remark) == ("asked", "", "")
    assert superior.answer().status_code == 302
    assert superior.state() == "given"


def test_an_answer_can_be_changed_until_the_nomination_is_sent(desk):
    draft, _endorsement, superior = asked(desk)
    superior.admit()
    superior.answer()
    superior.answer(verdict="no")
    superior.answer()
    assert superior.state() == "given"
    desk.post("submit", draft.pk)
    assert "can't be changed here" in text(superior.client.get(superior.path))
    superior.answer(verdict="no")
    assert superior.state() == "given"


def test_another_superior_gets_a_link_of_their_own_and_the_first_ones_ends(desk):
    draft, endorsement, first = asked(desk)
    desk.post("ask", draft.pk, data={"name": "Other", "email": "other@example.org"})
    assert "This link opens nothing" in text(first.client.get(first.path))
    second = Superior(endorsement)
    assert second.path != first.path
    assert second.mail.address == "other@example.org"
    second.admit()
    second.answer(name="Other, Director-General")
    assert second.state() == "given"
    assert "endorsed already" in text(desk.post("ask", draft.pk, data=SUPERIOR))


def test_asking_the_same_superior_again_mails_the_same_link(desk):
    draft, endorsement, first = asked(desk)
    desk.post("ask", draft.pk, data=SUPERIOR | {"email": "Tevita@Example.org"})
    assert Superior(endorsement).path == first.path
    assert AccessLink.objects.filter(purpose="endorse").count() == 1
    mails = Message.objects.filter(template="nominations/mails/endorsement_asked")
    assert mails.count() == 2


def test_a_superior_sees_their_own_nomination_and_no_other_page(desk):
    draft, _endorsement, superior = asked(desk)
    other = desk.enter(name="Somebody Else")
    superior.admit()
    assert "Somebody Else" not in text(superior.client.get(superior.path))
    for name, key in (("nomination", draft.pk), ("form", other.pk)):
        assert superior.client.get(desk.url(name, key)).status_code == 302  # the code is asked
    token = superior.path.split("/")[2]
    assert superior.client.get(f"/nominate/{token}/").status_code == 404
    assert superior.client.get("/endorse/guess/").status_code == 404
    clock.set_offset(timedelta(days=90))
    assert superior.client.get(superior.path).status_code == 404


def test_nobody_endorses_themselves(desk):
    draft = desk.enter()
    page = text(desk.post("ask", draft.pk, data={"name": "I", "email": TYPED["email"]}))
    assert "Nobody endorses themselves" in page
    assert not Endorsement.objects.exists()
    assert "Enter a valid email" in text(
        desk.post("ask", draft.pk, data={"name": "I", "email": "x"})
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("signed.pdf", b"MZ\x90\x00 a program"),
        ("signed.pdf.exe", b"MZ\x90\x00 a program"),
        ("signed.sh", b"#!/bin/sh\nrm -rf /\n"),
        ("empty.pdf", b""),
    ],
)
def test_a_hostile_upload_is_refused_and_nothing_is_answered(desk, name, content):
    _draft, endorsement, superior = asked(desk)
    superior.admit()
    response = superior.answer(upload=SimpleUploadedFile(name, content))
    assert response.status_code == 200
    assert superior.state() == "asked"
    assert not files.of(endorsement).exists()


def test_hostile_words_of_a_superior_are_shown_as_words(desk):
    draft, _endorsement, superior = asked(desk)
    superior.admit()
    superior.answer(remark="<script>alert(1)</script>", name="<b>Boss</b>")
    for page in (desk.get("nomination", draft.pk), superior.client.get(superior.path)):
        assert "<script>alert" not in text(page)
        assert "&lt;b&gt;Boss" in text(page)


# --- On paper -------------------------------------------------------------------------------------
def test_the_secretariat_records_what_came_on_paper_with_its_scan():
    call = make_call(endorsement_needed=True)
    nomination = make_nomination(call.edition, state="draft", submitted_at=None)
    client = signed_in("secretariat")
    record = reverse("nominations:endorsement_record", args=[call.edition.slug, nomination.pk])
    assert client.get(record).status_code == 200
    data = {"name": "The Minister", "day": "2007-07-02", "upload": SimpleUploadedFile("s.pdf", PDF)}
    page = text(client.post(record, data, follow=True))
    assert "The Minister" in page
    nomination.refresh_from_db()
    endorsement = nomination.endorsement
    assert (endorsement.state, nomination.endorsed_on) == ("given", date(2007, 7, 2))
    scan = files.of(endorsement).get()
    assert client.get(scan.get_absolute_url()).status_code == 200
    fiji, thai = (signed_in(("focal_point", make_country(code))) for code in ("FJ", "TH"))
    assert fiji.get(scan.get_absolute_url()).status_code == 200
    for stranger in (thai, Client(), signed_in()):
        assert stranger.get(scan.get_absolute_url()).status_code == 404
    assert "endorsed already" in text(client.post(record, {"name": "Again"}))


def test_the_secretariat_asks_a_superior_too():
    call = make_call(endorsement_needed=True)
    make_invitation(call)
    nomination = make_nomination(call.edition, state="draft", submitted_at=None)
    ask = reverse("nominations:endorsement_ask", args=[call.edition.slug, nomination.pk])
    page = text(signed_in("secretariat").post(ask, SUPERIOR, follow=True))
    assert "Ratu Tevita" in page
    assert Message.objects.filter(template="nominations/mails/endorsement_asked").exists()
    assert signed_in("director").post(ask, SUPERIOR).status_code == 404


def test_nothing_is_asked_for_what_was_sent_already():
    nomination = make_nomination(make_call(endorsement_needed=True).edition)
    with pytest.raises(RefusedError, match="sent already"):
        endorsements.ask(nomination, "Boss", "boss@example.org", actor=None)
    assert not Person.objects.filter(access_links__isnull=False).exists()
