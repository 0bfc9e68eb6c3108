"""The register of correspondence, and keying in what came on paper beside its image."""

from base64 import b64decode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from madang.core import clock, files
from madang.core.models import AuditEntry, SubjectKey
from madang.nominations.actions import register as actions
from madang.nominations.models import Correspondence, Nomination
from tests import factories as make
from tests.nominations.factories import make_call, make_invitation, make_question

pytestmark = pytest.mark.django_db

PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJg"
    "gg=="
)


@pytest.fixture
def officer():
    return make.make_account(roles=["secretariat"])


@pytest.fixture
def client(officer):
    client = Client()
    client.force_login(officer)
    return client


def address(name, edition, *more):
    return reverse(f"nominations:{name}", args=[edition.slug, *more])


def text(response):
    return response.content.decode()


def scan(name="fax.png"):
    """An image as a scanner makes it, of a single point."""
    return SimpleUploadedFile(name, b64decode(PNG), "image/png")


def make_entry(edition, **fields):
    """A fax with nominations that came from Fiji."""
    values = {
        "country": make.make_country("FJ"),
        "direction": "received",
        "channel": "fax",
        "kind": "nomination",
        "at": clock.now(),
        **fields,
    }
    return Correspondence.objects.create(edition=edition, **values)


def entered(**fields):
    """What the form of an entry sends."""
    return {
        "country": make.make_country("FJ").pk,
        "direction": "received",
        "channel": "note_verbale",
        "kind": "nomination",
        "reference": "NV/12/2007",
        "dated": "2007-05-30",
        "at": "2007-06-02T10:15",
        "summary": "Nominates Mr. Tuilagi and two more",
        "nominees_stated": "3",
        "answers": "",
        **fields,
    }


def nominated(name, **fields):
    """What the form of a nomination sends."""
    return {
        "name": name,
        "email": "nominee@example.org",
        "position": "Director",
        "organisation_name": "Ministry of Communications",
        "sector": "government",
        "sex": "female",
        **fields,
    }


# --- Entries -------------------------------------------------------------------------------------
def test_a_note_verbale_is_entered_with_its_scans_under_a_key_of_its_own(client):
    call = make_call()
    sent = entered(upload=[scan("page 1.png"), scan("page 2.png")])
    made = client.post(address("entry_add", call.edition), sent)
    entry = Correspondence.objects.get()
    assert made.url == address("entry", call.edition, entry.pk)
    assert entry.at.isoformat() == "2007-06-02T01:15:00+00:00"
    assert entry.summary == "Nominates Mr. Tuilagi and two more"
    scans = list(files.of(entry))
    assert [file.name for file in scans] == ["page 1.png", "page 2.png"]
    assert {file.subject_id for file in scans} == {entry.subject_id}
    page = text(client.get(made.url))
    assert "NV/12/2007" in page
    assert "page 2.png" in page
    with connection.cursor() as cursor:
        cursor.execute("SELECT summary FROM nominations_correspondence")
        assert "Tuilagi" not in cursor.fetchone()[0]
    assert not AuditEntry.objects.filter(facts__icontains="NV").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("scan.png", b"<script>alert(1)</script>"),
        ("scan.pdf", b"MZ\x90\x00 not a letter"),
        ("scan.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ],
)
def test_a_file_that_is_no_scan_is_refused_and_nothing_is_entered(client, name, content):
    call = make_call()
    upload = SimpleUploadedFile(name, content)
    refused = client.post(address("entry_add", call.edition), entered(upload=[scan(), upload]))
    assert refused.status_code == 200
    assert refused.context["form"].errors["upload"]
    assert not Correspondence.objects.exists()


def test_an_entry_answers_one_of_the_same_country_only(client):
    call = make_call()
    ours = make_entry(call.edition, direction="sent", kind="call")
    theirs = make_entry(call.edition, country=make.make_country("KR"), kind="question")
    page = address("entry_add", call.edition)
    assert "with another country" in text(client.post(page, entered(answers=theirs.pk)))
    client.post(page, entered(answers=ours.pk))
    assert ours.replies.count() == 1
    assert "Answered by" in text(client.get(address("entry", call.edition, ours.pk)))


def test_an_entry_is_changed_gets_more_scans_and_loses_one(client):
    call = make_call()
    entry = make_entry(call.edition, nominees_stated=1)
    edit = address("entry_edit", call.edition, entry.pk)
    client.post(edit, entered(version=entry.version, upload=[scan("a.png"), scan("b.png")]))
    entry.refresh_from_db()
    assert (entry.reference, entry.nominees_stated) == ("NV/12/2007", 3)
    first = files.of(entry).first()
    client.post(address("scan_remove", call.edition, entry.pk, first.pk))
    assert [file.name for file in files.of(entry)] == ["b.png"]


def test_an_entry_is_removed_with_its_scans_and_its_key(client):
    call = make_call()
    client.post(address("entry_add", call.edition), entered(upload=[scan()]))
    entry = Correspondence.objects.get()
    [file] = files.of(entry)
    assert "are deleted" in text(client.get(address("entry_remove", call.edition, entry.pk)))
    client.post(address("entry_remove", call.edition, entry.pk))
    assert not Correspondence.objects.exists()
    assert client.get(file.get_absolute_url()).status_code == 404
    assert SubjectKey.objects.get(pk=entry.subject_id).is_destroyed


def test_what_madang_sends_enters_itself_once_and_stays(officer, client):
    call = make_call()
    country = make.make_country("FJ")
    for _twice in range(2):
        entry = actions.enter_sent(call.edition, country, "offer", key="offer:1", actor=officer)
    assert Correspondence.objects.get() == entry
    assert (entry.direction, entry.channel, entry.kind) == ("sent", "email", "offer")
    refused = client.post(address("entry_remove", call.edition, entry.pk), follow=True)
    assert "Madang sent this itself" in text(refused)
    form = client.get(address("entry_edit", call.edition, entry.pk)).context["form"]
    assert set(form.fields) == {"reference", "summary", "upload", "version"}


# --- The list ------------------------------------------------------------------------------------
def test_the_list_is_narrowed_and_taken_away(client):
    call = make_call()
    make_entry(call.edition, reference="FJ-1", nominees_stated=2)
    make_entry(call.edition, country=make.make_country("KR"), channel="email", kind="question")
    page = address("register", call.edition)
    assert "2 entries" in text(client.get(page))
    assert "1 entry" in text(client.get(page, {"country": "FJ"}))
    assert "1 entry" in text(client.get(page, {"channel": "email"}))
    assert "1 entry" in text(client.get(page, {"open": "on"}))
    assert "1 entry" in text(client.get(page, {"q": "fj-1"}))
    assert "No entry is like that" in text(client.get(page, {"q": "nothing"}))
    assert "0 of 2" in text(client.get(page))
    for kind in ("csv", "xlsx", "pdf"):
        taken = client.get(page, {"format": kind})
        assert taken.status_code == 200
        assert taken.getvalue()


def test_the_list_costs_the_same_for_one_entry_and_for_many(client):
    def queries(edition):
        with CaptureQueriesContext(connection) as told:
            assert client.get(address("register", edition)).status_code == 200
        return len(told)

    few, many = make_call().edition, make_call().edition
    make_entry(few)
    for number in range(30):
        make_entry(
            many, nominees_stated=number, country=make.make_country(["FJ", "KR"][number % 2])
        )
    queries(few)
    assert queries(few) == queries(many)


# --- Keying in -----------------------------------------------------------------------------------
def test_a_scan_of_two_is_keyed_in_beside_its_image_one_after_the_other(client):
    call = make_call()
    make_question(call, "team", text="Do you manage a team?", kind="yes_no")
    client.post(address("entry_add", call.edition), entered(nominees_stated="2", upload=[scan()]))
    entry = Correspondence.objects.get()
    [file] = files.of(entry)
    page = address("key_in", call.edition, entry.pk)
    assert page in text(client.get(address("register", call.edition)))
    shown = text(client.get(page))
    assert "Nomination 1 of 2" in shown
    assert f'<img src="{file.get_absolute_url()}"' in shown
    assert "Do you manage a team?" in shown
    onward = client.post(page, nominated("Laisa Vunibola", q_team="yes"))
    assert onward.url == page
    assert "Nomination 2 of 2" in text(client.get(page))
    last = client.post(page, nominated("Ana Tora"))
    assert last.url == address("entry", call.edition, entry.pk)
    made = list(Nomination.objects.order_by("number"))
    assert [(it.origin, it.state, it.source) for it in made] == [("scan", "submitted", entry)] * 2
    assert made[0].country == entry.country
    assert made[0].answers.get().text == "yes"
    assert "2 of 2" in text(client.get(address("register", call.edition)))
    assert page not in text(client.get(address("register", call.edition)))


def test_what_is_not_complete_on_paper_is_kept_as_a_draft(client):
    call = make_call()
    entry = make_entry(call.edition)
    said = client.post(address("key_in", call.edition, entry.pk), {"name": "Ana Tora"}, follow=True)
    assert "is kept as a draft" in text(said)
    assert Nomination.objects.get().state == "draft"


def test_a_pdf_is_shown_in_a_frame_of_madangs_own_pages_only(client):
    from madang.core.exports import Column, Table
    from madang.documents import tables

    call = make_call()
    content = tables.pdf(Table([Column("a", "A")], [["b"]]), "A letter", "", "en")
    upload = SimpleUploadedFile("letter.pdf", content, "application/pdf")
    client.post(address("entry_add", call.edition), entered(upload=[upload]))
    entry = Correspondence.objects.get()
    [file] = files.of(entry)
    page = client.get(address("key_in", call.edition, entry.pk))
    assert f'<iframe src="{file.get_absolute_url()}"' in text(page)
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    shown = client.get(file.get_absolute_url())
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    other = client.get(address("register", call.edition))
    assert "frame-src" not in other["Content-Security-Policy"]


def test_the_register_is_the_secretariats_and_a_director_only_looks():
    call = make_call()
    make_invitation(call)
    entry = make_entry(call.edition)
    director = Client()
    director.force_login(make.make_account(roles=["director"]))
    assert director.get(address("register", call.edition)).status_code == 200
    assert director.get(address("entry", call.edition, entry.pk)).status_code == 200
    assert director.get(address("key_in", call.edition, entry.pk)).status_code == 404
    assert director.get(address("entry_edit", call.edition, entry.pk)).status_code == 404
    focal_point = Client()
    country = make.make_country("FJ")
    focal_point.force_login(make.make_account(roles=[("focal_point", country)]))
    assert focal_point.get(address("entry", call.edition, entry.pk)).status_code == 404
