"""What the worker does for workshops by itself."""

from datetime import timedelta

from django_tasks import task

from madang.core.schedule import every
from madang.workshops.actions import booklets, calendar_links


@every(timedelta(days=1))
@task
def purge() -> None:
    """Once a night: remove what is over."""
    calendar_links.purge()
    booklets.purge()
