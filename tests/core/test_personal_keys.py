"""Keys are opened once and leave no trace where they should not."""

import os
import pickle

import pytest
from django.db import transaction

from madang.core import vault
from madang.core.models import SubjectKey
from madang.core.models.personal import UnsealedError
from madang.people.models import Person
from tests.factories import make_people, make_person

pytestmark = pytest.mark.django_db


def test_a_persons_key_is_opened_once_for_all_of_their_values(monkeypatch):
    opened = []
    original = vault.unwrap

    def counted(wrapped, subject):
        opened.append(subject)
        return original(wrapped, subject)

    monkeypatch.setattr(vault, "unwrap", counted)
    make_people(3, phone="+64 9 555 0100", position="Director")
    opened.clear()
    for person in Person.objects.all():
        assert all((person.name, person.phone, person.position))
    assert len(opened) == 3


def test_the_master_key_is_read_again_when_its_file_changes(tmp_path, settings):
    path = tmp_path / "master.key"
    settings.MADANG_KEYS = tmp_path
    path.write_text("QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=")
    assert vault.master_key() == b"A" * 32
    path.write_text("QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI=")
    os.utime(path, ns=(1, 1))
    assert vault.master_key() == b"B" * 32


def test_a_missing_and_a_damaged_master_key_are_told_apart(tmp_path, settings):
    settings.MADANG_KEYS = tmp_path
    with pytest.raises(vault.VaultError, match="is missing"):
        vault.master_key()
    (tmp_path / "master.key").write_text("not base64!")
    with pytest.raises(vault.VaultError, match="is damaged: it is not base64"):
        vault.master_key()


def test_a_pickled_key_does_not_carry_what_it_opens():
    key = make_person("Alisi Vakatawa").subject
    opened = key.data_key
    assert opened not in pickle.dumps(key)
    assert key.data_key == opened


def test_a_key_shows_nothing_when_printed_and_opens_nothing_once_destroyed():
    key = make_person("Alisi Vakatawa").subject
    assert key.data_key not in repr(key).encode()
    key.destroy()
    with pytest.raises(ValueError, match="destroyed"):
        _ = key.data_key
    assert SubjectKey.objects.get(pk=key.pk).is_destroyed


def test_a_secret_opens_for_its_own_purpose_only():
    sealed = vault.seal_secret("JBSWY3DPEHPK3PXP", "sign-in")
    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert vault.unseal_secret(sealed, "sign-in") == "JBSWY3DPEHPK3PXP"
    with pytest.raises(vault.VaultError):
        vault.unseal_secret(sealed, "something else")


def test_what_does_not_know_whose_a_value_is_can_not_store_it():
    person = make_person("Alisi Vakatawa", phone="+679 555 0100")
    with pytest.raises(UnsealedError, match="phone is personal"), transaction.atomic():
        Person.objects.update(phone="+679 555 0199")
    person.phone = "+679 555 0199"
    with pytest.raises(UnsealedError), transaction.atomic():
        Person.objects.bulk_update([person], ["phone"])
    assert Person.objects.get().phone == "+679 555 0100"


def test_a_sealed_value_can_be_copied_and_an_empty_one_written():
    make_person("Alisi Vakatawa", phone="+679 555 0100")
    sealed = Person.objects.values_list("phone", flat=True).get()
    Person.objects.update(phone="", name=Person.objects.values_list("name", flat=True).get())
    assert (Person.objects.get().name, Person.objects.get().phone) == ("Alisi Vakatawa", "")
    Person.objects.update(phone=sealed)
    assert Person.objects.get().phone == "+679 555 0100"
