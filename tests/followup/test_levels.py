"""Four levels on one page: nothing of fewer than five, and nothing that tells one person apart."""

import random
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from madang.core import citations, clock
from madang.core.links import Reference
from madang.core.transitions import TransitionRefusedError
from madang.followup import rules
from madang.followup.actions import results as actions
from madang.followup.behaviour import told
from madang.followup.models import Result
from madang.followup.queries import levels
from madang.followup.queries import results as queries
from madang.people.visitors import VISITOR
from tests import factories as make
from tests.followup import factories as follow
from tests.support.rules import assert_halves_agree

DONE, UNDER_WAY, GIVEN_UP = "done", "under_way", "given_up"


# --- What may be told ----------------------------------------------------------------------------
def test_nothing_is_told_of_four():
    assert told([[DONE, DONE]] * 4).people == 0
    assert told([]).blocks == ()


def test_five_more_people_are_told_at_once_or_not_at_all():
    answers = [[DONE, UNDER_WAY], [DONE, GIVEN_UP]] * 20
    results = [told(answers[:n]) for n in range(len(answers) + 1)]
    for n, result in enumerate(results):
        assert result == results[n - n % 5]
        assert result.people % 5 == 0


def test_a_status_of_one_to_four_people_is_merged():
    answers = [[DONE, UNDER_WAY]] * 19 + [[GIVEN_UP, DONE]]
    result = told(answers)
    assert [block.codes for block in result.blocks] == [(DONE,), (GIVEN_UP, UNDER_WAY)]
    assert result.share_of(GIVEN_UP) is None


def test_a_done_of_few_people_is_not_told_by_itself():
    result = told([[UNDER_WAY, UNDER_WAY]] * 18 + [[DONE, DONE]] * 2)
    assert result.done is None
    assert all(DONE not in block.codes or len(block.codes) > 1 for block in result.blocks)


def test_shares_are_in_steps_and_the_interval_holds_them():
    chance = random.Random(7)  # noqa: S311 - the same cases each time
    for _round in range(200):
        answers = [
            [chance.choice((DONE, UNDER_WAY, GIVEN_UP)) for _ in range(chance.randint(2, 5))]
            for _ in range(chance.randint(5, 40))
        ]
        result = told(answers)
        assert all(block.share % 5 == 0 for block in result.blocks)
        if result.done is not None and result.interval is not None:
            low, high = result.interval
            assert 0 <= low <= result.done <= high <= 100


def test_whatever_one_of_four_answered_the_same_is_told():
    for others in range(4):
        seen = {
            told([[DONE, DONE]] * others + [[mine, mine]]).blocks
            for mine in (DONE, UNDER_WAY, GIVEN_UP)
        }
        assert len(seen) == 1, others


# --- On the page ---------------------------------------------------------------------------------
@pytest.fixture
def edition(db):
    edition = make.make_edition(slug="incheon", number=2)
    follow.begin(edition)
    return edition


@pytest.fixture
def officer(edition):
    client = Client()
    client.force_login(make.make_account(roles=["secretariat"]))
    return client


def people_answer(edition, how_many, *statuses):
    answered = []
    for person in make.make_people(how_many):
        plan = follow.make_plan(make.make_participation(edition, person))
        answered.append(follow.answer(follow.asked(plan), statuses or (DONE, UNDER_WAY)))
    return answered


def test_the_page_says_how_many_are_done_and_what_can_not_be_said(edition, officer):
    page = reverse("followup:levels", args=["incheon"])
    assert "People are asked after six" in officer.get(page).text
    people_answer(edition, 4)
    assert "Fewer than five answered" in officer.get(page).text
    people_answer(edition, 2)
    with clock.at(follow.after(edition, 6, 3)):
        text = officer.get(page).text
    assert "50%" in text
    assert text.count("It can't say") + text.count("It can&#x27;t say") == 4
    assert "5 people or a few more answered." in text


def test_the_edition_before_stands_beside_it(edition, officer):
    earlier = make.make_edition(series=edition.series, number=1, title="Bangkok")
    follow.begin(earlier)
    people_answer(earlier, 5)
    page = officer.get(reverse("followup:levels", args=["incheon"])).text
    assert "In “Bangkok” 50% were done after 6 months." in page


def test_its_cost_does_not_grow_with_people(edition, officer):
    page = reverse("followup:levels", args=["incheon"])
    people_answer(edition, 5)

    def cost():
        officer.get(page)
        with CaptureQueriesContext(connection) as counted:
            officer.get(page)
        return len(counted)

    few = cost()
    people_answer(edition, 5)
    assert cost() == few


# --- Results -------------------------------------------------------------------------------------
def result(edition, title="One counter opened", told_by=None, **values):
    whole = {
        "title": title, "happened_on": date(2008, 3, 1), "evidence": "It serves 300 a day.",
        "country": make.make_country("FJ"),
    } | values  # fmt: skip
    return actions.tell(edition, whole, told_by=told_by, actor=None)


def test_a_result_is_published_after_it_was_looked_at_with_evidence(edition, officer):
    bare = result(edition, evidence="")
    with pytest.raises(TransitionRefusedError):
        actions.publish(bare, actor=None)
    told_result = result(edition)
    public = "/workshops/incheon/results/"
    assert "One counter opened" not in Client().get(public).text
    officer.post(reverse("followup:result_publish", args=["incheon", told_result.pk]))
    page = Client().get(public).text
    assert "One counter opened" in page
    # The country has not agreed to be named.
    assert "Fiji" not in page
    assert "One counter opened" in Client().get("/workshops/incheon/").text
    told_result.refresh_from_db()
    actions.change(
        told_result, {"country_agrees": True}, [], expected_version=told_result.version, actor=None
    )
    assert "Fiji" in Client().get(public).text
    actions.decline(told_result, actor=None)
    assert "One counter opened" not in Client().get(public).text


def test_somebody_who_took_part_tells_one_without_being_named(edition, officer):
    account = make.make_account(
        roles=[("participant", edition)], person=make.make_person("Mere Vakalala")
    )
    make.make_participation(edition, account.person, country=make.make_country("FJ"))
    client = Client()
    client.force_login(account)
    client.post(
        "/workshops/incheon/results/tell/",
        {"title": "A decree", "happened_on": "2008-03-01", "evidence": "Decree 12",
         "evidence_url": "javascript:alert(1)", "language": "en"},
    )  # fmt: skip
    assert not Result.objects.exists()
    client.post(
        "/workshops/incheon/results/tell/",
        {"title": "A decree", "happened_on": "2008-03-01", "evidence": "Decree 12",
         "evidence_url": "https://example.org/12", "language": "en"},
    )  # fmt: skip
    made = Result.objects.get()
    assert (made.state, made.country_agrees) == ("told", False)
    actions.publish(made, actor=None)
    assert "Mere" not in Client().get("/workshops/incheon/results/").text
    assert "Mere" not in officer.get("/manage/incheon/follow-up/?format=csv").getvalue().decode()


def test_it_says_what_it_has_to_do_with_as_far_as_a_reader_may_see_it(edition, officer):
    session = make.make_session(edition, title="The clinic")
    asked = make.make_recommendation(edition, "Write charters.")
    keys = [citations.as_key(Reference.to(it)) for it in (session, asked)]
    officer.post(
        reverse("followup:result_add", args=["incheon"]),
        {"title": "A charter", "happened_on": "2008-03-01", "evidence": "It hangs there.",
         "language": "en", "cites": keys},
    )  # fmt: skip
    made = Result.objects.get()
    assert made.links.count() == 2
    actions.publish(made, actor=None)
    (shown,) = queries.published(edition.pk, VISITOR)
    assert [link.title for _kind, link in shown.cited] == ["Write charters."]


def test_rules_of_results(edition):
    account = make.make_account(roles=[("participant", edition)])
    mine = make.make_participation(edition, account.person)
    actions.publish(result(edition), actor=None)
    result(edition, told_by=mine)
    people = [account, make.make_account(), make.make_account(roles=[("director", edition)])]
    assert_halves_agree(rules.see_result, people, Result.objects.select_related("edition"))
    assert levels.levels(edition, people[1]).results[0].country is None
