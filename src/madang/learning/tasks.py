"""What the worker does for tests by itself."""

from datetime import timedelta

from django_tasks import task

from madang.core.schedule import every
from madang.learning.actions import freezing


@every(timedelta(minutes=10))
@task
def freeze() -> None:
    """Freeze the results of tests whose time is over."""
    freezing.freeze_due()
