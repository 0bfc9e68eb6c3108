"""Somebody takes a test, on a phone: begins, answers, comes back, hands in, reads their result."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from madang.core import clock
from madang.core.models import AuditEntry
from madang.learning import queries
from madang.learning.models import Answer, Sheet, Sitting
from madang.workshops.models import Participation
from tests import factories as make
from tests.learning import factories as learn
from tests.learning.factories import DURING, LATER
from tests.support.clients import client_of

pytestmark = pytest.mark.django_db


def at(slug: str, rest: str = "", kind: str = "pre") -> str:
    return f"/workshops/{slug}/tests/{kind}/{rest}"


def sent_right(client: Client, address: str) -> Any:
    """Send the right answer of the question on a page, whatever place it has there."""
    shown = client.get(address)
    question = shown.context["question"]
    return client.post(address, {question.name: "1"})


def test_a_test_is_taken_question_by_question_and_told_to_its_person_alone() -> None:
    edition = make.make_edition()
    account, participation = learn.make_learner(edition)
    exam = learn.make_exam(edition)
    client = client_of(account)
    with clock.at(DURING["pre"]):
        listed = client.get(f"/workshops/{edition.slug}/to-do/").content.decode()
        assert "Test before the week" in listed
        assert "10 minutes, if you like" in listed
        first = client.get(at(edition.slug)).content.decode()
        assert "You need not take it" in first
        begun = client.post(at(edition.slug, "begin/"))
        assert begun["Location"] == at(edition.slug, "1/")
        assert sent_right(client, at(edition.slug, "1/"))["Location"] == at(edition.slug, "2/")
        # They come back later, on another device.
        other = client_of(account)
        assert "1 of 4 answered" in other.get(at(edition.slug)).content.decode()
        sent_right(other, at(edition.slug, "2/"))
        third = other.get(at(edition.slug, "3/")).context["question"]
        other.post(at(edition.slug, "3/"), {third.name: "3"})
        last = other.post(at(edition.slug, "4/"), {})
        assert last["Location"] == at(edition.slug, "hand-in/")
        asking = other.get(at(edition.slug, "hand-in/"))
        assert [number for number, _shown in asking.context["open_ones"]] == [4]
        other.post(at(edition.slug, "hand-in/"))
        assert "Handed in" in other.get(at(edition.slug)).content.decode()
        assert queries.took(edition, "pre") == {participation.pk}
        assert "Right is" not in other.get(at(edition.slug)).content.decode()
    with clock.at(LATER):
        own = client.get(at(edition.slug))
        text = own.content.decode()
        assert "2 of 4" in text
        assert "Because it is." in text
        assert "You answered: <bdi>quite wrong</bdi>" in text
        assert own["Cache-Control"] == "private, no-store"
    learn.freeze(exam)
    with clock.at(LATER):
        assert "2 of 4" in client.get(at(edition.slug)).content.decode()


def test_all_questions_stand_on_one_page_for_whoever_likes_that() -> None:
    edition = make.make_edition()
    account, participation = learn.make_learner(edition)
    exam = learn.make_exam(edition)
    client = client_of(account)
    with clock.at(DURING["pre"]):
        client.post(at(edition.slug, "begin/"))
        shown = client.get(at(edition.slug, "all/")).context["questions"]
        answers = {question.name: "1" for question, _wrong in shown}
        done = client.post(at(edition.slug, "all/"), answers)
        assert done["Location"] == at(edition.slug, "hand-in/")
    assert Answer.objects.filter(given="1").count() == 4
    assert Sheet.objects.get(exam=exam).is_handed_in is False
    assert queries.took(edition, "pre") == set()
    assert participation.sittings.get().state == Sitting.State.OPEN


def test_whoever_would_rather_not_is_asked_nothing_more() -> None:
    edition = make.make_edition()
    account, participation = learn.make_learner(edition)
    learn.make_exam(edition)
    client = client_of(account)
    with clock.at(DURING["pre"]):
        client.post(at(edition.slug, "begin/"))
        sent_right(client, at(edition.slug, "1/"))
        client.post(at(edition.slug, "decline/"))
        assert not Sheet.objects.exists()
        assert (
            "would rather not" in client.get(f"/workshops/{edition.slug}/to-do/").content.decode()
        )
        client.post(at(edition.slug, "decline/"))
        # And may change their mind.
        client.post(at(edition.slug, "begin/"))
        assert participation.sittings.get().state == Sitting.State.OPEN


def test_sent_twice_late_or_out_of_order_nothing_goes_wrong() -> None:
    edition = make.make_edition()
    account, _participation = learn.make_learner(edition)
    learn.make_exam(edition)
    client = client_of(account)
    with clock.at(DURING["pre"]):
        # Before beginning: one is led to the first page.
        for rest in ("1/", "all/", "hand-in/"):
            assert client.get(at(edition.slug, rest))["Location"] == at(edition.slug)
            assert client.post(at(edition.slug, rest))["Location"] == at(edition.slug)
        client.post(at(edition.slug, "begin/"))
        client.post(at(edition.slug, "begin/"))
        sent_right(client, at(edition.slug, "1/"))
        sent_right(client, at(edition.slug, "1/"))
        assert Answer.objects.count() == 1
        assert client.get(at(edition.slug, "5/")).status_code == 404
        client.post(at(edition.slug, "hand-in/"))
        client.post(at(edition.slug, "hand-in/"))
        client.post(at(edition.slug, "begin/"))
        client.post(at(edition.slug, "decline/"))
        client.post(at(edition.slug, "1/"), {"answer-1": "2"})
        assert Answer.objects.get().given == "1"
        assert Sitting.objects.get().state == Sitting.State.HANDED_IN
    with clock.at(LATER):
        client.post(at(edition.slug, "hand-in/"))
        client.post(at(edition.slug, "begin/"))
    assert Sitting.objects.count() == Sheet.objects.count() == 1


def test_after_its_time_nothing_can_be_answered_or_handed_in() -> None:
    edition = make.make_edition()
    account, _participation = learn.make_learner(edition)
    exam = learn.make_exam(edition)
    client = client_of(account)
    with clock.at(DURING["pre"]):
        client.post(at(edition.slug, "begin/"))
    with clock.at(LATER):
        client.post(at(edition.slug, "1/"), {"answer-1": "1"})
        client.post(at(edition.slug, "hand-in/"))
        assert "nobody asks why" in client.get(at(edition.slug)).content.decode()
    assert not Answer.objects.exists()
    assert queries.took(edition, "pre") == set()
    learn.freeze(exam)
    assert not Sheet.objects.exists()  # what was not handed in is nobody's business


@pytest.mark.parametrize("kind", ["resource_person", "host", "observer", "secretariat"])
def test_tests_are_for_participants(kind: str) -> None:
    edition = make.make_edition()
    account, _participation = learn.make_learner(edition, kind=kind)
    learn.make_exam(edition)
    client = client_of(account)
    with clock.at(DURING["pre"]):
        assert client.get(at(edition.slug)).status_code == 404
        assert client.post(at(edition.slug, "begin/")).status_code == 404


def test_whoever_does_not_come_any_more_takes_no_test() -> None:
    edition = make.make_edition()
    account, _participation = learn.make_learner(edition, state=Participation.State.CANCELLED)
    learn.make_exam(edition)
    with clock.at(DURING["pre"]):
        assert client_of(account).get(at(edition.slug)).status_code == 404


def test_a_draft_is_not_there_for_anybody() -> None:
    edition = make.make_edition()
    account, _participation = learn.make_learner(edition)
    learn.make_exam(edition, published=False)
    with clock.at(DURING["pre"]):
        assert client_of(account).get(at(edition.slug)).status_code == 404
        assert client_of(account).get(at(edition.slug, kind="post")).status_code == 404
        assert client_of(account).get(at(edition.slug, kind="nothing")).status_code == 404


def test_the_audit_trail_does_not_tell_who_took_a_test() -> None:
    edition = make.make_edition()
    account, participation = learn.make_learner(edition)
    learn.make_exam(edition)
    client = client_of(account)
    with clock.at(DURING["pre"]):
        client.post(at(edition.slug, "begin/"))
        sent_right(client, at(edition.slug, "1/"))
        client.post(at(edition.slug, "hand-in/"))
    lines = AuditEntry.objects.filter(verb__startswith="sitting.")
    assert [line.verb for line in lines.order_by("pk")] == ["sitting.begun", "sitting.handed_in"]
    assert {line.actor_id for line in lines} == {None}
    assert not AuditEntry.objects.filter(thing_id__in=Sheet.objects.values("pk")).exists()
    assert str(participation.pk) not in str(list(lines.values_list("facts", flat=True)))


def test_an_answer_of_another_question_or_nonsense_is_no_answer() -> None:
    edition = make.make_edition()
    account, _participation = learn.make_learner(edition)
    learn.make_exam(edition)
    client = client_of(account)
    with clock.at(DURING["pre"]):
        client.post(at(edition.slug, "begin/"))
        for nonsense in ("99", "<script>", "1,2", "\x00", "-1"):
            client.post(at(edition.slug, "1/"), {"answer-1": nonsense})
        assert not Answer.objects.exists()


def test_pages_cost_the_same_with_one_question_and_many() -> None:
    costs = set()
    for number in (1, 30):
        edition = make.make_edition()
        account, participation = learn.make_learner(edition)
        exam = learn.make_exam(edition, [learn.make_item(edition) for _ in range(number)])
        client = client_of(account)
        with clock.at(DURING["pre"]):
            client.post(at(edition.slug, "begin/"))
            with CaptureQueriesContext(connection) as asking:
                client.get(at(edition.slug, "all/"))
        learn.take(exam, participation, [True] * number)
        with clock.at(LATER), CaptureQueriesContext(connection) as telling:
            client.get(at(edition.slug))
        costs.add((len(asking), len(telling)))
    [(asked, told)] = costs
    # Three of them are the frame's, which asks other apps what stands in the navigation.
    assert max(asked, told) <= 16
