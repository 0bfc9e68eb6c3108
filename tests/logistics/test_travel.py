"""Visas and tickets with a next step and an owner; flights, and the vehicles that meet them."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from madang.core import clock
from madang.core.models import AuditEntry
from madang.core.transitions import TransitionRefusedError
from madang.logistics import tasks
from madang.logistics.actions import pickups, travel
from madang.logistics.models import Errand, Leg
from madang.logistics.queries import pickups as pickup_queries
from madang.people.actions.refusal import RefusedError
from tests import factories as make
from tests.logistics import factories as making

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make.make_edition()


@pytest.fixture
def officer():
    client = Client()
    client.force_login(make.make_account(roles=["secretariat"]))
    return client


def address(name: str, edition, *more) -> str:
    return reverse(f"logistics:{name}", args=[edition.slug, *more])


def at(edition, hour: int, minute: int = 0) -> datetime:
    return datetime(2007, 10, 7, hour, minute, tzinfo=edition.zone)


# --- Visas and tickets ---------------------------------------------------------------------------
def test_a_visa_is_granted_and_a_ticket_is_bought(edition):
    person = making.make_traveller(edition)
    visa, ticket = (making.make_errand(person, kind) for kind in ("visa", "ticket"))
    for errand in (visa, ticket):
        errand.ask(actor=None, scope=edition.pk)
        errand.finish(actor=None, scope=edition.pk)
    assert (visa.state_label, ticket.state_label) == ("granted", "bought")
    assert not visa.is_open
    with pytest.raises(TransitionRefusedError):
        Errand.objects.get(pk=visa.pk).refuse(actor=None)


def test_everything_is_opened_once_for_those_who_travel(edition, officer):
    for kind in ("participant", "resource_person", "host", "secretariat"):
        making.make_traveller(edition, kind=kind)
    cancelled = making.make_traveller(edition)
    cancelled.cancel(actor=None)
    page = officer.post(address("travel_open", edition), follow=True)
    assert "opened for 2 people" in page.text
    assert Errand.objects.count() == 6
    officer.post(address("travel_open", edition))
    assert Errand.objects.count() == 6
    (line,) = AuditEntry.objects.filter(verb="errands.opened")
    assert line.facts == {"number": 2}


def test_the_next_step_has_an_owner_and_a_day_and_stands_on_the_board(edition, officer):
    helper = make.make_account(
        roles=[("secretariat", edition)], person=make.make_person("Kim Minji")
    )
    stranger = make.make_account(roles=["participant"])
    with clock.at(datetime(2007, 9, 1, tzinfo=UTC)):
        errand = making.make_errand(making.make_traveller(edition, "Mere"))
    typed = {
        "next_action": "Send the letter to the embassy", "owner": str(helper.pk),
        "due": "2007-09-14", "version": errand.version,
    }  # fmt: skip
    page = officer.post(
        address("errand_edit", edition, errand.pk), typed | {"owner": str(stranger.pk)}
    )
    assert page.status_code == 200
    officer.post(address("errand_edit", edition, errand.pk), typed)
    with clock.at(datetime(2007, 9, 20, tzinfo=UTC)):
        page = officer.get(address("travel", edition), {"due": "late"})
    for expected in ("Mere", "Send the letter to the embassy", "Kim Minji", "late"):
        assert expected in page.text
    assert "embassy" not in str(list(AuditEntry.objects.values()))
    errand.refresh_from_db()
    assert (errand.owner, errand.due) == (helper, date(2007, 9, 14))


def test_states_change_by_the_buttons_that_are_possible_now(edition, officer):
    errand = making.make_errand(making.make_traveller(edition))
    person = address("traveller", edition, errand.participation_id)
    assert "Refused" not in officer.get(person).text.split("<aside>")[0]
    officer.post(address("errand_state", edition, errand.pk, "ask"))
    assert "Refused" in officer.get(person).text
    page = officer.post(address("errand_state", edition, errand.pk, "ask"), follow=True)
    assert "This is not possible any more" in page.text
    assert officer.post(address("errand_state", edition, errand.pk, "delete")).status_code == 404
    assert Errand.objects.get().state == "asked"


def test_the_board_is_narrowed_by_what_stands_in_the_address(edition, officer):
    ann, bea = making.make_traveller(edition, "Ann"), making.make_traveller(edition, "Bea")
    making.make_errand(ann, "visa", state="refused")
    making.make_errand(bea, "visa", state="done")
    making.make_traveller(edition, "Carl", kind="resource_person")

    def names(**asked) -> list[str]:
        page = officer.get(address("travel", edition), asked)
        return [str(row.participation.person) for row in page.context["rows"]]

    assert names() == ["Ann", "Bea", "Carl"]
    assert names(errand="visa", state="refused") == ["Ann"]
    assert names(state="done") == ["Bea"]
    assert names(errand="visa") == ["Ann"]
    assert names(kind="resource_person") == ["Carl"]
    assert names(q="be") == ["Bea"]
    assert names(state="nonsense") == ["Ann", "Bea", "Carl"]


# --- Pick-ups ------------------------------------------------------------------------------------
def test_flights_are_grouped_by_number_however_it_is_typed_and_by_the_hour(edition):
    people = [making.make_traveller(edition, name) for name in ("Ann", "Bea", "Carl", "Dora")]
    for person, when, number in zip(
        people,
        (at(edition, 14), at(edition, 14), at(edition, 14, 50), at(edition, 15, 30)),
        ("KE 130", "ke130", "OZ 202", "SQ 600"),
        strict=True,
    ):
        making.make_leg(person, when, number)
    making.make_leg(making.make_traveller(edition), at(edition, 14), wants_pickup=False)
    windows = pickup_queries.windows(pickup_queries.legs(edition, "arrival"))
    assert [[len(flight.legs) for flight in window.flights] for window in windows] == [[2, 1], [1]]
    assert windows[0].waiting == 3


def test_a_vehicle_is_filled_with_whole_flights_first_and_never_beyond_its_seats(edition):
    legs = {
        name: making.make_leg(making.make_traveller(edition, name), at(edition, *when), number)
        for name, when, number in (
            ("Ann", (14, 0), "KE 130"), ("Bea", (14, 0), "KE 130"), ("Carl", (14, 20), "OZ 1"),
            ("Dora", (14, 40), "SQ 6"), ("Eva", (14, 40), "SQ 6"), ("Late", (18, 0), "SQ 9"),
        )
    }  # fmt: skip
    van = making.make_pickup(edition, 4, at=at(edition, 15))
    assert pickups.fill(van, actor=None) == 4
    on = set(van.legs.values_list("pk", flat=True))
    assert {legs["Ann"].pk, legs["Bea"].pk} <= on
    assert legs["Late"].pk not in on
    assert pickups.fill(van, actor=None) == 0
    waiting = next(leg for leg in legs.values() if leg.pk not in on)
    with pytest.raises(RefusedError, match="All seats"):
        pickups.put_on(waiting, van, actor=None)


def test_a_vehicle_with_people_on_it_is_not_made_smaller_than_they_are(edition, officer):
    van = making.make_pickup(edition, 4)
    for _number in range(2):
        making.make_leg(making.make_traveller(edition), pickup=van)
    typed = {
        "direction": "arrival", "vehicle": "Car", "seats": "1", "at": "2007-10-07T15:00",
        "version": van.version,
    }  # fmt: skip
    page = officer.post(address("pickup_edit", edition, van.pk), typed)
    assert "More people are on it already" in page.text
    page = officer.post(
        address("pickup_edit", edition, van.pk), typed | {"seats": "4", "direction": "departure"}
    )
    assert "There are people on it" in page.text
    officer.post(address("pickup_remove", edition, van.pk))
    assert Leg.objects.filter(pickup=None).count() == 2


def test_an_officer_puts_somebody_on_a_vehicle_and_off_again(edition, officer):
    leg = making.make_leg(making.make_traveller(edition))
    van, back = making.make_pickup(edition), making.make_pickup(edition, direction="departure")
    put = address("pickup_put", edition, leg.pk)
    officer.post(put, {"pickup": str(van.pk)})
    leg.refresh_from_db()
    assert leg.pickup == van
    assert officer.post(put, {"pickup": str(back.pk)}).status_code == 200
    officer.post(put, {"pickup": ""})
    leg.refresh_from_db()
    assert leg.pickup is None
    assert [line.verb for line in AuditEntry.objects.order_by("at", "pk")] == [
        "leg.met", "leg.unmet",
    ]  # fmt: skip


def test_the_page_of_pick_ups_fills_a_vehicle(edition, officer):
    making.make_leg(making.make_traveller(edition, "Mere"), at(edition, 14))
    officer.post(
        address("pickup_add", edition),
        {"direction": "arrival", "vehicle": "Van", "seats": "6", "at": "2007-10-07T15:00"},
    )
    van = edition.pickups.get()
    assert van.at == at(edition, 15)
    page = officer.post(address("pickup_fill", edition, van.pk), follow=True)
    assert "1 person is put on it." in page.text
    page = officer.post(address("pickup_fill", edition, van.pk), follow=True)
    assert "Nobody who waits fits" in page.text


def test_a_departure_is_taken_by_a_vehicle_that_leaves_early_enough(edition):
    legs = [
        making.make_leg(making.make_traveller(edition), at(edition, hour), direction="departure")
        for hour in (12, 15, 21)
    ]
    bus = making.make_pickup(edition, 10, direction="departure", at=at(edition, 11, 30))
    assert pickups.fill(bus, actor=None) == 1
    assert list(bus.legs.all()) == [legs[1]]


def test_two_who_enter_the_same_journey_do_not_overwrite_each_other(edition):
    person = making.make_traveller(edition)
    values = {
        "mode": "plane", "at": at(edition, 14), "number": "KE 130", "from_place": "",
        "to_place": "", "wants_pickup": True,
    }  # fmt: skip
    travel.save_leg(person, "arrival", values, expected_version=None, actor=None)
    with pytest.raises(RefusedError, match="entered already"):
        travel.save_leg(person, "arrival", values, expected_version=None, actor=None)


def test_thirty_days_after_the_workshop_nobody_can_read_who_drove(edition):
    van = making.make_pickup(edition, driver="Mr Park, +82 10 0000 0000")
    for day, driver in ((11, van.driver), (13, "")):
        with clock.at(datetime(2007, 11, day, tzinfo=UTC)):
            tasks.purge.call()
        van.refresh_from_db()
        assert van.driver == driver
