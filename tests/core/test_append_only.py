"""The database itself refuses to change what must not change."""

import pytest
from django.db import IntegrityError, connection, transaction

from madang.core import append_only, audit, clock
from madang.core.identifiers import uuid7
from madang.core.models import Approval, AuditEntry
from tests.factories import make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _protected(db):
    # Also where the tables were made without migrations.
    append_only.protect(connection)


@pytest.fixture
def entry():
    return audit.record(None, "edition.announced", make_edition())


def refused():
    return pytest.raises(IntegrityError, match=r"append-only|frozen")


def test_an_audit_entry_is_neither_changed_nor_deleted(entry):
    with refused(), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(verb="edition.closed")
    with refused(), transaction.atomic():
        AuditEntry.objects.all().delete()
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_auditentry")
    assert AuditEntry.objects.get().verb == "edition.announced"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize(
    "table", ["core_auditentry", "core_approval", "workshops_programmeversion"]
)
def test_nor_is_a_whole_table_emptied(entry, table):
    connection.check_constraints()  # those that wait for the commit would refuse it first
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")
    assert AuditEntry.objects.exists()


def make_approval(**fields):
    values = {
        "thing_model": "workshops.recommendation",
        "thing_id": uuid7(),
        "number": 1,
        "author_id": uuid7(),
        "director_id": uuid7(),
        "content": '"Go on."',
        "digest": "0" * 64,
        "cleared_at": clock.now(),
        "state": Approval.State.CLEARED,
    }
    return Approval.objects.create(**values | fields)


def test_an_approved_version_is_frozen_and_one_under_way_is_not():
    approval = make_approval()
    Approval.objects.filter(pk=approval.pk).update(content='"Go on, please."')
    approval = make_approval(state=Approval.State.APPROVED, approved_at=clock.now())
    with refused(), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(content='"Something else."')
    with refused(), transaction.atomic():
        approval.delete()


def test_the_database_knows_what_an_approval_can_not_be():
    author = uuid7()
    impossible = [
        {"author_id": author, "director_id": author},
        {"digest": ""},
        {"cleared_at": None},
        {"state": Approval.State.APPROVED},
    ]
    for fields in impossible:
        with pytest.raises(IntegrityError), transaction.atomic():
            make_approval(**fields)
    thing = uuid7()
    make_approval(thing_id=thing)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_approval(thing_id=thing, number=2)


def test_the_protection_can_be_installed_twice_and_lifted(entry):
    append_only.protect(connection)
    append_only.lift(connection)
    assert AuditEntry.objects.all().delete()[0] == 1
