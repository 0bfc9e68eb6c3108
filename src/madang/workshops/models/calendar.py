"""The secret address of somebody's own calendar."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.workshops.models.participation import Participation


class CalendarLink(Record):
    """That somebody lets calendar programs read their own sessions, without signing in.

    The address holds a token that is not stored, only its hash: `workshops.calendars.tokens`
    derives it from this row and the master key. Another `serial` is another address.
    """

    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, related_name="calendar_link"
    )
    serial = models.PositiveIntegerField(default=1, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")

    def __str__(self) -> str:
        return f"{self.participation_id} {self.serial}"
