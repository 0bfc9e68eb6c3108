"""What runs in the worker."""

from datetime import timedelta

from django_tasks import task

from madang.core.schedule import every
from madang.people import retention


@every(timedelta(days=1))
@task
def remove_what_is_over() -> None:
    """Once a night: see `retention.remove_what_is_over`."""
    retention.remove_what_is_over()
