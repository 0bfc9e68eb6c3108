"""What the worker does for travel by itself."""

from datetime import timedelta

from django.conf import settings
from django_tasks import task

from madang.core.schedule import every
from madang.logistics.actions import pickups


@every(timedelta(days=1))
@task
def purge() -> None:
    """Once a night: remove who drove. Not in a demo, whose clock is moved on and back again."""
    if not settings.MADANG_DEMO:
        pickups.forget_drivers()
