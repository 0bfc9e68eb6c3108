"""Six months later: people say how it went, and choose what their supervisor sees of it."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from madang.core import clock
from madang.core.models import AuditEntry, Message, StaleRecordError, StoredFile
from madang.core.transitions import TransitionRefusedError
from madang.followup.actions import asking, progress
from madang.followup.models import (
    ActionPlan,
    Progress,
    Report,
    Round,
)
from madang.followup.queries import plans, releasable
from madang.people import access_links
from madang.people.actions.refusal import RefusedError
from madang.people.models import AccessLink
from madang.workshops import asked
from madang.workshops.models import Participation
from tests import factories as make
from tests.followup import factories as follow

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def url(name, *more):
    return reverse(f"own_followup:{name}", args=["incheon", *more])


def said(question, **further):
    return {
        "version": question.version,
        "a1-status": "done", "a1-evidence": "Signed on 3 March.", "a1-helped": "My minister.",
        "a2-status": "given_up", "a2-hindered": "No budget for it.",
    } | further  # fmt: skip


# --- Asking --------------------------------------------------------------------------------------
def test_everybody_with_a_plan_is_asked_once_and_reminded_once(edition, mere):
    follow.make_plan(mere)
    make.make_participation(edition)  # made no plan
    gone = make.make_participation(edition, make.make_account().person)
    follow.make_plan(gone)
    Participation.objects.filter(pk=gone.pk).update(state=Participation.State.CANCELLED)
    draft = make.make_participation(edition, make.make_account().person)
    follow.make_plan(draft, is_handed_in=False)
    with clock.at(follow.after(edition, 6, -1)):
        assert asking.ask_due() == 0
    with clock.at(follow.after(edition, 6)):
        assert asking.ask_due() == 1
        assert asking.ask_due() == 0
        assert asking.remind_due() == 0
    with clock.at(follow.after(edition, 6, 11)):
        assert asking.remind_due() == 1
        assert asking.remind_due() == 0
    with clock.at(follow.after(edition, 6, 30)):
        assert asking.remind_due() == 0
    templates = list(Message.objects.order_by("created_at").values_list("template", flat=True))
    assert templates == ["followup/mails/asked", "followup/mails/reminder"]


def test_whoever_answered_is_not_reminded(edition, question):
    follow.answer(question)
    with clock.at(follow.after(edition, 6, 11)):
        assert asking.remind_due() == 0


def test_a_round_ends_and_the_next_is_asked_in_its_time(edition, mere, question):
    with clock.at(follow.after(edition, 6, 61)):
        asking.ask_due()
    states = dict(Round.objects.values_list("months", "state"))
    assert states == {6: "closed", 12: "planned"}
    with pytest.raises(RefusedError):
        follow.answer(question)
    twelve = follow.asked(question.plan, 12)
    follow.answer(twelve)
    assert [it.answered for it in plans.rounds(edition)] == [0, 1]


def test_days_of_the_calendar():
    assert asking.months_after(date(2007, 8, 31), 6) == date(2008, 2, 29)
    assert asking.months_after(date(2007, 10, 12), 12) == date(2008, 10, 12)


# --- Answering -----------------------------------------------------------------------------------
def test_it_is_told_with_an_account(question, phone, mere):
    assert [it.label for it in asked.of(mere) if not it.is_done] == [
        "Six months later: how did it go?"
    ]
    page = phone.get(url("follow_up")).text
    assert "Write the charter" in page
    sent = said(question, **{"a1-upload": SimpleUploadedFile("charter.pdf", PDF)})
    phone.post(url("follow_up"), sent)
    reports = Report.objects.select_related("subject")
    assert [it.status for it in reports] == ["done", "given_up"]
    assert reports[0].evidence == "Signed on 3 March."
    file = StoredFile.objects.get()
    assert phone.get(file.get_absolute_url()).status_code == 200
    assert Client().get(file.get_absolute_url()).status_code == 404
    assert all(it.is_done for it in asked.of(mere))
    phone.post(url("file_remove", file.pk))
    assert not StoredFile.objects.exists()


def test_it_is_saved_while_it_is_typed_and_not_sent(question, phone):
    draft = said(question, **{"a2-status": ""})
    told = phone.post(url("follow_up"), draft, headers={"X-Draft": "1"}).json()
    question.refresh_from_db()
    assert question.state == "asked"
    assert told["version"] == question.version
    # What is not sent can't be shown to anybody.
    assert [it.part for it in releasable.items(question.plan)] == ["action", "action"]
    again = phone.post(url("follow_up"), draft)
    assert "Another device saved this answer" in again.text
    page = phone.post(url("follow_up"), draft | {"version": told["version"], "act": "send"})
    assert "Say of each action whether it is done" in page.text


def test_wrong_files_and_statuses_are_refused(question, phone):
    sent = said(question, **{"a1-upload": SimpleUploadedFile("x.exe", b"MZ\x90\x00")})
    page = phone.post(url("follow_up"), sent)
    assert page.status_code == 200
    phone.post(url("follow_up"), said(question, **{"a1-status": "wonderful"}))
    question.refresh_from_db()
    assert question.state == "asked"
    assert not StoredFile.objects.exists()


def test_sending_twice_sends_once(question, phone):
    phone.post(url("follow_up"), said(question))
    phone.post(url("follow_up"), said(question))
    assert AuditEntry.objects.filter(verb="progress.answered").count() == 1


def test_a_link_identifies_and_a_code_empowers(question, later):
    address = follow.address_in(Message.objects.get(template="followup/mails/asked"))
    stranger = Client()
    assert stranger.get(address).status_code == 302
    assert stranger.post(address, said(question)).status_code == 302
    assert "charter" not in stranger.get(f"{address}code/").text
    client = follow.let_in(address, f"{address}code/")
    assert "Write the charter" in client.get(address).text
    client.post(address, said(question))
    question.refresh_from_db()
    assert question.state == "answered"
    link = AccessLink.objects.get(purpose="follow_up")
    assert link.last_used_at is not None
    assert "Mere Vakalala" not in Client().get(f"{address[:-2]}x/").text


def test_pages_cost_the_same_with_two_actions_and_with_five(edition, mere, phone):
    def cost(name):
        phone.get(url(name))
        with CaptureQueriesContext(connection) as counted:
            phone.get(url(name))
        return len(counted)

    with clock.at(follow.on_friday(edition)):
        follow.make_plan(mere)
    few = {name: cost(name) for name in ("plan", "follow_up", "share")}
    plan = ActionPlan.objects.get()
    for number in (3, 4, 5):
        plan.actions.create(
            number=number, subject=mere.person.subject, what="More", sign="x",
            by_when=edition.ends_on,
        )  # fmt: skip
    assert {name: cost(name) for name in few} == few


def test_answers_of_many_are_asked_for_in_few_queries(edition):
    for person in make.make_people(3, email=""):
        follow.make_plan(make.make_participation(edition, person))
    with clock.at(follow.after(edition, 6)), CaptureQueriesContext(connection) as counted:
        asking.ask_due()
    assert Progress.objects.count() == 3
    assert len(counted) < 40
    assert not Message.objects.exists()  # without an address nobody is written to


def test_wrong_orders(question, edition):
    with clock.at(follow.after(edition, 6)), pytest.raises(StaleRecordError):
        progress.tell(question, {}, expected_version=99, actor=None)
    with clock.at(follow.after(edition, 6)), pytest.raises(TransitionRefusedError):
        progress.tell(question, {}, expected_version=question.version, actor=None)
    twelve = Round.objects.get(months=12)
    with clock.at(follow.after(edition, 6)), pytest.raises(TransitionRefusedError):
        twelve.open(actor=None)


def test_a_link_of_the_follow_up_ends_with_its_round(question, edition):
    address = follow.address_in(Message.objects.get(template="followup/mails/asked"))
    with clock.at(follow.after(edition, 6, 61) + timedelta(hours=12)):
        assert Client().get(address).status_code == 404
    assert access_links.of(question, "follow_up").count() == 1
