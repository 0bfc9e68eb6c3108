"""The mark of a demo database, and its clock."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core import clock


class DemoClock(models.Model):
    """One row, in a demo database only: that it is there marks the database as a demo."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    offset = models.DurationField(_("offset from the machine's clock"), default=timedelta(0))
    moment = models.SlugField(_("moment"), blank=True, default="")

    class Meta:
        verbose_name = _("demo clock")
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="core_democlock_one_row"),
        )

    def __str__(self) -> str:
        return f"{self.moment or 'demo'} ({self.offset})"

    @classmethod
    def refresh(cls) -> None:
        """Set this context's clock from the database."""
        offset = cls.objects.filter(pk=1).values_list("offset", flat=True).first()
        clock.set_offset(offset or timedelta(0))

    @classmethod
    def move_to(cls, moment: datetime, *, name: str = "") -> None:
        """Let every process of this installation believe that it is `moment` now."""
        clock.set_offset(timedelta(0))
        offset = moment - clock.now()
        cls.objects.update_or_create(pk=1, defaults={"offset": offset, "moment": name})
        clock.set_offset(offset)

    @classmethod
    def is_demo_database(cls) -> bool:
        """Whether this database was made by `madang demo`."""
        return cls.objects.filter(pk=1).exists()
