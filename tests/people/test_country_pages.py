"""The organiser's pages on countries: found by any spelling, edited, given out."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from madang.people import countries, country_list
from madang.people.models import Country, CountryName
from tests.factories import make_country, make_edition
from tests.support.clients import signed_in

pytestmark = pytest.mark.django_db

LIST = "/manage/countries/"


@pytest.fixture
def loaded() -> None:
    country_list.load()


@pytest.fixture
def secretariat(loaded: None) -> Client:
    return signed_in("secretariat")


def names_on(response) -> list[str]:
    return [str(country) for country in response.context["rows"]]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=S.+Korea", ["Republic of Korea"]),
        ("q=대한민국", ["Republic of Korea"]),
        ("q=lao+pdr", ["Lao People's Democratic Republic"]),
        ("q=PNG", ["Papua New Guinea"]),
        ("q=LA", ["Lao People's Democratic Republic"]),
        ("q=410", ["Republic of Korea"]),
        ("q=guinea&region=054", ["Papua New Guinea"]),
        ("region=142&status=observer", ["State of Palestine"]),
        (
            "status=associate&region=061",
            ["American Samoa", "Cook Islands", "French Polynesia", "Niue"],
        ),
        ("listed=no", []),
    ],
)
def test_countries_are_found(secretariat: Client, query: str, names: list[str]) -> None:
    assert names_on(secretariat.get(f"{LIST}?{query}")) == names


def test_a_slip_in_the_search_is_answered_with_the_nearest(secretariat: Client) -> None:
    page = secretariat.get(f"{LIST}?q=Koria")
    assert {country.alpha2 for country in page.context["meant"]} >= {"KR", "KP"}
    assert "Did you mean" in page.text


def test_the_list_is_in_the_order_of_the_readers_alphabet(secretariat: Client) -> None:
    assert names_on(secretariat.get(LIST))[:3] == ["Afghanistan", "Åland Islands", "Albania"]
    secretariat.cookies["django_language"] = "fa"
    assert names_on(secretariat.get(LIST))[0].startswith("آ")


def test_the_list_costs_the_same_for_one_country_and_for_all(secretariat: Client) -> None:
    costs = []
    for query, rows in (("q=PNG", 1), ("", 50)):
        with CaptureQueriesContext(connection) as queries:
            assert len(names_on(secretariat.get(f"{LIST}?{query}"))) == rows
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 6


def test_the_list_is_given_out_as_it_is_filtered(secretariat: Client) -> None:
    response = secretariat.get(f"{LIST}?region=057&format=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["alpha2"] for row in rows} >= {"FM", "GU", "PW"}
    palau = next(row for row in rows if row["alpha2"] == "PW")
    assert palau["name_fa"] == "پالائو"
    assert "Belau" in palau["spellings"].split("; ")


def test_the_secretariat_edits_a_country(secretariat: Client) -> None:
    page = secretariat.get("/manage/countries/kr/")
    assert "South Korea" in page.text
    values = page.context["form"].initial | {
        "version": Country.objects.get(alpha2="KR").version,
        "name_fa": "کرۀ جنوبی",
        "is_listed": "on",
    }
    response = secretariat.post("/manage/countries/kr/", values)
    assert response["Location"] == "/manage/countries/kr/"
    korea = Country.objects.get(alpha2="KR")
    assert korea.wording("name", "fa") == "کرۀ جنوبی"
    assert (
        "changed short name of Republic of Korea in another language"
        in secretariat.get("/manage/countries/kr/").text
    )


def test_a_mistake_is_said_beside_the_field_and_keeps_what_was_typed(secretariat: Client) -> None:
    niger = Country.objects.get(alpha2="NE")
    values = {"version": niger.version, "name": "Nigeria", "status": "member", "is_listed": "on"}
    page = secretariat.post("/manage/countries/ne/", values)
    assert page.context["form"].errors["name"] == [
        "Lists mean Nigeria by this name: strike it out there first."
    ]
    assert 'value="Nigeria"' in page.text
    assert "<h1>Niger</h1>" in page.text
    assert Country.objects.get(alpha2="NE").name == "Niger"


def test_two_editors_are_told_of_each_other(secretariat: Client) -> None:
    fiji = Country.objects.get(alpha2="FJ")
    values = {"version": fiji.version, "name": "Fiji", "status": "member", "is_listed": "on"}
    secretariat.post("/manage/countries/fj/", values | {"formal_name": "First"})
    page = secretariat.post("/manage/countries/fj/", values | {"formal_name": "Second"})
    assert "Somebody else saved this" in page.text
    assert page.context["form"].errors["formal_name"] == ["It now says: First"]
    assert Country.objects.get(alpha2="FJ").formal_name == "First"
    again = values | {"formal_name": "Second", "version": page.context["form"]["version"].value()}
    assert secretariat.post("/manage/countries/fj/", again).status_code == 302
    assert Country.objects.get(alpha2="FJ").formal_name == "Second"


def test_a_spelling_is_added_and_struck_out(secretariat: Client) -> None:
    there = "/manage/countries/kr/spellings/"
    assert secretariat.post(there, {"text": "Morning Calm", "language": "en"}).status_code == 302
    added = CountryName.objects.get(text="Morning Calm")
    assert countries.match("morning calm").country == added.country
    assert secretariat.get(f"{there}{added.pk}/strike/").status_code == 405
    secretariat.post(f"{there}{added.pk}/strike/")
    assert countries.match("morning calm").country is None
    page = secretariat.post(there, {"text": "Viet Nam", "language": ""})
    assert page.context["spelling_form"].errors["text"]
    page = secretariat.post(there, {"text": "x", "language": "no code!"})
    assert page.context["spelling_form"].errors["language"]


def test_a_spelling_is_struck_out_of_its_own_country_only(secretariat: Client) -> None:
    england = CountryName.objects.get(normalized="england")
    response = secretariat.post(f"/manage/countries/kr/spellings/{england.pk}/strike/")
    assert response.status_code == 404


@pytest.mark.parametrize("path", ["", "kr/", "zz/"])
def test_others_find_nothing_here(loaded: None, path: str) -> None:
    edition = make_edition(country=make_country("KR"))
    for client in (
        Client(),
        signed_in(),
        signed_in("director"),
        signed_in(("secretariat", edition)),
        signed_in(("focal_point", make_country("KR"))),
    ):
        assert client.get(f"{LIST}{path}").status_code == 404
        if path:
            assert client.post(f"{LIST}{path}spellings/", {"text": "Mine"}).status_code == 404
    assert not CountryName.objects.filter(text="Mine").exists()
