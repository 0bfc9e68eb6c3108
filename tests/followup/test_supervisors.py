"""A supervisor sees exactly what was released, and answers to the participant alone."""

import pytest
from django.test import Client
from django.urls import reverse

from madang.core import clock
from madang.core.models import AuditEntry, Message
from madang.followup import rules
from madang.followup.actions import progress, releases
from madang.followup.models import (
    ActionPlan,
    Progress,
    Release,
    ReleasedPart,
    Report,
)
from madang.followup.queries import releasable
from madang.people import erasure
from madang.people.actions.refusal import RefusedError
from madang.people.models import AccessLink
from madang.workshops.models import Participation
from tests import factories as make
from tests.followup import factories as follow
from tests.support.rules import assert_halves_agree

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def url(name, *more):
    return reverse(f"own_followup:{name}", args=["incheon", *more])


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
    address = follow.address_in(Message.objects.get(template="followup/mails/supervisor"))
    stranger = Client()
    assert stranger.get(address).status_code == 302
    assert "Signed." not in stranger.get(f"{address}code/").text
    client = follow.let_in(address, f"{address}code/")
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
    address = follow.address_in(Message.objects.get(template="followup/mails/supervisor"))
    client = follow.let_in(address, f"{address}code/")
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
    address = follow.address_in(Message.objects.get(template="followup/mails/supervisor"))
    client = follow.let_in(address, f"{address}code/")
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
    address = follow.address_in(Message.objects.get(template="followup/mails/supervisor"))
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
