"""Mixing tables: countries apart, hosts one to a table, fixed places kept, seats never exceeded."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madang.logistics.seating import DoesNotFitError, Guest, Problem, bound, propose, same_country


def guests(*countries: str, hosts: int = 0) -> list[Guest]:
    """People of these countries, then hosts of Korea."""
    return [Guest(f"{number}-{country}", country) for number, country in enumerate(countries)] + [
        Guest(f"host-{number}", "KR", is_host=True) for number in range(hosts)
    ]


def sizes(places) -> list[int]:
    return sorted(Counter(places.values()).values())


def test_nobody_sits_with_a_compatriot_where_tables_allow_it():
    plan = propose(Problem(guests(*("FJ", "TH", "MN", "IR") * 3), {"1": 4, "2": 4, "3": 4}))
    assert (plan.pairs, plan.bound) == (0, 0)
    assert sizes(plan.places) == [4, 4, 4]


def test_a_country_larger_than_the_tables_is_spread_as_evenly_as_can_be():
    plan = propose(Problem(guests(*("KR",) * 7, *("FJ", "TH")), {"1": 3, "2": 3, "3": 3}))
    assert plan.pairs == plan.bound == 1 + 1 + 3


def test_hosts_sit_one_to_a_table():
    people = guests(*("FJ", "TH", "MN", "IR", "LA", "VN"), hosts=3)
    plan = propose(Problem(people, {"1": 3, "2": 3, "3": 3}))
    assert len({plan.places[guest.id] for guest in people if guest.is_host}) == 3


def test_what_is_fixed_stays_and_the_others_are_mixed_around_it():
    people = guests(*("FJ", "FJ", "TH", "TH", "MN", "MN", "IR", "IR"))
    fixed = {people[0].id: "2", people[2].id: "2"}
    plan = propose(Problem(people, {"1": 4, "2": 4}, fixed))
    assert {guest: plan.places[guest] for guest in fixed} == fixed
    assert plan.pairs == 0


def test_the_bound_knows_what_the_fixed_places_cost():
    people = guests("FJ", "FJ", "TH", "TH")
    together = {people[0].id: "1", people[1].id: "1"}
    problem = Problem(people, {"1": 2, "2": 2}, together)
    assert bound(problem) == 1
    plan = propose(problem)
    # Thailand has to sit together too, since the first table is full: no bound by country sees it.
    assert plan.pairs == 2


def test_tables_of_different_sizes_are_never_overfull():
    people = guests(*("FJ", "TH", "MN", "IR", "LA") * 2)
    plan = propose(Problem(people, {"long": 8, "small": 2}))
    assert Counter(plan.places.values()) == {"long": 8, "small": 2}


def test_seats_that_stay_empty_are_spread():
    plan = propose(Problem(guests(*("FJ", "TH", "MN", "IR", "LA")), {"1": 10, "2": 10}))
    assert sizes(plan.places) == [2, 3]


def test_more_people_than_seats_do_not_fit():
    with pytest.raises(DoesNotFitError):
        propose(Problem(guests("FJ", "TH"), {"1": 1}))


def test_who_shared_a_table_before_sits_with_others_where_that_costs_nothing():
    people = guests("FJ", "TH", "MN", "IR")
    one, other = people[0].id, people[1].id
    plan = propose(Problem(people, {"1": 2, "2": 2}, met=((one, other),)))
    assert plan.places[one] != plan.places[other]


def test_people_of_no_country_are_no_compatriots():
    people = [Guest("a"), Guest("b")]
    assert same_country(people, {"a": "1", "b": "1"}) == 0


@settings(max_examples=25)
@given(
    countries=st.lists(st.sampled_from(["FJ", "TH", "MN", "IR", ""]), min_size=1, max_size=14),
    seats=st.lists(st.integers(1, 6), min_size=1, max_size=4),
    fixed=st.dictionaries(st.integers(0, 13), st.integers(0, 3), max_size=4),
)
def test_any_dinner_keeps_its_promises(countries, seats, fixed):
    people = guests(*countries)
    tables = {str(number): count for number, count in enumerate(seats)}
    kept: dict[str, str] = {}
    for guest, table in fixed.items():
        full = Counter(kept.values())[str(table)] >= tables.get(str(table), 0)
        if guest < len(people) and not full:
            kept[people[guest].id] = str(table)
    problem = Problem(people, tables, kept)
    if len(people) > sum(seats):
        with pytest.raises(DoesNotFitError):
            propose(problem)
        return
    plan = propose(problem)
    assert set(plan.places) == {guest.id for guest in people}
    assert {guest: plan.places[guest] for guest in kept} == kept
    assert all(count <= tables[table] for table, count in Counter(plan.places.values()).items())
    assert plan.pairs >= plan.bound
    assert plan == propose(problem)
