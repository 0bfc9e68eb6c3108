"""How people are addressed, placed and named at an edition, and what they hear it in."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from madang.core.models import Personal, PersonalText, Record
from madang.logistics.models.travel import UNTIL
from madang.workshops.models import Participation


class Protocol(Record, Personal):
    """One person's protocol. Without a row, or with empty fields, the usual holds.

    `precedence` is a place from 1 on, the first being the highest; nobody has one until somebody
    sets an order. It is not encrypted: a number says nothing without the list.
    """

    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, related_name="protocol"
    )
    form_of_address = PersonalText(
        _("form of address"),
        why=_("to greet and announce you as is due to you"),
        until=UNTIL,
    )
    name_plate = PersonalText(
        _("name on the plate"),
        why=_("to write your name plate as you wish it"),
        until=UNTIL,
    )
    precedence = models.PositiveIntegerField(_("precedence"), null=True, blank=True)
    interpretation = models.CharField(
        _("hears it in"), max_length=12, blank=True, default="",
        help_text=_("Empty: needs no interpretation."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("protocol")
        verbose_name_plural = _("protocol")
        constraints = (
            models.CheckConstraint(
                condition=Q(precedence__isnull=True) | Q(precedence__gte=1),
                name="logistics_precedence_from_one",
            ),
        )

    def __str__(self) -> str:
        return f"{self.precedence} {self.participation_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, under the key of the person it is about."""
        if self.subject_id is None:
            self.subject = self.participation.person.subject
        super().save(*args, **kwargs)
