"""The place of a delegation's papers in the programme."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.people.models import Country
from madang.workshops.models import Edition, Session


class Presentation(Record):
    """A delegation introduces its accepted papers in a session, at its place in the order."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="presentations")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="presentations")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(_("place in the order"), default=1)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)

    class Meta:
        verbose_name = _("presentation")
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(fields=("edition", "country"), name="papers_presentation_once"),
            models.CheckConstraint(
                condition=models.Q(minutes__range=(1, 240)), name="papers_presentation_minutes"
            ),
        )

    def __str__(self) -> str:
        return f"{self.session_id} {self.order}"
