"""Lists: each costs the same with one row and with a thousand, and leaves as XLSX and PDF."""

from datetime import datetime
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from madang.logistics.models import EmergencyContact, Errand, Leg, Needs, Stay
from tests import factories as make
from tests.logistics import factories as travel

pytestmark = pytest.mark.django_db

MANY = 1000


@pytest.fixture
def edition():
    return make.make_edition()


def signed_in(*roles) -> Client:
    client = Client()
    client.force_login(make.make_account(roles=roles))
    return client


def address(name: str, edition, *more) -> str:
    return reverse(name, args=[edition.slug, *more])


def fill(edition, room, how_many: int) -> None:
    """So many people with one of everything, in few queries."""
    country, owner = make.make_country("FJ"), make.make_account()
    people = make.make_participations(edition, how_many, country=country)
    at = datetime(2007, 10, 7, 14, tzinfo=edition.zone)
    pickup = travel.make_pickup(edition, seats=2000)
    Errand.objects.bulk_create(
        Errand(participation=one, subject=one.person.subject, kind=kind, owner=owner, version=1)
        for one in people
        for kind in Errand.Kind.values
    )
    Leg.objects.bulk_create(
        Leg(
            participation=one, subject=one.person.subject, direction="arrival", at=at,
            number="KE 130", pickup=pickup, version=1,
        )
        for one in people
    )  # fmt: skip
    Stay.objects.bulk_create(
        Stay(
            participation=one, room=room, check_in=travel.CHECK_IN, check_out=travel.CHECK_OUT,
            version=1,
        )
        for one in people
    )  # fmt: skip
    Needs.objects.bulk_create(
        Needs(
            participation=one, subject=one.person.subject, diet="halal", tells_hotel=True,
            version=1,
        )
        for one in people
    )  # fmt: skip
    EmergencyContact.objects.bulk_create(
        EmergencyContact(
            participation=one, subject=one.person.subject, name="Sela", phone="+679 330 0000",
            version=1,
        )
        for one in people
    )  # fmt: skip


# Session, account and its roles are three of them.
QUERIES = {
    "logistics:travel": 8,
    "logistics:pickups": 7,
    "logistics:rooms": 14,
    "logistics:rooms_suggest": 13,
    "logistics:stays": 11,
    "logistics:arrivals": 8,
    "logistics:needs": 8,
    "logistics:rooming_list": 11,
    "travelling:lists": 14,
    "travelling:host_pickups": 8,
    "travelling:host_hotel": 12,
    "travelling:emergency": 12,
}


def test_lists_cost_the_same_with_one_row_and_with_a_thousand(edition, django_assert_num_queries):
    officer = signed_in("secretariat")
    hotel = travel.make_hotel(edition)
    room = travel.make_hotel_room(hotel, "1", kind="shared", beds=2000)
    fill(edition, room, 1)
    urls = {
        name: address(name, edition, *([hotel.pk] if name.endswith(("hotel", "ng_list")) else []))
        for name in QUERIES
    }
    # Whether the edition has a public call is asked once and kept.
    officer.get(address("workshops:edition", edition))
    for many in (0, MANY):
        if many:
            fill(edition, room, many)
        for name, queries in QUERIES.items():
            with django_assert_num_queries(queries):
                assert officer.get(urls[name]).status_code == 200


# --- What is on them -----------------------------------------------------------------------------
def cells(response) -> list[tuple]:
    """The rows of a workbook, its head included."""
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def pages(response) -> str:
    assert response["Content-Type"] == "application/pdf"
    return "".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)


@pytest.fixture
def house(edition):
    """A hotel with two guests, one of whom lets it know what she needs; returns the hotel."""
    hotel = travel.make_hotel(edition, "Songdo Park")
    room = travel.make_hotel_room(hotel, "201")
    for name, latin, tells in (("Мира Алиева", "Mira Alieva", True), ("Ann Silent", "", False)):
        person = make.make_participation(edition, make.make_person(name, latin_name=latin))
        travel.make_stay(person, room=room, sharing="women")
        travel.make_leg(person, number="KE 130")
        travel.make_contact(person)
        travel.make_needs(
            person, diet="halal no_nuts", access="step_free", diet_note="no spice",
            medical="insulin", tells_hotel=tells,
        )  # fmt: skip
    return hotel


def test_a_hotel_gets_names_rooms_and_nights_and_needs_as_numbers(edition, house):
    host = signed_in(("host", edition))
    page = address("travelling:host_hotel", edition, house.pk)
    (head, *rows) = cells(host.get(page, {"format": "xlsx"}))
    assert head == ("Room", "Kind", "Name", "First night", "Leaves", "Nights", "Wishes to be known")
    known = "halal, without nuts, ways and a room without steps, no spice"
    assert [(row[2], row[5], row[6]) for row in rows] == [
        ("Ann Silent", 6, None), ("Mira Alieva", 6, known),
    ]  # fmt: skip
    counted = cells(host.get(page, {"format": "xlsx", "list": "needs"}))
    assert counted[1:] == [
        ("Meals", "halal", 2), ("Meals", "without nuts", 2),
        ("Access", "ways and a room without steps", 2),
    ]  # fmt: skip
    text = host.get(page).text
    assert text.count(known) == 1
    assert "insulin" not in text
    printed = pages(host.get(page, {"format": "pdf"}))
    assert "Rooming list: Songdo Park" in printed
    assert "Mira Alieva" in printed
    assert "insulin" not in printed


def test_a_host_gets_flights_and_vehicles_and_nothing_else_of_anybody(edition, house):
    host = signed_in(("host", edition))
    page = address("travelling:host_pickups", edition)
    text = host.get(page).text
    assert "KE 130" in text
    for secret in ("insulin", "halal", "+679", "Fiji", "/manage/"):
        assert secret not in text
    printed = pages(host.get(page, {"format": "pdf", "direction": "arrival"}))
    assert "Ann Silent" in printed
    assert len(cells(host.get(page, {"format": "xlsx", "direction": "departure"}))) == 1
    assert "Songdo Park" in host.get(address("travelling:lists", edition)).text


@pytest.mark.parametrize("role", [None, "participant", "resource_person", "director"])
def test_lists_for_hosts_are_for_hosts(edition, house, role):
    client = signed_in((role, edition)) if role else Client()
    for url in (
        address("travelling:lists", edition),
        address("travelling:host_pickups", edition),
        address("travelling:host_hotel", edition, house.pk),
        address("travelling:emergency", edition),
    ):
        assert client.get(url).status_code == 404
    other = signed_in(("host", make.make_edition()))
    assert other.get(address("travelling:lists", edition)).status_code == 404


def test_a_hotel_of_another_edition_is_not_found_here(edition, house):
    other = make.make_edition()
    host = signed_in(("host", other))
    assert host.get(address("travelling:host_hotel", other, house.pk)).status_code == 404


# --- On duty -------------------------------------------------------------------------------------
def test_whoever_is_on_duty_reads_whom_to_call_on_paper_and_without_a_connection(edition, house):
    officer = signed_in(("secretariat", edition))
    page = officer.get(address("travelling:emergency", edition))
    for expected in ("Sela Vakalala", 'href="tel:+6793300000"', "insulin", "Songdo Park"):
        assert expected in page.text
    # The browser keeps it, for this reader alone.
    assert "js/offline.js" in page.text
    assert " data-who=" in page.text
    assert page["Cache-Control"].startswith("private")
    printed = officer.get(address("travelling:emergency", edition), {"format": "pdf"})
    assert "Sela Vakalala (sister)" in pages(printed).replace("\n", " ")
    assert printed["Cache-Control"] == "private, no-store"
    assert signed_in(("host", edition)).get(page.request["PATH_INFO"]).status_code == 404


def test_the_secretariats_lists_leave_as_sheets_and_on_paper(edition, house):
    officer = signed_in("secretariat")
    for name in ("travel", "pickups", "stays", "arrivals", "needs"):
        url = address(f"logistics:{name}", edition)
        assert "Everybody" not in cells(officer.get(url, {"format": "xlsx"}))[0]
        assert pages(officer.get(url, {"format": "pdf"}))
    assert "insulin" not in str(cells(officer.get(
        address("logistics:needs", edition), {"format": "xlsx", "list": "names"}
    )))  # fmt: skip
