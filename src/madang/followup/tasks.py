"""What the worker does for the follow-up by itself."""

from datetime import timedelta

from django.conf import settings
from django_tasks import task

from madang.core.schedule import every
from madang.followup.actions import asking


@every(timedelta(hours=6))
@task
def ask_and_remind() -> None:
    """Ask those whose round has begun, and remind once. Not in a demo, whose clock is moved."""
    if not settings.MADANG_DEMO:
        asking.ask_due()
        asking.remind_due()
