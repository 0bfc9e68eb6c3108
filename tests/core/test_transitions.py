"""A state changes only as declared: under a lock, with its guard and one line in the history."""

import pytest

from madang.core import transitions
from madang.core.identifiers import uuid7
from madang.core.models import Approval, AuditEntry
from madang.core.transitions import Transition, TransitionRefusedError
from tests.factories import make_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def approval():
    return Approval.objects.create(
        thing_model="people.person", thing_id=uuid7(), number=1,
        author_id=uuid7(), director_id=uuid7(),
    )  # fmt: skip


FIELDS = {"digest": "0" * 64, "cleared_at": "2007-10-08T09:00Z", "cleared_by": None}


def test_a_change_writes_the_state_what_goes_with_it_and_one_line(approval):
    officer = make_account()
    approval.clear(actor=officer, fields=FIELDS, number=1)
    stored = Approval.objects.get()
    assert (stored.state, stored.digest) == ("cleared", "0" * 64)
    assert stored.version == approval.version == 2
    entry = AuditEntry.objects.get(thing_id=approval.pk)
    assert (entry.verb, entry.actor_id, entry.facts) == (
        "approval.cleared", officer.audit_id, {"number": 1},
    )  # fmt: skip


def test_what_is_stored_decides_and_not_what_somebody_read_earlier(approval):
    stale = Approval.objects.get()
    approval.withdraw(actor=None)
    with pytest.raises(TransitionRefusedError, match="now “withdrawn”"):
        stale.withdraw(actor=None)
    assert AuditEntry.objects.filter(thing_id=approval.pk).count() == 1


def test_a_page_offers_what_is_possible_now(approval):
    def offered():
        return [transition.name for transition in transitions.available(approval)]

    assert offered() == ["clear", "withdraw"]
    assert str(transitions.available(approval)[0].label) == "Clear for approval"
    approval.withdraw(actor=None)
    assert offered() == []
    assert [declared.name for declared in transitions.declared(Approval)] == [
        "clear", "approve", "send_back", "withdraw",
    ]  # fmt: skip


def test_a_guard_says_why_not_and_judges_the_row_as_it_is_stored(approval, monkeypatch):
    guarded = Transition(
        "state", sources=["draft"], target="withdrawn", label="Drop", audit="approval.withdrawn",
        guard=lambda thing: None if thing.reason else "Give a reason first.",
    )  # fmt: skip
    guarded.__set_name__(Approval, "drop")
    monkeypatch.setattr(Approval, "drop", guarded, raising=False)
    assert approval.drop.refusal() == "Give a reason first."
    with pytest.raises(TransitionRefusedError, match="Give a reason"):
        approval.drop(actor=None)
    approval.reason = "Typed, but not saved."
    with pytest.raises(TransitionRefusedError, match="Give a reason"):
        approval.drop(actor=None)
    approval.save()
    approval.drop(actor=None)
    assert Approval.objects.get().state == "withdrawn"


def test_many_change_together_each_with_its_line_and_its_own_refusal():
    def made(number, **fields):
        return Approval.objects.create(
            thing_model="people.person", thing_id=uuid7(), number=number,
            author_id=uuid7(), director_id=uuid7(), **fields,
        )  # fmt: skip

    drafts = [made(number) for number in range(1, 8)]
    gone = made(9, state=Approval.State.WITHDRAWN)
    officer = make_account()
    refused = Approval.withdraw.together(
        Approval.objects.all(), actor=officer, facts=lambda approval: {"number": approval.number}
    )
    assert list(refused) == [gone.pk]
    assert "now “withdrawn”" in refused[gone.pk]
    assert {it.state for it in Approval.objects.all()} == {"withdrawn"}
    assert {it.version for it in Approval.objects.exclude(pk=gone.pk)} == {2}
    lines = AuditEntry.objects.filter(thing_id__in=[it.pk for it in drafts])
    assert sorted(line.facts["number"] for line in lines) == list(range(1, 8))
    assert {line.actor_id for line in lines} == {officer.audit_id}
