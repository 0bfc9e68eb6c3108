"""Who was in which session, and what people say against it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.attendance.states import State
from madang.core import clock
from madang.core.models import Personal, PersonalText, Record
from madang.core.transitions import Transition
from madang.workshops.models import Participation, Session


class Attendance(Record):
    """What follows from the log for one person and session; never written in any other way."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="attendances"
    )
    state = models.CharField(_("state"), max_length=8, choices=State)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    # Empty where nobody was seen and all is by hand.
    first_at = models.DateTimeField(_("first seen"), null=True)
    last_at = models.DateTimeField(_("last seen"), null=True)
    by_hand = models.BooleanField(_("entered by hand"), default=False)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = (
            models.UniqueConstraint(
                fields=("session", "participation"), name="attendance_once_a_session"
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} {self.participation_id}"


class CorrectionRequest(Record, Personal):
    """Somebody's note that their attendance is not what it was, and the secretariat's answer."""

    class Stage(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        ANSWERED = "answered", _("answered")

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="attendance_requests"
    )
    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="attendance_requests"
    )
    note = PersonalText(
        _("what was different"),
        blank=False,
        why=_("so that the secretariat can put your attendance right"),
        until=_("thirty days after the workshop"),
    )
    answer = PersonalText(
        _("answer"),
        why=_("so that you know what became of it"),
        until=_("thirty days after the workshop"),
    )
    stage = models.CharField(_("state"), max_length=8, choices=Stage, default=Stage.OPEN)
    asked_at = models.DateTimeField(_("asked"), default=clock.now)

    settle = Transition(
        "stage",
        sources=(Stage.OPEN,),
        target=Stage.ANSWERED,
        label=_("Answer"),
        audit="attendance_request.answered",
    )

    class Meta:
        verbose_name = _("request to correct attendance")
        verbose_name_plural = _("requests to correct attendance")
        ordering = ("asked_at", "id")
        constraints = (
            # One at a time for each session; a second note goes into the same.
            models.UniqueConstraint(
                fields=("participation", "session"),
                condition=models.Q(stage="open"),
                name="attendance_request_open_once",
            ),
        )

    def __str__(self) -> str:
        return str(self.participation)
