"""What the worker does by itself: forms open and close at their time."""

import logging
from datetime import timedelta

from django_tasks import task

from madang.core import clock
from madang.core.references import new_reference
from madang.core.schedule import every
from madang.evaluation.actions import opening
from madang.evaluation.models import Form
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Edition

logger = logging.getLogger(__name__)


@every(timedelta(minutes=5))
@task
def open_and_close() -> None:
    """Open what is due and can be opened, close what is over."""
    move_due()


def move_due() -> int:
    """The same; returns how many forms moved. One that can't be opened waits for an officer."""
    moved = 0
    now = clock.now()
    forms = Form.objects.select_related("session", "edition")
    for form in forms.filter(state=Form.State.OPEN, closes_at__lte=now):
        opening.close_form(form, actor=None)
        moved += 1
    due = forms.filter(
        state=Form.State.PREPARED,
        opens_at__lte=now,
        closes_at__gt=now,
        edition__state=Edition.State.ANNOUNCED,
    )
    for form in due:
        try:
            opening.open_form(form, actor=None)
        except RefusedError:
            logger.info("Evaluation form %s can't open, reference %s", form.pk, new_reference())
        else:
            moved += 1
    return moved
