"""The pages of letters, as the secretariat, a director and those who come use them."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from madang.cohorts.actions import issuing, letters
from madang.cohorts.models import LetterBatch, Letterhead, LetterTemplate
from madang.core import approvals
from madang.core.models import Translation
from madang.documents import verification
from madang.people.models import Account
from tests import factories as make
from tests.cohorts.factories import make_letter_edition
from tests.cohorts.test_letters import issued
from tests.support.pictures import png
from tests.support.work import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make.make_account(roles=["secretariat"])


@pytest.fixture
def director():
    return make.make_account(roles=["director"])


def browser(account: Account | None) -> Client:
    client = Client()
    if account is not None:
        client.force_login(account)
    return client


def url(name: str, *args: object) -> str:
    return reverse(f"cohorts:{name}", args=args)


def shown(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


HEAD = {
    "language": "en",
    "sender": "Regional Programme for e-Government",
    "address": "88 Harbour Road",
    "signatory": "Han Ji-woo",
    "signatory_position": "Director",
    "prefix": "INC/2007",
    "contact": "secretariat@example.org",
}


def test_an_officer_goes_from_an_empty_edition_to_letters_that_left(officer, director):
    edition = make_letter_edition(2)
    Letterhead.objects.all().delete()
    LetterTemplate.objects.all().delete()
    client, slug = browser(officer), edition.slug
    assert "Set the letterhead" in shown(client.get(url("letters", slug)))
    client.post(url("letterhead", slug), HEAD | {"logo": SimpleUploadedFile("l.png", png())})
    client.post(url("wording_begin", slug, "invitation"))
    page = shown(client.get(url("wording", slug, "invitation")))
    assert "{organisation}" in page
    preview = client.get(url("wording_preview", slug, "invitation"), {"language": "fa"})
    assert preview["Content-Type"] == "application/pdf"
    client.post(url("batch_begin", slug, "invitation"), {"recipients": "accepted"})
    batch = LetterBatch.objects.get()
    here = url("batch", slug, batch.pk)
    assert "Have them approved" in shown(client.get(here))
    client.post(url("batch_put_up", slug, batch.pk), {"director": str(director.pk)})
    approval = approvals.latest(batch)
    reading = shown(browser(director).get(approval.get_absolute_url()))
    assert "Nominee 1" in reading
    browser(director).post(
        reverse("core:approval-approve", args=[approval.pk]), {"seen": approval.digest}
    )
    assert "Issue the letters" in shown(client.get(here))
    client.post(url("batch_issue", slug, batch.pk))
    work()
    assert "INC/2007/INV/002" in shown(client.get(here))
    assert "Send by mail" in shown(client.get(url("batch", slug, batch.pk)))
    assert client.get(url("batch_send", slug, batch.pk)).status_code == 200
    client.post(url("batch_send", slug, batch.pk))
    work()
    assert batch.letters.filter(sent_at=None).count() == 0


def test_a_picture_that_can_not_be_printed_is_refused(officer):
    edition = make_letter_edition(0)
    client = browser(officer)
    values = HEAD | {"version": edition.letterhead.version}
    for content, said in (
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "PNG and JPEG"),
        (png()[:60], "damaged"),
        (b"\x00" * (500 * 1024), "smaller"),
    ):
        page = client.post(
            url("letterhead", edition.slug), values | {"logo": SimpleUploadedFile("l.png", content)}
        )
        assert said in shown(page)


def test_a_translation_with_an_unknown_placeholder_is_refused(officer):
    edition = make_letter_edition(0)
    client = browser(officer)
    address = url("wording_translation", edition.slug, "invitation") + "?language=km"
    page = client.get(address)
    expected = page.context["form"].initial["expected"]
    values = {"expected": expected, "subject_line": "x", "body": "{nom}"}
    assert "{nom}" in shown(client.post(address, values))
    assert not Translation.objects.filter(language="km").exists()
    client.post(address, values | {"body": "{name}"})
    assert Translation.objects.filter(language="km").count() == 2


def test_one_letter_has_its_own_page_word_preview_and_file(officer, director):
    edition = make_letter_edition(2)
    client = browser(officer)
    batch = letters.begin(edition, "invitation", "accepted", actor=officer)
    first, second = batch.letters.order_by("created_at", "pk")
    args = (edition.slug, batch.pk, first.pk)
    assert "Take it out" in shown(client.get(url("letter", *args)))
    client.post(
        url("letter_change", *args),
        {"language": "fa", "remark": "خوش آمدید.", "version": first.version},
    )
    first.refresh_from_db()
    assert (first.language, first.remark) == ("fa", "خوش آمدید.")
    pdf = client.get(url("letter_preview", *args)).content
    assert b"%PDF" in pdf[:10]
    assert "INC/2007" not in PdfReader(BytesIO(pdf)).pages[0].extract_text()
    client.post(url("letter_take_out", edition.slug, batch.pk, second.pk))
    assert batch.letters.count() == 1
    letters.put_up(batch, director=director, actor=officer)
    approval = approvals.latest(batch)
    approvals.approve(approval, actor=director, seen=approval.digest)
    issuing.issue(batch, actor=officer)
    work()
    first.refresh_from_db()
    assert verification.code(first.document) in shown(client.get(url("letter", *args)))
    assert client.get(url("letter_file", *args))["Content-Type"] == "application/pdf"
    client.post(url("letter_posted", *args))
    client.post(url("letter_again", *args))
    work()
    page = shown(client.get(url("letter", *args)))
    assert "INC/2007/INV/002" in page
    assert "Issued before" in page
    client.post(url("letter_revoke", *args))
    assert "revoked" in shown(client.get(url("letter", *args)))


def test_all_letters_are_taken_away_as_zip_and_as_one_pdf_for_the_printer(officer, director):
    edition = make_letter_edition(3)
    batch = issued(edition, officer, director)
    client = browser(officer)
    with ZipFile(BytesIO(client.get(url("batch_archive", edition.slug, batch.pk)).content)) as it:
        assert sorted(it.namelist()) == [f"INC-2007-INV-00{number}.pdf" for number in (1, 2, 3)]
    one = client.get(url("batch_print", edition.slug, batch.pk)).content
    assert len(PdfReader(BytesIO(one)).pages) == 6, "each letter begins on a new sheet"


def test_a_director_reads_letters_and_changes_none(officer, director):
    edition = make_letter_edition(1)
    batch = issued(edition, officer, director)
    client = browser(director)
    letter = batch.letters.get()
    args = (edition.slug, batch.pk, letter.pk)
    for name, given in (
        ("letters", args[:1]), ("batch", args[:2]), ("letter", args), ("letter_file", args),
        ("batch_print", args[:2]),
    ):  # fmt: skip
        assert client.get(url(name, *given)).status_code == 200
    for name, given in (
        ("letterhead", args[:1]), ("batch_send", args[:2]), ("letter_revoke", args),
        ("letter_again", args), ("passports", args[:1]),
    ):  # fmt: skip
        assert client.get(url(name, *given)).status_code == 404


def test_nobody_else_reads_any(officer, director):
    edition = make_letter_edition(1)
    batch = issued(edition, officer, director)
    letter = batch.letters.get()
    focal_point = make.make_account(roles=[("focal_point", make.make_country("FJ"))])
    for account in (None, focal_point, make.make_account(roles=[("participant", edition)])):
        client = browser(account)
        for name, given in (
            ("letters", ()), ("batch", (batch.pk,)), ("letter", (batch.pk, letter.pk)),
            ("letter_file", (batch.pk, letter.pk)), ("batch_archive", (batch.pk,)),
        ):  # fmt: skip
            assert client.get(url(name, edition.slug, *given)).status_code == 404
        assert client.get(letter.file.get_absolute_url()).status_code == 404


def test_who_comes_finds_their_own_letters(officer, director):
    edition = make_letter_edition(2)
    batch = issued(edition, officer, director)
    mine, other = batch.letters.order_by("created_at", "pk").select_related("person", "file")
    account = make.make_account(roles=[("participant", edition)], person=mine.person)
    client = browser(account)
    address = reverse("cohort:my_letters", args=[edition.slug])
    page = shown(client.get(address))
    assert mine.document.reference in page
    assert other.document.reference not in page
    assert client.get(mine.file.get_absolute_url()).status_code == 200
    assert client.get(other.file.get_absolute_url()).status_code == 404
    issuing.revoke(mine, actor=officer)
    assert mine.document.reference not in shown(client.get(address))


def test_lists_cost_the_same_queries_with_any_number_of_letters(officer):
    client = browser(officer)
    found: dict[str, set[int]] = {"letters": set(), "batch": set(), "passports": set()}
    for how_many in (1, 12):
        edition = make_letter_edition(how_many)
        batch = letters.begin(edition, "invitation", "accepted", actor=officer)
        client.get(url("letters", edition.slug))
        for name, given in (("letters", ()), ("batch", (batch.pk,)), ("passports", ())):
            with CaptureQueriesContext(connection) as queries:
                client.get(url(name, edition.slug, *given))
            found[name].add(len(queries))
    assert {name for name, numbers in found.items() if len(numbers) > 1} == set(), found
