"""Six months later: people say how it went, and choose what their supervisor sees of it."""

import re
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
from madang.followup import rules
from madang.followup.actions import asking, progress, releases
from madang.followup.models import (
    ActionPlan,
    Progress,
    Release,
    ReleasedPart,
    Report,
    Round,
)
from madang.followup.queries import plans, releasable
from madang.people import access_links, erasure
from madang.people.actions.refusal import RefusedError
from madang.people.models import AccessLink
from madang.workshops import asked
from madang.workshops.models import Participation
from tests import factories as make
from tests.followup import factories as follow
from tests.support.rules import assert_halves_agree

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def edition():
    edition = make.make_edition(slug="incheon")
    follow.begin(edition)
    return edition


@pytest.fixture
def mere(edition):
    person = make.make_person("Mere Vakalala", email="mere@example.org")
    account = make.make_account(roles=[("participant", edition)], person=person)
    return make.make_participation(edition, account.person)


@pytest.fixture
def question(mere):
    return follow.asked(follow.make_plan(mere))


@pytest.fixture
def later(edition):
    with clock.at(follow.after(edition, 6, 2)):
        yield


@pytest.fixture
def phone(mere, later):
    client = Client()
    client.force_login(mere.person.account)
    return client


def url(name, *more):
    return reverse(f"own_followup:{name}", args=["incheon", *more])


def said(question, **further):
    return {
        "version": question.version,
        "a1-status": "done", "a1-evidence": "Signed on 3 March.", "a1-helped": "My minister.",
        "a2-status": "given_up", "a2-hindered": "No budget for it.",
    } | further  # fmt: skip


def address_in(message):
    return re.search(r"http://\S+?(/follow-up/\S+)", message.text)[1]


def let_in(address, code_address):
    """A browser that gave the code which the mail to that link brings."""
    client = Client()
    client.post(code_address, {"act": "send"})
    mail = Message.objects.filter(template="people/mails/access_code").order_by("-created_at")[0]
    client.post(code_address, {"code": re.search(r"\d{6}", mail.text)[0], "act": "enter"})
    assert client.get(address).status_code == 200
    return client


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
    address = address_in(Message.objects.get(template="followup/mails/asked"))
    stranger = Client()
    assert stranger.get(address).status_code == 302
    assert stranger.post(address, said(question)).status_code == 302
    assert "charter" not in stranger.get(f"{address}code/").text
    client = let_in(address, f"{address}code/")
    assert "Write the charter" in client.get(address).text
    client.post(address, said(question))
    question.refresh_from_db()
    assert question.state == "answered"
    link = AccessLink.objects.get(purpose="follow_up")
    assert link.last_used_at is not None
    assert "Mere Vakalala" not in Client().get(f"{address[:-2]}x/").text


# --- The supervisor ------------------------------------------------------------------------------
SECRETS = ("My minister.", "No budget for it.", "Train two colleagues", "my cousin")


@pytest.fixture
def told(question):
    """Everything is told; the evidence of the first action is what is shown."""
    plan = question.plan
    for action in plan.actions.all():
        action.with_whom = "my cousin"
        action.save()
    rows = {
        action: {"status": "done", "evidence": "Signed.", "helped": SECRETS[0],
                 "hindered": SECRETS[1]}
        for action in plan.actions.all()
    }  # fmt: skip
    with clock.at(follow.after(plan.participation.edition, 6, 1)):
        progress.tell(question, rows, expected_version=question.version, actor=None)
    return plan


def test_the_supervisor_sees_exactly_what_was_released(told, later):
    follow.release(told, "evidence")
    address = address_in(Message.objects.get(template="followup/mails/supervisor"))
    stranger = Client()
    assert stranger.get(address).status_code == 302
    assert "Signed." not in stranger.get(f"{address}code/").text
    client = let_in(address, f"{address}code/")
    page = client.get(address).text
    assert "Signed." in page
    assert "Write the charter" in page
    assert "Mere Vakalala" in page
    for secret in SECRETS:
        assert secret not in page
    assert "chip good" not in page  # not even how it stands
    mail = Message.objects.get(template="followup/mails/supervisor")
    assert "charter" not in mail.text
    assert "Mere Vakalala" in mail.text


def test_each_part_is_shown_only_if_it_is_released(told):
    texts = {"action": "Write the charter", "evidence": "Signed.", "helped": SECRETS[0],
             "hindered": SECRETS[1], "status": "done"}  # fmt: skip
    release = follow.release(told, "action")
    for part in ReleasedPart.Part.values:
        items = releasable.items(told)
        key = next(it.key for it in items if it.part == part)
        releases.choose(release, [key], actor=None)
        shown = releasable.shown(release)
        assert [it.action.what for it in shown] == ["Write the charter"]
        seen = [item.text for each in shown for _months, item in each.statements]
        assert seen == ([] if part == "action" else [texts[part]])


def test_the_answer_comes_back_to_the_participant_alone(told, later, phone):
    release = follow.release(told, "evidence")
    address = address_in(Message.objects.get(template="followup/mails/supervisor"))
    client = let_in(address, f"{address}code/")
    client.post(address, {"verdict": "partly", "comment": "The draft, not the decree."})
    release.refresh_from_db()
    assert (release.state, release.verdict) == ("confirmed", "partly")
    assert "The draft, not the decree." in phone.get(url("share")).text
    officer = Client()
    officer.force_login(make.make_account(roles=["secretariat"]))
    for page in (
        reverse("followup:follow_up", args=["incheon"]),
        reverse("manage:history", args=["incheon"]),
        reverse("core:history"),
    ):
        text = officer.get(page).text
        for secret in ("The draft", "charter", "Signed."):
            assert secret not in text
    # That there is such a person is known to those who look after people; not whose they are.
    assert "Tuisuva" not in officer.get(reverse("manage:history", args=["incheon"])).text
    added = AuditEntry.objects.get(verb="person.added")
    assert (added.actor_id, added.scope_id) == (None, None)


def test_taking_it_back_works_at_once(told, later):
    release = follow.release(told, "evidence")
    address = address_in(Message.objects.get(template="followup/mails/supervisor"))
    client = let_in(address, f"{address}code/")
    client.post(address, {"verdict": "yes", "comment": "Seen."})
    releases.withdraw(release, actor=None)
    releases.withdraw(release, actor=None)
    for answer in (client.get(address), client.post(address, {"verdict": "no"})):
        assert answer.status_code == 404
        assert "Signed." not in answer.text
    assert not ReleasedPart.objects.exists()
    release.refresh_from_db()
    assert (release.state, release.verdict, release.comment) == ("withdrawn", "yes", "Seen.")
    with pytest.raises(RefusedError):
        releases.confirm(release, "no", "", actor=AccessLink.objects.first())


def test_a_statement_that_is_changed_is_hidden_until_it_is_released_again(told, question, later):
    release = follow.release(told, "evidence", "helped")
    question.refresh_from_db()
    action = told.actions.first()
    rows = {action: {"status": "done", "evidence": "Not signed after all.", "helped": SECRETS[0]}}
    progress.tell(question, rows, expected_version=question.version, actor=None)
    seen = [it.text for each in releasable.shown(release) for _m, it in each.statements]
    assert seen == [SECRETS[0]]


def test_what_is_written_in_the_next_round_is_not_released_with_the_first(told, edition):
    release = follow.release(told)
    twelve = follow.asked(told, 12)
    follow.answer(twelve, evidence="Repealed again.")
    seen = [it.text for each in releasable.shown(release) for _m, it in each.statements]
    assert "Repealed again." not in seen


def test_a_supervisor_is_named_in_the_browser(told, phone):
    items = releasable.items(told)
    wanted = {"name": "Director Tuisuva", "email": "Boss@example.org", "parts": [items[0].key]}
    page = phone.post(url("share"), wanted)
    assert "agrees" in page.context["form"].errors
    assert not Release.objects.exists()
    own_address = phone.post(url("share"), wanted | {"agrees": "on", "email": "mere@example.org"})
    assert "This is your own address." in own_address.text
    nothing = phone.post(url("share"), wanted | {"agrees": "on", "parts": []})
    assert "Choose what your supervisor sees." in nothing.text
    phone.post(url("share"), wanted | {"agrees": "on"})
    phone.post(url("share"), wanted | {"agrees": "on"})
    release = Release.objects.get()
    assert release.supervisor.email == "boss@example.org"
    assert Message.objects.filter(template="followup/mails/supervisor").count() == 1
    phone.post(url("share_withdraw"))
    release.refresh_from_db()
    assert release.state == "withdrawn"


def test_nobody_releases_what_belongs_to_somebody_else(told, edition):
    other = make.make_participation(edition, make.make_account().person)
    foreign = releasable.items(follow.make_plan(other, "Foreign", "More"))
    with pytest.raises(RefusedError):
        releases.name_supervisor(
            told, "Boss", "boss@example.org", [it.key for it in foreign], actor=None
        )
    with pytest.raises(RefusedError):
        releases.name_supervisor(told, "B", "boss@example.org", ["action:x", ""], actor=None)


def test_a_second_supervisor_waits_for_the_first_to_be_taken_back(told):
    release = follow.release(told, "action")
    with pytest.raises(RefusedError):
        follow.release(told, "action", email="other@example.org")
    releases.withdraw(release, actor=None)
    follow.release(told, "action", email="other@example.org")


# --- Who may, and what goes ----------------------------------------------------------------------
def test_rules_say_the_same_to_a_person_and_to_the_database(told, edition):
    follow.release(told, "action")
    other = make.make_account(roles=[("participant", edition)])
    make.make_participation(edition, other.person)
    people = [
        other,
        told.participation.person.account,
        make.make_account(roles=["secretariat"]),
        make.make_account(roles=["director"]),
        make.make_account(roles=[("focal_point", make.make_country("FJ"))]),
    ]
    assert_halves_agree(rules.own_plan, people, Participation.objects.all())
    assert_halves_agree(rules.own_thing, people, ActionPlan.objects.all())
    assert_halves_agree(rules.own_progress, people, Progress.objects.all())
    assert_halves_agree(rules.own_progress, people, Release.objects.all())
    assert_halves_agree(rules.own_report, people, Report.objects.all())
    seen = [rules.own_thing.visible(who, ActionPlan.objects.all()).count() for who in people]
    assert seen == [0, 1, 0, 0, 0]


def test_erasing_takes_the_plan_and_closes_the_supervisors_door(told, later):
    follow.release(told, "evidence")
    address = address_in(Message.objects.get(template="followup/mails/supervisor"))
    erasure.erase(told.participation.person, actor=None)
    erasure.forget(told.participation.person)
    assert not ActionPlan.objects.exists()
    assert not Report.objects.exists()
    assert not Release.objects.exists()
    assert Client().get(address).status_code == 404
    assert Participation.objects.filter(pk=told.participation_id).exists()


def test_a_supervisor_who_is_erased_is_named_nowhere(told):
    release = follow.release(told, "evidence")
    erasure.erase(release.supervisor, actor=None)
    release.refresh_from_db()
    assert (release.supervisor, release.state) == (None, "withdrawn")
    assert not AccessLink.objects.filter(purpose="supervise").exists()


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
    address = address_in(Message.objects.get(template="followup/mails/asked"))
    with clock.at(follow.after(edition, 6, 61) + timedelta(hours=12)):
        assert Client().get(address).status_code == 404
    assert access_links.of(question, "follow_up").count() == 1
