"""One's own journey, on a phone: what now, who meets me, where I sleep."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from madang.logistics.models import Leg, Stay
from tests import factories as make
from tests.logistics import factories as travel

pytestmark = pytest.mark.django_db

WAY = {
    "mode": "plane", "at": "2007-10-07T14:00", "number": "KE 130", "from_place": "Nadi",
    "to_place": "Incheon", "wants_pickup": "on",
}  # fmt: skip


@pytest.fixture
def edition():
    return make.make_edition()


@pytest.fixture
def mere(edition):
    account = make.make_account(
        roles=[("participant", edition)], person=make.make_person("Mere Vakalala")
    )
    return make.make_participation(edition, account.person)


@pytest.fixture
def phone(mere):
    client = Client()
    client.force_login(mere.person.account)
    return client


def mine(name: str, edition, *more) -> str:
    return reverse(f"travelling:{name}", args=[edition.slug, *more])


def test_whoever_has_told_nothing_is_asked_for_everything(edition, mere, phone):
    page = phone.get(mine("journey", edition)).text
    assert page.count("not told yet") == 4
    assert "Tell us whether you need a room" in page


def test_a_journey_is_told_in_the_time_of_the_place(edition, mere, phone):
    page = phone.post(mine("my_leg", edition, "arrival"), WAY, follow=True)
    leg = Leg.objects.get()
    assert leg.at == datetime(2007, 10, 7, 5, tzinfo=UTC)
    assert (leg.number, leg.participation) == ("KE 130", mere)
    assert "the vehicle will stand here" in page.text
    leg.pickup = travel.make_pickup(edition, place="Gate C", driver="Mr Park, +82 10 0000")
    leg.save()
    page = phone.get(mine("journey", edition)).text
    assert "Gate C" in page
    assert "Mr Park" in page


def test_another_time_of_arrival_takes_somebody_off_their_pick_up(edition, mere, phone):
    pickup = travel.make_pickup(edition)
    leg = travel.make_leg(mere, pickup=pickup)
    way = WAY | {"version": leg.version, "at": "2007-10-07T18:00"}
    phone.post(mine("my_leg", edition, "arrival"), way)
    assert Leg.objects.get().pickup is None
    assert pickup.legs.count() == 0


def test_a_way_that_does_not_exist_is_not_found(edition, mere, phone):
    assert phone.get(mine("my_leg", edition, "sideways")).status_code == 404


def test_wishes_are_kept_and_the_room_is_not_theirs_to_give(edition, mere, phone):
    room = travel.make_hotel_room(travel.make_hotel(edition, "Songdo Park"), "201")
    other = travel.make_traveller(edition, "Ann")
    typed = {"needs_room": "on", "sharing": "together", "together_with": str(other.pk)}
    phone.post(mine("my_stay", edition), typed | {"room": str(room.pk)})
    stay = Stay.objects.get()
    assert (stay.sharing, stay.together_with, stay.room) == ("together", other, None)
    assert "together with somebody I name" in phone.get(mine("journey", edition)).text
    stay.room = room
    stay.save()
    page = phone.get(mine("journey", edition)).text
    assert "Songdo Park" in page
    assert "201" in page


def test_a_resource_person_travels_as_participants_do(edition):
    account = make.make_account(roles=[("resource_person", edition)])
    make.make_participation(edition, account.person, kind="resource_person")
    client = Client()
    client.force_login(account)
    assert client.get(mine("journey", edition)).status_code == 200


def test_nobody_has_a_journey_who_does_not_come(edition, mere, phone):
    names = ("journey", "my_stay", "my_needs", "my_contact")
    for client in (Client(), phone):
        if client is phone:
            mere.cancel(actor=None)
        for name in names:
            assert client.get(mine(name, edition)).status_code == 404
