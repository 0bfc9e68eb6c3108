"""Work that comes round by itself.

A task says beside its definition how often it is to run::

    @every(timedelta(hours=1))
    @task
    def sweep() -> None: ...

and each worker asks now and then what is due (`enqueue_due`). Such a task must be harmless when it
runs twice. The time is the machine's: the demo's clock moves what tasks see, not when they run.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.db import connection
from django.utils.module_loading import autodiscover_modules
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from madang.core import clock

AnyTask = TypeVar("AnyTask", bound="Task[Any, Any]")
_LOCK = 7_203_441  # any number that nothing else in this database locks

_rounds: dict[str, "tuple[Task[Any, Any], timedelta]"] = {}


def every(interval: timedelta) -> Callable[[AnyTask], AnyTask]:
    """Let a task without arguments run again whenever `interval` has passed."""

    def register(task: AnyTask) -> AnyTask:
        _rounds[task.module_path] = (task, interval)
        return task

    return register


def enqueue_due() -> list[str]:
    """Hand to the workers what is due; returns the paths of those tasks.

    When a task ran last is read from the queue itself, under a lock, so that of several workers
    only one hands it out.
    """
    autodiscover_modules("tasks")
    due = []
    with exclusive_transaction():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        for path, (task, interval) in _rounds.items():
            since = clock.machine_now() - interval
            if not DBTaskResult.objects.filter(task_path=path, enqueued_at__gt=since).exists():
                task.enqueue()
                due.append(path)
    return due
