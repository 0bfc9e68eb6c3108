"""The pages of one's own account: who sees what, and what happens there."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from madang.core import clock, outbox
from madang.core.models import AuditEntry
from madang.people.actions.roles import delegate_role
from madang.people.models import Account, Consent, Person, Role
from tests.factories import (
    make_account,
    make_country,
    make_edition,
    make_participation,
    make_person,
)

pytestmark = pytest.mark.django_db

OWN_PAGES = ("account", "profile", "roles", "privacy", "erase")


@pytest.fixture
def alisi():
    """A focal point of Fiji, who has said much about herself."""
    person = make_person(
        "Alisi Vakatawa",
        email="alisi@example.org",
        phone="+679 555 0100",
        position="Deputy Secretary",
        biography="She led the first network of telecentres.",
    )
    return make_account(person=person, roles=[("focal_point", make_country("FJ"))])


@pytest.mark.parametrize("name", OWN_PAGES)
def test_a_visitor_is_led_to_the_way_in(client, name):
    response = client.get(reverse(f"people:{name}"))
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


@pytest.mark.parametrize("name", OWN_PAGES)
def test_every_page_of_ones_own_can_be_read(client, alisi, name):
    client.force_login(alisi)
    response = client.get(reverse(f"people:{name}"))
    assert response.status_code == 200
    assert b"<h1>" in response.content
    assert b"style=" not in response.content
    assert b"onclick" not in response.content


def test_the_privacy_page_shows_every_value_with_why_and_until_when(client, alisi):
    make_participation(make_edition(title="Second regional workshop"), alisi.person)
    outbox.write(key="one", to=alisi.person, heading="You are invited", text="Dear Alisi")
    client.force_login(alisi)
    page = unescape(client.get(reverse("people:privacy")).content.decode())
    for value in ("Alisi Vakatawa", "+679 555 0100", "Deputy Secretary", "telecentres"):
        assert value in page
    for field in Person.personal_fields():
        assert str(field.why) in page
        assert str(field.until) in page
    for known in ("You are invited", "Second regional workshop", "focal point", "Fiji"):
        assert known in page


def test_the_privacy_page_is_not_kept_by_the_browser(client, alisi):
    client.force_login(alisi)
    assert client.get(reverse("people:privacy"))["Cache-Control"] == "private, no-store"


def test_a_profile_is_changed_as_its_owner_writes_it(client, alisi):
    client.force_login(alisi)
    page = client.get(reverse("people:profile"))
    typed = dict(page.context["form"].initial) | {
        "name": " علیسی واکاتاوا ",
        "latin_name": "Alisi Vakatawa",
        "language": "fa",
    }
    response = client.post(reverse("people:profile"), typed, follow=True)
    assert "Your profile is saved." in response.content.decode()
    person = Person.objects.get(pk=alisi.person_id)
    assert (person.name, person.language) == ("علیسی واکاتاوا", "fa")
    entry = AuditEntry.objects.get(verb="person.changed")
    assert entry.facts == {"fields": ["name", "latin_name", "language"]}
    assert entry.actor_id == alisi.pk


def test_a_profile_without_a_name_keeps_what_was_typed_and_changes_nothing(client, alisi):
    client.force_login(alisi)
    typed = {"name": " ", "position": "Minister", "language": "en", "version": 1}
    response = client.post(reverse("people:profile"), typed)
    assert b"Minister" in response.content
    assert response.context["form"].errors["name"]
    assert Person.objects.get(pk=alisi.person_id).position == "Deputy Secretary"


def test_what_somebody_else_saved_in_between_is_not_overwritten(client, alisi):
    client.force_login(alisi)
    typed = {"name": "Alisi", "language": "en", "version": alisi.person.version}
    alisi.person.save()
    response = client.post(reverse("people:profile"), typed)
    assert "changed elsewhere" in response.content.decode()
    assert Person.objects.get(pk=alisi.person_id).name == "Alisi Vakatawa"


def test_consents_are_given_and_taken_back(client, alisi):
    client.force_login(alisi)
    client.post(reverse("people:consents"), {"public_name": "on", "photographs": "on"})
    client.post(reverse("people:consents"), {"photographs": "on"})
    standing = Consent.objects.filter(person=alisi.person, withdrawn_at=None)
    assert list(standing.values_list("purpose", flat=True)) == ["photographs"]
    verbs = [entry.verb for entry in AuditEntry.objects.order_by("id")]
    assert verbs == ["consent.given", "consent.given", "consent.withdrawn"]


def test_a_copy_has_everything_in_a_form_that_programs_read(client, alisi):
    make_participation(make_edition(title="Second regional workshop"), alisi.person)
    client.force_login(alisi)
    response = client.post(reverse("people:copy"), {"format": "json"})
    assert "attachment" in response["Content-Disposition"]
    known = json.loads(response.content)
    assert known["personal"][0]["values"]["phone"] == "+679 555 0100"
    assert "thirty days" in known["personal"][0]["until"]["phone"]
    assert known["participations"][0]["edition"] == "Second regional workshop"
    assert known["roles"][0]["for"] == "Fiji"
    assert known["account"][0]["e-mail address"] == alisi.email
    assert AuditEntry.objects.filter(verb="person.exported").count() == 1


def test_a_copy_to_read_stands_alone(client, alisi):
    client.force_login(alisi)
    page = client.post(reverse("people:copy"), {"format": "html"}).content.decode()
    assert "Alisi Vakatawa" in page
    assert "<script" not in page
    assert "<link" not in page
    assert AuditEntry.objects.filter(verb="person.exported").count() == 1


def test_a_focal_point_lets_a_colleague_stand_in_for_two_weeks(client, alisi):
    colleague = make_account(person=make_person("Tomasi Koroi"))
    client.force_login(alisi)
    role = alisi.roles.get()
    today = clock.now().date()
    client.post(
        reverse("people:delegate", args=[role.pk]),
        {"email": colleague.email.upper(), "starts_on": today, "ends_on": today + timedelta(14)},
    )
    assert Account.objects.get(pk=colleague.pk).role_kinds() == {"focal_point"}
    page = client.get(reverse("people:roles")).content.decode()
    assert "Tomasi Koroi" in page
    delegated = Role.objects.get(account=colleague)
    assert client.get(reverse("people:withdraw", args=[delegated.pk])).status_code == 200
    client.post(reverse("people:withdraw", args=[delegated.pk]))
    assert not Account.objects.get(pk=colleague.pk).role_kinds()


def test_a_delegation_that_does_not_fit_says_why_beside_the_field(client, alisi):
    client.force_login(alisi)
    url = reverse("people:delegate", args=[alisi.roles.get().pk])
    today = clock.now().date()
    typed = {"email": "nobody@example.org", "starts_on": today, "ends_on": today}
    assert "Nobody has an account" in client.post(url, typed).content.decode()
    typed["email"] = alisi.email
    assert "choose somebody else" in client.post(url, typed).content.decode()
    typed |= {"email": make_account().email, "ends_on": today - timedelta(days=3)}
    response = client.post(url, typed)
    assert response.context["form"].errors["ends_on"]
    assert Role.objects.count() == 1


def test_other_peoples_roles_and_delegations_are_not_there(client, alisi):
    director, deputy = make_account(roles=["director"]), make_account()
    role = director.roles.get()
    delegated = delegate_role(
        role,
        actor=director,
        to=deputy,
        starts_at=clock.now(),
        ends_at=clock.now() + timedelta(days=7),
    )
    client.force_login(alisi)
    assert client.get(reverse("people:delegate", args=[role.pk])).status_code == 404
    assert client.post(reverse("people:withdraw", args=[delegated.pk])).status_code == 404
    client.force_login(deputy)
    assert client.get(reverse("people:delegate", args=[delegated.pk])).status_code == 404
    assert client.post(reverse("people:withdraw", args=[delegated.pk])).status_code == 404
    assert "delegated by" in client.get(reverse("people:roles")).content.decode()


def test_ones_roles_cost_the_same_queries_however_many_there_are(
    client, alisi, django_assert_num_queries
):
    client.force_login(alisi)
    url = reverse("people:roles")
    for country in ("KR", "TH", "IR"):
        with django_assert_num_queries(7):
            client.get(url)
        Role.objects.create(
            account=alisi,
            kind="focal_point",
            scope_model="people.country",
            scope_id=make_country(country).pk,
        )


def test_signing_out_everywhere_keeps_this_device_only(client, alisi):
    elsewhere = Client()
    elsewhere.force_login(alisi)
    other = Client()
    other.force_login(make_account())
    client.force_login(alisi)
    client.post(reverse("people:sign_out_everywhere"))
    url = reverse("people:account")
    assert client.get(url).status_code == 200
    assert elsewhere.get(url).status_code == 302
    assert other.get(url).status_code == 200


def test_erasing_asks_for_the_address_again(client, alisi):
    client.force_login(alisi)
    url = reverse("people:erase")
    page = client.get(url).content.decode()
    assert re.search(r"What stays", page)
    response = client.post(url, {"email": "somebody@example.org"})
    assert "not the address of your account" in response.content.decode()
    assert Person.objects.get(pk=alisi.person_id).erased_at is None


def test_who_erases_themselves_is_signed_out_and_gone(client, alisi):
    client.force_login(alisi)
    client.post(reverse("people:erase"), {"email": f" {alisi.email.upper()} "})
    person = Person.objects.get(pk=alisi.person_id)
    assert (person.name, person.subject.is_destroyed) == ("", True)
    assert client.get(reverse("people:account")).status_code == 302


def test_the_last_who_manages_accounts_can_not_erase_themselves(client):
    officer = make_account(roles=["secretariat"])
    client.force_login(officer)
    response = client.post(reverse("people:erase"), {"email": officer.email})
    assert "Nobody else can manage accounts" in response.content.decode()
    assert Person.objects.get(pk=officer.person_id).erased_at is None
