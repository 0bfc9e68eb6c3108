"""A draft is saved while it is typed, on several devices, and asks only what applies."""

import pytest

from madang.nominations.models import Nomination
from tests.nominations.desks import TYPED, Desk, text
from tests.nominations.factories import make_question

pytestmark = pytest.mark.django_db


def test_a_draft_is_saved_while_it_is_typed_and_keeps_what_is_right_already():
    desk = Desk()
    response = desk.save_draft("form_add", data={"email": "not yet"})
    assert (response.status_code, Nomination.objects.count()) == (409, 0)
    response = desk.save_draft("form_add", data={"name": "Laisa", "email": "laisa@"})
    told = response.json()
    nomination = Nomination.objects.get()
    assert told["url"] == desk.url("form", nomination.pk)
    assert (nomination.person.name, nomination.person.email) == ("Laisa", "")
    typed = {"name": "Laisa V", "email": "laisa@example.org", "version": told["version"]}
    told = desk.client.post(told["url"], typed, headers={"X-Draft": "1"}).json()
    assert "Saved at" in told["said"]
    nomination.refresh_from_db()
    assert (nomination.version, nomination.person.email) == (told["version"], "laisa@example.org")


def test_two_devices_at_once_are_told_of_each_other_and_lose_nothing():
    desk = Desk()
    draft = desk.enter()
    version = {"version": draft.version}
    desk.post("form", draft.pk, data=TYPED | version | {"position": "Secretary"})
    response = desk.save_draft("form", draft.pk, data=TYPED | version | {"position": "Minister"})
    assert response.status_code == 409
    response = desk.post("form", draft.pk, data=TYPED | version | {"position": "Minister"})
    page = text(response)
    assert "Somebody else saved this" in page
    assert "It now says: Secretary" in page
    assert 'value="Minister"' in page
    assert "It now says: Laisa" not in page
    draft.refresh_from_db()
    desk.post("form", draft.pk, data=TYPED | {"version": draft.version, "position": "Minister"})
    assert Nomination.objects.get().person.position == "Minister"


def test_questions_of_the_call_are_asked_answered_and_dropped_when_they_no_longer_apply():
    desk = Desk()
    call = desk.invitation.call
    leads = make_question(call, "leads", kind="yes_no", is_required=True)
    make_question(call, "team", kind="number", minimum=1, depends_on=leads, depends_value="yes",
                  is_required=True)  # fmt: skip
    make_question(call, "topics", ("ids", "data"), kind="several")
    page = text(desk.get("form_add"))
    assert "Only if the answer to “Question leads” is “yes”." in page
    assert 'data-after="q_leads"' in page
    wrong = TYPED | {"q_leads": "maybe", "q_team": "many", "q_topics": ["ids", "<x>"]}
    page = text(desk.post("form_add", data=wrong))
    for said in ("Answer yes or no.", "Enter a whole number.", "Choose one of the answers"):
        assert said in page
    draft = desk.enter(q_leads="yes", q_topics=["data", "ids"])
    assert {it.question.key: it.text for it in draft.answers.all()} == {
        "leads": "yes", "topics": "ids,data",
    }  # fmt: skip
    page = text(desk.get("nomination", draft.pk))
    assert "Question team" in page
    assert "IDS" in page
    typed = TYPED | {"version": draft.version, "q_leads": "no", "q_team": "7"}
    desk.post("form", draft.pk, data=typed)
    assert {it.question.key: it.text for it in draft.answers.all()} == {"leads": "no"}
