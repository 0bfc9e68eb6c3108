"""What runs in the worker."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django_tasks import task

from madang.core.schedule import every
from madang.people import retention


@every(timedelta(days=1))
@task
def remove_what_is_over() -> None:
    """Once a night: remove personal values and sessions whose time is over.

    Not the values in a demo, whose clock is moved on and back again.
    """
    SessionStore.clear_expired()
    if not settings.MADANG_DEMO:
        retention.expire()
