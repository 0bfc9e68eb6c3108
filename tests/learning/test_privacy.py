"""Nobody but the person learns what they answered: a test tries to find out."""

import json
from itertools import combinations
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from madang.core import clock
from madang.learning import forgetting, pseudonyms, queries
from madang.learning.actions import assembling
from madang.learning.analysis import counting, suppression
from madang.learning.analysis.counting import Asked, Before, Taken
from madang.learning.models import Answer, Exam, Result, Sheet, Sitting
from madang.learning.queries.results import results
from madang.people import erasure, own_data
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Participation
from tests import factories as make
from tests.learning import factories as learn
from tests.learning.factories import DURING, LATER
from tests.support.clients import client_of, signed_in

SEARCH = settings(max_examples=60, deadline=None, derandomize=True)
ASKED = tuple(
    Asked(str(n), f"v{n}", f"m{n % 2}", f"c{n % 3}", ("1", "2", "3"), "1") for n in range(6)
)


def taken(person: int, marks: tuple[int, ...]) -> Taken:
    given = {str(n): "1" if mark else str(2 + (person + n) % 2) for n, mark in enumerate(marks)}
    return Taken(f"p{person:02}", {str(n): mark for n, mark in enumerate(marks)}, given)


people = st.lists(st.tuples(*[st.integers(0, 1)] * 6), min_size=0, max_size=24).map(
    lambda rows: tuple(taken(person, marks) for person, marks in enumerate(rows))
)


def populations(frozen: counting.Frozen) -> list[int]:
    cells = [cell.n for cell in frozen.test.cells] + [item.n for item in frozen.test.items]
    gains = [cell.n for cell in frozen.learned.cells] if frozen.learned else []
    return [n for n in (*cells, *gains, frozen.test.n) if n is not None]


@SEARCH
@given(people, st.sets(st.integers(0, 23)), st.sets(st.integers(0, 23)))
def test_no_two_groups_that_are_told_of_differ_by_one_to_four(
    everybody: tuple[Taken, ...], only_before: set[int], only_after: set[int]
) -> None:
    first = tuple(one for n, one in enumerate(everybody) if n not in only_after)
    second = tuple(one for n, one in enumerate(everybody) if n not in only_before)
    before = counting.freeze(ASKED, first, None)
    after = counting.freeze(ASKED, second, Before(ASKED, first, before.test.n))
    told_before, told_after = populations(before), populations(after)
    assert all(n >= suppression.FLOOR for n in (*told_before, *told_after))
    for told in (told_before, told_after):
        assert all(not 0 < abs(a - b) < suppression.FLOOR for a, b in combinations(told, 2))
    if after.learned is not None and before.test.n is not None:
        # The gain tells of answers of both tests, the first one's result of its own.
        assert not 0 < before.test.n - after.learned.n < suppression.FLOOR
        assert after.test.n == after.learned.n


@SEARCH
@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12)))
def test_what_is_left_out_of_a_whole_cannot_be_worked_out(parts: dict[str, int]) -> None:
    told = suppression.counts(parts)
    hidden = {part for part, n in told.items() if n is None}
    assert all(n is None or n == 0 or n >= suppression.FLOOR for n in told.values())
    if hidden:
        rest = sum(parts.values()) - sum(n for n in told.values() if n is not None)
        alone = len(parts) == len(hidden) == 1 or sum(parts.values()) < suppression.FLOOR
        everything = {part for part in parts if parts[part]} == hidden
        assert alone or everything or (rest >= suppression.FLOOR and len(hidden) > 1)


def test_a_share_that_says_what_each_person_answered_is_not_told() -> None:
    assert suppression.share(31, 31) == (None, "nearly_all")
    assert suppression.share(28, 31) == (None, "nearly_all")
    assert suppression.share(0, 31) == (None, "nearly_none")
    assert suppression.share(4, 31) == (None, "nearly_none")
    assert suppression.share(20, 31) == (0.65, "")


def test_whoever_took_only_the_first_test_is_hidden_among_five() -> None:
    both = [f"p{n}" for n in range(20)]
    assert suppression.base(both, 20) == suppression.base(both, 20)
    assert len(suppression.base(both, 20)) == 20
    assert len(suppression.base(both, 22)) == 17
    assert len(suppression.base(both, 25)) == 20
    assert suppression.base(both[:4], 4) == []
    assert suppression.base(both[:6], 7) == []
    assert len(suppression.base(both[:5], None)) == 5


@pytest.mark.django_db
def test_four_people_take_a_test_and_nothing_is_told_of_them() -> None:
    edition = make.make_edition()
    exams = {kind: learn.make_exam(edition, kind=kind) for kind in ("pre",)}
    items = [item.version_asked.item for item in exams["pre"].items.all()]
    exams["post"] = learn.make_exam(edition, items, "post")
    learners = [learn.make_learner(edition) for _ in range(4)]
    for exam in exams.values():
        for n, (_account, participation) in enumerate(learners):
            learn.take(exam, participation, [n > 1, True, False, True])
        learn.freeze(exam)
    assert queries.learned(edition) is None
    assert [test.n for test in results(edition).tests] == [None, None]
    stored = json.dumps(list(Result.objects.values_list("content", "gain")))
    assert "0." not in stored
    desk = signed_in("secretariat")
    teacher = signed_in(("resource_person", edition))
    with clock.at(LATER):
        for kind in ("pre", "post"):
            page = desk.get(f"/manage/{edition.slug}/learning/tests/{kind}/").content.decode()
            assert "100" not in page
        listed = desk.get(f"/manage/{edition.slug}/learning/tests/").content.decode()
        assert listed.count("fewer than five handed it in") == 2
        for address, client in (
            (f"/manage/{edition.slug}/learning/results/", desk),
            (f"/workshops/{edition.slug}/learned/", teacher),
        ):
            text = client.get(address).content.decode()
            assert text.count("Fewer than five people took it") == 2
            assert "Question by question" not in text
        for form in ("csv", "json", "xlsx"):
            desk.get(f"/manage/{edition.slug}/learning/results/?format={form}").close()
        rows = desk.get(f"/manage/{edition.slug}/learning/results/?format=json")
        assert json.loads(b"".join(rows.streaming_content)) == []  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_results_are_the_same_before_and_after_one_more_hands_in() -> None:
    """There is nothing to compare: results come once, when nobody can hand in any more."""
    edition = make.make_edition()
    exam = learn.make_exam(edition)
    desk = signed_in("secretariat")
    learners = [learn.make_learner(edition) for _ in range(7)]
    seen = set()
    for _account, participation in learners:
        learn.take(exam, participation, [True, False, True, False])
        with clock.at(DURING["pre"]):
            address = f"/manage/{edition.slug}/learning/results/"
            page = desk.get(address)
            seen.add(page.context["results"].tests == [])
            refused = desk.post(f"/manage/{edition.slug}/learning/tests/pre/state/freeze/")
            assert refused.status_code == 302
    assert seen == {True}
    exam.refresh_from_db()
    assert exam.state == Exam.State.PUBLISHED
    learn.freeze(exam)
    values = {"closes_at": LATER, "opens_at": exam.opens_at, "minutes": 5}
    with pytest.raises(RefusedError), clock.at(LATER):
        assembling.plan(edition, "pre", values, expected_version=exam.version, actor=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        Result.objects.update(content={})
    with pytest.raises(DatabaseError), transaction.atomic():
        Result.objects.all().delete()


@pytest.mark.django_db
def test_answers_stand_under_a_name_that_nobody_can_tell_from_the_database() -> None:
    edition = make.make_edition()
    exam = learn.make_exam(edition)
    _account, participation = learn.make_learner(edition)
    sheet = learn.take(exam, participation, [True] * 4)
    stored = json.dumps([*Sheet.objects.values(), *Answer.objects.values()], default=str)
    assert str(participation.pk) not in stored
    assert str(participation.person_id) not in stored
    assert "2007" not in stored
    # A key that begins with its moment would be a UUID of version 7.
    assert sheet.pk.version == 4
    assert all(answer.pk.version == 4 for answer in Answer.objects.all())
    assert sheet.pseudonym == pseudonyms.of(participation.pk)


@pytest.mark.django_db
def test_nobody_else_can_open_somebodys_test_or_result() -> None:
    edition = make.make_edition()
    exam = learn.make_exam(edition)
    account, participation = learn.make_learner(edition)
    learn.take(exam, participation, [True] * 4)
    learn.freeze(exam)
    address = f"/workshops/{edition.slug}/tests/pre/"
    with clock.at(LATER):
        assert "4 of 4" in client_of(account).get(address).content.decode()
        for role in (
            "secretariat", "director", ("resource_person", edition), ("host", edition),
            ("focal_point", make.make_country("FJ")), ("participant", edition),
        ):  # fmt: skip
            assert signed_in(role).get(address).status_code == 404
        other, _participation = learn.make_learner(edition)
        assert "4 of 4" not in client_of(other).get(address).content.decode()


@pytest.mark.django_db
def test_a_person_is_shown_their_own_answers_and_can_be_erased() -> None:
    edition = make.make_edition()
    exam = learn.make_exam(edition)
    learners = [learn.make_learner(edition) for _ in range(6)]
    for _account, participation in learners:
        learn.take(exam, participation, [True, False, True, True])
    account, participation = learners[0]
    with clock.at(LATER):
        told = dict(own_data.sections(account.person))
        rows: list[Any] = next(rows for label, rows in told.items() if str(label) == "tests")
        assert len(rows) == 5
        assert sorted(str(row.get("right")) for row in rows[1:]) == ["no", "yes", "yes", "yes"]
    erasure.erase(account.person, actor=None)
    assert Sheet.objects.count() == 5
    assert not Sitting.objects.filter(participation=participation).exists()
    learn.freeze(exam)
    assert results(edition).tests[0].n == 5


@pytest.mark.django_db
def test_answers_go_half_a_year_after_the_week_and_results_stay() -> None:
    edition = make.make_edition()
    exam = learn.make_exam(edition)
    for _ in range(5):
        learn.take(exam, learn.make_learner(edition)[1], [True, False, True, False])
    learn.freeze(exam)
    with clock.at(LATER):
        assert forgetting.remove_answers() == 0
    with clock.at(LATER + forgetting.KEPT):
        assert forgetting.remove_answers() == 5
    assert not Answer.objects.exists()
    assert results(edition).tests[0].n == 5
    assert len(queries.took(edition, "pre")) == 5


@pytest.mark.django_db
def test_somebody_erased_between_the_tests_does_not_show_in_the_difference() -> None:
    edition = make.make_edition()
    items = [learn.make_item(edition) for _ in range(4)]
    pre, post = (learn.make_exam(edition, items, kind) for kind in ("pre", "post"))
    learners = [learn.make_learner(edition) for _ in range(12)]
    for _account, participation in learners:
        learn.take(pre, participation, [True, False, False, False])
    learn.freeze(pre)
    erasure.erase(learners[0][0].person, actor=None)
    for _account, participation in learners[1:]:
        learn.take(post, participation, [True, True, False, True])
    learn.freeze(post)
    learned = queries.learned(edition)
    assert learned is not None
    # Eleven took both, and the first test was told of twelve: four more are left out.
    assert learned.n == 7
    assert Participation.objects.filter(edition=edition).count() == 12
