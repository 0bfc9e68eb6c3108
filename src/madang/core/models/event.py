"""Events that lower apps record for higher ones, and their deliveries."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.identifiers import uuid7
from madang.core.models.base import this_node


class Event(models.Model):
    """Something that happened, by reference: facts are codes and numbers, as in the audit trail."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    node = models.CharField(max_length=40, default=this_node, editable=False)
    at = models.DateTimeField(_("when"), default=clock.now, editable=False)
    name = models.CharField(max_length=80, editable=False)
    thing_model = models.CharField(max_length=80, editable=False)
    thing_id = models.UUIDField(editable=False)
    facts = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.name} {self.thing_model}"


class Delivery(models.Model):
    """One event on its way to one subscriber; the row is what makes it happen once."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("delivery of an event")
        verbose_name_plural = _("deliveries of events")
        constraints = (
            models.UniqueConstraint(fields=("event", "subscriber"), name="core_delivery_once"),
        )
        indexes = (
            models.Index(
                fields=("state",), condition=models.Q(state="waiting"), name="core_delivery_waiting"
            ),
        )

    def __str__(self) -> str:
        return f"{self.event_id} → {self.subscriber}: {self.state}"
