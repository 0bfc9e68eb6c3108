"""The daily allowance: its rates, what is provided day by day, and who gets none."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.logistics.allowances import PROVIDED
from madang.logistics.models.money import CENT, Source, amount_field
from madang.workshops.models import Edition, Participation


def _share(label: Any, default: int) -> models.PositiveSmallIntegerField:
    """Percent of the daily rate."""
    return models.PositiveSmallIntegerField(
        label, default=default, validators=[MaxValueValidator(100)]
    )


class AllowanceRate(Record):
    """What a day is worth, and by how much of it the allowance is less when something is provided.

    The shares are percents of the daily rate; what is left when all is provided is for small
    expenses. A rate for a kind of participation goes before the one for all who travel, whose
    `for_kind` is empty.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="allowance_rates")
    for_kind = models.CharField(
        _("for"), max_length=16, choices=Participation.Kind, blank=True, default=""
    )
    daily = amount_field(_("a full day"), validators=[MinValueValidator(CENT)])
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    lodging = _share(_("lodging"), 50)
    breakfast = _share(_("breakfast"), 6)
    lunch = _share(_("lunch"), 12)
    dinner = _share(_("dinner"), 12)
    # How much of a day's allowance is due on the day of departure, on which nobody stays overnight.
    last_day = _share(_("the day of departure"), 50)
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="allowance_rates",
        verbose_name=_("paid from"),
    )

    class Meta:
        verbose_name = _("rate of the daily allowance")
        ordering = ("for_kind", "id")
        constraints = (
            models.UniqueConstraint(fields=("edition", "for_kind"), name="logistics_rate_once"),
            models.CheckConstraint(condition=Q(daily__gt=0), name="logistics_rate_daily"),
            models.CheckConstraint(
                condition=Q(
                    lodging__lte=100 - F("breakfast") - F("lunch") - F("dinner"), last_day__lte=100
                ),
                name="logistics_rate_shares",
            ),
        )

    def __str__(self) -> str:
        return f"{self.for_kind} {self.daily} {self.currency}"


class AllowanceDay(Record):
    """What is provided on one day, to everybody. A day without a row provides nothing."""

    PROVIDED = PROVIDED

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="allowance_days")
    date = models.DateField(_("day"))
    lodging = models.BooleanField(_("lodging"), default=False)
    breakfast = models.BooleanField(_("breakfast"), default=False)
    lunch = models.BooleanField(_("lunch"), default=False)
    dinner = models.BooleanField(_("dinner"), default=False)

    class Meta:
        verbose_name = _("day of the allowance")
        ordering = ("date",)
        constraints = (
            models.UniqueConstraint(fields=("edition", "date"), name="logistics_day_once"),
        )

    def __str__(self) -> str:
        return self.date.isoformat()

    @property
    def provided(self) -> frozenset[str]:
        return frozenset(name for name in self.PROVIDED if getattr(self, name))


class NoAllowance(Record):
    """Somebody who is entitled to none, and why."""

    class Why(models.TextChoices):
        SELF_FUNDED = "self_funded", _("pays for themselves")
        PAID_ELSEWHERE = "paid_elsewhere", _("gets it from somebody else")
        LIVES_HERE = "lives_here", _("lives where the workshop is")

    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, related_name="no_allowance"
    )
    why = models.CharField(_("why"), max_length=16, choices=Why)

    class Meta:
        verbose_name = _("person without an allowance")

    def __str__(self) -> str:
        return f"{self.why} {self.participation_id}"
