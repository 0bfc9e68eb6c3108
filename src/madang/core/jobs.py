"""Background work with progress: started from a page, done by the worker, come back to at any time.

An app registers a kind of job with the function that does it, in `ready()`::

    jobs.register("workshops.import", import_rows)

and starts one in an action::

    job = jobs.start("workshops.import", actor=officer, title=_("Import of nominations"),
                     arguments={"file": str(file.pk)})

The function gets the job and its arguments, calls `job_progress.report(…)` as it goes, and may
answer with an `Outcome`. A `JobError` is a failure told in its own words.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.core import audit, clock, queue
from madang.core.models import Job
from madang.core.references import new_reference

logger = logging.getLogger(__name__)

# Progress is written at most this often, in seconds.
WRITE_EVERY = 0.5
# A job that has not been heard of for so long is taken for dead. None works so long in silence; one
# that a killed worker left behind keeps others from asking for the same until then.
SILENCE = timedelta(minutes=15)


@dataclass(frozen=True)
class Outcome:
    """What came of a job: a sentence, and the address within Madang where the result is."""

    message: str = ""
    url: str = ""
    label: str = ""


class JobError(Exception):
    """The job can't be done; the text tells the person why and what to do."""


class Progress:
    """By which a running job tells how far it is."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._written = 0.0

    def report(self, done: int, total: int, message: str = "") -> None:
        """`done` of `total` is done, at present `message`. Cheap: most calls write nothing."""
        moment = time.monotonic()
        if done < total and moment - self._written < WRITE_EVERY:
            return
        self._written = moment
        Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING).update(
            done=done, total=total, message=message[:300], heard_at=clock.machine_now()
        )


Function = Callable[..., Outcome | None]

_functions: dict[str, Function] = {}


def register(kind: str, function: Function) -> None:
    """Declare a kind of job. `function(progress, **arguments)` does it."""
    if _functions.setdefault(kind, function) is not function:
        raise ValueError(f"The kind of job {kind} is declared twice.")


def start(
    kind: str, *, actor: audit.Actor | None, title: str, arguments: Mapping[str, Any] | None = None
) -> Job:
    """Let the worker do a job after the commit. Arguments are ids, codes and numbers.

    It runs in the language that is active now, that of who asked for it.
    """
    from madang.core.tasks import run_job

    if kind not in _functions:
        raise KeyError(f"The kind of job {kind} is not declared: see core.jobs.register.")
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind,
            title=title,
            owner_id=actor.audit_id if actor is not None else None,
            arguments=dict(arguments or {}),
            language=get_language() or settings.LANGUAGE_CODE,
        )
        queue.enqueue(run_job, str(job.pk))
    return job


def run(job_id: str) -> None:
    """Do a job that waits; one that has begun already is left alone."""
    claimed = Job.objects.filter(pk=job_id, state=Job.State.WAITING).update(
        state=Job.State.RUNNING, started_at=clock.now(), heard_at=clock.machine_now()
    )
    if not claimed:
        return
    job = Job.objects.get(pk=job_id)
    with translation.override(job.language):
        _do(job)


def _do(job: Job) -> None:
    try:
        outcome = _functions[job.kind](Progress(job), **job.arguments)
    except JobError as error:
        _end(job, Job.State.FAILED, Outcome(str(error)))
    except Exception:
        reference = new_reference()
        logger.exception("Job %s (%s) failed, reference %s", job.pk, job.kind, reference)
        sentence = _("Something went wrong that is not your fault. Nothing was changed half-way.")
        _end(job, Job.State.FAILED, Outcome(sentence), reference=reference)
    else:
        _end(job, Job.State.DONE, outcome or Outcome())


def hand_out_waiting() -> int:
    """Give every job that waits to the worker once more; returns how many.

    Where a worker died with a job in its hands that it had not begun, nobody else would take it.
    Being handed out twice does no harm: a job is begun once.
    """
    from madang.core.tasks import run_job

    waiting = Job.objects.filter(state=Job.State.WAITING).order_by("created_at", "id")
    for job_id in (found := list(waiting.values_list("pk", flat=True))):
        queue.enqueue(run_job, str(job_id))
    return len(found)


@transaction.atomic
def fail_lost() -> int:
    """Call jobs failed that have been silent for too long; returns how many."""
    silent = Job.objects.filter(state=Job.State.RUNNING, heard_at__lt=clock.machine_now() - SILENCE)
    for job in (lost := list(silent.select_for_update())):
        with translation.override(job.language):
            said = _("The work was interrupted, most likely by a restart. Please start it again.")
        _end(job, Job.State.FAILED, Outcome(said), reference=new_reference())
    return len(lost)


def purge(before: datetime) -> int:
    """Remove jobs that ended before a moment; returns how many."""
    removed, _by_model = Job.objects.filter(finished_at__lt=before).delete()
    return removed


@transaction.atomic
def _end(job: Job, state: str, outcome: Outcome, *, reference: str = "") -> None:
    """Say what came of a job at work; what was ended already, as lost, stays as it was told."""
    running = Job.objects.select_for_update().filter(pk=job.pk, state=Job.State.RUNNING).first()
    if running is None:
        logger.warning("Job %s (%s) ended after it had been given up", job.pk, job.kind)
        return
    running.state = state
    running.finished_at = clock.now()
    running.message = outcome.message[:300]
    running.result_url = outcome.url
    running.result_label = outcome.label
    running.reference = reference
    running.save()
