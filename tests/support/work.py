"""The worker, inside a test: runs what is in the queue, in the test's own transaction."""

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

TOO_MANY = 200


def work() -> int:
    """Run every task that is ready, and those that they enqueue; returns how many those were.

    Raises `AssertionError` with the traceback of a task that failed.
    """
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )
    for count in range(TOO_MANY):
        task = DBTaskResult.objects.ready().first()
        if task is None:
            return count
        task.claim("test")
        worker.run_task(task)
        task.refresh_from_db()
        assert not task.traceback, task.traceback
    raise AssertionError(f"The queue was not empty after {TOO_MANY} tasks.")
