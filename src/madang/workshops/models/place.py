"""Where sessions take place, and how long the way between two places is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.core.texts import Translated
from madang.workshops.models.edition import Edition


class Site(Record, Translated):
    """A building or other place that people travel to."""

    TRANSLATED = ("name", "address")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=("edition", "name"), name="workshops_site_name"),
        )

    def __str__(self) -> str:
        return self.name


class SiteTravel(Record):
    """Minutes from one place to another, the same in both directions (`first` < `second`)."""

    first = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    class Meta:
        verbose_name = _("travel time")
        constraints = (
            models.UniqueConstraint(fields=("first", "second"), name="workshops_travel_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="workshops_travel_ordered"
            ),
        )

    def __str__(self) -> str:
        return f"{self.minutes} min"


class Room(Record, Translated):
    """A room in which one session at a time takes place. A capacity of 0 is unknown."""

    TRANSLATED = ("name",)

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(_("name"), max_length=120)
    capacity = models.PositiveIntegerField(_("capacity"), default=0)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("room")
        ordering = ("order", "name", "id")
        constraints = (
            models.UniqueConstraint(fields=("site", "name"), name="workshops_room_name"),
        )

    def __str__(self) -> str:
        return self.name
