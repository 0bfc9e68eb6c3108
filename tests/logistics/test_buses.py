"""Buses: delegations together, one seat for each, never more people than seats."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from madang.logistics import bussing
from madang.logistics.actions import buses as actions
from madang.logistics.models import BusSeat
from madang.logistics.queries import buses as queries
from madang.logistics.queries.coming import coming
from madang.people import erasure
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions.participations import cancel_participation
from madang.workshops.models import Edition, Participation, Session
from tests import factories as make
from tests.logistics import hospitality as here
from tests.logistics.hospitality import address, signed_in, taken


@pytest.fixture
def edition(db) -> Edition:
    return make.make_edition()


@pytest.fixture
def trip(edition) -> Session:
    return here.make_trip(edition)


def buses_of(session: Session) -> dict[str, list[str]]:
    board = queries.board(session)
    return {load.bus.name: [str(one.person) for one in load.people] for load in board.loads}


# --- Filling -------------------------------------------------------------------------------------
def test_a_delegation_goes_together_where_it_fits_best():
    waiting = {"FJ": ["f1", "f2", "f3"], "TH": ["t1", "t2"]}
    found = bussing.fill(waiting, {"big": 3, "small": 2}, {})
    assert {found[one] for one in waiting["FJ"]} == {"big"}
    assert {found[one] for one in waiting["TH"]} == {"small"}


def test_whoever_waits_follows_compatriots_who_sit_already():
    found = bussing.fill({"FJ": ["f"]}, {"a": 5, "b": 9}, {"b": {"FJ": 1}})
    assert found == {"f": "b"}


@given(sizes=st.lists(st.integers(0, 8), max_size=6), free=st.lists(st.integers(0, 12), max_size=4))
def test_every_seat_is_used_once_and_only_full_buses_leave_people_behind(sizes, free):
    waiting = {
        str(group): [(group, number) for number in range(size)] for group, size in enumerate(sizes)
    }
    found = bussing.fill(waiting, dict(enumerate(free)), {})
    assert len(found) == min(sum(sizes), sum(free))
    assert all(count <= free[bus] for bus, count in Counter(found.values()).items())


# --- Who comes -----------------------------------------------------------------------------------
def test_those_with_a_place_come_and_the_host_without_asking(edition):
    trip = here.make_trip(edition, audience=Session.Audience.SIGN_UP, places=5)
    goes, waits, stays, host = make.make_participations(edition, 4)
    make.make_sign_up(trip, goes)
    make.make_sign_up(trip, waits, state="waiting")
    make.make_part(trip, host, role="host")
    assert set(coming(trip)) == {goes, host}
    assert stays not in coming(trip)


# --- Seats ---------------------------------------------------------------------------------------
def test_everybody_gets_a_seat_and_keeps_it(edition, trip):
    fiji = here.people_of(edition, "FJ", "FJ", "FJ")
    here.make_bus(trip, 3, name="1")
    here.make_bus(trip, 3, name="2")
    assert actions.fill(trip, actor=None) == 3
    first = buses_of(trip)
    here.people_of(edition, "TH", "TH")
    assert actions.fill(trip, actor=None) == 2
    for name, people in first.items():
        assert set(people) <= set(buses_of(trip)[name])
    assert len({BusSeat.objects.get(participation=one).bus_id for one in fiji}) == 1


def test_a_full_bus_takes_nobody_else(edition, trip):
    one, other = here.people_of(edition, "FJ", "TH")
    bus = here.make_bus(trip, 1)
    actions.move(trip, one, bus, actor=None)
    with pytest.raises(RefusedError, match="full"):
        actions.move(trip, other, bus, actor=None)
    actions.move(trip, one, None, actor=None)
    actions.move(trip, other, bus, actor=None)
    assert [seat.participation for seat in BusSeat.objects.all()] == [other]


def test_nobody_has_two_seats_for_one_trip(edition, trip):
    (one,) = here.people_of(edition, "FJ")
    first, second = here.make_bus(trip), here.make_bus(trip)
    BusSeat.objects.create(bus=first, session=trip, participation=one)
    with pytest.raises(IntegrityError), transaction.atomic():
        BusSeat.objects.create(bus=second, session=trip, participation=one)
    actions.move(trip, one, second, actor=None)
    assert BusSeat.objects.get().bus == second


def test_whoever_does_not_come_any_more_is_named_and_their_seat_freed(edition, trip):
    one, other = here.people_of(edition, "FJ", "TH")
    here.make_bus(trip, 2)
    actions.fill(trip, actor=None)
    cancel_participation(one, actor=None)
    board = queries.board(trip)
    assert board.gone == [one]
    assert [load.people for load in queries.shown(board.loads, board.gone)] == [[other]]
    with pytest.raises(RefusedError, match="do not come"):
        actions.move(trip, one, here.make_bus(trip), actor=None)
    assert actions.release_gone(trip, actor=None) == 1
    assert queries.board(trip).gone == []


def test_a_bus_keeps_a_seat_for_everybody_in_it(edition, trip):
    here.people_of(edition, "FJ", "TH")
    bus = here.make_bus(trip, 2)
    actions.fill(trip, actor=None)
    with pytest.raises(RefusedError, match="2 people"):
        actions.change_bus(bus, {"seats": 1}, expected_version=bus.version, actor=None)


def test_erasing_somebody_frees_their_seat(edition, trip):
    (one,) = here.people_of(edition, "FJ")
    here.make_bus(trip)
    actions.fill(trip, actor=None)
    erasure.erase(one.person, actor=None)
    assert not BusSeat.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_last_seat_is_given_once():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite writes one after the other")
    edition = make.make_edition()
    trip = here.make_trip(edition)
    bus = here.make_bus(trip, 1)
    people = here.people_of(edition, "FJ", "TH", "MN")

    def sit(one: Participation) -> bool:
        try:
            actions.move(trip, one, bus, actor=None)
        except RefusedError:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(sit, people)) == 1


# --- Pages ---------------------------------------------------------------------------------------
def test_the_secretariat_adds_fills_and_moves(edition, trip):
    officer = signed_in("secretariat")
    one, _other = here.people_of(edition, "FJ", "TH")
    assert trip.title in officer.get(address("buses", edition)).content.decode()
    where = address("bus_board", edition, trip.pk)
    assert "No buses yet" in officer.get(where).content.decode()
    for name in ("1", "2"):
        typed = {"name": name, "seats": "20", "departs_at": "2007-10-11T08:30"}
        officer.post(address("bus_add", edition, trip.pk), typed)
    assert (
        "has this name"
        in officer.post(
            address("bus_add", edition, trip.pk), {"name": "1", "seats": "20"}
        ).content.decode()
    )
    page = officer.post(address("bus_fill", edition, trip.pk), follow=True).content.decode()
    assert "2 people have a seat now" in page
    second = trip.buses.get(name="2")
    officer.post(address("bus_seat", edition, trip.pk, one.pk), {"bus": second.pk})
    assert str(one.person) in buses_of(trip)["2"]
    assert taken(officer, where, "xlsx").startswith(b"PK")
    assert taken(officer, address("bus_list", edition, second.pk), "pdf").startswith(b"%PDF")
    assert "can" in officer.get(address("bus_empty", edition, trip.pk)).content.decode()
    officer.post(address("bus_empty", edition, trip.pk))
    officer.post(address("bus_remove", edition, second.pk))
    assert (BusSeat.objects.count(), trip.buses.count()) == (0, 1)


def test_the_director_reads_and_does_not_change(edition, trip):
    bus = here.make_bus(trip)
    director = signed_in("director")
    page = director.get(address("bus_board", edition, trip.pk))
    assert page.status_code == 200
    assert "Add a bus" not in page.content.decode()
    for name, key in (
        ("bus_add", trip.pk), ("bus_fill", trip.pk), ("bus_release", trip.pk),
        ("bus_empty", trip.pk), ("bus_edit", bus.pk), ("bus_remove", bus.pk),
    ):  # fmt: skip
        assert director.post(address(name, edition, key)).status_code == 404


def test_a_host_gets_the_names_and_nothing_else(edition, trip):
    here.people_of(edition, "FJ")
    here.make_bus(trip, name="Bus 1")
    actions.fill(trip, actor=None)
    host = signed_in(("host", edition))
    where = reverse("travelling:host_seats", args=[edition.slug])
    page = host.get(where).content.decode()
    assert "Bus 1" in page
    assert "Fiji" not in page
    answer = host.get(where, {"list": "buses", "session": trip.pk, "format": "csv"})
    content = answer.getvalue().decode()
    assert "Person" in content
    assert "Fiji" not in content
    assert host.get(address("bus_board", edition, trip.pk)).status_code == 404
    guest = signed_in(("participant", edition))
    assert guest.get(where).status_code == 404
    for asked in ({"list": "money"}, {"session": "no"}, {"list": "tables", "session": trip.pk}):
        assert host.get(where, {"format": "pdf"} | asked).status_code == 404


def test_lists_say_when_a_bus_leaves_on_the_clock_of_the_place(edition, trip):
    here.people_of(edition, "FJ")
    at = datetime(2007, 10, 11, 8, 15, tzinfo=edition.zone)
    bus = here.make_bus(trip, departs_at=at)
    actions.fill(trip, actor=None)
    # Read as a later request reads it: the database keeps moments in UTC.
    for role, where, asked in (
        ("host", reverse("travelling:host_seats", args=[edition.slug]),
         {"list": "buses", "session": trip.pk}),
        ("secretariat", address("bus_list", edition, bus.pk), {}),
    ):  # fmt: skip
        client = signed_in((role, edition))
        listed = client.get(where, asked | {"format": "csv"}).getvalue().decode()
        assert "2007-10-11 08:15" in listed
        paper = client.get(where, asked | {"format": "pdf"}).content
        assert "08:15" in PdfReader(BytesIO(paper)).pages[0].extract_text()


def test_those_who_go_see_their_own_bus(edition, trip):
    one, other = here.people_of(edition, "FJ", "TH")
    actions.move(trip, one, here.make_bus(trip, name="Bus of Fiji"), actor=None)
    actions.move(trip, other, here.make_bus(trip, name="Bus of Thailand"), actor=None)
    where = reverse("travelling:my_seats", args=[edition.slug])
    client = here.signed_in_as(one)
    page = client.get(where).content.decode()
    assert "Bus of Fiji" in page
    assert "Bus of Thailand" not in page
    assert signed_in(("host", edition)).get(where).status_code == 404


def test_the_board_costs_the_same_for_many(edition, trip):
    officer = signed_in("secretariat")
    here.people_of(edition, "FJ")
    here.make_bus(trip, 60)
    actions.fill(trip, actor=None)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(address("bus_board", edition, trip.pk)).status_code == 200
        return len(captured)

    before = count()
    make.make_participations(edition, 50, country=make.make_country("TH"))
    here.make_bus(trip, 10)
    actions.fill(trip, actor=None)
    assert count() == before
