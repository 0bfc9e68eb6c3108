"""On the last day everybody makes a plan, on a phone; it is theirs alone."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from madang.core import clock
from madang.core.models import AuditEntry, StaleRecordError
from madang.core.transitions import TransitionRefusedError
from madang.followup import rules
from madang.followup.actions import plans as actions
from madang.followup.asked import source
from madang.followup.models import Action, ActionPlan, PlanVersion
from madang.people.actions.refusal import RefusedError
from madang.workshops import asked
from madang.workshops.models import Participation
from tests import factories as make
from tests.followup import factories as follow
from tests.support.rules import assert_halves_agree

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """An edition that asks for no plans yet."""
    return make.make_edition(slug="incheon")


@pytest.fixture
def phone(mere):
    client = Client()
    client.force_login(mere.person.account)
    return client


@pytest.fixture
def friday(edition):
    follow.begin(edition, hint="Write down what **you** will do.")
    with clock.at(follow.on_friday(edition)):
        yield


def url(name, *more):
    return reverse(f"own_followup:{name}", args=["incheon", *more])


def typed(*whats, **further):
    """The plan as a browser sends it."""
    data = {"version": ""}
    for number, what in enumerate(whats, start=1):
        data |= {
            f"a{number}-what": what,
            f"a{number}-by_when": "2008-03-01",
            f"a{number}-with_whom": "my minister",
            f"a{number}-sign": "It is signed.",
        }
    return data | further


def test_nobody_is_asked_before_the_edition_asks(edition, mere, phone):
    assert phone.get(url("plan")).status_code == 404
    assert asked.of(mere) == []
    follow.begin(edition)
    with clock.at(follow.on_friday(edition) - timedelta(days=2)):
        assert phone.get(url("plan")).status_code == 404
        assert [it.label for it in asked.of(mere)] == []


def test_a_plan_is_written_handed_in_and_found_again(edition, mere, phone, friday):
    module = make.make_module(edition, title="Strategic planning")
    page = phone.get(url("plan")).text
    assert "Write down what <strong>you</strong> will do." in page
    assert "Strategic planning" in page
    assert [it.label for it in asked.of(mere) if not it.is_done] == ["Make your action plan"]
    sent = typed("Write the charter", "Train two colleagues", act="hand_in")
    page = phone.post(url("plan"), sent | {"a1-module": module.key}, follow=True)
    assert "Your plan is handed in." in page.text
    assert "Write the charter" in page.text
    assert [it.is_done for it in asked.of(mere)] == [True]
    version = PlanVersion.objects.get()
    assert json.loads(version.content)[0]["what"] == "Write the charter"
    assert page["Cache-Control"] == "private, no-store"


def test_what_is_typed_is_saved_without_a_button(phone, mere, friday):
    told = phone.post(url("plan"), typed("Write the charter"), headers={"X-Draft": "1"}).json()
    assert told["said"].startswith("Saved at")
    again = typed("Write the charter anew", version=told["version"])
    again["a1-by_when"] = "31.02."
    told = phone.post(url("plan"), again, headers={"X-Draft": "1"}).json()
    assert "but for what is wrong" in told["said"]
    action = Action.objects.get()
    assert action.what == "Write the charter anew"
    # What was right before stays where what is typed now is wrong.
    assert str(action.by_when) == "2008-03-01"


def test_another_device_is_noticed(phone, friday):
    version = phone.post(url("plan"), typed("One"), headers={"X-Draft": "1"}).json()["version"]
    phone.post(url("plan"), typed("Two", version=version), headers={"X-Draft": "1"})
    stale = phone.post(url("plan"), typed("Three", version=version), headers={"X-Draft": "1"})
    assert stale.status_code == 409
    page = phone.post(url("plan"), typed("Three", version=version))
    assert "Another device saved this plan" in page.text
    assert Action.objects.get().what == "Two"


@pytest.mark.parametrize(
    ("whats", "why"),
    [(("One",), "at least two actions"), (("One", ""), "needs what you will do")],
)
def test_a_plan_that_is_not_whole_is_kept_and_not_handed_in(phone, friday, whats, why):
    page = phone.post(url("plan"), typed(*whats, act="hand_in"))
    assert why in page.text
    assert not PlanVersion.objects.exists()
    phone.post(url("plan"), typed(*whats, act="save"))
    assert ActionPlan.objects.get().state == "draft"


def test_handing_in_twice_gives_one_version_and_changing_gives_the_next(edition, mere, friday):
    follow.make_plan(mere)
    actions.hand_in(mere, actor=None)
    assert PlanVersion.objects.count() == 1
    with pytest.raises(RefusedError):
        actions.write(mere, follow.rows("Else"), expected_version=None, actor=None)
    actions.take_back(mere, actor=None)
    plan = ActionPlan.objects.get()
    actions.write(mere, follow.rows("Else", "More"), expected_version=plan.version, actor=None)
    actions.hand_in(mere, actor=None)
    kept = [json.loads(it.content)[0]["what"] for it in PlanVersion.objects.all()]
    assert kept == ["Else", "Write the charter"]


def test_an_action_that_is_emptied_is_gone(phone, mere, friday):
    plan = follow.make_plan(mere, is_handed_in=False)
    emptied = typed("Only this", version=plan.version) | {"a2-what": "", "a2-sign": ""}
    phone.post(url("plan"), emptied | {"act": "save"})
    assert [it.what for it in Action.objects.all()] == ["Only this"]


def test_an_action_may_come_from_a_recommendation_where_there_are_any(edition, phone, friday):
    assert "From which recommendation" not in phone.get(url("plan")).text
    asked_for = make.make_recommendation(edition, "Write charters.")
    assert "Write charters." in phone.get(url("plan")).text
    sent = typed("One", "Two", act="hand_in") | {"a1-recommendation": asked_for.key}
    assert "Write charters." in phone.post(url("plan"), sent, follow=True).text


def test_versions_can_be_read(phone, mere, friday):
    follow.make_plan(mere)
    assert "Write the charter" in phone.get(url("plan_version", 1)).text
    assert phone.get(url("plan_version", 2)).status_code == 404


def test_after_the_window_it_stands(edition, mere, phone):
    follow.begin(edition)
    follow.make_plan(mere)
    with clock.at(follow.after(edition, 1)):
        page = phone.get(url("plan")).text
        assert "Write the charter" in page
        assert "Change it" not in page
        refused = phone.post(url("plan"), typed("Late"), headers={"X-Draft": "1"})
        assert refused.status_code == 409
        with pytest.raises(RefusedError):
            actions.take_back(mere, actor=None)


def test_wrong_orders_are_refused(mere, friday):
    with pytest.raises(RefusedError):
        actions.hand_in(mere, actor=None)
    with pytest.raises(StaleRecordError):
        actions.write(mere, follow.rows("One"), expected_version=3, actor=None)
    follow.make_plan(mere, is_handed_in=False)
    with pytest.raises(TransitionRefusedError):
        actions.take_back(mere, actor=None)


def test_nothing_hostile_becomes_markup(phone, mere, friday):
    hostile = "<script>alert(1)</script>{{ x }}\"'"
    follow.make_plan(mere, hostile, "Two", sign=hostile)
    page = phone.get(url("plan")).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_paper_is_made_in_any_script(phone, mere, friday):
    follow.make_plan(mere, "نوشتن منشور", "ផែនការ", with_whom="บุคคล")
    answer = phone.get(url("plan_paper"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_texts_are_encrypted_and_the_history_says_none_of_them(mere, friday):
    follow.make_plan(mere, "A secret charter", "Two")
    with connection.cursor() as cursor:
        cursor.execute("SELECT what FROM followup_action")
        assert "charter" not in str(cursor.fetchall())
        cursor.execute("SELECT content FROM followup_planversion")
        assert "charter" not in str(cursor.fetchall())
    assert "charter" not in str(list(AuditEntry.objects.values_list("facts", flat=True)))


def test_it_is_for_participants_who_come(edition, friday):
    kinds = Participation.Kind
    others = [
        make.make_participation(edition, make.make_account().person, kind=kinds.RESOURCE_PERSON),
        make.make_participation(
            edition, make.make_account().person, state=Participation.State.CANCELLED
        ),
    ]
    for other in others:
        client = Client()
        client.force_login(other.person.account)
        assert client.get(url("plan")).status_code == 404
        assert asked.of(other) == []
    people = [it.person.account for it in others] + [make.make_account(roles=["secretariat"])]
    assert_halves_agree(rules.own_plan, people, Participation.objects.all())


def test_a_source_of_what_is_asked_costs_two_queries(
    edition, mere, friday, django_assert_num_queries
):
    follow.make_plan(mere)
    mine = Participation.objects.select_related("edition", "person").get(pk=mere.pk)
    with django_assert_num_queries(2):
        list(source(mine))
