"""Rooms and nights: given out, overridden, and who came."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from madang.core import clock
from madang.core.models import AuditEntry
from madang.logistics.actions import hotels, stays
from madang.logistics.models import HotelRoom, Stay
from madang.people import erasure
from madang.people.actions.refusal import RefusedError
from tests import factories as make
from tests.logistics import factories as travel

pytestmark = pytest.mark.django_db

WOMEN, MEN, TOGETHER = Stay.Sharing.WOMEN, Stay.Sharing.MEN, Stay.Sharing.TOGETHER


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


def person(edition, name: str, sharing: str = "alone", **fields):
    """Somebody with a stay; returns the participation."""
    found = travel.make_traveller(edition, name)
    travel.make_stay(found, sharing=sharing, **fields)
    return found


def rooms(edition) -> dict[str, str | None]:
    found = Stay.objects.filter(participation__edition=edition)
    return {
        str(stay.participation.person): stay.room.label if stay.room else None for stay in found
    }


def put(participation, room) -> None:
    """Put somebody into a room, as the form of their stay does."""
    version = Stay.objects.get(participation=participation).version
    stays.save_stay(participation, {"room": room}, expected_version=version, actor=None)


def follow(officer, edition):
    """Look at the suggestion and give out its rooms; returns the page that comes then."""
    page = address("rooms_suggest", edition)
    seen = officer.get(page).context["suggestion"].digest
    return officer.post(page, {"seen": seen}, follow=True)


def test_rooms_are_added_by_range_and_never_twice(edition, officer):
    hotel = travel.make_hotel(edition)
    add = address("hotel_rooms_add", edition, hotel.pk)
    officer.post(add, {"labels": "201–203, 301; Garden", "kind": "twin", "beds": "2"})
    labels = sorted(hotel.rooms.values_list("label", flat=True))
    assert labels == ["201", "202", "203", "301", "Garden"]
    again = officer.post(add, {"labels": "203, 204", "kind": "twin", "beds": "2"})
    assert "These are there already: 203" in again.text
    wrong = officer.post(add, {"labels": "9-3", "kind": "single", "beds": "2"})
    assert "is no range of rooms" in wrong.text
    assert "A single room is for one person." in wrong.text
    assert hotel.rooms.count() == 5


def test_a_suggestion_gives_everybody_a_room_that_fits_their_wishes(edition, officer):
    hotel = travel.make_hotel(edition)
    for label in ("1", "2", "3"):
        travel.make_hotel_room(hotel, label)
    travel.make_hotel_room(hotel, "4", kind=HotelRoom.Kind.SINGLE, beds=1)
    person(edition, "Ann", WOMEN)
    person(edition, "Bea", WOMEN)
    person(edition, "Carl", MEN)
    travel.make_traveller(edition, "Dora")  # said nothing: a room of her own
    page = follow(officer, edition)
    assert "4 people have a room now." in page.text
    assert rooms(edition) == {"Ann": "1", "Bea": "1", "Carl": "2", "Dora": "4"}
    line = AuditEntry.objects.get(verb="stays.placed")
    assert (line.facts, line.scope_id) == ({"number": 4}, edition.pk)


def test_an_officer_sees_whom_no_room_fits_and_gives_out_only_what_they_saw(edition, officer):
    hotel = travel.make_hotel(edition)
    travel.make_hotel_room(hotel, "1", beds=1)
    person(edition, "Ann")
    person(edition, "Bea", WOMEN)
    travel.make_needs(person(edition, "Cleo"), access="wheelchair")
    suggest = address("rooms_suggest", edition)
    page = officer.get(suggest)
    for expected in ("No bed is free beside others", "No room without steps is free"):
        assert expected in page.text
    assert rooms(edition) == {"Ann": None, "Bea": None, "Cleo": None}
    travel.make_hotel_room(hotel, "2")
    again = officer.post(suggest, {"seen": page.context["suggestion"].digest})
    assert "Something has changed since" in again.text
    assert rooms(edition) == {"Ann": None, "Bea": None, "Cleo": None}
    follow(officer, edition)
    assert rooms(edition) == {"Ann": "1", "Bea": "2", "Cleo": None}
    assert "No room fits these people" in officer.get(suggest).text


def test_who_needs_a_room_without_steps_gets_one_and_the_page_says_nothing_of_it(edition, officer):
    hotel = travel.make_hotel(edition)
    travel.make_hotel_room(hotel, "1", beds=1)
    travel.make_hotel_room(hotel, "2", beds=1, is_step_free=True)
    person(edition, "Ann")
    needs = person(edition, "Bea")
    travel.make_needs(needs, access="wheelchair")
    follow(officer, edition)
    assert rooms(edition) == {"Ann": "1", "Bea": "2"}
    assert "wheelchair" not in officer.get(address("rooms", edition)).text


def test_an_officer_overrides_a_room_but_never_what_people_agreed_to(edition):
    hotel = travel.make_hotel(edition)
    one, other = travel.make_hotel_room(hotel, "1"), travel.make_hotel_room(hotel, "2")
    ann = person(edition, "Ann", WOMEN, room=one)
    carl = person(edition, "Carl", MEN)
    put(ann, other)
    with pytest.raises(RefusedError, match="did not both agree"):
        put(carl, other)
    put(carl, one)
    assert rooms(edition) == {"Ann": "2", "Carl": "1"}


def test_beds_are_counted_night_by_night(edition):
    room = travel.make_hotel_room(travel.make_hotel(edition), "1")
    for name in ("Ann", "Bea"):
        person(edition, name, WOMEN, room=room)
    third = person(edition, "Cleo", WOMEN)
    with pytest.raises(RefusedError, match="All beds"):
        put(third, room)
    later = person(edition, "Dora", WOMEN, check_in=travel.CHECK_OUT, check_out=date(2007, 10, 15))
    put(later, room)
    assert rooms(edition)["Dora"] == "1"
    with pytest.raises(RefusedError, match="More people sleep there"):
        hotels.change_room(
            room,
            {"label": "1", "beds": 1, "kind": "single", "is_step_free": False},
            expected_version=room.version,
            actor=None,
        )


def test_a_changed_wish_takes_somebody_out_of_a_room_that_no_longer_fits(edition):
    room = travel.make_hotel_room(travel.make_hotel(edition), "1")
    ann = person(edition, "Ann", WOMEN, room=room)
    person(edition, "Bea", WOMEN, room=room)
    wishes = {"needs_room": True, "sharing": "alone", "together_with": None}
    stay = stays.save_stay(ann, wishes, expected_version=ann.stay.version, actor=None)
    assert stay.room is None
    assert rooms(edition) == {"Ann": None, "Bea": "1"}


def test_nights_follow_the_journey_where_one_was_told(edition, officer):
    ann, bea = travel.make_traveller(edition, "Ann"), travel.make_traveller(edition, "Bea")
    # Half an hour after midnight in Incheon is still the day before in London.
    travel.make_leg(ann, datetime(2007, 10, 5, 15, 30, tzinfo=UTC))
    officer.post(address("travel_open", edition))
    nights = dict(Stay.objects.values_list("participation", "check_in"))
    assert nights == {ann.pk: date(2007, 10, 6), bea.pk: date(2007, 10, 7)}


def test_the_form_of_a_stay_says_what_stands_against_a_room(edition, officer):
    room = travel.make_hotel_room(travel.make_hotel(edition), "1")
    person(edition, "Ann", room=room)
    bea = person(edition, "Bea")
    typed = {
        "room": str(room.pk), "check_in": "2007-10-07", "check_out": "2007-10-13",
        "needs_room": "on", "sharing": "alone", "version": bea.stay.version,
    }  # fmt: skip
    page = officer.post(address("stay_edit", edition, bea.pk), typed)
    assert "did not both agree to share" in page.text
    page = officer.post(address("stay_edit", edition, bea.pk), typed | {"check_out": "2007-10-01"})
    assert "The day of leaving is after the first night." in page.text
    page = officer.post(address("stay_edit", edition, bea.pk), typed | {"sharing": "together"})
    assert "Name whom you would like to share a room with." in page.text
    officer.post(address("stay_edit", edition, bea.pk), typed | {"room": ""})
    assert rooms(edition) == {"Ann": "1", "Bea": None}


# --- Who came ------------------------------------------------------------------------------------
def test_no_show_is_marked_by_the_day_and_can_be_undone(edition, officer):
    room = travel.make_hotel_room(travel.make_hotel(edition), "1", beds=1)
    ann, bea = person(edition, "Ann", room=room), person(edition, "Bea")
    with clock.at(datetime(2007, 10, 7, 12, tzinfo=UTC)):
        page = officer.get(address("arrivals", edition))
        assert "2 people still expected" in page.text
        officer.post(address("arrival_mark", edition, bea.stay.pk, "arrive"))
        officer.post(address("arrivals_missing", edition), {"day": "2007-10-07"})
        states = dict(Stay.objects.values_list("participation", "state"))
        assert states == {ann.pk: "no_show", bea.pk: "arrived"}
        # The bed of somebody who did not come is free.
        put(bea, room)
        officer.post(address("arrival_mark", edition, ann.stay.pk, "undo"))
    assert Stay.objects.get(participation=ann).state == "expected"


def test_before_their_day_nobody_is_missing(edition, officer):
    ann = person(edition, "Ann")
    with clock.at(datetime(2007, 10, 5, tzinfo=UTC)):
        page = officer.post(address("arrival_mark", edition, ann.stay.pk, "miss"), follow=True)
        assert "They are expected later" in page.text
    assert Stay.objects.get().state == "expected"


def test_who_was_expected_earlier_and_not_seen_is_on_todays_list_too(edition, officer):
    person(edition, "Ann")
    person(edition, "Bea", check_in=date(2007, 10, 8))
    with clock.at(datetime(2007, 10, 8, 3, tzinfo=UTC)):
        page = officer.get(address("arrivals", edition))
    assert "Ann" in page.text
    assert "Bea" in page.text


def test_an_erased_guest_leaves_no_night_and_no_name_behind(edition):
    ann, bea = person(edition, "Ann"), person(edition, "Bea")
    Stay.objects.filter(participation=bea).update(together_with=ann)
    erasure.erase(ann.person, actor=None)
    (left,) = Stay.objects.all()
    assert (left.participation_id, left.together_with) == (bea.pk, None)
