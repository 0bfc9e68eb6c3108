"""What runs in the worker."""

from datetime import timedelta

from django.core.exceptions import ObjectDoesNotExist
from django_tasks import task

from madang.core import clock, events, files, jobs, mail, outbox, vault
from madang.core.models import Event
from madang.core.schedule import every

KEPT = timedelta(days=90)


@task
def deliver_event(event_id: str) -> None:
    try:
        event = Event.objects.get(pk=event_id)
    except ObjectDoesNotExist:
        return
    events.deliver(event)


@task
def send_message(message_id: str) -> None:
    mail.send(message_id)


@task
def run_job(job_id: str) -> None:
    jobs.run(job_id)


@every(timedelta(hours=1))
@task
def sweep() -> None:
    """Once an hour: bring to an end what a crash left half-way."""
    events.deliver_waiting()
    mail.send_due()
    jobs.fail_lost()
    jobs.hand_out_waiting()


@every(timedelta(days=1))
@task
def purge() -> None:
    """Once a night: remove what has been kept as long as promised."""
    long_ago = clock.now() - KEPT
    outbox.purge(long_ago)
    jobs.purge(long_ago)
    events.purge(long_ago)
    files.collect_garbage()
    vault.replay_erasures()
