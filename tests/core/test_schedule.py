"""Work that comes round by itself: once an interval, and by one worker only."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from madang.core import schedule

pytestmark = pytest.mark.django_db(transaction=True)

SWEEP = "madang.core.tasks.sweep"
PURGE = "madang.core.tasks.purge"
EXPIRE = "madang.people.tasks.remove_what_is_over"


def grow_older(by: timedelta) -> None:
    for row in DBTaskResult.objects.all():
        DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=row.enqueued_at - by)


def test_a_new_installation_hands_out_everything_at_once() -> None:
    assert {SWEEP, PURGE, EXPIRE} <= set(schedule.enqueue_due())


def test_nothing_is_handed_out_twice_within_its_interval() -> None:
    schedule.enqueue_due()

    assert schedule.enqueue_due() == []


def test_what_is_hourly_comes_again_after_an_hour_and_what_is_daily_does_not() -> None:
    schedule.enqueue_due()
    grow_older(timedelta(minutes=61))

    due = schedule.enqueue_due()

    assert SWEEP in due
    assert PURGE not in due


def test_what_is_daily_comes_again_after_a_day() -> None:
    schedule.enqueue_due()
    grow_older(timedelta(hours=25))

    assert {SWEEP, PURGE, EXPIRE} <= set(schedule.enqueue_due())
