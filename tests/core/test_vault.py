"""Personal values are unreadable without their person's key, and for ever once it is destroyed."""

import pytest
from django.db import IntegrityError, connection, transaction

from madang.core import clock, vault
from madang.core.identifiers import uuid7
from madang.core.models import SubjectKey
from madang.people.models import Person
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def stored_name(person):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM people_person WHERE position IS NOT NULL")
        return cursor.fetchone()[0]


def test_a_personal_value_is_ciphertext_in_the_database_and_text_in_the_hand():
    person = make_person("ناهید رحیمی")
    assert "ناهید" not in stored_name(person)
    assert Person.objects.get().name == "ناهید رحیمی"


def test_two_equal_values_do_not_look_equal():
    make_person("Sefa")
    make_person("Sefa")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM people_person")
        assert len({name for (name,) in cursor.fetchall()}) == 2


def test_a_ciphertext_that_was_moved_or_altered_does_not_open():
    person = make_person("Sefa")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET phone = name")
    with pytest.raises(vault.VaultError, match="does not open"):
        assert Person.objects.get().phone
    sealed = vault.seal(person.subject.data_key, "text", "here")
    assert vault.unseal(person.subject.data_key, sealed, "here") == "text"
    with pytest.raises(vault.VaultError):
        vault.unseal(person.subject.data_key, sealed, "there")


@pytest.fixture
def ledger(tmp_path, settings):
    (tmp_path / "master.key").write_text((vault.keys_folder() / "master.key").read_text())
    settings.MADANG_KEYS = tmp_path
    return tmp_path / "erasures"


def test_a_destroyed_key_makes_everything_under_it_empty_and_unwritable(
    ledger, django_capture_on_commit_callbacks
):
    person = make_person("Sefa")
    with django_capture_on_commit_callbacks(execute=True):
        person.subject.destroy()
    erased = Person.objects.get()
    assert erased.name == ""
    assert str(person.subject.pk) in ledger.read_text()
    erased.name = "Sefa again"
    with pytest.raises(vault.VaultError, match="erased"):
        erased.save()


def test_erasures_are_replayed_on_a_restored_database_and_complete_the_ledger(
    ledger, django_capture_on_commit_callbacks
):
    person, other = make_person("Sefa"), make_person("Ana")
    backup = bytes(person.subject.wrapped)
    with django_capture_on_commit_callbacks(execute=True):
        person.subject.destroy()
    SubjectKey.objects.filter(pk=person.subject.pk).update(wrapped=backup, destroyed_at=None)
    assert Person.objects.get(pk=person.pk).name == "Sefa"
    assert vault.replay_erasures() == 1
    assert Person.objects.get(pk=person.pk).name == ""
    assert vault.replay_erasures() == 0

    # A crash came between the commit and the ledger.
    SubjectKey.objects.filter(pk=other.subject.pk).update(wrapped=None, destroyed_at=clock.now())
    vault.replay_erasures()
    assert vault.erasures() == {person.subject.pk, other.subject.pk}


def test_a_key_is_whole_or_destroyed():
    key = SubjectKey.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        SubjectKey.objects.filter(pk=key.pk).update(wrapped=None)


def test_a_missing_or_damaged_master_key_says_how_to_mend_it(tmp_path, settings):
    settings.MADANG_KEYS = tmp_path
    with pytest.raises(vault.VaultError, match="madang setup"):
        vault.master_key()
    for content, words in (("???", "not base64"), ("QUFB", "32 bytes")):
        (tmp_path / "master.key").write_text(content)
        with pytest.raises(vault.VaultError, match=words):
            vault.master_key()


def test_a_damaged_ledger_of_erasures_says_which_line(tmp_path, settings):
    settings.MADANG_KEYS = tmp_path
    (tmp_path / "erasures").write_text(f"{uuid7()}\n0189000")
    with pytest.raises(vault.VaultError, match="Line 2 of the ledger of erasures"):
        vault.erasures()


def test_a_blind_index_finds_however_it_is_written_and_tells_nothing():
    index = vault.blind_index("e-mail", " Sefa@Example.org")
    assert index == vault.blind_index("e-mail", "sefa@example.org")
    assert index != vault.blind_index("phone", "sefa@example.org")
    assert len(index) == 40


def test_a_secret_of_the_house_is_bound_to_its_purpose():
    sealed = vault.seal_secret("seed", "sign-in of 1")
    assert vault.unseal_secret(sealed, "sign-in of 1") == "seed"
    with pytest.raises(vault.VaultError):
        vault.unseal_secret(sealed, "sign-in of 2")
