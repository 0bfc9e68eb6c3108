"""Passport data: seen by few and with a trace, found nowhere in clear, gone on their day."""

import logging
import sqlite3
import tarfile
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.serializers import serialize
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from madang.cohorts.actions import issuing, letters, passports
from madang.cohorts.models import Letter, Passport
from madang.core import approvals, backups, clock, files, vault
from madang.core.models import AuditEntry, Message, StoredFile, SubjectKey
from madang.people import erasure, own_data, retention
from madang.people.actions.refusal import RefusedError
from madang.people.models import Account
from tests import factories as make
from tests.cohorts.factories import PASSPORT, make_letter_edition, make_passport
from tests.cohorts.test_letters import approve, issued, text_of
from tests.support.work import work

pytestmark = pytest.mark.django_db

SECRETS = ("KX4711008", "TUILAGI MERE", "Savusavu", "1971-04-30", "30 April 1971")


@pytest.fixture
def officer():
    return make.make_account(roles=["secretariat"])


@pytest.fixture
def director():
    return make.make_account(roles=["director"])


@pytest.fixture
def edition():
    """Two accepted, of whom the first gave her passport data."""
    edition = make_letter_edition(2)
    make_passport(first_of(edition), edition)
    return edition


@pytest.fixture
def folder(tmp_path, settings):
    """Files and the ledger of erasures of this test's own."""
    settings.MADANG_FILES = settings.MEDIA_ROOT = tmp_path / "files"
    settings.MADANG_FILES.mkdir()
    keys = tmp_path / "keys"
    keys.mkdir()
    (keys / "master.key").write_bytes((Path(settings.MADANG_KEYS) / "master.key").read_bytes())
    settings.MADANG_KEYS = keys
    return tmp_path


def first_of(edition):
    return edition.nominations.get(number=1).person


def browser(account: Account | None) -> Client:
    client = Client()
    if account is not None:
        client.force_login(account)
    return client


def seen() -> int:
    return AuditEntry.objects.filter(verb="passport.seen").count()


# --- The letter to the embassy --------------------------------------------------------------------
def test_a_letter_to_an_embassy_waits_for_the_passport_data(edition, officer, director):
    batch = issued(edition, officer, director, "visa", "accepted")
    assert batch.letters.filter(file__isnull=False).count() == 1
    message = batch_job_message(batch)
    assert "has not given their passport data" in message
    page = browser(officer).get(reverse("cohorts:batch", args=[edition.slug, batch.pk]))
    assert "has not given passport data" in page.content.decode()
    second = edition.nominations.get(number=2).person
    make_passport(second, edition, name="SOMCHAI ANAN", number="AA12345")
    issuing.go_on(batch, actor=officer)
    work()
    assert batch.letters.filter(file__isnull=False).count() == 2


def batch_job_message(batch) -> str:
    from madang.core.models import Job

    return Job.objects.filter(arguments__batch=str(batch.pk)).latest("created_at").message


def test_it_says_what_the_embassy_needs_to_know(edition, officer, director):
    letter = issued(edition, officer, director, "visa", "accepted").letters.get(file__isnull=False)
    text = text_of(letter)
    for expected in ("TUILAGI MERE", "KX4711008", "30 April 1971", "Savusavu", "31 January 2015"):
        assert expected in text


def test_only_who_handles_passports_issues_and_opens_it(edition, officer, director):
    of_edition = make.make_account(roles=[("secretariat", edition)])
    batch = letters.begin(edition, "visa", "accepted", actor=of_edition)
    approve(batch, of_edition, director)
    with pytest.raises(RefusedError, match="only those who handle"):
        issuing.issue(batch, actor=of_edition)
    issuing.issue(batch, actor=officer)
    work()
    letter = batch.letters.select_related("file").get(file__isnull=False)
    address = reverse("cohorts:letter_file", args=[edition.slug, batch.pk, letter.pk])
    archive = reverse("cohorts:batch_archive", args=[edition.slug, batch.pk])
    for account in (of_edition, director):
        assert browser(account).get(address).status_code == 404
        assert browser(account).get(archive).status_code == 404
        assert browser(account).get(letter.file.get_absolute_url()).status_code == 404
    assert seen() == 0
    assert browser(officer).get(letter.file.get_absolute_url()).status_code == 404, "no trace there"
    assert browser(officer).get(address).status_code == 200
    assert browser(officer).get(archive).status_code == 200
    assert seen() == 2


def test_the_person_opens_their_own(edition, officer, director):
    letter = issued(edition, officer, director, "visa", "accepted").letters.get(file__isnull=False)
    account = Account.objects.get(person=letter.person)
    assert browser(account).get(letter.file.get_absolute_url()).status_code == 200


# --- The pages ------------------------------------------------------------------------------------
def test_everybody_gives_and_sees_their_own_only(edition):
    person = edition.nominations.get(number=2).person
    account = make.make_account(roles=[("participant", edition)], person=person)
    client = browser(account)
    address = reverse("cohort:my_passport", args=[edition.slug])
    page = client.get(address).content.decode()
    assert "13 October 2007" in page, "it says when it goes"
    assert not any(secret in page for secret in SECRETS)
    wrong = client.post(address, PASSPORT | {"expires_on": "2001-01-01", "issued_on": "2000-01-01"})
    assert "has expired" in wrong.content.decode()
    with clock.at(edition.moment(edition.starts_on, clock.now().time()) - timedelta(days=20)):
        client.post(address, PASSPORT | {"number": "TH999"})
        assert passports.of(person).number == "TH999"
        response = client.get(address)
    assert "TH999" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    for other in (None, make.make_account()):
        assert browser(other).get(address).status_code == 404


@pytest.fixture(autouse=True)
def before_the_week():
    """The data of a workshop are given before it."""
    from datetime import UTC, datetime

    with clock.at(datetime(2007, 9, 10, 9, tzinfo=UTC)):
        yield


def test_every_look_of_an_officer_is_a_line_in_the_history(edition, officer, director):
    person = first_of(edition)
    address = reverse("cohorts:passport", args=[edition.slug, person.pk])
    everybody = reverse("cohorts:passports", args=[edition.slug])
    client = browser(officer)
    listed = client.get(everybody).content.decode()
    assert not any(secret in listed for secret in SECRETS)
    assert seen() == 0
    response = client.get(address)
    assert "KX4711008" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    line = AuditEntry.objects.get(verb="passport.seen")
    assert (line.actor_id, line.thing_id) == (officer.pk, person.pk)
    assert (line.scope_id, line.facts) == (edition.pk, {})
    for account in (director, make.make_account(roles=[("secretariat", edition)]), None):
        assert browser(account).get(address).status_code == 404
        assert browser(account).get(everybody).status_code == 404
    assert seen() == 1


def test_an_officer_enters_and_removes_them(edition, officer):
    person = edition.nominations.get(number=2).person
    client = browser(officer)
    address = reverse("cohorts:passport", args=[edition.slug, person.pk])
    client.post(address, PASSPORT)
    assert passports.of(person).number == "KX4711008"
    removal = reverse("cohorts:passport_remove", args=[edition.slug, person.pk])
    assert client.get(removal).status_code == 200
    client.post(removal)
    assert passports.of(person) is None


def test_who_does_not_come_has_no_passport_page(edition, officer):
    stranger = make.make_person()
    address = reverse("cohorts:passport", args=[edition.slug, stranger.pk])
    assert browser(officer).get(address).status_code == 404


# --- Nowhere in clear -----------------------------------------------------------------------------
def everything_stored() -> str:
    rows = [serialize("json", model._base_manager.all()) for model in apps.get_models()
            if model is not Passport]  # fmt: skip
    with_values = Passport.objects.values_list()
    stored = Path(settings.MADANG_FILES)
    rows += [path.read_bytes().decode("latin-1") for path in stored.rglob("*") if path.is_file()]
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cohorts_passport")
        rows += [str(row) for row in cursor.fetchall()]
    assert with_values.exists()
    return "\n".join(rows)


def found_in(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def test_the_values_stand_nowhere_in_clear(
    folder, officer, director, caplog, django_capture_on_commit_callbacks
):
    caplog.set_level(logging.DEBUG)
    with django_capture_on_commit_callbacks(execute=True):
        edition = make_letter_edition(2)
        make_passport(first_of(edition), edition)
        batch = issued(edition, officer, director, "visa", "accepted")
    from madang.cohorts.actions import posting

    posting.start(batch, actor=officer)
    work()
    client = browser(officer)
    client.get(reverse("cohorts:passport", args=[edition.slug, first_of(edition).pk]))
    exports = b""
    for name in ("cohorts:offers", "nominations:nominations", "manage:people"):
        response = client.get(reverse(name, args=[edition.slug]), {"format": "csv"})
        exports += b"".join(response.streaming_content if response.streaming else [b""])
    assert found_in(everything_stored()) == []
    assert found_in(caplog.text) == []
    assert found_in(exports.decode()) == []
    mail = Message.objects.get(template="cohorts/mails/letter")
    assert found_in(f"{mail.heading} {mail.text} {mail.html}") == []
    assert found_in(str(approvals.approved_content(batch))) == []


@pytest.mark.skipif(
    not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"), reason="reads SQLite's file"
)
@pytest.mark.django_db(transaction=True)
def test_a_backup_of_before_their_day_does_not_open_after_it(folder, officer, director):
    edition = make_letter_edition(1)
    person = first_of(edition)
    passport = make_passport(person, edition)
    letter = issued(edition, officer, director, "visa", "accepted").letters.get()
    stored, key = StoredFile.objects.get(pk=letter.file_id), passport.subject_id
    backups.write(folder / "backup.tar")
    content = (folder / "backup.tar").read_bytes().decode("latin-1")
    assert found_in(content) == []
    with tarfile.open(folder / "backup.tar") as tar:
        tar.extractall(folder / "old", filter="data")
    database = next((folder / "old").glob("*.sqlite3"))
    with closing(sqlite3.connect(database)) as old:
        assert old.execute("SELECT count(*) FROM cohorts_passport").fetchone() == (1,)
    with clock.at(edition.moment(passport.delete_on, clock.now().time())):
        assert retention.remove_what_is_over() >= 1
    assert key in vault.erasures(), "a restore destroys the key again before it serves"
    assert SubjectKey.objects.get(pk=key).is_destroyed
    with pytest.raises(FileNotFoundError):
        files.content(stored)


# --- Gone in time ---------------------------------------------------------------------------------
def test_they_go_the_day_after_the_workshop_with_the_letters_that_hold_them(
    edition, officer, director
):
    batch = issued(edition, officer, director, "visa", "accepted")
    letter = batch.letters.get(file__isnull=False)
    with clock.at(edition.moment(edition.ends_on, clock.now().time())):
        assert passports.remove_due() == 0
    with clock.at(edition.moment(edition.ends_on + timedelta(days=1), clock.now().time())):
        assert passports.remove_due() == 1
        assert passports.remove_due() == 0
    assert not Passport.objects.exists()
    letter.refresh_from_db()
    assert letter.file is None
    assert letter.document.state == "valid", "its number stays, and what it says of nobody"
    assert not StoredFile.objects.filter(owner_id=letter.pk).exists()
    page = (
        browser(officer)
        .get(reverse("cohorts:letter", args=[edition.slug, batch.pk, letter.pk]))
        .content.decode()
    )
    assert "file was deleted" in page
    assert AuditEntry.objects.filter(verb="passport.removed").count() == 1


def test_they_go_when_the_person_is_erased(edition, officer, director):
    letter = issued(edition, officer, director, "visa", "accepted").letters.get(file__isnull=False)
    person, key = letter.person, passports.of(letter.person).subject_id
    erasure.erase(person, actor=None)
    assert not Passport.objects.exists()
    assert SubjectKey.objects.get(pk=key).is_destroyed
    assert Letter.objects.get(pk=letter.pk).file is None


def test_they_can_be_taken_back(edition):
    person = first_of(edition)
    client = browser(Account.objects.get(person=person))
    client.post(reverse("cohort:my_passport_remove", args=[edition.slug]))
    assert passports.of(person) is None


def test_who_comes_again_keeps_them_until_the_later_workshop(edition):
    person = first_of(edition)
    later = make.make_edition(
        starts_on=edition.starts_on + timedelta(days=30),
        ends_on=edition.ends_on + timedelta(days=30),
    )
    known = passports.of(person)
    account = Account.objects.get(person=person)
    passports.save(person, later, PASSPORT, expected_version=known.version, actor=account)
    assert passports.of(person).delete_on == later.ends_on + timedelta(days=1)


def test_the_copy_of_one_s_own_data_holds_them(edition):
    person = first_of(edition)
    copy = own_data.copy_of(person, actor=None)
    assert copy["passport"][0]["passport number"] == "KX4711008"


def test_a_preview_of_a_letter_holds_none(edition, officer):
    batch = letters.begin(edition, "visa", "accepted", actor=officer)
    letter = batch.letters.get(person=first_of(edition))
    address = reverse("cohorts:letter_preview", args=[edition.slug, batch.pk, letter.pk])
    pdf = browser(officer).get(address).content
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert found_in(text) == []
    assert seen() == 0
