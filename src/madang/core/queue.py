"""Handing work to the background, so that it happens if and only if the transaction commits."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django_tasks.base import Task
from django_tasks_db import DatabaseBackend

from madang.core import clock


def enqueue(task: Task[Any, Any], *args: Any, delay: timedelta | None = None) -> None:
    """Let a worker run `task(*args)` once the present transaction is safe.

    Where tasks are rows of the same database, the row is written at once and shares the fate of the
    transaction, so that not even a crash right after the commit loses it. Any other backend is told
    after the commit. A backend that cannot wait is not given delayed work at all: what is delayed
    is found again by the hourly sweep (`core.tasks.sweep`).
    """
    backend = task.get_backend()
    if delay is not None:
        if not backend.supports_defer:
            return
        task = task.using(run_after=clock.machine_now() + delay)
    if isinstance(backend, DatabaseBackend):
        task.enqueue(*args)
    else:
        transaction.on_commit(lambda: task.enqueue(*args))
