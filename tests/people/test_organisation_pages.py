"""The organiser's pages on organisations: a list, a form, and a merge that asks first."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from madang.people.actions.organisations import add_organisation
from madang.people.models import Organisation
from tests.factories import make_country, make_edition, make_organisation, make_person
from tests.support.clients import signed_in

pytestmark = pytest.mark.django_db

LIST = "/manage/organisations/"


@pytest.fixture
def secretariat() -> Client:
    return signed_in("secretariat")


def names_on(response) -> list[str]:
    return [organisation.name for organisation in response.context["rows"]]


def test_an_empty_list_says_what_will_be_here(secretariat: Client) -> None:
    page = secretariat.get(LIST)
    assert "Ministries, agencies, institutes and companies will be here" in page.text
    assert "No organisation is found" in secretariat.get(f"{LIST}?q=nothing").text


def test_organisations_are_found_by_words_kind_country_and_state(secretariat: Client) -> None:
    fiji, korea = make_country("FJ"), make_country("KR")
    add_organisation(actor=None, name="Institut für Verwaltung", kind="academia", country=korea)
    make_organisation("Ministry of Communications", kind="ministry", country=fiji)
    make_organisation("Telecom", kind="company", country=fiji, is_active=False)
    make_organisation("Regional Union", kind="international")
    merged = make_organisation("Ministry of Comunications", country=fiji)
    Organisation.objects.filter(pk=merged.pk).update(merged_into=make_organisation("Other"))
    for query, names in {
        "q=FUR+institut": ["Institut für Verwaltung"],
        "kind=ministry&q=commun": ["Ministry of Communications"],
        f"country={fiji.pk}": ["Ministry of Communications", "Telecom"],
        "country=none&kind=international": ["Regional Union"],
        "active=no": ["Telecom"],
        "q=comunications": [],
    }.items():
        assert names_on(secretariat.get(f"{LIST}?{query}")) == names, query


def test_the_list_costs_the_same_for_one_and_for_many(secretariat: Client) -> None:
    costs = []
    for how_many in (1, 70):
        for number in range(how_many):
            parent = make_organisation(f"Ministry {how_many}.{number}", country=make_country())
            make_organisation(f"Agency {how_many}.{number}", country=parent.country, parent=parent)
        with CaptureQueriesContext(connection) as queries:
            assert len(secretariat.get(LIST).context["rows"]) == min(50, 2 * how_many)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 10


def test_the_list_is_given_out_as_it_is_filtered(secretariat: Client) -> None:
    make_organisation("=cmd()", kind="company", country=make_country("FJ"))
    make_organisation("Institute", kind="academia", country=make_country("KR"))
    response = secretariat.get(f"{LIST}?kind=company&format=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert [row["Name"] for row in csv.DictReader(io.StringIO(text))] == ["'=cmd()"]


def test_an_organisation_is_added_and_changed(secretariat: Client) -> None:
    fiji = make_country("FJ")
    page = secretariat.get(f"{LIST}new/")
    assert "Add the organisation" in page.text
    values = {
        "version": "0",
        "name": "Institute of <b>Administration</b>",
        "name_fa": "مؤسسۀ مدیریت",
        "kind": "academia",
        "country": fiji.key,
        "website": "example.org",
        "is_active": "on",
    }
    response = secretariat.post(f"{LIST}new/", values)
    added = Organisation.objects.get()
    assert response["Location"] == f"{LIST}{added.pk}/"
    assert added.website == "https://example.org"
    assert added.wording("name", "fa") == "مؤسسۀ مدیریت"
    page = secretariat.get(f"{LIST}{added.pk}/")
    assert "Institute of &lt;b&gt;Administration" in page.text
    assert "<b>Administration" not in page.text
    changed = values | {"version": added.version, "acronym": "IA"}
    assert secretariat.post(f"{LIST}{added.pk}/", changed).status_code == 302
    stale = secretariat.post(f"{LIST}{added.pk}/", changed | {"acronym": "IOA"})
    assert "Somebody else saved this" in stale.text
    added.refresh_from_db()
    assert added.acronym == "IA"


def test_a_mistake_is_said_beside_the_field_and_keeps_what_was_typed(secretariat: Client) -> None:
    values = {"version": "0", "name": "Ministry", "kind": "ministry", "website": "no address"}
    page = secretariat.post(f"{LIST}new/", values)
    assert set(page.context["form"].errors) == {"website"}
    page = secretariat.post(f"{LIST}new/", values | {"website": ""})
    assert set(page.context["form"].errors) == {"country"}
    assert 'value="Ministry"' in page.text
    assert not Organisation.objects.exists()


def test_a_duplicate_is_merged_after_its_consequences_are_shown(secretariat: Client) -> None:
    fiji = make_country("FJ")
    remaining = make_organisation("Institute of Administration", country=fiji)
    duplicate = make_organisation("Inst. of Administration", country=fiji)
    make_organisation("Something else", country=fiji)
    person = make_person(organisation=duplicate)

    page = secretariat.get(f"{LIST}{duplicate.pk}/merge/")
    assert page.context["offered"] == [remaining]
    page = secretariat.get(f"{LIST}{duplicate.pk}/merge/?q=something")
    assert [found.name for found in page.context["offered"]] == ["Something else"]
    chosen = secretariat.get(f"{LIST}{duplicate.pk}/merge/?into={remaining.pk}")
    assert chosen["Location"] == f"{LIST}{duplicate.pk}/merge/{remaining.pk}/"
    asked = secretariat.get(chosen["Location"])
    assert "people (1)" in asked.text
    person.refresh_from_db()
    assert person.organisation_id == duplicate.pk

    done = secretariat.post(chosen["Location"], follow=True)
    assert "Merged into Institute of Administration; links moved: 1." in done.text
    person.refresh_from_db()
    assert person.organisation_id == remaining.pk
    gone = secretariat.get(f"{LIST}{duplicate.pk}/")
    assert gone["Location"] == f"{LIST}{remaining.pk}/"
    assert secretariat.get(f"{LIST}{duplicate.pk}/merge/").status_code == 404


def test_a_duplicate_without_likeness_can_be_looked_for(secretariat: Client) -> None:
    alone = make_organisation("Ministry")
    page = secretariat.get(f"{LIST}{alone.pk}/merge/")
    assert "No similar organisation is found" in page.text


def test_others_find_nothing_here() -> None:
    one, other = make_organisation(), make_organisation()
    edition = make_edition()
    paths = ["", "new/", f"{one.pk}/", f"{one.pk}/merge/", f"{one.pk}/merge/{other.pk}/"]
    for client in (
        Client(),
        signed_in(),
        signed_in("director"),
        signed_in(("secretariat", edition)),
        signed_in(("institute_coordinator", one)),
    ):
        for path in paths:
            assert client.get(f"{LIST}{path}").status_code == 404
        assert client.post(f"{LIST}{one.pk}/merge/{other.pk}/").status_code == 404
    one.refresh_from_db()
    assert one.merged_into_id is None
