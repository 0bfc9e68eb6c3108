"""What became of a plan, as its author tells it six and twelve months later."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Personal, PersonalText, Record
from madang.core.transitions import Text, Transition
from madang.followup.models.asking import Round
from madang.followup.models.plan import UNTIL, Action, ActionPlan


def _is_told(progress: "Progress") -> Text | None:
    told = set(progress.reports.exclude(status="").values_list("action_id", flat=True))
    if any(action not in told for action in progress.plan.actions.values_list("pk", flat=True)):
        return _("Say of each action whether it is done, under way or given up.")
    return None


class Progress(Record):
    """One round's question to one person, and whether they have answered."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        ANSWERED = "answered", _("answered")

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="progress")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="progress")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(_("asked"), editable=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)

    answer = Transition(
        "state",
        sources=(State.ASKED, State.ANSWERED),
        target=State.ANSWERED,
        label=_("Send"),
        audit="progress.answered",
        guard=_is_told,
    )

    class Meta:
        verbose_name = _("answer to the follow-up")
        verbose_name_plural = _("answers to the follow-up")
        ordering = ("round__months",)
        constraints = (
            models.UniqueConstraint(fields=("plan", "round"), name="followup_progress_once"),
        )

    def __str__(self) -> str:
        return f"{self.round_id} of {self.plan_id}"


class Report(Record, Personal):
    """What became of one action. The status is a code; everything in words is personal.

    Files of evidence belong to this row, under the person's key.
    """

    class Status(models.TextChoices):
        DONE = "done", _("done")
        UNDER_WAY = "under_way", _("under way")
        GIVEN_UP = "given_up", _("given up")

    progress = models.ForeignKey(Progress, on_delete=models.CASCADE, related_name="reports")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="reports")
    status = models.CharField(_("how it stands"), max_length=10, choices=Status, blank=True)
    evidence = PersonalText(
        _("how one can see it"), why=_("to show you and whom you choose what was done"), until=UNTIL
    )
    helped = PersonalText(
        _("what helped"), why=_("to learn what lets plans come true"), until=UNTIL
    )
    hindered = PersonalText(
        _("what stood in the way"), why=_("to learn what keeps plans from coming true"), until=UNTIL
    )

    class Meta:
        verbose_name = _("report on an action")
        verbose_name_plural = _("reports on actions")
        ordering = ("action__number",)
        constraints = (
            models.UniqueConstraint(fields=("progress", "action"), name="followup_report_once"),
        )

    def __str__(self) -> str:
        return f"{self.status} {self.action_id}"
