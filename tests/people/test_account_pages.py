"""Accounts and roles as the secretariat manages them."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from madang.core import clock
from madang.people.models import Account, Role
from tests.factories import make_account, make_country, make_edition, make_person, make_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_account(roles=["secretariat"], person=make_person("Seo-yeon Han"))


@pytest.fixture
def alisi():
    return make_account(
        person=make_person("Alisi Vakatawa"), roles=[("focal_point", make_country("FJ"))]
    )


def pages(account: Account) -> list[str]:
    role = account.roles.first()
    return [
        reverse("people_manage:accounts"),
        reverse("people_manage:account_add"),
        reverse("people_manage:account", args=[account.pk]),
        reverse("people_manage:account_address", args=[account.pk]),
        reverse("people_manage:account_close", args=[account.pk]),
        *(
            reverse("people_manage:role_grant", args=[account.pk, kind])
            for kind in ("secretariat", "focal_point", "institute_coordinator", "participant")
        ),
        reverse("people_manage:role_end", args=[account.pk, role.pk]),
    ]


def test_the_secretariat_reads_every_page(client, officer, alisi):
    client.force_login(officer)
    make_edition()
    for url in pages(alisi):
        response = client.get(url)
        assert response.status_code == 200, url
        assert b"<h1>" in response.content


def test_for_everyone_else_the_pages_are_not_there(client, alisi):
    edition = make_edition()
    others = [
        None,
        alisi,
        make_account(),
        make_account(roles=["director"]),
        make_account(roles=[("secretariat", edition)]),
        make_account(roles=[("participant", edition)]),
        make_account(roles=[("host", edition)]),
    ]
    for account in others:
        client.logout()
        if account is not None:
            client.force_login(account)
        for url in pages(alisi):
            assert client.get(url).status_code == 404, (account, url)
            assert client.post(url).status_code in {404, 405}, (account, url)
    assert Role.objects.filter(account=alisi).count() == 1


def test_accounts_are_found_by_name_address_role_and_state(client, officer, alisi):
    make_account(person=make_person("Élodie Tuisawau"))
    client.force_login(officer)
    url = reverse("people_manage:accounts")

    def found(**query):
        rows = client.get(url, query).context["rows"].object_list
        return [str(row.account) for row in rows]

    assert found() == ["Alisi Vakatawa", "Seo-yeon Han", "Élodie Tuisawau"]
    assert found(q="elodie") == ["Élodie Tuisawau"]
    assert found(q=alisi.email.upper()) == ["Alisi Vakatawa"]
    assert found(kind="secretariat") == ["Seo-yeon Han"]
    assert found(state="closed") == []
    assert found(kind="no such kind", state="open") == found()


def test_the_accounts_that_are_shown_can_be_taken_as_a_table(client, officer, alisi):
    person = alisi.person
    person.country, person.position = make_country("FJ"), "=Deputy Secretary"
    person.save()
    client.force_login(officer)
    url = reverse("people_manage:accounts")
    assert b"?q=alisi&amp;format=xlsx" in client.get(url, {"q": "alisi"}).content
    answer = client.get(url, {"q": "alisi", "format": "json"})
    [row] = json.loads(answer.getvalue())
    assert (row["name"], row["email"], row["country"]) == ("Alisi Vakatawa", alisi.email, "Fiji")
    assert (row["roles"], row["state"]) == ("focal point: Fiji", "open")
    lines = client.get(url, {"format": "csv"}).getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Name,Name in Latin letters,E-mail address,Country,Position,Roles")
    assert [line.split(",")[0] for line in lines[1:]] == ["Alisi Vakatawa", "Seo-yeon Han"]
    assert "'=Deputy Secretary" in lines[1]
    client.force_login(alisi)
    assert client.get(url, {"format": "csv"}).status_code == 404


def test_the_table_costs_the_same_queries_however_long_it_is(
    client, officer, alisi, django_assert_num_queries
):
    fiji = make_country("FJ")
    make_account(person=make_person(country=fiji))
    client.force_login(officer)
    url = reverse("people_manage:accounts")
    for _round in range(2):
        with django_assert_num_queries(8):
            client.get(url, {"format": "csv"}).getvalue()
        for _number in range(30):
            make_role(make_account(person=make_person(country=fiji)), "focal_point", fiji)


def test_the_list_costs_the_same_queries_however_long_it_is(
    client, officer, alisi, django_assert_num_queries
):
    client.force_login(officer)
    url = reverse("people_manage:accounts")
    with django_assert_num_queries(7):
        client.get(url)
    fiji = make_country("FJ")
    for _number in range(60):
        make_role(make_account(), "focal_point", fiji)
    with django_assert_num_queries(7):
        response = client.get(url)
    assert len(response.context["rows"].object_list) == 50


def test_an_account_is_opened_for_somebody_new_and_given_a_role(client, officer):
    fiji = make_country("FJ")
    client.force_login(officer)
    response = client.post(
        reverse("people_manage:account_add"),
        {
            "name": "Tomasi Koroi",
            "email": "Tomasi@Example.org",
            "country": str(fiji.pk),
            "language": "en",
        },
    )
    account = Account.objects.get(email="tomasi@example.org")
    assert response["Location"] == reverse("people_manage:account", args=[account.pk])
    assert (account.person.name, account.person.country) == ("Tomasi Koroi", fiji)
    assert account.person.email == "tomasi@example.org"
    client.post(
        reverse("people_manage:role_grant", args=[account.pk, "focal_point"]),
        {"scope": f"people.country:{fiji.pk}"},
    )
    assert Account.objects.get(pk=account.pk).scopes("focal_point") == {fiji.pk}


def test_an_address_that_is_taken_is_said_beside_the_field_and_nothing_is_written(
    client, officer, alisi
):
    client.force_login(officer)
    typed = {"name": "Tomasi Koroi", "email": alisi.email, "language": "en"}
    response = client.post(reverse("people_manage:account_add"), typed)
    assert "Another account has this" in response.context["form"].errors["email"][0]
    assert Account.objects.count() == 2
    url = reverse("people_manage:account_address", args=[alisi.pk])
    response = client.post(url, {"email": officer.email})
    assert response.context["form"].errors["email"]


def test_an_address_is_corrected_for_the_account_and_the_person(client, officer, alisi):
    client.force_login(officer)
    url = reverse("people_manage:account_address", args=[alisi.pk])
    client.post(url, {"email": "Alisi.V@example.org"})
    account = Account.objects.get(pk=alisi.pk)
    assert account.email == account.person.email == "alisi.v@example.org"
    [address] = account.emailaddress_set.all()
    assert (address.email, address.verified, address.primary) == (account.email, True, True)


def test_a_role_for_a_time_begins_and_ends_on_the_days_that_were_chosen(client, officer, alisi):
    client.force_login(officer)
    with clock.at(datetime(2007, 9, 3, 9, tzinfo=UTC)):
        client.post(
            reverse("people_manage:role_grant", args=[alisi.pk, "director"]),
            {"scope": "everything", "starts_on": "2007-10-01", "ends_on": "2007-10-12"},
        )
    role = Role.objects.get(kind="director")
    assert role.starts_at == datetime(2007, 10, 1, tzinfo=UTC)
    assert role.ends_at == datetime(2007, 10, 13, tzinfo=UTC)


def test_what_the_role_is_for_must_be_one_of_the_choices(client, officer, alisi):
    client.force_login(officer)
    url = reverse("people_manage:role_grant", args=[alisi.pk, "focal_point"])
    for scope in ("everything", f"workshops.edition:{make_edition().pk}", "people.country:x"):
        assert client.post(url, {"scope": scope}).context["form"].errors["scope"]
    response = client.post(url, {"scope": f"people.country:{make_country('FJ').pk}"})
    assert "already" in response.content.decode()
    assert client.get(url.replace("focal_point", "minister")).status_code == 404


def test_a_role_is_ended_and_an_account_closed_and_opened_after_a_question(client, officer, alisi):
    client.force_login(officer)
    role = alisi.roles.get()
    client.post(reverse("people_manage:role_end", args=[alisi.pk, role.pk]))
    assert not Account.objects.get(pk=alisi.pk).role_kinds()
    client.post(reverse("people_manage:account_close", args=[alisi.pk]))
    assert not Account.objects.get(pk=alisi.pk).is_active
    client.post(reverse("people_manage:account_reopen", args=[alisi.pk]))
    assert Account.objects.get(pk=alisi.pk).is_active
    page = client.get(reverse("people_manage:account", args=[alisi.pk])).content.decode()
    for done in ("ended the role focal point", "closed the account", "opened an account"):
        assert done in page


def test_the_last_manager_is_told_why_the_role_stays(client, officer):
    client.force_login(officer)
    role = officer.roles.get()
    url = reverse("people_manage:role_end", args=[officer.pk, role.pk])
    assert "Nobody else can manage" in client.post(url, follow=True).content.decode()
    url = reverse("people_manage:account_close", args=[officer.pk])
    assert "Nobody else can manage" in client.post(url, follow=True).content.decode()


def test_closing_an_account_signs_its_owner_out(client, officer, alisi):
    hers = Client()
    hers.force_login(alisi)
    client.force_login(officer)
    client.post(reverse("people_manage:account_close", args=[alisi.pk]))
    assert hers.get(reverse("people:account")).status_code == 302


def test_a_delegated_secretariat_manages_accounts_only_while_it_lasts(client, officer, alisi):
    with clock.at(datetime(2007, 9, 3, 9, tzinfo=UTC)):
        Role.objects.create(
            account=alisi,
            kind="secretariat",
            delegated_from=officer.roles.get(),
            ends_at=clock.now() + timedelta(days=7),
        )
        client.force_login(alisi)
        assert client.get(reverse("people_manage:accounts")).status_code == 200
    assert client.get(reverse("people_manage:accounts")).status_code == 404
