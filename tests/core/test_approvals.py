"""What goes out is read by a named director who did not write it, and stays as it was read."""

import pytest
from django.core.exceptions import PermissionDenied

from madang.core import approvals, audit
from madang.core.models import Approval, AuditEntry, Event
from madang.core.policies import role
from madang.core.transitions import TransitionRefusedError
from madang.workshops.models import Recommendation
from tests.factories import make_account, make_edition, make_recommendation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _recommendations_are_approved():
    approvals.register(
        Recommendation,
        kind="recommendation",
        label="recommendation",
        content=lambda thing: {"text": thing.text, "number": thing.number},
        author_rule=role("secretariat", at="edition_id"),
        director_rule=role("director", at="edition_id"),
        directors=lambda _thing: [],
    )
    yield
    approvals._kinds.pop("workshops.recommendation")


@pytest.fixture
def edition():
    return make_edition()


@pytest.fixture
def thing(edition):
    return make_recommendation(edition, "Show more good practice.")


@pytest.fixture
def officer(edition):
    return make_account(roles=[("secretariat", edition)])


@pytest.fixture
def director(edition):
    return make_account(roles=[("director", edition)])


@pytest.fixture
def cleared(thing, officer, director):
    approval = approvals.start(thing, actor=officer, director=director)
    approvals.clear(approval, actor=officer)
    return approval


def refused(words="."):
    return pytest.raises(TransitionRefusedError, match=words)


def test_a_text_is_put_up_cleared_and_approved_and_then_stays_as_it_was(
    thing, officer, director, cleared
):
    assert approvals.approved_content(thing) is None
    approvals.approve(cleared, actor=director, seen=cleared.digest)
    thing.text = "Something quite different."
    thing.save()
    assert approvals.approved_content(thing) == {"text": "Show more good practice.", "number": 1}
    stored = Approval.objects.get(pk=cleared.pk)
    assert stored.state == "approved"
    assert stored.digest == approvals.digest(stored.content)
    verbs = list(AuditEntry.objects.filter(thing_id=cleared.pk).values_list("verb", flat=True))
    assert sorted(verbs) == ["approval.approved", "approval.cleared", "approval.started"]
    assert set(AuditEntry.objects.values_list("scope_id", flat=True)) >= {thing.edition_id}
    assert Event.objects.filter(name="approval.approved", thing_id=cleared.pk).exists()

    second = approvals.start(thing, actor=officer, director=director)
    assert second.number == 2
    assert approvals.latest(thing) == second
    assert approvals.approved(thing) == stored


def test_nobody_approves_their_own_text(thing, edition):
    both = make_account(roles=[("secretariat", edition), ("director", edition)])
    with refused("can't approve"):
        approvals.start(thing, actor=both, director=both)
    assert not Approval.objects.exists()


def test_only_the_named_director_decides(edition, cleared, officer):
    other = make_account(roles=[("director", edition)])
    for who in (other, officer):
        with pytest.raises(PermissionDenied):
            approvals.approve(cleared, actor=who, seen=cleared.digest)
        with pytest.raises(PermissionDenied):
            approvals.send_back(cleared, actor=who, reason="No.")
        with pytest.raises(PermissionDenied):
            approvals.delegate(cleared, actor=who, to=other)


def test_a_director_whose_role_has_ended_decides_nothing(cleared, director):
    director.roles.all().delete()
    director.forget_roles()
    with pytest.raises(PermissionDenied):
        approvals.approve(cleared, actor=director, seen=cleared.digest)


def test_only_an_author_puts_up_clears_and_withdraws(thing, director, cleared):
    stranger = make_account(roles=["focal_point"])
    with pytest.raises(PermissionDenied):
        approvals.start(thing, actor=stranger, director=director)
    with pytest.raises(PermissionDenied):
        approvals.withdraw(cleared, actor=director)
    approvals.send_back(cleared, actor=director, reason="Name the countries.")
    with pytest.raises(PermissionDenied):
        approvals.clear(cleared, actor=director)


def test_the_named_director_has_to_be_one(thing, officer):
    with refused("not a director"):
        approvals.start(thing, actor=officer, director=make_account(roles=["participant"]))


def test_a_draft_is_not_approved_before_it_is_cleared(thing, officer, director):
    approval = approvals.start(thing, actor=officer, director=director)
    with refused():
        approvals.approve(approval, actor=director, seen="")


def test_it_comes_back_with_a_reason_and_goes_up_again(thing, officer, director, cleared):
    with refused("Say why"):
        approvals.send_back(cleared, actor=director, reason="  ")
    approvals.send_back(cleared, actor=director, reason="Name the countries.")
    assert (cleared.state, cleared.reason) == ("draft", "Name the countries.")
    thing.text = "Show more good practice of Fiji and Mongolia."
    thing.save()
    approvals.clear(cleared, actor=officer)
    assert cleared.reason == ""
    assert "Mongolia" in cleared.content


def test_what_changed_after_it_was_cleared_is_not_approved(thing, director, cleared):
    thing.text = "Slipped in afterwards."
    thing.save()
    with refused("changed since"):
        approvals.approve(cleared, actor=director, seen=cleared.digest)


def test_only_what_the_director_read_is_approved(thing, officer, director, cleared):
    read = cleared.digest
    other = Approval.objects.get(pk=cleared.pk)
    approvals.send_back(other, actor=director, reason="Shorter.")
    thing.text = "Shorter."
    thing.save()
    approvals.clear(other, actor=officer)
    with refused("changed since"):
        approvals.approve(Approval.objects.get(pk=cleared.pk), actor=director, seen=read)
    with refused("changed"):
        approvals.approve(cleared, actor=director, seen=read)


def test_a_director_delegates_to_another_who_is_not_the_author(edition, cleared, officer, director):
    deputy = make_account(roles=[("director", edition)])
    with refused("can't approve"):
        approvals.delegate(cleared, actor=director, to=officer)
    with refused("not a director"):
        approvals.delegate(cleared, actor=director, to=make_account())
    approvals.delegate(cleared, actor=director, to=deputy)
    with pytest.raises(PermissionDenied):
        approvals.approve(cleared, actor=director, seen=cleared.digest)
    approvals.approve(cleared, actor=deputy, seen=cleared.digest)
    assert cleared.delegated_by == director.audit_id


def test_a_page_left_open_decides_nothing_that_was_handed_on(edition, cleared, officer, director):
    left_open = Approval.objects.get(pk=cleared.pk)
    approvals.delegate(cleared, actor=director, to=make_account(roles=[("director", edition)]))
    with pytest.raises(PermissionDenied):
        approvals.approve(left_open, actor=director, seen=left_open.digest)
    with pytest.raises(PermissionDenied):
        approvals.send_back(left_open, actor=director, reason="Shorter.")


def test_a_thing_is_under_approval_once_at_a_time(thing, officer, director, cleared):
    with refused("already"):
        approvals.start(thing, actor=officer, director=director)
    approvals.withdraw(cleared, actor=officer)
    assert approvals.latest(thing) is None
    assert approvals.start(thing, actor=officer, director=director).number == 2
    with refused("not possible any more"):
        approvals.withdraw(cleared, actor=officer)


def test_the_same_content_has_the_same_fingerprint_however_it_is_ordered():
    assert approvals.canonical({"b": 1, "a": "é"}) == approvals.canonical({"a": "é", "b": 1})
    assert approvals.parse(approvals.canonical("Hello")) == "Hello"


def test_a_reason_is_no_part_of_the_audit_trail(director, cleared):
    approvals.send_back(cleared, actor=director, reason="Fatima is not the minister any more.")
    facts = [line.entry.facts for line in audit.trail(director, thing=cleared)]
    assert facts == [{"number": 1}] * len(facts)
