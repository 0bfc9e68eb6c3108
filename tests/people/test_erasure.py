"""Who is erased is found nowhere any more: database, audit, files, sessions, restored backups."""

import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.serializers import serialize
from django.test import Client
from django.urls import reverse

from madang.core import backups, files, outbox, vault
from madang.core.links import Reference, resolve
from madang.core.models import AuditEntry, StoredFile
from madang.people import erasure, rules
from madang.people.actions.consents import give_consent
from madang.people.models import Account, Person
from tests.factories import (
    make_account,
    make_country,
    make_edition,
    make_organisation,
    make_participation,
    make_person,
)

NAME = "Alisi Vakatawa"
SECRETS = (NAME, "Vakatawa", "alisi@example.org", "ALISI@", "+679 555 0100", "Telecentres")

pytestmark = pytest.mark.django_db


def make_alisi() -> Account:
    """Somebody who left traces wherever one can."""
    person = make_person(
        NAME,
        sort_name="Vakatawa Alisi",
        email="alisi@example.org",
        phone="+679 555 0100",
        biography="Telecentres were her idea.",
        country=make_country("FJ"),
        organisation=make_organisation(),
    )
    account = Account.objects.create_user(email="alisi@example.org", person=person)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    Authenticator.objects.create(user=account, type="totp", data={"secret": "sealed"})
    make_participation(make_edition(), person)
    give_consent(person, actor=account, purpose="photographs")
    outbox.write(key="known", to=person, heading="For Alisi Vakatawa", text="Dear Alisi Vakatawa")
    outbox.write(key="unknown", to="Alisi@example.org", heading="Welcome", text="Dear Vakatawa")
    files.register_owner(Person, rules.see_person)
    files.store(
        b"%PDF-1.4\n% A letter about Alisi Vakatawa\n%%EOF\n",
        owner=person,
        actor=account,
        name="vakatawa.pdf",
        subject=person.subject,
    )
    signed_in = Client()
    signed_in.force_login(account)
    half_way = Client()
    half_way.post(reverse("account_request_login_code"), {"email": "alisi@example.org"})
    return account


def everything_stored() -> str:
    """The text of every row of every table, and every stored file, as anybody would read them."""
    rows = [serialize("json", model._base_manager.all()) for model in apps.get_models()]
    rows += [str(session.get_decoded()) for session in Session.objects.all()]
    people = Person.objects.all()
    rows += [f"{each.name} {each.email} {each.phone} {each.biography}" for each in people]
    stored = Path(settings.MADANG_FILES)
    rows += [path.read_bytes().decode("latin-1") for path in stored.rglob("*") if path.is_file()]
    return "\n".join(rows)


def found_in(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret.casefold() in text.casefold()]


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


def test_before_the_erasure_the_search_finds_her(folder):
    make_alisi()
    assert {"Vakatawa", "alisi@example.org"} <= set(found_in(everything_stored()))


def test_after_the_erasure_nothing_is_found(folder, django_capture_on_commit_callbacks):
    account = make_alisi()
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(account.person, actor=account)
    assert found_in(everything_stored()) == []
    assert not StoredFile.objects.exists()
    assert not list(default_storage.listdir("")[1])


def test_what_must_be_explained_later_stays_without_a_name(
    folder, django_capture_on_commit_callbacks
):
    officer, account = make_account(roles=["secretariat"]), make_alisi()
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(account.person, actor=account)
        erasure.erase(account.person, actor=account)
    account = Account.objects.get(pk=account.pk)
    assert str(account) == "a person whose data were erased"
    assert (account.is_active, account.last_login) == (False, None)
    person = account.person
    assert (person.country.alpha2, person.organisation) == ("FJ", None)
    assert person.participations.count() == 1
    entry = AuditEntry.objects.get(verb="person.erased")
    assert (entry.actor_id, entry.thing_id) == (account.pk, person.pk)
    reference = Reference("people.account", account.pk)
    assert resolve([reference], officer)[reference].title == "a person whose data were erased"
    assert vault.erasures() == {person.subject_id}


def test_nothing_can_be_written_of_her_any_more(folder, django_capture_on_commit_callbacks):
    account = make_alisi()
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(account.person, actor=account)
    person = Person.objects.get(pk=account.person_id)
    person.name = "Back again"
    with pytest.raises(vault.VaultError, match="has been erased"):
        person.save()


def test_a_copy_from_before_is_erased_when_it_is_restored(
    folder, django_capture_on_commit_callbacks
):
    """A restored database is one in which she was never erased, beside a ledger that knows."""
    account = make_alisi()
    other = make_person("Tomasi Koroi")
    vault.remember_erasure(account.person.subject_id)
    with django_capture_on_commit_callbacks(execute=True):
        assert backups.replay_erasures() >= 1
    assert found_in(everything_stored()) == []
    assert Person.objects.get(pk=other.pk).name == "Tomasi Koroi"
    with django_capture_on_commit_callbacks(execute=True):
        assert backups.replay_erasures() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"), reason="reads SQLite's file"
)
def test_an_old_backup_can_not_be_read_without_her_key(folder):
    account = make_alisi()
    backups.write(folder / "backup.tar")
    erasure.erase(account.person, actor=account)
    with tarfile.open(folder / "backup.tar") as tar:
        tar.extractall(folder / "old", filter="data")
    with closing(sqlite3.connect(folder / "old" / "database.sqlite3")) as old:
        [(name, phone)] = old.execute(
            "SELECT name, phone FROM people_person WHERE subject_id = ?",
            (account.person.subject_id.hex,),
        )
    assert name
    assert found_in(f"{name} {phone}") == []
    with pytest.raises(vault.VaultError):
        vault.unseal(vault.master_key(), name, f"people.person.name.{account.person_id}")
