"""Who can sleep in one room, and what is suggested: nobody shares who did not ask to."""

from collections import Counter
from datetime import date
from itertools import combinations
from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from madang.logistics.rooming import (
    ALONE,
    MEN,
    TOGETHER,
    WOMEN,
    Guest,
    Room,
    are_together,
    fits,
    may_share,
    suggest,
)

FIRST, LAST = date(2007, 10, 7), date(2007, 10, 13)
SPACE = UUID(int=7)


def key(name: str) -> UUID:
    return uuid5(SPACE, name)


def guest(name: str, sharing: str = ALONE, other: str = "", **fields) -> Guest:
    values = {"check_in": FIRST, "check_out": LAST} | fields
    return Guest(key(name), sharing, together_with=key(other) if other else None, **values)


def room(name: str, beds: int = 2, **fields) -> Room:
    return Room(key(name), beds, **fields)


def placed(rooms: list[Room], *guests: Guest, known: dict[str, str] | None = None) -> dict:
    """Names of rooms by names of guests, as short as a test can read them."""
    named = {key(name): name for name in "ABCD1234"}
    before = {key(guest): key(room) for guest, room in (known or {}).items()}
    made = suggest(rooms, list(guests), before)
    return {named[guest_id]: named[room_id] for guest_id, room_id in made.items()}


def test_two_women_who_would_share_fill_a_twin_and_men_another():
    guests = [guest("A", WOMEN), guest("B", MEN), guest("C", WOMEN), guest("D", MEN)]
    assert placed([room("1"), room("2")], *guests) == {"A": "1", "C": "1", "B": "2", "D": "2"}


def test_a_woman_and_a_man_never_share_unless_they_named_each_other():
    assert not may_share(guest("A", WOMEN), guest("B", MEN))
    couple = guest("A", TOGETHER, "B"), guest("B", TOGETHER, "A")
    assert are_together(*couple)
    assert placed([room("1"), room("2", has_one_bed=True)], *couple) == {"A": "2", "B": "2"}


def test_one_who_names_somebody_that_named_nobody_sleeps_alone():
    guests = [guest("A", TOGETHER, "B"), guest("B", WOMEN), guest("C", WOMEN)]
    found = placed([room("1"), room("2"), room("3", 1)], *guests)
    assert found == {"A": "3", "B": "1", "C": "1"}


def test_who_wants_a_room_of_their_own_gets_the_smallest_and_nobody_is_put_beside_them():
    found = placed([room("1"), room("2", 1)], guest("A"), guest("B"), guest("C"))
    assert found == {"A": "2", "B": "1"}
    assert not fits(room("1"), guest("C", WOMEN), [guest("B")])


def test_strangers_never_share_a_double_bed():
    found = placed([room("1", has_one_bed=True)], guest("A", MEN), guest("B", MEN))
    assert found == {"A": "1"}


def test_a_bed_is_free_again_after_the_night_in_which_its_guest_leaves():
    early = guest("A", check_out=date(2007, 10, 10))
    late = guest("B", check_in=date(2007, 10, 10))
    assert placed([room("1", 1)], early, late) == {"A": "1", "B": "1"}


def test_a_room_that_is_begun_is_filled_before_another_is_opened():
    found = placed([room("1"), room("2")], guest("A", WOMEN), guest("B", WOMEN), known={"A": "2"})
    assert found == {"B": "2"}


def test_rooms_without_steps_are_for_those_who_need_them():
    rooms = [room("1", 1, is_step_free=True), room("2", 1)]
    guests = [guest("A"), guest("B", needs_step_free=True), guest("C", needs_step_free=True)]
    assert placed(rooms, *guests) == {"A": "2", "B": "1"}


def test_one_of_two_who_has_a_room_already_is_joined_by_the_other():
    pair = guest("A", TOGETHER, "B"), guest("B", TOGETHER, "A")
    assert placed([room("1"), room("2")], *pair, known={"A": "2"}) == {"B": "2"}


FIRST_NIGHTS = st.integers(0, 3)
NIGHTS = FIRST_NIGHTS.flatmap(lambda first: st.tuples(st.just(first), st.integers(first + 1, 5)))


@st.composite
def houses(draw) -> tuple[list[Room], list[Guest], dict[UUID, UUID]]:
    rooms = [
        Room(key(f"room {place}"), beds, has_one_bed=one_bed and beds == 2, is_step_free=step_free)
        for place, (beds, one_bed, step_free) in enumerate(
            draw(st.lists(st.tuples(st.integers(1, 3), st.booleans(), st.booleans()), max_size=5))
        )
    ]
    many = draw(st.integers(0, 8))
    guests = []
    for place in range(many):
        first, last = draw(NIGHTS)
        guests.append(
            Guest(
                key(f"guest {place}"),
                draw(st.sampled_from([ALONE, WOMEN, MEN, TOGETHER])),
                FIRST.replace(day=7 + first),
                FIRST.replace(day=7 + last),
                key(f"guest {draw(st.integers(0, 8))}"),
                draw(st.booleans()),
            )
        )
    return rooms, guests, {}


@given(houses())
def test_whatever_is_suggested_everybody_agreed_to_it_and_has_a_bed(house):
    rooms, guests, known = house
    made = suggest(rooms, guests, known)
    by_id = {each.id: each for each in guests}
    assert made == suggest(rooms, guests, known)
    for one in rooms:
        inside = [by_id[who] for who, where in made.items() if where == one.id]
        nights = Counter(night for each in inside for night in each.nights())
        assert all(many <= one.beds for many in nights.values())
        for first, second in combinations(inside, 2):
            if set(first.nights()) & set(second.nights()):
                assert may_share(first, second)
                assert not one.has_one_bed or are_together(first, second)
        assert all(one.is_step_free for each in inside if each.needs_step_free)
