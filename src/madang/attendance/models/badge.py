"""Badges by which people are known at a door."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.workshops.models import Participation


class Badge(Record):
    """One badge of somebody. It says who they are to nobody but us.

    Its code and the short code printed on it are derived from this row and the master key
    (`attendance.badges`); only their hashes are stored. A badge that is lost is revoked and another
    one made; what the old one did until then holds.
    """

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="badges"
    )
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    short_digest = models.CharField(max_length=64, editable=False)
    revoked_at = models.DateTimeField(_("replaced"), null=True, editable=False)

    class Meta:
        verbose_name = _("badge")
        ordering = ("participation", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("participation",),
                condition=models.Q(revoked_at__isnull=True),
                name="attendance_one_badge_holds",
            ),
            models.UniqueConstraint(
                fields=("participation", "number"), name="attendance_badge_number"
            ),
        )
        indexes = (models.Index(fields=("short_digest",), name="attendance_badge_short"),)

    def __str__(self) -> str:
        return f"{self.participation_id} {self.number}"
