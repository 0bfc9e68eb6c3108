"""What runs in the worker."""

from django_tasks import task

from madang.people import retention


@task
def expire_personal_data() -> None:
    """Once a night: remove every personal value whose time is over."""
    retention.expire()
