"""A focal point nominates by a link: writing needs no code, reading what was written does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.core import clock
from madang.core.models import AuditEntry, Message
from madang.nominations.models import Nomination
from madang.people import access_links
from tests.factories import make_country
from tests.nominations.desks import TYPED, Desk, text
from tests.nominations.factories import (
    make_call,
    make_invitation,
    make_nomination,
    make_nominations,
    make_question,
)

pytestmark = pytest.mark.django_db


def test_a_new_nomination_needs_no_code_and_can_be_finished_in_the_same_browser():
    desk = Desk()
    assert desk.get("desk").status_code == 200
    response = desk.post("form_add", data=TYPED)
    nomination = Nomination.objects.get()
    assert response.url == desk.url("nomination", nomination.pk)
    assert (nomination.state, nomination.origin) == ("draft", "form")
    assert nomination.country == desk.invitation.country
    assert nomination.nominator_email == desk.invitation.focal_point.email
    assert "Laisa Vunibola" in text(desk.get("nomination", nomination.pk))
    assert desk.post("submit", nomination.pk).url == desk.url("desk")
    nomination.refresh_from_db()
    assert nomination.state == "submitted"
    receipt = Message.objects.get(template="nominations/mails/received")
    assert receipt.address == desk.invitation.focal_point.email
    assert "nomination 1 of Fiji" in receipt.text
    assert "(anywhere on Earth)" in receipt.text
    assert "Laisa" not in receipt.text
    assert desk.link.person_id == AuditEntry.objects.get(verb="nomination.submitted").actor_id


def test_what_was_sent_is_a_number_and_a_state_until_the_mailed_code_is_entered():
    desk = Desk()
    nomination = make_nomination(desk.edition)
    page = text(desk.get("desk"))
    assert "Nomination 1" in page
    assert str(nomination.person) not in page
    for name in ("nomination", "form"):
        response = desk.get(name, nomination.pk)
        assert response.url.startswith(desk.url("code"))
    for name in ("submit", "withdraw", "reopen", "remove", "ask"):
        assert desk.post(name, nomination.pk).url.startswith(desk.url("code"))
    assert desk.post("order").url.startswith(desk.url("code"))
    desk.admit()
    assert str(nomination.person) in text(desk.get("desk"))
    assert str(nomination.person) in text(desk.get("nomination", nomination.pk))


def test_after_sending_the_same_browser_needs_the_code_like_any_other():
    desk = Desk()
    nomination = desk.enter(act="send")
    assert nomination.state == "submitted"
    assert desk.get("nomination", nomination.pk).status_code == 302
    draft = desk.enter()
    assert desk.get("nomination", draft.pk).status_code == 200
    clock.set_offset(access_links.ADMITTED_FOR + timedelta(minutes=1))
    assert desk.get("nomination", draft.pk).status_code == 302


def test_a_draft_is_resumed_on_another_device_after_the_code():
    desk = Desk()
    draft = desk.enter(position="")
    desk.another_device()
    assert desk.get("form", draft.pk).url.startswith(desk.url("code"))
    response = desk.client.post(
        f"{desk.url('code')}?next={desk.url('form', draft.pk)}",
        {"act": "enter", "code": desk.mailed_code()},
    )
    assert response.url == desk.url("form", draft.pk)
    assert "Laisa Vunibola" in text(desk.get("form", draft.pk))


def test_a_code_leads_only_to_pages_of_this_site():
    desk = Desk()
    response = desk.client.post(
        f"{desk.url('code')}?next=https://elsewhere.example/",
        {"act": "enter", "code": desk.mailed_code()},
    )
    assert response.url == desk.url("desk")


def test_a_wrong_code_an_old_one_and_a_used_one_open_nothing():
    desk = Desk()
    nomination = make_nomination(desk.edition)
    code = desk.mailed_code()
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _attempt in range(5):
        assert "not the code" in text(desk.post("code", data={"act": "enter", "code": wrong}))
    assert "not the code" in text(desk.post("code", data={"act": "enter", "code": code}))
    assert desk.get("nomination", nomination.pk).status_code == 302
    code = desk.mailed_code()
    clock.set_offset(timedelta(minutes=16))
    assert "too old" in text(desk.post("code", data={"act": "enter", "code": code}))
    code = desk.mailed_code()
    assert desk.post("code", data={"act": "enter", "code": f" {code} "}).status_code == 302
    desk.another_device()
    assert "not the code" in text(desk.post("code", data={"act": "enter", "code": code}))
    assert desk.get("nomination", nomination.pk).status_code == 302


def test_reading_the_page_of_the_code_sends_none():
    desk = Desk()
    assert desk.get("code").status_code == 200
    assert not Message.objects.exists()
    for _time in range(6):
        desk.post("code", data={"act": "send"})
    assert "Too many codes" in text(desk.post("code", data={"act": "send"}))
    assert Message.objects.count() == 6


PAGES = ("nomination", "form", "submit", "withdraw", "reopen", "remove", "ask")


def test_a_link_reaches_its_own_countrys_nominations_and_no_others():
    desk = Desk()
    desk.admit()
    thai = make_nomination(desk.edition, country=make_country("TH"), state="draft")
    elsewhere = make_nomination(make_call().edition, state="draft")
    for other in (thai, elsewhere):
        for name in PAGES:
            assert desk.get(name, other.pk).status_code in {404, 405}
            if name == "nomination":
                continue
            assert desk.post(name, other.pk, data=TYPED).status_code == 404
            response = desk.save_draft(name, other.pk, data=TYPED | {"version": 1})
            assert response.status_code == 404
    assert str(thai.person) not in text(desk.get("desk"))
    desk.post("order", data={f"place-{thai.pk}": "1"})
    assert Nomination.objects.get(pk=thai.pk).preference is None
    assert {it.version for it in (thai, elsewhere)} == {1}


def test_guessed_revoked_and_expired_links_say_kindly_that_they_open_nothing():
    desk = Desk()
    token, desk.token = desk.token, "guess"
    for name in ("desk", "code", "form_add"):
        response = desk.get(name)
        assert response.status_code == 404
        assert "This link opens nothing" in text(response)
    assert desk.post("order").status_code == 404
    desk.token = token
    clock.set_offset(timedelta(days=61))
    assert desk.get("desk").status_code == 404
    clock.set_offset(timedelta(0))
    assert desk.get("desk").status_code == 200
    access_links.revoke(desk.link, actor=None)
    assert "This link opens nothing" in text(desk.get("desk"))
    assert desk.post("form_add", data=TYPED).status_code == 404
    assert not Nomination.objects.exists()


def test_a_link_for_something_else_opens_no_desk():
    desk = Desk()
    nomination = make_nomination(desk.edition)
    other = access_links.give(
        "endorse", nomination, nomination.person, until=clock.now() + timedelta(1), actor=None
    )
    desk.token = access_links.address(other).rstrip("/").rpartition("/")[2]
    assert desk.get("desk").status_code == 404


def test_after_the_deadline_everything_is_kept_and_nothing_changes():
    desk = Desk()
    draft = desk.enter()
    desk.admit()
    clock.set_offset(timedelta(days=31))
    desk.admit()
    page = text(desk.get("desk"))
    assert "The deadline has passed" in page
    for name in ("form", "submit", "withdraw", "ask", "remove"):
        response = desk.post(name, draft.pk, data=TYPED | {"version": draft.version})
        assert response.status_code == 403
        assert "The deadline has passed" in text(response)
    assert desk.post("form_add", data=TYPED).status_code == 403
    assert desk.post("order").status_code == 403
    response = desk.save_draft("form", draft.pk, data=TYPED | {"version": draft.version})
    assert (response.status_code, response.json()["said"]) == (409, "The deadline has passed.")
    assert desk.save_draft("form_add", data=TYPED).status_code == 409
    assert Nomination.objects.get().version == draft.version


def test_a_country_that_was_given_more_time_has_it():
    call = make_call()
    longer = call.deadline + timedelta(days=5)
    desk = Desk(make_invitation(call, deadline=longer))
    clock.set_offset(timedelta(days=31))
    assert desk.post("form_add", data=TYPED).status_code == 302
    call.state = "closed"
    call.save()
    assert desk.post("form_add", data=TYPED).status_code == 302, "its own deadline still holds"
    clock.set_offset(timedelta(days=36))
    assert desk.post("form_add", data=TYPED).status_code == 403
    call.state = "draft"
    call.save()
    assert desk.get("desk").status_code == 404


def test_the_deadline_is_told_on_the_countrys_own_clocks():
    desk = Desk()
    page = text(desk.get("desk"))
    assert "anywhere on Earth" in page
    assert "on the clocks of Fiji" in page


# --- What becomes of it ---------------------------------------------------------------------------
def test_an_incomplete_nomination_stays_a_draft_and_says_what_is_missing():
    desk = Desk()
    response = desk.post("form_add", data=TYPED | {"sex": "", "act": "send"}, follow=True)
    page = text(response)
    assert "It is not complete: the sex." in page
    assert "Still missing before it can be sent" in page
    assert Nomination.objects.get().state == "draft"


def test_what_was_withdrawn_can_be_opened_and_sent_again():
    desk = Desk()
    desk.admit()
    nomination = make_nomination(desk.edition)
    assert "Withdraw nomination 1?" in text(desk.get("withdraw", nomination.pk))
    desk.post("withdraw", nomination.pk)
    nomination.refresh_from_db()
    assert nomination.state == "withdrawn"
    desk.post("reopen", nomination.pk)
    desk.post("submit", nomination.pk)
    nomination.refresh_from_db()
    assert nomination.state == "submitted"
    assert Message.objects.filter(template="nominations/mails/received").count() == 1
    desk.post("withdraw", nomination.pk)
    desk.post("reopen", nomination.pk)
    desk.post("submit", nomination.pk)
    assert Message.objects.filter(template="nominations/mails/received").count() == 2


def test_what_was_judged_is_not_the_focal_points_to_change():
    desk = Desk()
    desk.admit()
    nomination = make_nomination(desk.edition, state="ineligible", grounds=["experience"])
    page = text(desk.get("nomination", nomination.pk))
    assert "Too few years of experience." in page
    data = TYPED | {"version": nomination.version}
    assert "looked at it already" in text(desk.post("form", nomination.pk, data=data))
    desk.post("reopen", nomination.pk)
    nomination.refresh_from_db()
    assert nomination.state == "ineligible"


def test_a_draft_can_be_deleted_and_what_was_sent_cannot():
    desk = Desk()
    draft = desk.enter()
    assert "Delete the draft" in text(desk.get("remove", draft.pk))
    desk.post("remove", draft.pk)
    assert not Nomination.objects.exists()
    desk.admit()
    sent = make_nomination(desk.edition)
    desk.post("remove", sent.pk)
    assert Nomination.objects.get() == sent


def test_the_country_puts_its_nominations_into_its_own_order():
    desk = Desk()
    desk.admit()
    first, second, third = make_nominations(desk.edition, 3)
    typed = {f"place-{first.pk}": "3", f"place-{second.pk}": "1", f"place-{third.pk}": "x"}
    desk.post("order", data=typed)
    order = dict(desk.edition.nominations.values_list("pk", "preference"))
    assert order == {first.pk: 2, second.pk: 1, third.pk: None}


def test_the_secretariats_own_fields_are_not_the_focal_points():
    desk = Desk()
    draft = desk.enter(note="hostile", endorsed_on="2007-01-01", number="99", state="eligible")
    assert (draft.note, draft.endorsed_on, draft.number, draft.state) == ("", None, 1, "draft")
    page = text(desk.get("form", draft.pk))
    assert 'name="note"' not in page


def test_hostile_text_is_shown_as_text():
    desk = Desk()
    hostile = "<script>alert(1)</script>{{ 7*7 }}"
    make_question(desk.invitation.call, "why", kind="long", text=hostile, hint=hostile)
    draft = desk.enter(name=hostile, responsibility=hostile, needs=hostile, q_why=hostile)
    for name in ("nomination", "form", "desk", "remove", "ask"):
        page = text(desk.get(name, *([draft.pk] if name != "desk" else [])))
        assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in text(desk.get("nomination", draft.pk))


def test_a_desk_costs_the_same_with_one_nomination_and_with_many(django_assert_num_queries):
    desk = Desk()
    make_nomination(desk.edition)
    desk.admit()
    desk.get("desk")
    with CaptureQueriesContext(connection) as one:
        desk.get("desk")
    make_nominations(desk.edition, 120)
    with django_assert_num_queries(len(one)):
        desk.get("desk")
