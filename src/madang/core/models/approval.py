"""Approvals: what goes out has been seen by a named director."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.core.models.base import Record
from madang.core.transitions import Transition


class Approval(Record):
    """One version of one thing on its way to approval.

    Clearing fixes `content` with its SHA-256; that is what the director reads and approves. Once
    approved the row is frozen by a trigger of the database: a change is a new approval, with the
    next `number`. People are named by the ids of their accounts.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        CLEARED = "cleared", _("cleared")
        APPROVED = "approved", _("approved")
        WITHDRAWN = "withdrawn", _("withdrawn")

    thing_model = models.CharField(max_length=80, editable=False)
    thing_id = models.UUIDField(editable=False)
    scope_id = models.UUIDField(null=True, db_index=True, editable=False)
    number = models.PositiveIntegerField(_("version"), editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    author_id = models.UUIDField(_("author"), db_index=True, editable=False)
    director_id = models.UUIDField(_("director"), db_index=True)
    delegated_by = models.UUIDField(null=True, editable=False)
    content = models.TextField(blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    reason = models.TextField(_("why it came back"), blank=True)
    cleared_at = models.DateTimeField(null=True, editable=False)
    cleared_by = models.UUIDField(null=True, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)

    clear = Transition(
        "state",
        sources=[State.DRAFT],
        target=State.CLEARED,
        label=_("Clear for approval"),
        audit="approval.cleared",
    )
    approve = Transition(
        "state",
        sources=[State.CLEARED],
        target=State.APPROVED,
        label=_("Approve"),
        audit="approval.approved",
    )
    send_back = Transition(
        "state",
        sources=[State.CLEARED],
        target=State.DRAFT,
        label=_("Send back"),
        audit="approval.sent_back",
    )
    withdraw = Transition(
        "state",
        sources=[State.DRAFT, State.CLEARED],
        target=State.WITHDRAWN,
        label=_("Withdraw"),
        audit="approval.withdrawn",
    )

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ("-changed_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("thing_id", "thing_model", "number"), name="core_approval_number"
            ),
            models.UniqueConstraint(
                fields=("thing_id", "thing_model"),
                condition=models.Q(state__in=("draft", "cleared")),
                name="core_approval_one_open",
            ),
            models.CheckConstraint(
                condition=~models.Q(director_id=models.F("author_id")),
                name="core_approval_not_by_its_author",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("draft", "withdrawn"))
                | (models.Q(cleared_at__isnull=False) & ~models.Q(digest="")),
                name="core_approval_cleared_has_content",
            ),
            models.CheckConstraint(
                condition=models.Q(state="approved", approved_at__isnull=False)
                | (~models.Q(state="approved") & models.Q(approved_at__isnull=True)),
                name="core_approval_has_moment",
            ),
        )

    def __str__(self) -> str:
        return f"{self.thing_model} {self.number}: {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("core:approval", args=(self.pk,))
