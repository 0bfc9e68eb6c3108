"""Buses to a session, and who sits in which."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.workshops.models import Participation, Session

MOST_SEATS = 200


class Bus(Record):
    """A bus that takes people to a session and back."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="buses")
    name = models.CharField(_("name"), max_length=60, help_text=_("As on the sign at its door."))
    seats = models.PositiveSmallIntegerField(
        _("seats"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)],
        help_text=_("For passengers: without those of the driver and the guide."),
    )
    departs_at = models.DateTimeField(_("leaves at"), null=True, blank=True)
    departs_from = models.CharField(_("leaves from"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("bus")
        verbose_name_plural = _("buses")
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=("session", "name"), name="logistics_bus_name"),
            models.CheckConstraint(
                condition=Q(seats__gte=1, seats__lte=MOST_SEATS), name="logistics_bus_seats"
            ),
        )

    def __str__(self) -> str:
        return self.name


class BusSeat(Record):
    """One person's seat in a bus. `session` is the bus's, so that nobody has two seats for it."""

    bus = models.ForeignKey(Bus, on_delete=models.CASCADE, related_name="taken")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="bus_seats"
    )

    class Meta:
        verbose_name = _("seat in a bus")
        constraints = (
            models.UniqueConstraint(
                fields=("session", "participation"), name="logistics_bus_seat_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.bus_id} {self.participation_id}"
