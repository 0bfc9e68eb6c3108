"""The audit trail: references and facts go in, sentences come out."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from madang.core import audit, clock, links
from madang.core.identifiers import uuid7
from madang.core.models import AuditEntry, Job
from madang.core.policies import everyone
from madang.people.visitors import VISITOR
from tests.factories import make_account, make_edition, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _verbs_of_these_tests_end_with_them(monkeypatch):
    monkeypatch.setattr(audit, "_verbs", dict(audit._verbs))
    monkeypatch.setattr(audit, "_words", {fact: dict(w) for fact, w in audit._words.items()})


def test_a_line_holds_references_and_facts_and_the_edition_it_belongs_to():
    officer, edition = make_account(), make_edition()
    with clock.at(datetime(2007, 10, 8, 9, tzinfo=UTC)):
        entry = audit.record(
            officer, "edition.changed", edition, scope=edition.pk,
            fields=["title", "city"], price=Decimal("12.50"), day=date(2007, 10, 8), nothing=None,
        )  # fmt: skip
    entry.refresh_from_db()
    assert entry.actor_id == officer.audit_id
    assert (entry.thing_model, entry.thing_id) == ("workshops.edition", edition.pk)
    assert entry.scope_id == edition.pk
    assert entry.at == datetime(2007, 10, 8, 9, tzinfo=UTC)
    assert entry.facts == {"fields": ["title", "city"], "price": "12.50", "day": "2007-10-08"}


@pytest.mark.parametrize(
    "personal", ["Fatima Rahimi", "fatima@example.org", "", "ناهید", "a" * 101]
)
def test_what_a_person_typed_is_refused_as_a_fact(personal):
    with pytest.raises(ValueError, match="may be a code"):
        audit.record(None, "edition.changed", make_edition(), title=personal)
    assert not AuditEntry.objects.exists()


def test_a_verb_that_nobody_declared_is_refused():
    with pytest.raises(KeyError, match="not declared"):
        audit.record(None, "edition.vanished", make_edition())


def test_one_verb_has_one_sentence():
    audit.register_verbs({"test.greeted": "greeted %(thing)s"})
    audit.register_verbs({"test.greeted": "greeted %(thing)s"})
    with pytest.raises(ValueError, match="declared twice"):
        audit.register_verbs({"test.greeted": "waved at %(thing)s"})


def test_the_trail_tells_in_words_who_did_what_to_whom():
    officer = make_account(roles=["secretariat"], person=make_person("Sefa <b>Tuilagi</b>"))
    audit.register_verbs({"test.renamed": "renamed %(thing)s (%(fields)s, %(times)s times)"})
    audit.record(officer, "test.renamed", officer.person, fields=["name"], times=1200)
    audit.record(None, "test.renamed", officer.person, fields=["unheard_of"])

    by_madang, by_officer = audit.trail(officer, thing=officer.person)
    assert by_officer.actor == "Sefa <b>Tuilagi</b>"
    assert by_officer.words == "renamed Sefa <b>Tuilagi</b> (name, 1,200 times)"
    assert "<b>" not in by_officer.html
    assert by_madang.actor == "Madang"
    assert by_madang.words.endswith("(unheard_of, … times)")

    with override("fa"):
        assert "۱" in audit.trail(officer, thing=officer.person)[1].words

    stranger = audit.trail(VISITOR, thing=officer.person)[1]
    assert "Sefa" not in stranger.actor + stranger.words


def test_a_code_reads_as_the_word_declared_for_it():
    audit.register_verbs({"test.sorted": "sorted %(thing)s as %(shelf)s"})
    audit.register_words("shelf", {"top": "the top one"})
    person = make_person()
    audit.record(None, "test.sorted", person, shelf="top")
    audit.record(None, "test.sorted", person, shelf="low")
    words = [line.words for line in audit.trail(make_account(roles=["director"]), thing=person)]
    assert words[1].endswith("as the top one")
    assert words[0].endswith("as low")


def test_a_trail_costs_the_same_with_one_line_and_with_many(django_assert_num_queries):
    officer, scope = make_account(roles=["secretariat"]), uuid7()
    officer.scopes("secretariat")
    for lines in (1, 40):
        for _line in range(lines - AuditEntry.objects.count()):
            audit.record(officer, "person.exported", make_person(), scope=scope)
        with django_assert_num_queries(3):
            assert len(audit.trail(officer, scope=scope)) == lines


def test_what_stands_for_something_else_goes_by_its_title(monkeypatch, django_assert_num_queries):
    officer, ana = make_account(roles=["secretariat"]), make_person("Ana")
    officer.scopes("secretariat")
    monkeypatch.setattr(links, "_linkables", dict(links._linkables))
    links.register(
        Job, kind="task", title=str, rule=everyone(), url=lambda job: f"/tasks/{job.pk}/",
        stands_for=lambda _job: links.Reference.to(ana),
    )  # fmt: skip
    job = Job.objects.create(kind="test", title="Count")
    reference = links.Reference.to(job)
    with django_assert_num_queries(2):
        found = links.resolve([reference], officer)
    assert found == {reference: links.Link("Ana", f"/tasks/{job.pk}/")}
    assert links.resolve([reference], VISITOR)[reference].title == "Count"


def test_the_kinds_of_things_are_listed_by_their_words():
    words = list(links.kinds().values())
    assert words == sorted(words)
    assert links.kinds()["people.person"] == "person"


def test_an_entry_of_an_older_release_shows_its_verb():
    entry = AuditEntry.objects.create(
        verb="old.verb", thing_model="people.person", thing_id=uuid7()
    )
    assert audit.in_words([entry], VISITOR)[0].words == "old.verb"
