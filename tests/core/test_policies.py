"""One rule answers both "may this person?" and "which rows may this person?", and both alike."""

import pytest
from django.http import Http404

from madang.core import links, policies, rules
from madang.core.identifiers import uuid7
from madang.core.models import Approval, AuditEntry, Job
from madang.core.policies import (
    EVERYWHERE,
    acting,
    everyone,
    has,
    nobody,
    own,
    role,
    role_everywhere,
    signed_in,
)  # fmt: skip
from madang.people.visitors import VISITOR
from madang.workshops.models import Participation
from tests.factories import (
    make_account,
    make_edition,
    make_participation,
    make_person,
    make_recommendation,
)  # fmt: skip
from tests.support.rules import assert_halves_agree

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    here, there = make_edition(), make_edition()
    someone = make_account(roles=[("participant", here)])
    make_participation(here, someone.person)
    make_participation(there, make_person())
    return [
        VISITOR,
        someone,
        make_account(roles=[("secretariat", here), ("director", there)]),
        make_account(roles=["secretariat"]),
        make_account(roles=["director"]),
        make_account(),
    ]


RULES = {
    "everyone": (everyone(), [2, 2, 2, 2, 2, 2]),
    "nobody": (nobody(), [0, 0, 0, 0, 0, 0]),
    "not nobody": (~nobody(), [2, 2, 2, 2, 2, 2]),
    "signed in": (signed_in(), [0, 2, 2, 2, 2, 2]),
    "own": (own("person_id"), [0, 1, 0, 0, 0, 0]),
    "not own": (~own("person_id"), [2, 1, 2, 2, 2, 2]),
    "a role somewhere": (role("secretariat"), [0, 0, 2, 2, 0, 0]),
    "a role here": (role("secretariat", at="edition_id"), [0, 0, 1, 2, 0, 0]),
    "two roles": (role("secretariat", "director", at="edition_id"), [0, 0, 2, 2, 2, 0]),
    "a role everywhere": (role_everywhere("secretariat"), [0, 0, 0, 2, 0, 0]),
    "of a kind": (has("kind", Participation.Kind.PARTICIPANT), [2, 2, 2, 2, 2, 2]),
    "both": (own("person_id") & has("kind", "speaker"), [0, 0, 0, 0, 0, 0]),
    "either": (own("person_id") | role("director", at="edition__id"), [0, 1, 1, 0, 2, 0]),
}


@pytest.mark.parametrize("name", RULES)
def test_both_halves_of_a_rule_say_the_same_for_everybody(name, people):
    rule, expected = RULES[name]
    things = Participation.objects.select_related("edition")
    assert_halves_agree(rule, people, things)
    assert [rule.visible(who, things).count() for who in people] == expected


def test_the_rules_of_core_hold_together(people):
    author, director = people[1], people[2]
    scope = make_recommendation(make_edition()).edition_id
    for scope_id in (scope, None, next(iter(director.scopes("secretariat")))):
        Approval.objects.create(
            thing_model="workshops.recommendation", thing_id=uuid7(), scope_id=scope_id,
            number=1, author_id=author.audit_id, director_id=director.audit_id,
        )  # fmt: skip
        AuditEntry.objects.create(
            verb="test", thing_model="people.person", thing_id=uuid7(), scope_id=scope_id
        )
    Job.objects.create(kind="test", title="Count", owner_id=author.audit_id)
    for rule in (rules.see_approval, rules.prepare_approval, rules.decide_approval):
        assert_halves_agree(rule, people, Approval.objects.all())
    assert_halves_agree(rules.see_job, people, Job.objects.all())
    assert_halves_agree(rules.see_history, people, AuditEntry.objects.all())


def test_every_rule_of_what_can_be_linked_holds_together(people):
    for model, linkable in links._linkables.items():
        things = linkable.queryset()
        assert_halves_agree(linkable.rule, people, things)
        assert things.model._meta.label_lower == model


def test_what_may_not_be_seen_is_as_absent_as_what_does_not_exist(
    people, django_assert_num_queries
):
    rule, who = own("person_id"), people[1]
    mine = Participation.objects.get(person=who.person)
    other = Participation.objects.exclude(person=who.person).get()
    with django_assert_num_queries(1):
        assert rule.get_or_404(who, Participation.objects.all(), pk=mine.pk) == mine
    for key in (other.pk, uuid7()):
        with django_assert_num_queries(1), pytest.raises(Http404):
            rule.get_or_404(who, Participation.objects.all(), pk=key)


def test_a_thing_names_the_account_that_acts(people):
    Job.objects.create(kind="test", title="Count", owner_id=people[3].audit_id)
    assert_halves_agree(acting("owner_id"), people, Job.objects.all())
    assert acting("owner_id").visible(people[3], Job.objects.all()).count() == 1


def test_a_role_for_everything_contains_every_scope():
    assert uuid7() in EVERYWHERE
    assert EVERYWHERE


def test_a_path_ends_where_a_link_is_empty():
    person = make_person()
    assert policies.follow(person, "organisation__country_id") is None
