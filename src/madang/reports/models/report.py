"""A report, from its draft to the version that was issued."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core import approvals
from madang.core.models import Approval, Record
from madang.core.texts import Translated
from madang.core.transitions import Text, Transition
from madang.documents.models import IssuedDocument
from madang.workshops.models import Edition, Session


def _may_be_issued(report: "Report") -> Text | None:
    approved = approvals.approved(report)
    if approved is None:
        return _("A director approves it first.")
    if approved.pk != report.approval_id:
        return None
    if report.state == Report.State.WITHDRAWN:
        return _("It was withdrawn: a director approves it again first.")
    return _("What the director approved is issued already.")


class Report(Record, Translated):
    """The final report of an edition, its list of participants, or the minutes of a meeting.

    The row and its sections are what the secretariat works on. A version freezes what they and the
    data say at a moment; a director approves one, and issuing gives it its number.
    """

    TRANSLATED = ("title",)

    class Kind(models.TextChoices):
        FINAL = "final", _("final report")
        PEOPLE = "people", _("list of participants")
        MINUTES = "minutes", _("minutes")

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("everyone")
        INSIDE = "inside", _("those who take part")
        ORGANISER = "organiser", _("the organiser only")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        ISSUED = "issued", _("issued")
        WITHDRAWN = "withdrawn", _("withdrawn")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, editable=False)
    title = models.CharField(_("title"), max_length=200)
    audience = models.CharField(
        _("who may read it"), max_length=10, choices=Audience, default=Audience.ORGANISER
    )
    session = models.ForeignKey(
        Session,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="minuted_in",
        verbose_name=_("session"),
    )
    held_at = models.DateTimeField(_("begins"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    issued = models.ForeignKey(
        "reports.ReportVersion",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    # For whom the issued version was approved: `audience` may say something else by now.
    issued_audience = models.CharField(
        max_length=10, choices=Audience, blank=True, default="", editable=False
    )
    approval = models.ForeignKey(
        Approval, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    issued_at = models.DateTimeField(_("issued"), null=True, editable=False)
    document = models.ForeignKey(
        IssuedDocument, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    issue = Transition(
        "state",
        sources=(State.DRAFT, State.ISSUED, State.WITHDRAWN),
        target=State.ISSUED,
        label=_("Issue"),
        audit="report.issued",
        guard=_may_be_issued,
    )
    withdraw = Transition(
        "state",
        sources=(State.ISSUED,),
        target=State.WITHDRAWN,
        label=_("Withdraw"),
        audit="report.withdrawn",
    )

    class Meta:
        verbose_name = _("report")
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "kind"),
                condition=~models.Q(kind="minutes"),
                name="reports_one_of_a_kind",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="issued")
                | models.Q(issued__isnull=False, document__isnull=False),
                name="reports_issued_has_version",
            ),
        )

    def __str__(self) -> str:
        return self.title
