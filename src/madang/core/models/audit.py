"""Entries of the audit trail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.identifiers import uuid7
from madang.core.models.base import this_node


class AuditEntry(models.Model):
    """One line of the audit trail. Triggers in the database refuse to change or delete it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    node = models.CharField(max_length=40, default=this_node, editable=False)
    at = models.DateTimeField(_("when"), default=clock.now, db_index=True, editable=False)
    actor_id = models.UUIDField(_("who"), null=True, editable=False)
    verb = models.CharField(_("what"), max_length=80, editable=False)
    thing_model = models.CharField(max_length=80, editable=False)
    thing_id = models.UUIDField(editable=False)
    scope_id = models.UUIDField(null=True, editable=False)
    facts = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=("thing_id", "-at"), name="core_audit_thing"),
            models.Index(fields=("scope_id", "-at"), name="core_audit_scope"),
            models.Index(fields=("actor_id", "-at"), name="core_audit_actor"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.thing_model}"
