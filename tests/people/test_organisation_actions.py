"""Organisations are added, changed, and merged where two are the same."""

import pytest

from madang.core import texts
from madang.core.models import AuditEntry, StaleRecordError
from madang.people.actions.organisations import (
    add_organisation,
    change_organisation,
    count_references,
    merge_organisations,
    references,
)
from madang.people.actions.refusal import RefusedError
from madang.people.models import Organisation, Role
from madang.people.organisations import Index
from tests.factories import (
    make_account,
    make_country,
    make_edition,
    make_organisation,
    make_partner,
    make_person,
    make_role,
)

pytestmark = pytest.mark.django_db


def test_an_organisation_is_added_with_its_names() -> None:
    organisation = add_organisation(
        actor=None,
        name=" Ministry of Communications ",
        acronym="MoC",
        kind="ministry",
        country=make_country("FJ"),
        names={"fa": "وزارت ارتباطات"},
    )
    assert organisation.name == "Ministry of Communications"
    assert organisation.sort_key == "ministry of communications moc"
    assert organisation.wording("name", "fa") == "وزارت ارتباطات"
    assert AuditEntry.objects.get().facts == {"kind": "ministry"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "  ", "kind": "international"}, "name"),
        ({"name": "Ministry", "kind": "ministry"}, "country"),
        ({"name": "Ministry", "kind": "kingdom"}, "kind"),
    ],
)
def test_what_is_missing_is_said_and_nothing_written(values: dict[str, str], field: str) -> None:
    with pytest.raises(RefusedError) as refused:
        add_organisation(actor=None, **values)
    assert refused.value.field == field
    assert not Organisation.objects.exists()


def test_a_change_is_in_the_audit_trail_by_its_fields_only() -> None:
    organisation = make_organisation("Institute", kind="academia", country=make_country())
    changed = change_organisation(
        organisation, actor=None, acronym="INS", kind="academia", names={"fa": "مؤسسه"}
    )
    assert changed == ["acronym", "name_fa"]
    facts = {entry.verb: entry.facts for entry in AuditEntry.objects.all()}
    assert facts == {
        "organisation.changed": {"fields": ["acronym"]},
        "organisation.translated": {"fields": ["name"], "language": "fa"},
    }
    assert change_organisation(organisation, actor=None, acronym="INS") == []


def test_two_editors_do_not_overwrite_each_other() -> None:
    organisation = make_organisation(country=make_country())
    seen = organisation.version
    change_organisation(organisation, actor=None, acronym="A", expected_version=seen)
    with pytest.raises(StaleRecordError):
        change_organisation(organisation, actor=None, acronym="B", expected_version=seen)


def test_an_organisation_is_no_part_of_itself() -> None:
    ministry = make_organisation(country=make_country())
    agency = make_organisation(country=make_country(), parent=ministry)
    with pytest.raises(RefusedError) as refused:
        change_organisation(ministry, actor=None, parent=agency)
    assert refused.value.field == "parent"


def test_merging_moves_everything_that_points_at_the_duplicate() -> None:
    remaining, duplicate = make_organisation("Institute"), make_organisation("The Institute")
    people = [make_person(organisation=duplicate) for _ in range(3)]
    partner = make_partner(make_edition(), organisation=duplicate)
    part = make_organisation(parent=duplicate)
    coordinator = make_account(roles=[("institute_coordinator", duplicate)])
    assert sum(count_references(duplicate).values()) == 6

    assert merge_organisations(duplicate, remaining, actor=None) == 6

    for thing in [*people, partner, part, duplicate]:
        thing.refresh_from_db()
    assert {person.organisation_id for person in people} == {remaining.pk}
    assert people[0].version == 2
    assert partner.organisation_id == remaining.pk
    assert part.parent_id == remaining.pk
    assert coordinator.roles.get().scope_id == remaining.pk
    assert (duplicate.merged_into_id, duplicate.is_active) == (remaining.pk, False)
    assert count_references(duplicate) == {}
    entry = AuditEntry.objects.get()
    assert entry.facts == {"into": str(remaining.pk), "moved": 6}


def test_every_foreign_key_of_the_house_is_known() -> None:
    found = {(field.model._meta.label_lower, field.name) for field in references()}
    assert {
        ("people.person", "organisation"),
        ("people.organisation", "parent"),
        ("people.organisation", "merged_into"),
        ("workshops.editionpartner", "organisation"),
    } <= found


def test_a_chain_of_duplicates_leads_to_the_last_in_one_step() -> None:
    first, second, third = (make_organisation() for _ in range(3))
    merge_organisations(first, second, actor=None)
    merge_organisations(second, third, actor=None)
    first.refresh_from_db()
    assert first.merged_into_id == third.pk


def test_one_that_was_below_its_duplicate_takes_its_place() -> None:
    top = make_organisation()
    duplicate = make_organisation(parent=top)
    between = make_organisation(parent=duplicate)
    remaining = make_organisation(parent=between)
    merge_organisations(duplicate, remaining, actor=None)
    between.refresh_from_db()
    remaining.refresh_from_db()
    assert (between.parent_id, remaining.parent_id) == (top.pk, between.pk)


def test_a_role_held_for_both_is_held_once_afterwards() -> None:
    remaining, duplicate = make_organisation(), make_organisation()
    account = make_account()
    make_role(account, "institute_coordinator", remaining)
    make_role(account, "institute_coordinator", duplicate)
    merge_organisations(duplicate, remaining, actor=None)
    assert Role.objects.filter(account=account, ends_at__isnull=True).count() == 1
    assert account.scopes("institute_coordinator") == frozenset({remaining.pk})


def test_a_merge_that_would_name_one_thing_twice_changes_nothing() -> None:
    remaining, duplicate = make_organisation(), make_organisation()
    edition = make_edition()
    for organisation in (remaining, duplicate):
        make_partner(edition, organisation=organisation)
    make_person(organisation=duplicate)
    with pytest.raises(RefusedError, match="only once"):
        merge_organisations(duplicate, remaining, actor=None)
    duplicate.refresh_from_db()
    assert duplicate.merged_into_id is None
    assert len(count_references(duplicate)) == 2


def test_an_organisation_is_not_merged_with_itself_or_twice() -> None:
    one, other, third = (make_organisation() for _ in range(3))
    with pytest.raises(RefusedError, match="itself"):
        merge_organisations(one, one, actor=None)
    merge_organisations(one, other, actor=None)
    with pytest.raises(RefusedError, match="already"):
        merge_organisations(one, third, actor=None)


def test_an_exact_name_in_any_language_finds_the_organisation_of_that_country_alone():
    fiji, thailand = make_country("FJ"), make_country("TH")
    ministry = make_organisation("Ministry of Communications", acronym="MoC", country=fiji)
    texts.translate(ministry, "name", {"fa": "وزارت ارتباطات"})
    union = make_organisation("Telecommunication Union")
    make_organisation("Agency", country=fiji)
    make_organisation("Agency", country=fiji)
    index = Index.read()
    for written in ("ministry of COMMUNICATIONS", "MoC", "وزارت ارتباطات"):
        assert index.match(written, fiji) == ministry
        assert index.match(written, thailand) is None
    assert index.match("Telecommunication Union", thailand) == union
    assert index.match("Agency", fiji) is None
    assert index.match("", fiji) is None
