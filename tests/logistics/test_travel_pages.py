"""The secretariat's pages of travel and stay: who finds them, and that they show what there is."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.logistics import factories as travel

pytestmark = pytest.mark.django_db

READ = ("travel", "pickups", "rooms", "stays", "arrivals")
CHANGE = ("needs", "pickup_add", "hotel_add", "rooms_suggest")


def signed_in(*roles) -> Client:
    client = Client()
    client.force_login(make.make_account(roles=roles))
    return client


@pytest.fixture
def edition():
    return make.make_edition()


def address(name: str, edition, *more) -> str:
    return reverse(f"logistics:{name}", args=[edition.slug, *more])


def full(edition):
    """Somebody with one of everything; returns the addresses about them, to read and to change."""
    person = travel.make_traveller(edition, "Mere Vakalala")
    hotel = travel.make_hotel(edition)
    room = travel.make_hotel_room(hotel)
    errand = travel.make_errand(person)
    leg = travel.make_leg(person, pickup=travel.make_pickup(edition))
    travel.make_stay(person, room=room)
    travel.make_needs(person, diet="halal", tells_hotel=True)
    travel.make_contact(person)
    read = [address(name, edition) for name in READ]
    read += [address("traveller", edition, person.pk), address("rooming_list", edition, hotel.pk)]
    change = [address(name, edition) for name in CHANGE]
    change += [
        address("errand_edit", edition, errand.pk),
        address("leg_edit", edition, person.pk, "departure"),
        address("leg_remove", edition, leg.pk),
        address("pickup_put", edition, leg.pk),
        address("pickup_edit", edition, leg.pickup_id),
        address("pickup_remove", edition, leg.pickup_id),
        address("stay_edit", edition, person.pk),
        address("hotel_edit", edition, hotel.pk),
        address("hotel_remove", edition, hotel.pk),
        address("hotel_texts", edition, hotel.pk),
        address("hotel_rooms_add", edition, hotel.pk),
        address("hotel_room_edit", edition, room.pk),
        address("hotel_room_remove", edition, room.pk),
        address("needs_edit", edition, person.pk),
        address("contact_edit", edition, person.pk),
    ]
    return read, change


def test_the_secretariat_opens_every_page_and_a_director_reads_what_is_no_secret(edition):
    read, change = full(edition)
    officer = signed_in(("secretariat", edition))
    assert {url: officer.get(url).status_code for url in read + change} == dict.fromkeys(
        read + change, 200
    )
    director = signed_in(("director", edition))
    assert {director.get(url).status_code for url in read} == {200}
    assert {director.get(url).status_code for url in change} == {404}
    for url in read:
        page = director.get(url).text
        main = page[page.index('<main id="main">') :]
        assert 'method="post"' not in main, url
        assert "/edit/" not in main, url


@pytest.mark.parametrize("role", [None, "participant", "resource_person", "host"])
def test_to_everybody_else_nothing_is_there(edition, role):
    read, change = full(edition)
    client = signed_in((role, edition)) if role else Client()
    assert {client.get(url).status_code for url in read + change} == {404}


def test_empty_pages_say_how_to_start(edition):
    officer = signed_in("secretariat")
    for name in (*READ, "needs"):
        assert 'class="empty"' in officer.get(address(name, edition)).text
