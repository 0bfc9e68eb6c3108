"""Random rotations: laws that every plan obeys; small ones are compared with all there are."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madang.methods.rotation import Person, Place, Problem, check, rotate
from madang.methods.rotation.checking import imbalance, pairs_alike, repeats
from madang.methods.rotation.fields import field

SEARCH = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
COUNTRIES = st.sampled_from([None, "KR", "UZ", "TH", 1, True])


@st.composite
def problems(draw: st.DrawFn, most_people: int, most_rounds: int) -> Problem:
    names = [str(n) for n in range(draw(st.integers(1, most_people)))]
    people = tuple(
        Person(name, {"country": draw(COUNTRIES), "sex": draw(st.sampled_from("fm"))})
        for name in names
    )
    groups = draw(st.integers(1, min(4, len(names))))
    rounds = draw(st.integers(1, most_rounds))
    some = st.lists(st.sampled_from(names), unique=True, max_size=2).map(tuple)
    held = draw(st.integers(0, rounds - 1)) if draw(st.booleans()) else 0
    fixed = []
    for _ in range(held):
        order = draw(st.permutations(names))
        cut = draw(st.integers(0, len(names)))
        fixed.append((tuple(order[:cut]), tuple(order[cut : draw(st.integers(0, len(names)))])))
    absent = {str(n): draw(some) for n in range(held + 1, rounds + 1) if draw(st.booleans())}
    pairs = list(combinations(names, 2))
    met = draw(st.lists(st.sampled_from(pairs), max_size=5)) if pairs else []
    placed = ()
    if draw(st.booleans()):
        person = draw(st.sampled_from(names))
        number = draw(st.integers(held + 1, rounds))
        if person not in absent.get(str(number), ()):
            placed = (Place(number, draw(st.integers(1, groups)), person),)
    return Problem(
        people,
        groups,
        rounds,
        apart=draw(st.sampled_from([(), ("country",), ("country", "sex")])),
        balance=draw(st.sampled_from([(), ("sex",), ("country", "sex")])),
        met=tuple(met),
        fixed=tuple(fixed),
        absent=absent,
        placed=placed,
        seed=draw(st.integers(0, 9)),
        seconds=0.1,
    )


Round = tuple[tuple[str, ...], ...]


def every_round(problem: Problem, number: int) -> Iterator[Round]:
    """All ways to seat a round in groups that are told apart by their places."""
    away = problem.absent.get(str(number), ())
    there = [person.id for person in problem.people if person.id not in away]
    seated = {place.person: place.group for place in problem.placed if place.round == number}
    for choice in product(range(problem.groups), repeat=len(there)):
        sizes = [choice.count(group) for group in range(problem.groups)]
        where = dict(zip(there, choice, strict=True))
        if max(sizes) - min(sizes) <= 1 and all(where[p] == g - 1 for p, g in seated.items()):
            yield tuple(
                tuple(p for p in there if where[p] == group) for group in range(problem.groups)
            )


@SEARCH
@given(problems(most_people=6, most_rounds=2))
def test_small_rotations_agree_with_trying_everything(problem: Problem) -> None:
    numbers = range(len(problem.fixed) + 1, problem.rounds + 1)
    costs = {
        (pairs_alike(problem, plan), repeats(problem, plan))
        for rounds in product(*(list(every_round(problem, number)) for number in numbers))
        for plan in [(*problem.fixed, *rounds)]
    }
    answer = rotate(problem)
    alike, fewest = min(costs)
    assert (pairs_alike(problem, answer.rounds), answer.repeats) == (alike, fewest)
    assert answer.bound <= fewest
    assert answer.status == "feasible" or answer.bound == fewest


@SEARCH
@given(problems(most_people=14, most_rounds=5))
def test_every_plan_obeys_the_laws(problem: Problem) -> None:
    answer = rotate(problem)
    assert check(problem, answer.rounds) == []
    assert answer.repeats == repeats(problem, answer.rounds) >= answer.bound
    assert (answer.status == "optimal") <= (answer.repeats == answer.bound)
    assert sum(answer.met_by_person.values()) == 2 * answer.pairs_met
    assert answer.balance == {a: imbalance(problem, answer.rounds, a) for a in problem.balance}
    assert answer.front[0].repeats == answer.repeats
    assert answer.front[0].imbalance == sum(answer.balance.values())
    people = {person.id: person for person in problem.people}
    for violation in answer.violations:
        group = answer.rounds[violation.round - 1][violation.group - 1]
        assert set(violation.people) <= set(group)
        values = [people[name].attributes[violation.attribute] for name in violation.people]
        assert values == [violation.value] * len(values)
    meetings = Counter(
        frozenset(pair)
        for groups in answer.rounds
        for group in groups
        for pair in combinations(group, 2)
    )
    new = set(meetings) - {frozenset(pair) for pair in problem.met}
    assert answer.repeats == meetings.total() - len(new)


@SEARCH
@given(problems(most_people=10, most_rounds=3), st.randoms(use_true_random=False))
def test_names_do_not_matter_to_the_bound(problem: Problem, chance: object) -> None:
    """Other ids and another order of the people change neither what is allowed nor the bound."""
    new = {person.id: f"x{person.id}" for person in problem.people}
    order = chance.sample(problem.people, len(problem.people))  # type: ignore[attr-defined]
    renamed = replace(
        problem,
        people=tuple(Person(new[person.id], person.attributes) for person in order),
        met=tuple((new[one], new[other]) for one, other in problem.met),
        fixed=tuple(
            tuple(tuple(new[name] for name in group) for group in groups)
            for groups in problem.fixed
        ),
        absent={number: tuple(map(new.get, names)) for number, names in problem.absent.items()},
        placed=tuple(replace(place, person=new[place.person]) for place in problem.placed),
    )
    before, after = rotate(problem), rotate(renamed)
    assert after.pairs_allowed == before.pairs_allowed
    if before.status == after.status == "optimal":
        assert (after.repeats, after.bound) == (before.repeats, before.bound)


@given(st.sampled_from([2, 3, 4, 5, 7, 8, 9, 16, 25, 27, 49]), st.data())
@settings(deadline=None, derandomize=True)
def test_finite_fields_are_fields(order: int, data: st.DataObject) -> None:
    found = field(order)
    assert found is not None
    a, b, c = (data.draw(st.integers(0, order - 1)) for _ in range(3))
    assert found.multiply(a, b) == found.multiply(b, a)
    assert found.multiply(a, found.multiply(b, c)) == found.multiply(found.multiply(a, b), c)
    assert found.multiply(a, found.subtract(b, c)) == found.subtract(
        found.multiply(a, b), found.multiply(a, c)
    )
    assert found.multiply(a, 1) == a
    assert found.subtract(a, b) != 0 or a == b
    if b:
        assert found.multiply(found.divide(a, b), b) == a


def test_other_orders_have_no_field() -> None:
    assert [order for order in range(1, 20) if field(order) is None] == [1, 6, 10, 12, 14, 15, 18]
