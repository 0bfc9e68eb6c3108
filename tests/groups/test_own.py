"""Groups on a phone: my group, whom I have met, what we concluded, accepted or sent back."""

from itertools import islice

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from madang.core import clock
from madang.core.models import StaleRecordError
from madang.core.transitions import TransitionRefusedError
from madang.groups import beside, queries, rapporteurs
from madang.groups.actions import conclusions, hand
from madang.groups.models import Conclusion, Group
from madang.people.actions.refusal import RefusedError
from madang.workshops import asked, own_lines
from madang.workshops.actions import publication
from madang.workshops.models import Edition, Participation, SessionPerson
from tests import factories as make
from tests.groups import factories as here
from tests.groups.factories import address, own_address, signed_in, signed_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make.make_edition()


@pytest.fixture
def plan(edition):
    with clock.at(make.local(edition, 1, "08:00")):
        yield here.make_published(edition, 12, 4, 3)


@pytest.fixture
def group(plan) -> Group:
    """Group 1 of Monday, which has a room."""
    found = Group.objects.filter(number=1).order_by("round__session__starts_at").first()
    found.room = make.make_room(plan.edition, "Room B")
    found.save()
    return found


def other_than(group: Group) -> Participation:
    return group.members.exclude(participation=group.rapporteur_id).first().participation


def outsider(group: Group) -> Participation:
    inside = group.members.values("participation")
    return group.round.members.exclude(participation__in=inside).first().participation


def tasks(group: Group) -> list[asked.Asked]:
    """What the rapporteur of a group is asked for it."""
    where = own_address("group", group.round.plan.edition, group.pk)
    return [each for each in beside.asked(group.rapporteur) if each.url == where]


# --- My groups ------------------------------------------------------------------------------------
def test_the_page_answers_where_with_whom_and_whom_i_have_met(edition, plan, group):
    me = other_than(group)
    client = signed_in_as(me)
    with clock.at(make.local(edition, 1, "09:00")):
        page = client.get(own_address("groups", edition)).content.decode()
    assert "Room B" in page
    assert "You have now met 0 of 11." in page
    for member in group.members.all():
        assert str(member.participation.person) in page
    with clock.at(make.local(edition, 1, "14:45")):
        page = client.get(own_address("groups", edition)).content.decode()
    assert "You have now met 2 of 11." in page
    assert "By the end of the week it will be 6." in page


def test_before_it_is_published_nobody_sees_a_group(edition, plan, group):
    plan = here.read(plan)
    plan.withdraw(actor=None)
    client = signed_in_as(other_than(group))
    assert (
        b"The groups of the week will be here" in client.get(own_address("groups", edition)).content
    )
    assert client.get(own_address("group", edition, group.pk)).status_code == 404
    assert own_lines.of(other_than(group)) == {}
    assert tasks(group) == []


def test_my_week_says_my_group_beside_the_session(edition, plan, group):
    lines = own_lines.of(other_than(group))
    assert len(lines) == 3
    assert ">Group 1 · Room B</a>" in lines[group.round.session_id]
    publication.publish(edition, actor=None)
    client = signed_in_as(other_than(group))
    with clock.at(make.local(edition, 1, "14:45")):
        page = client.get(reverse("workshops:week", args=[edition.slug])).content.decode()
    assert "Group 1 · Room B" in page


def test_hosts_and_strangers_find_no_groups(edition, plan, group):
    for client in (signed_in(("host", edition)), signed_in()):
        assert client.get(own_address("groups", edition)).status_code == 404
        assert client.get(own_address("group", edition, group.pk)).status_code == 404


@pytest.mark.parametrize("many", [False, True])
def test_my_groups_cost_the_same_with_few_and_with_many(edition, many):
    with clock.at(make.local(edition, 1, "08:00")):
        plan = here.make_published(edition, *((24, 4, 4) if many else (4, 2, 1)))
        me = here.week(plan).rounds[0].groups[0].members[0].participation
        client = signed_in_as(me)
        client.get(own_address("groups", edition))
        with CaptureQueriesContext(connection) as asked_:
            client.get(own_address("groups", edition))
        with CaptureQueriesContext(connection) as lines:
            beside.lines(me)
    assert len(asked_) == 22
    assert len(lines) == 1


# --- What we concluded ----------------------------------------------------------------------------
def test_the_rapporteur_writes_hands_in_and_the_secretariat_accepts(edition, plan, group):
    with clock.at(make.local(edition, 1, "15:00")):
        assert [each.is_done for each in tasks(group)] == [False]
        client = signed_in_as(group.rapporteur)
        where = own_address("write", edition, group.pk)
        client.post(where, {"text": "Start with one law.", "version": 1, "hand_in": "1"})
        conclusion = Conclusion.objects.get(group=group)
        assert (conclusion.state, conclusion.text) == ("handed_in", "Start with one law.")
        assert queries.conclusions(edition) == []
        assert [each.is_done for each in tasks(group)] == [True]
        officer = signed_in("secretariat")
        assert b"Start with one law." in officer.get(address("conclusions", edition)).content
        officer.post(own_address("accept", edition, group.pk))
    (found,) = queries.conclusions(edition)
    assert (found.group_number, found.rapporteur, found.text) == (
        1, group.rapporteur, "Start with one law.",
    )  # fmt: skip
    assert found.session == group.round.session
    anybody = signed_in_as(outsider(group))
    assert b"Start with one law." in anybody.get(own_address("conclusions", edition)).content


def test_what_is_typed_is_saved_and_another_s_words_are_not_overwritten(edition, plan, group):
    client = signed_in_as(group.rapporteur)
    where = own_address("write", edition, group.pk)
    told = client.post(where, {"text": "One", "version": 1}, headers={"X-Draft": "1"})
    assert told.status_code == 200
    version = told.json()["version"]
    again = client.post(where, {"text": "Two", "version": version}, headers={"X-Draft": "1"})
    assert again.json()["version"] == version + 1
    stale = client.post(where, {"text": "Other", "version": 1}, headers={"X-Draft": "1"})
    assert stale.status_code == 409
    assert "in the meantime" in stale.json()["said"]
    button = client.post(where, {"text": "Other", "version": 1})
    assert b"Somebody else saved this" in button.content
    assert Conclusion.objects.get(group=group).text == "Two"
    with pytest.raises(StaleRecordError):
        conclusions.write(group.conclusion, "x", expected_version=1, actor=None, scope=edition.pk)


def test_what_was_handed_in_is_sent_back_with_a_note_and_mended(edition, plan, group):
    client = signed_in_as(group.rapporteur)
    write = own_address("write", edition, group.pk)
    client.post(write, {"text": "One", "version": 1, "hand_in": "1"})
    assert client.get(write).status_code == 302
    late = client.post(write, {"text": "Late", "version": 3}, headers={"X-Draft": "1"})
    assert late.status_code == 409
    officer = signed_in("secretariat")
    back = own_address("send_back", edition, group.pk)
    assert b"required" in officer.post(back, {"note": " "}).content
    officer.post(back, {"note": "Say who pays."})
    assert b"Say who pays." in client.get(write).content
    conclusion = Conclusion.objects.get(group=group)
    client.post(write, {"text": "Two", "version": conclusion.version, "hand_in": "1"})
    conclusion.refresh_from_db()
    assert (conclusion.state, conclusion.text, conclusion.note) == ("handed_in", "Two", "")


def test_nothing_is_handed_in_empty_or_accepted_unasked(edition, plan, group):
    with pytest.raises(TransitionRefusedError, match="Write first"):
        conclusions.hand_in(group.conclusion, actor=None, scope=edition.pk)
    with pytest.raises(TransitionRefusedError, match="not possible"):
        conclusions.accept(group.conclusion, actor=None, scope=edition.pk)
    with pytest.raises(RefusedError, match="to be mended"):
        conclusions.send_back(group.conclusion, "", actor=None, scope=edition.pk)


def test_members_read_what_is_written_others_only_what_is_accepted(edition, plan, group):
    conclusions.write(group.conclusion, "Quietly", expected_version=1, actor=None, scope=edition.pk)
    page = own_address("group", edition, group.pk)
    member, other = signed_in_as(other_than(group)), signed_in_as(outsider(group))
    assert b"Quietly" in member.get(page).content
    assert b"Quietly" not in other.get(page).content
    for client in (member, other):
        assert client.get(own_address("write", edition, group.pk)).status_code == 404
        assert client.post(own_address("accept", edition, group.pk)).status_code == 404
    conclusion = Conclusion.objects.get(group=group)
    conclusions.hand_in(conclusion, actor=None, scope=edition.pk)
    conclusions.accept(conclusion, actor=None, scope=edition.pk)
    assert b"Quietly" in other.get(page).content


def test_whoever_leads_the_session_writes_and_judges(edition, plan, group):
    leader = make.make_participation(edition, kind=Participation.Kind.RESOURCE_PERSON)
    make.make_part(group.round.session, leader, role=SessionPerson.Role.FACILITATOR)
    client = signed_in_as(leader, "resource_person")
    where = own_address("write", edition, group.pk)
    client.post(where, {"text": "Led", "version": 1, "hand_in": "1"})
    client.post(own_address("accept", edition, group.pk))
    assert Conclusion.objects.get(group=group).state == "accepted"
    elsewhere = Group.objects.filter(number=1).exclude(round=group.round).first()
    assert client.get(own_address("write", edition, elsewhere.pk)).status_code == 404


def test_markup_in_a_conclusion_is_text(edition, plan, group):
    conclusions.write(
        group.conclusion, "<script>x()</script>", expected_version=1, actor=None, scope=edition.pk
    )
    page = signed_in("secretariat").get(own_address("group", edition, group.pk)).content
    assert b"<script>x()" not in page


def test_too_long_a_conclusion_is_refused(edition, plan, group):
    client = signed_in_as(group.rapporteur)
    where = own_address("write", edition, group.pk)
    sent = {"text": "x" * 7000, "version": 1}
    assert b"too long" in client.post(where, sent).content
    assert client.post(where, sent, headers={"X-Draft": "1"}).status_code == 409


def test_conclusions_are_exported(edition, plan, group):
    conclusions.write(group.conclusion, "One law", expected_version=1, actor=None, scope=edition.pk)
    with clock.at(make.local(edition, 1, "16:00")):
        answer = signed_in("secretariat").get(address("conclusions", edition), {"format": "csv"})
        assert "One law" in answer.getvalue().decode()


def test_a_pinned_rapporteur_is_proposed_anew_only_when_asked(edition, plan):
    group = Group.objects.filter(number=2).order_by("round__session__starts_at").last()
    other = other_than(group)
    values = {"room": None, "place": "", "rapporteur": other}
    hand.change_group(group, values, expected_version=group.version, everywhere=False, actor=None)
    group.refresh_from_db()
    assert group.rapporteur == other
    assert hand.appoint_anew(here.read(plan), actor=None) > 0


# --- In turn --------------------------------------------------------------------------------------
@given(st.integers(1, 6), st.integers(1, 6), st.integers(1, 9), st.randoms(use_true_random=False))
def test_nobody_writes_twice_before_all_have_written_once(size, groups, rounds, chance):
    everybody = list(range(size * groups))
    slots = []
    for _ in range(rounds):
        chance.shuffle(everybody)
        slots += [everybody[number::groups] for number in range(groups)]
    chosen = rapporteurs.in_turn(slots, {}, {})
    assert all(key in slot for key, slot in zip(chosen, slots, strict=True))
    turns = [chosen.count(one) for one in everybody]
    assert max(turns) <= -(-rounds // size)


def test_countries_take_turns_too():
    country = {1: "A", 2: "A", 3: "B", 4: "C"}
    slots = [[1, 2], [2, 1, 3], [4, 3, 2]]
    chosen = list(islice(rapporteurs.in_turn(slots, {}, country), 3))
    assert {country[key] for key in chosen} == {"A", "B", "C"}
