"""Diet, access and whom to call: told on a phone, encrypted, seen where needed, gone in time."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from madang.core import clock
from madang.core.models import AuditEntry
from madang.logistics.models import EmergencyContact, Errand, Leg, Needs
from madang.people import erasure, own_data, retention
from tests import factories as make
from tests.logistics import factories as travel

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make.make_edition()


@pytest.fixture
def mere(edition):
    """Somebody who takes part and can sign in: their participation."""
    with clock.at(datetime(2007, 9, 1, tzinfo=UTC)):
        account = make.make_account(
            roles=[("participant", edition)], person=make.make_person("Mere Vakalala")
        )
        return make.make_participation(edition, account.person)


def client_of(participation) -> Client:
    client = Client()
    client.force_login(participation.person.account)
    return client


def mine(name: str, edition, *more) -> str:
    return reverse(f"travelling:{name}", args=[edition.slug, *more])


def stored(table: str) -> str:
    """A table as it lies in the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  (a name written in this test)
        return str(cursor.fetchall())


def test_what_somebody_tells_is_encrypted_counted_and_shown_to_them_again(edition, mere):
    client = client_of(mere)
    typed = {
        "diet": ["halal", "no_nuts"], "diet_note": "no spice", "access": ["step_free"],
        "medical": "insulin",
    }  # fmt: skip
    page = client.post(mine("my_needs", edition), typed, follow=True)
    assert "What you need is saved." in page.text
    assert "halal, without nuts, ways and a room without steps, no spice" in page.text
    needs = Needs.objects.get()
    assert (needs.diets, needs.accesses, needs.tells_hotel) == (
        ["halal", "no_nuts"], ["step_free"], False,
    )  # fmt: skip
    for word in ("halal", "step_free", "insulin", "spice"):
        assert word not in stored("logistics_needs")
        assert word not in str(list(AuditEntry.objects.values()))
    again = client.get(mine("my_needs", edition))
    assert again.context["form"]["diet"].value() == ["halal", "no_nuts"]
    assert "no-store" in again["Cache-Control"]


def test_two_windows_of_one_person_notice_each_other_and_lose_nothing(edition, mere):
    travel.make_needs(mere, diet="vegan")
    client = client_of(mere)
    typed = {"diet": ["halal"], "version": 1}
    client.post(mine("my_needs", edition), typed)
    page = client.post(mine("my_needs", edition), typed | {"diet": ["kosher"]})
    assert "Somebody else saved this" in page.text
    assert "It now says: halal" in page.text
    assert Needs.objects.get().diets == ["halal"]


def test_the_emergency_contact_needs_a_name_and_a_telephone(edition, mere):
    client = client_of(mere)
    page = client.post(mine("my_contact", edition), {"name": "Sela", "phone": ""})
    assert page.status_code == 200
    assert 'type="tel"' in page.text
    assert not EmergencyContact.objects.exists()
    client.post(mine("my_contact", edition), {"name": "Sela", "phone": "+679 330 0000"})
    assert EmergencyContact.objects.get().name == "Sela"
    assert "Sela" not in stored("logistics_emergencycontact")


def test_nobody_but_the_person_and_the_secretariat_sees_what_somebody_told(edition, mere):
    travel.make_needs(mere, medical="insulin")
    for role in ("participant", "resource_person", "director", "host"):
        client = Client()
        client.force_login(make.make_account(roles=[(role, edition)]))
        for url in (
            reverse("logistics:needs", args=[edition.slug]),
            reverse("logistics:needs_edit", args=[edition.slug, mere.pk]),
            mine("emergency", edition),
            mine("my_needs", edition),
            mine("journey", edition),
        ):
            assert client.get(url).status_code == 404
    officer = Client()
    officer.force_login(make.make_account(roles=[("secretariat", edition)]))
    page = officer.get(reverse("logistics:needs_edit", args=[edition.slug, mere.pk]))
    assert "insulin" in page.text
    foreign = Client()
    foreign.force_login(make.make_account(roles=[("secretariat", make.make_edition())]))
    assert foreign.get(mine("emergency", edition)).status_code == 404


def test_an_officer_enters_what_was_told_by_word_of_mouth_and_filters_by_it(edition, mere):
    officer = Client()
    officer.force_login(make.make_account(roles=["secretariat"]))
    other = travel.make_traveller(edition, "Ann")
    officer.post(
        reverse("logistics:needs_edit", args=[edition.slug, mere.pk]),
        {"diet": ["halal"], "tells_hotel": "on"},
    )
    assert Needs.objects.get().tells_hotel
    officer.post(
        reverse("logistics:contact_edit", args=[edition.slug, other.pk]),
        {"name": "Sela", "phone": "+679 330 0000"},
    )
    page = officer.get(reverse("logistics:needs", args=[edition.slug]), {"diet": "halal"})
    assert "Mere" in page.text
    assert "Ann" not in page.text
    none = officer.get(reverse("logistics:needs", args=[edition.slug]), {"access": "sight"})
    assert "Nobody has told this" in none.text


def test_thirty_days_after_the_workshop_all_of_it_is_gone(edition, mere):
    travel.make_needs(mere, diet="halal", medical="insulin")
    travel.make_contact(mere)
    travel.make_leg(mere)
    travel.make_errand(mere, next_action="Send the letter")
    with clock.at(datetime(2007, 11, 11, tzinfo=UTC)):
        retention.expire()
        assert Needs.objects.get().medical == "insulin"
    with clock.at(datetime(2007, 11, 13, tzinfo=UTC)):
        retention.expire()
    needs, contact = Needs.objects.get(), EmergencyContact.objects.get()
    assert (needs.diet, needs.medical, contact.name, contact.phone) == ("", "", "", "")
    assert (Leg.objects.get().number, Errand.objects.get().next_action) == ("", "")


def test_erasing_somebody_removes_every_row(edition, mere):
    travel.make_needs(mere, diet="halal")
    travel.make_contact(mere)
    travel.make_leg(mere)
    travel.make_errand(mere)
    travel.make_stay(mere)
    erasure.erase(mere.person, actor=None)
    for model in (Needs, EmergencyContact, Leg, Errand):
        assert not model.objects.exists()


def test_the_copy_of_ones_own_data_has_it_all_with_its_reasons(edition, mere):
    travel.make_needs(mere, diet="halal")
    travel.make_leg(mere)
    travel.make_stay(mere)
    travel.make_errand(mere)
    copied = own_data.copy_of(mere.person, actor=None)
    personal = {record["kind"]: record for record in copied["personal"]}
    assert personal["logistics.needs"]["values"]["diet"] == "halal"
    assert "every meal" in personal["logistics.needs"]["why"]["diet"]
    assert len(copied["journeys"]) == 3
