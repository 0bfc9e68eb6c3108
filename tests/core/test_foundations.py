"""Clock, keys of rows, versions, and the demo's clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from madang.core import clock
from madang.core.identifiers import uuid7
from madang.core.models import DemoClock, Job, StaleRecordError, as_uuid
from madang.core.references import new_reference

WEEK = datetime(2007, 10, 8, 9, tzinfo=UTC)


def test_the_clock_stands_where_a_test_puts_it_and_goes_on_after():
    with clock.at(WEEK):
        assert clock.now() == WEEK
        assert str(clock.today(ZoneInfo("Pacific/Auckland"))) == "2007-10-08"
        assert str(clock.today(ZoneInfo("Pacific/Honolulu"))) == "2007-10-07"
    assert clock.now() > WEEK
    naive = datetime(2007, 10, 8)  # noqa: DTZ001  (that is the mistake)
    with pytest.raises(ValueError, match="time zone"), clock.at(naive):
        pass


def test_identifiers_are_of_version_seven_and_never_the_same():
    made = [uuid7() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert {(each.version, each.variant) for each in made} == {(7, "specified in RFC 4122")}
    milliseconds = [each.int >> 80 for each in made]
    assert milliseconds == sorted(milliseconds)


def test_an_address_holds_a_uuid_or_nothing():
    assert as_uuid(str(key := uuid7())) == key
    assert as_uuid("incheon") is None


def test_references_can_be_read_out():
    made = {new_reference() for _ in range(200)}
    assert len(made) == 200
    assert not set("".join(made)) & set("01OIL")


@pytest.mark.django_db
def test_the_demo_clock_moves_every_process_and_marks_the_database():
    assert not DemoClock.is_demo_database()
    DemoClock.move_to(WEEK, name="day-1")
    assert DemoClock.is_demo_database()
    assert clock.now() - WEEK < timedelta(minutes=1)
    clock.set_offset(timedelta(0))
    DemoClock.refresh()
    assert clock.now().year == 2007
    assert clock.machine_now().year > 2020


@pytest.mark.django_db
def test_a_row_counts_its_saves_and_knows_when_it_is_stale():
    job = Job.objects.create(kind="test", title="First")
    assert (job.version, job.node) == (1, "main")
    other = Job.objects.get()
    other.title = "Second"
    with transaction.atomic():
        other.save(expected_version=1)
    assert other.version == 2
    with pytest.raises(StaleRecordError, match="version 2 instead of 1"), transaction.atomic():
        job.save(expected_version=1)
    Job.objects.all().delete()
    with pytest.raises(ObjectDoesNotExist), transaction.atomic():
        other.save(expected_version=2)
    assert job.key == str(job.id)


@pytest.mark.django_db
def test_saving_some_fields_counts_too():
    job = Job.objects.create(kind="test", title="First")
    job.title, job.message = "Second", "not saved"
    job.save(update_fields=["title"])
    job.refresh_from_db()
    assert (job.title, job.message, job.version) == ("Second", "", 2)
