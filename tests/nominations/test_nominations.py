"""Nominations are entered, changed, sent, taken back and judged, one by one and many at once."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.core import clock
from madang.core.models import AuditEntry, StaleRecordError
from madang.core.transitions import TransitionRefusedError
from madang.nominations.actions import nominations as actions
from madang.nominations.actions.nominations import Change, Entry
from madang.nominations.actions.removal import remove_draft
from madang.nominations.completeness import missing
from madang.nominations.models import Answer, Endorsement, Nomination
from madang.people.actions.refusal import RefusedError
from madang.people.models import Person
from tests.factories import make_account, make_country, make_edition, make_organisation, make_person
from tests.nominations.factories import (
    make_answer,
    make_call,
    make_invitation,
    make_nomination,
    make_nominations,
    make_question,
)

pytestmark = pytest.mark.django_db

PERSON = {"name": "Laisa Vunibola", "email": "Laisa@example.org", "position": "Director"}
VALUES = {
    "organisation_name": "Ministry of Communications",
    "sector": "government",
    "sex": "female",
}


def enter(edition, person=None, values=None, **options):
    options = {"origin": Nomination.Origin.FORM, "actor": None} | options
    fiji = make_country("FJ")
    return actions.enter(
        edition, fiji, PERSON if person is None else person,
        VALUES if values is None else values, **options,
    )  # fmt: skip


def labels(nomination):
    return [it.code for it in missing(Nomination.objects.get(pk=nomination.pk))]


def test_a_nomination_has_a_person_a_number_and_the_organisation_that_bears_its_name():
    ministry = make_organisation("Ministry of Communications", country=make_country("FJ"))
    make_organisation("Ministry of Communications", country=make_country("TH"))
    officer = make_account()
    edition = make_call().edition
    first, second = enter(edition, actor=officer), enter(edition, {"name": "Second"})
    assert (first.number, second.number) == (1, 2)
    assert (first.organisation, first.person.organisation) == (ministry, ministry)
    assert first.person.email == "laisa@example.org"
    assert first.person.country == make_country("FJ")
    assert first.subject_id == first.person.subject_id
    assert first.entered_by == officer.audit_id
    line = AuditEntry.objects.get(verb="nomination.added", thing_id=first.pk)
    assert (line.scope_id, line.facts) == (edition.pk, {"number": 1})


def test_a_nomination_without_a_name_is_refused_and_leaves_nothing():
    edition = make_call().edition
    with pytest.raises(RefusedError):
        enter(edition, {"name": "  "})
    assert not edition.nominations.exists()


def test_many_are_entered_in_a_few_queries():
    edition = make_call().edition
    question = make_question(edition.call, "team", kind="number")

    def entries(how_many):
        return [
            Entry(make_country("FJ"), {**PERSON, "name": f"Person {n}"}, VALUES, {"team": str(n)})
            for n in range(1, how_many + 1)
        ]

    for how_many in (1, 300):
        new = entries(how_many)
        with CaptureQueriesContext(connection) as queries:
            made = actions.enter_many(edition, new, origin="spreadsheet", actor=None)
        # The database takes so many values at a time, and not more.
        assert len(queries) <= 16 + how_many // 10
    assert [it.number for it in edition.nominations.all()] == list(range(1, 302))
    last = Nomination.objects.get(pk=made[-1].pk)
    assert (str(last.person), last.answers.get().text, last.version) == ("Person 300", "300", 1)
    assert question.answers.count() == 301
    assert AuditEntry.objects.filter(verb="nomination.entered_many").count() == 2


def test_what_is_missing_is_named_in_the_order_of_the_form():
    call = make_call(endorsement_needed=True, least_experience=5, least_language=3)
    first = make_question(call, "leads", kind="yes_no", is_required=True)
    make_question(call, "team", kind="number", is_required=True, depends_on=first,
                  depends_value="yes")  # fmt: skip
    nomination = enter(call.edition, {"name": "Only a name"}, {})
    assert labels(nomination) == [
        "email", "position", "organisation_name", "sector", "sex", "years_experience",
        "language_level", "leads", "endorsement",
    ]  # fmt: skip
    values = {**VALUES, "years_experience": 5, "language_level": 3, "endorsed_on": date(2007, 7, 1)}
    actions.change(nomination, {**PERSON, "phone": "1"}, values,
                   answers={"leads": "yes"}, actor=None)  # fmt: skip
    assert labels(nomination) == ["team"]
    with pytest.raises(TransitionRefusedError, match="Question team"):
        actions.submit(nomination, actor=None)
    actions.change(nomination, {}, {}, answers={"leads": "no"}, actor=None)
    actions.submit(nomination, actor=None)
    assert nomination.state == "submitted"
    assert nomination.submitted_at is not None


def test_an_endorsement_that_was_refused_outweighs_a_date_in_a_spreadsheet():
    call = make_call(endorsement_needed=True)
    nomination = make_nomination(call.edition, state="draft", endorsed_on=date(2007, 7, 1))
    assert labels(nomination) == []
    Endorsement.objects.create(nomination=nomination, subject=nomination.subject, state="refused")
    assert labels(nomination) == ["endorsement"]


def test_changes_name_what_changed_and_write_nothing_where_nothing_did():
    call = make_call()
    make_question(call, "why", kind="long")
    nomination = enter(call.edition)
    changed = actions.change(
        nomination, {**PERSON, "position": "Secretary"}, {**VALUES, "sex": "male"},
        answers={"why": "To learn."}, actor=None,
    )  # fmt: skip
    assert changed == ["sex", "position", "why"]
    line = AuditEntry.objects.get(verb="nomination.changed")
    assert line.facts == {"fields": ["sex", "position", "answers"]}
    version = nomination.version
    assert actions.change(nomination, {"position": "Secretary"}, {"sex": "male"}, actor=None) == []
    assert Nomination.objects.get(pk=nomination.pk).version == version
    assert Person.objects.count() == 1


def test_of_two_who_write_at_once_the_second_is_told_even_where_only_the_person_changed():
    nomination = enter(make_call().edition)
    version = nomination.version
    actions.change(nomination, {"phone": "111"}, {}, actor=None, expected_version=version)
    with pytest.raises(StaleRecordError):
        actions.change(nomination, {"phone": "222"}, {}, actor=None, expected_version=version)
    assert Person.objects.get().phone == "111"


def test_what_was_sent_has_to_stay_complete_and_what_was_withdrawn_as_it_is():
    nomination = make_nomination(make_call().edition)
    with pytest.raises(RefusedError, match="the position"):
        actions.change(nomination, {"position": ""}, {}, actor=None)
    actions.withdraw(nomination, actor=None)
    with pytest.raises(RefusedError, match="withdrawn"):
        actions.change(nomination, {"position": "Minister"}, {}, actor=None)
    actions.submit(nomination, actor=None)
    assert nomination.state == "submitted"
    actions.reopen(nomination, actor=None)
    actions.change(nomination, {"position": ""}, {}, actor=None)


def test_an_answer_that_is_no_longer_asked_goes():
    call = make_call()
    leads = make_question(call, "leads", kind="yes_no")
    make_question(call, "team", kind="number", depends_on=leads, depends_value="yes")
    nomination = enter(call.edition, answers={"leads": "yes", "team": "7"})
    assert Answer.objects.count() == 2
    assert Answer.objects.get(question=leads).code == "yes"
    assert actions.change(nomination, {}, {}, answers={"leads": "no"}, actor=None) == [
        "leads", "team",
    ]  # fmt: skip
    assert Answer.objects.get().code == "no"


def test_many_changes_cost_only_the_rows_that_differ():
    edition = make_call().edition
    listed = make_nominations(edition, 20, state="draft")
    changes = [Change(it, {"position": "Director"}, {"sex": "female"}) for it in listed]
    with CaptureQueriesContext(connection) as queries:
        assert actions.change_many(changes, actor=None) == 0
    assert len(queries) < 20
    changes[3] = Change(listed[3], {"position": "Deputy"}, {"sex": "male"})
    assert actions.change_many(changes, actor=None) == 1
    assert Nomination.objects.get(pk=listed[3].pk).person.position == "Deputy"


def test_those_that_are_complete_are_sent_together_and_the_others_say_why():
    call = make_call()
    make_question(call, "why", kind="long", is_required=True)
    listed = make_nominations(call.edition, 30, state="draft", submitted_at=None)
    for nomination in listed[:29]:
        make_answer(nomination, call.questions.get(), "Because.")
    with CaptureQueriesContext(connection) as queries:
        refused = actions.submit_many(call.edition.nominations.all(), actor=None)
    assert len(queries) < 25
    assert list(refused) == [listed[29].pk]
    assert "Question why" in refused[listed[29].pk]
    assert call.edition.nominations.filter(state="submitted").count() == 29
    assert AuditEntry.objects.filter(verb="nomination.submitted").count() == 29
    sent = Nomination.objects.get(pk=listed[0].pk)
    assert (sent.version, sent.submitted_at is not None) == (2, True)


def test_the_calls_own_rules_judge_all_that_were_received():
    call = make_call(
        most_per_country=2, least_experience=5, least_language=3, endorsement_needed=True
    )
    edition = call.edition
    make_invitation(call)
    endorsed = {"endorsed_on": date(2007, 7, 1)}
    thai = make_nomination(edition, country=make_country("TH"), **endorsed)
    late = make_nomination(edition, submitted_at=call.deadline + timedelta(seconds=1), **endorsed)
    young = make_nomination(edition, years_experience=4, **endorsed)
    unheard = make_nomination(edition, language_level=None)
    third = make_nomination(edition, preference=3, **endorsed)
    first = make_nomination(edition, preference=1, **endorsed)
    settled = make_nomination(edition, preference=9, state="eligible", **endorsed)
    draft = make_nomination(edition, state="draft", **endorsed)
    assert actions.judge_all(edition, actor=None) == (1, 5)
    grounds = {it.pk: it.grounds for it in edition.nominations.filter(state="ineligible")}
    assert grounds == {
        thai.pk: ["not_invited"],
        late.pk: ["late"],
        young.pk: ["experience"],
        unheard.pk: ["language", "not_endorsed"],
        third.pk: ["too_many"],
    }
    states = dict(edition.nominations.values_list("pk", "state"))
    assert (states[first.pk], states[settled.pk], states[draft.pk]) == (
        "eligible", "eligible", "draft",
    )  # fmt: skip
    line = AuditEntry.objects.get(verb="nomination.refused", thing_id=unheard.pk)
    assert line.facts == {"grounds": ["language", "not_endorsed"]}


def test_a_country_with_a_deadline_of_its_own_is_not_late():
    call = make_call(deadline=clock.now() - timedelta(days=2))
    make_invitation(call, deadline=clock.now() + timedelta(days=1))
    make_nomination(call.edition)
    assert actions.judge_all(call.edition, actor=None) == (1, 0)


def test_an_officer_judges_one_against_the_rules_and_back():
    nomination = make_nomination(make_call().edition)
    actions.judge(nomination, ["experience", "other"], actor=None)
    assert (nomination.state, nomination.grounds) == ("ineligible", ["experience", "other"])
    actions.judge(nomination, [], actor=None)
    assert (nomination.state, nomination.grounds) == ("eligible", [])
    with pytest.raises(ValueError, match="no grounds"):
        actions.judge(nomination, ["<b>"], actor=None)


def test_a_draft_that_goes_takes_the_people_with_it_whom_nothing_else_knows():
    edition = make_call().edition
    nomination = enter(edition)
    endorser = make_person("Superior", email="superior@example.org")
    Endorsement.objects.create(nomination=nomination, subject=nomination.subject, endorser=endorser)
    remove_draft(nomination, actor=None)
    assert not edition.nominations.exists()
    assert {str(it) for it in Person.objects.all()} == {"a person whose data were erased"}
    account = make_account()
    known = make_nomination(edition, person=account.person, state="draft", submitted_at=None)
    remove_draft(known, actor=None)
    assert Person.objects.get(pk=account.person_id).erased_at is None
    with pytest.raises(RefusedError, match="sent already"):
        remove_draft(make_nomination(edition), actor=None)


def test_an_edition_without_a_call_takes_nominations_all_the_same():
    edition = make_edition()
    nomination = enter(edition, values=VALUES)
    actions.submit(nomination, actor=None)
    with pytest.raises(RefusedError, match="no call"):
        actions.judge_all(edition, actor=None)
