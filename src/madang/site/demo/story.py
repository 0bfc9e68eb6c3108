"""The story of the demo: everything that happened, in the order of time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from madang.core import clock, events, jobs, mail
from madang.core.models import Job
from madang.site.demo.company import Company


@dataclass(frozen=True)
class Step:
    """Something that somebody does at a moment, by the same actions as in any installation."""

    at: datetime
    act: Callable[[Company], object]


class Story:
    """The story, told piece by piece: `go_on` tells what happened until a moment."""

    def __init__(self) -> None:
        self.company = Company()
        self._steps = sorted(_steps(), key=lambda step: step.at)

    @transaction.atomic
    def go_on(self, until: datetime) -> None:
        """Tell what comes next, up to and including a moment."""
        while self._steps and self._steps[0].at <= until:
            step = self._steps.pop(0)
            with clock.at(step.at):
                step.act(self.company)
                _follow_up()
        # What waits for a worker here has just been done.
        DBTaskResult.objects.all().delete()


def _follow_up() -> None:
    """What the worker does after each change: it does the jobs, and tells whoever has to know."""
    for job in Job.objects.filter(state=Job.State.WAITING):
        jobs.run(str(job.pk))
    while events.deliver_waiting():
        pass
    mail.send_due()


def _steps() -> Iterable[Step]:
    """The steps of all parts; those of the same moment come in this order."""
    from madang.site.demo import (
        choosing,
        filing,
        founding,
        letters,
        materials,
        money,
        nominating,
        offering,
        press,
        receiving,
        screening,
        travelling,
        week,
    )

    parts = (
        founding, week, nominating, filing, screening, choosing, offering, letters,
        travelling, receiving, money, materials, press,
    )  # fmt: skip
    for part in parts:
        yield from part.steps()
