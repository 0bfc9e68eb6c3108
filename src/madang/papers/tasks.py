"""What the worker does for papers by itself."""

from datetime import timedelta

from django_tasks import task

from madang.core.schedule import every
from madang.papers.actions import asking, chasing


@every(timedelta(hours=1))
@task
def ask_and_remind() -> None:
    """Ask delegations that came since, and remind of what is due; each of it happens once."""
    asking.ask_everywhere()
    chasing.remind_everywhere()
