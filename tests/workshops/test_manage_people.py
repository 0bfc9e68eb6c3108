"""People in an edition: found, added, changed, cancelled – and what their accounts may do."""

import pytest
from django.test import Client
from django.urls import reverse

from madang.core.models import AuditEntry
from madang.people.models import Account, Person, Role
from madang.workshops.models import Edition, Participation
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    client = Client()
    client.force_login(make.make_account(roles=["secretariat"]))
    return client


@pytest.fixture
def edition():
    return make.make_edition()


def address(name: str, edition: Edition, *more) -> str:
    return reverse(f"manage:{name}", args=[edition.slug, *more])


def roles(account: Account) -> list[str]:
    account = Account.objects.get(pk=account.pk)
    return sorted(account.role_kinds())


def details(participation: Participation, **typed) -> dict:
    """What the form of a person in an edition sends."""
    person = participation.person
    return {
        "here-kind": participation.kind,
        "here-version": participation.version,
        "person-name": person.name,
        "person-email": person.email,
        "person-language": person.language,
        "person-version": person.version,
    } | typed


def test_somebody_new_is_entered_and_can_sign_in(officer, edition):
    country = make.make_country("FJ")
    typed = {
        "name": "Rajesh Prasad", "email": "rajesh@example.org", "language": "en",
        "kind": "participant", "country": str(country.pk), "with_account": "on",
    }  # fmt: skip
    officer.post(address("person_add", edition), typed)
    participation = Participation.objects.get()
    assert (participation.person.name, participation.country) == ("Rajesh Prasad", country)
    account = participation.person.account
    assert account.scopes("participant") == {edition.pk}
    edition.refresh_from_db()
    assert edition.page_stamp == 1
    assert "Prasad" not in str(list(AuditEntry.objects.values()))


def test_an_address_that_is_somebody_elses_is_said_beside_it_and_nobody_is_entered(
    officer, edition
):
    taken = make.make_account()
    people = Person.objects.count()
    typed = {
        "name": "Rajesh Prasad", "email": taken.email, "language": "en", "kind": "participant",
        "with_account": "on",
    }  # fmt: skip
    response = officer.post(address("person_add", edition), typed)
    assert "Another account has this e-mail address." in response.content.decode()
    assert Person.objects.count() == people
    assert not Participation.objects.exists()


def test_a_known_person_is_found_by_any_word_of_a_name_in_any_script(officer, edition):
    make.make_person("Дорж Болормаа", latin_name="Dorj Bolormaa")
    present = make.make_participation(edition, make.make_person("Dorj Bat"))
    page = officer.get(address("person_find", edition), {"q": "bolor DORJ"})
    (found,) = page.context["found"]
    assert found.latin_name == "Dorj Bolormaa"
    add = address("person_add", edition) + f"?person={found.pk}"
    officer.post(add, {"kind": "resource_person"})
    assert edition.participations.count() == 2
    again = officer.post(add, {"kind": "observer"})
    assert "This person is in the edition already." in again.content.decode()
    assert present.person.pk != found.pk


def test_the_role_follows_what_somebody_takes_part_as(officer, edition):
    account = make.make_account()
    add = address("person_add", edition) + f"?person={account.person_id}"
    officer.post(add, {"kind": "participant"})
    participation = Participation.objects.get()
    assert roles(account) == ["participant"]
    page = address("person_edit", edition, participation.pk)
    officer.post(page, details(participation, **{"here-kind": "resource_person"}))
    assert roles(account) == ["resource_person"]
    officer.post(address("person_cancel", edition, participation.pk))
    assert roles(account) == []
    officer.post(address("person_restore", edition, participation.pk))
    assert roles(account) == ["resource_person"]


def test_being_listed_as_secretariat_or_observer_gives_nobody_a_role(officer, edition):
    for kind in ("secretariat", "observer"):
        account = make.make_account()
        officer.post(
            address("person_add", edition) + f"?person={account.person_id}", {"kind": kind}
        )
        assert roles(account) == []
    assert not Role.objects.exclude(kind="secretariat").exists()


def test_a_changed_name_makes_kept_pages_of_every_edition_stale(officer, edition):
    other = make.make_edition()
    participation = make.make_participation(edition)
    make.make_participation(other, participation.person)
    page = address("person_edit", edition, participation.pk)
    officer.post(page, details(participation, **{"person-name": "Another Name"}))
    for each in (edition, other):
        each.refresh_from_db()
        assert each.page_stamp == 1


def test_two_officers_who_edit_one_person_notice_each_other(officer, edition):
    participation = make.make_participation(edition)
    page = address("person_edit", edition, participation.pk)
    theirs = details(participation, **{"person-name": "Theirs"})
    mine = details(participation, **{"person-name": "Mine"})
    officer.post(page, theirs)
    response = officer.post(page, mine)
    assert response.context["person_form"].errors["name"] == ["It now says: Theirs"]
    again = mine | {
        "here-version": response.context["form"]["version"].value(),
        "person-version": response.context["person_form"]["version"].value(),
    }
    assert officer.post(page, again).status_code == 302
    assert Person.objects.get(pk=participation.person_id).name == "Mine"


def test_an_empty_name_keeps_everything_as_it_was(officer, edition):
    participation = make.make_participation(edition)
    page = address("person_edit", edition, participation.pk)
    typed = details(participation, **{"person-name": " ", "here-kind": "observer"})
    response = officer.post(page, typed)
    assert response.context["person_form"].errors == {"name": ["This field is required."]}
    participation.refresh_from_db()
    assert participation.kind == "participant"


def test_a_name_longer_than_a_line_is_not_taken(officer, edition):
    typed = {"name": "A" * 201, "language": "en", "kind": "participant"}
    response = officer.post(address("person_add", edition), typed)
    assert "name" in response.context["person_form"].errors
    assert not Participation.objects.exists()


def test_the_list_is_searched_sorted_and_narrowed(officer, edition):
    fiji, thailand = make.make_country("FJ"), make.make_country("TH")
    ann = make.make_participation(edition, make.make_person("Ann"), country=thailand)
    bo = make.make_participation(edition, make.make_person("Bo Ann"), country=fiji, kind="observer")

    def listed(**asked):
        return list(officer.get(address("people", edition), asked).context["rows"].object_list)

    assert listed() == [ann, bo]
    assert listed(sort="-name") == [bo, ann]
    assert listed(sort="country") == [bo, ann]
    assert listed(q="bo") == [bo]
    assert listed(kind="participant") == [ann]
    assert listed(country=thailand.key) == [ann]
    assert listed(state="cancelled") == []
    assert listed(kind="nonsense") == [ann, bo]


def test_the_list_leaves_in_three_forms(officer, edition):
    make.make_participation(edition, make.make_person("=Ann"))
    for wanted, kind in (
        ("csv", "text/csv"), ("json", "application/json"), ("xlsx", "application/vnd.open"),
    ):  # fmt: skip
        response = officer.get(address("people", edition), {"format": wanted})
        assert response["Content-Type"].startswith(kind)
        assert b"".join(response.streaming_content)
    assert officer.get(address("people", edition), {"format": "doc"}).status_code == 404
