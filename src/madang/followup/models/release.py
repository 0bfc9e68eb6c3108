"""What somebody lets their supervisor see of their plan, and what the supervisor says of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Personal, PersonalText, Record
from madang.core.transitions import Transition
from madang.followup.models.plan import UNTIL, Action, ActionPlan
from madang.followup.models.progress import Report
from madang.people.models import Person


class Release(Record, Personal):
    """One supervisor, named by the participant. Withdrawn, nothing of it is shown any more.

    The row is under the participant's key; the supervisor is a person of their own, to whom the
    link is mailed.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        CONFIRMED = "confirmed", _("has answered")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Verdict(models.TextChoices):
        YES = "yes", _("yes, I have seen it")
        PARTLY = "partly", _("partly")
        NO = "no", _("no, I have not seen it")

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="releases")
    supervisor = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    consented_at = models.DateTimeField(_("you agreed"), editable=False)
    verdict = models.CharField(_("seen"), max_length=8, choices=Verdict, blank=True)
    comment = PersonalText(
        _("what your supervisor says"), why=_("to tell you what your supervisor says"), until=UNTIL
    )
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)

    confirm = Transition(
        "state",
        sources=(State.ASKED, State.CONFIRMED),
        target=State.CONFIRMED,
        label=_("Answer"),
        audit="plan_release.confirmed",
    )
    withdraw = Transition(
        "state",
        sources=(State.ASKED, State.CONFIRMED),
        target=State.WITHDRAWN,
        label=_("Take back"),
        audit="plan_release.withdrawn",
    )

    class Meta:
        verbose_name = _("release to a supervisor")
        verbose_name_plural = _("releases to supervisors")
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("plan",),
                condition=~models.Q(state="withdrawn"),
                name="followup_one_supervisor",
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} {self.plan_id}"


class ReleasedPart(Record):
    """One action, or one statement about it, that the supervisor may see. What has no row stays.

    An action is released by itself; what became of it, and each statement, belong to the report
    of one round, so that nothing written later is released with it.
    """

    class Part(models.TextChoices):
        ACTION = "action", _("the action")
        STATUS = "status", _("how it stands")
        EVIDENCE = "evidence", _("how one can see it")
        HELPED = "helped", _("what helped")
        HINDERED = "hindered", _("what stood in the way")

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="parts")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, null=True, blank=True, related_name="released"
    )
    part = models.CharField(_("what"), max_length=8, choices=Part)

    class Meta:
        verbose_name = _("released part")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(part="action", report__isnull=True)
                | (~models.Q(part="action") & models.Q(report__isnull=False)),
                name="followup_part_of_report",
            ),
            models.UniqueConstraint(
                fields=("release", "action"),
                condition=models.Q(report__isnull=True),
                name="followup_action_once",
            ),
            models.UniqueConstraint(
                fields=("release", "report", "part"),
                condition=models.Q(report__isnull=False),
                name="followup_part_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.part} of {self.action_id}"
