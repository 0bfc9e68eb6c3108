"""Scenarios: rules for a cohort, and the cohort that is best within them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Personal, PersonalText, Record
from madang.nominations.models import Nomination
from madang.people.models import Country
from madang.workshops.models import Edition


class TravelEstimate(Record):
    """What it costs to bring one person from a country, for the budget of a cohort."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="travel_estimates")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, default="USD")

    class Meta:
        verbose_name = _("estimate of travel")
        ordering = ("country__sort_key",)
        constraints = (
            models.UniqueConstraint(fields=("edition", "country"), name="cohorts_estimate_once"),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0), name="cohorts_estimate_not_negative"
            ),
        )

    def __str__(self) -> str:
        return f"{self.country}: {self.amount} {self.currency}"


class Scenario(Record):
    """One way to choose: seats, quotas, budget, pins; and the method's answer to them.

    `answer` is what `methods.selection` said, by nomination ids: codes and numbers only. It is the
    answer to the rules whose fingerprint is `answered_for`; when these or the nominees change it is
    out of date (`cohorts.scenarios.is_current`).
    """

    class Objective(models.TextChoices):
        MERIT = "merit", _("merit")
        LOTTERY = "leximin", _("fair lottery")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="scenarios")
    name = models.CharField(_("name"), max_length=120)
    objective = models.CharField(
        _("chosen by"), max_length=8, choices=Objective, default=Objective.MERIT
    )
    seats = models.PositiveIntegerField(_("seats"))
    reserves = models.PositiveSmallIntegerField(_("reserves"), default=10)
    budget = models.DecimalField(
        _("budget for travel"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    answer = models.JSONField(null=True, editable=False)
    answered_for = models.CharField(max_length=64, blank=True, default="", editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    created_by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("scenario")
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("edition", "name"), name="cohorts_scenario_name"),
            models.CheckConstraint(
                condition=models.Q(seats__gte=1), name="cohorts_scenario_has_seats"
            ),
        )

    def __str__(self) -> str:
        return self.name


class ScenarioQuota(Record):
    """A quota of one scenario; its columns mean what those of `nominations.Quota` mean."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="quotas")
    attribute = models.CharField(_("of whom"), max_length=40)
    value = models.CharField(_("which"), max_length=40)
    minimum = models.PositiveIntegerField(_("at least"), default=0)
    maximum = models.PositiveIntegerField(_("at most"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("quota of a scenario")
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("scenario", "attribute", "value"), name="cohorts_quota_once"
            ),
            models.CheckConstraint(
                condition=models.Q(maximum__isnull=True)
                | models.Q(maximum__gte=models.F("minimum")),
                name="cohorts_quota_bounds",
            ),
        )

    def __str__(self) -> str:
        return f"{self.attribute} {self.value}"


class Pin(Record, Personal):
    """That somebody is in, or out, whatever the method would choose; and why, in writing."""

    class Kind(models.TextChoices):
        INCLUDE = "include", _("in")
        EXCLUDE = "exclude", _("out")

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="pins")
    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="pins")
    kind = models.CharField(_("decided"), max_length=8, choices=Kind)
    reason = PersonalText(
        _("reason"),
        blank=False,
        why=_("to answer for a decision that was not the method's"),
        until=_("two years after the workshop"),
        withheld=True,
    )
    decided_by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("pin")
        constraints = (
            models.UniqueConstraint(fields=("scenario", "nomination"), name="cohorts_pin_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.nomination_id}"


class Drawing(Record):
    """A lottery that anybody can check: frozen and hashed first, drawn with dice thereafter.

    `frozen` is the canonical text of list, rules and panels with its SHA-256 `digest`
    (`methods.selection.drawing`); nominees stand in it by number, not by name. A trigger of the
    database keeps a drawing as it is once it has been drawn.
    """

    scenario = models.OneToOneField(Scenario, on_delete=models.PROTECT, related_name="drawing")
    frozen = models.TextField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    frozen_at = models.DateTimeField(editable=False)
    # What the dice showed, as typed in the room, and who saw it.
    seed = models.CharField(_("what the dice showed"), max_length=200, blank=True, default="")
    witnesses = models.PositiveSmallIntegerField(_("witnesses"), null=True, blank=True)
    drawn_at = models.DateTimeField(null=True, editable=False)
    drawn_by = models.UUIDField(null=True, editable=False)
    result_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    panel = models.PositiveIntegerField(_("panel"), null=True, editable=False)

    class Meta:
        verbose_name = _("drawing")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(drawn_at__isnull=True, panel__isnull=True, seed="")
                | (
                    models.Q(drawn_at__isnull=False, panel__isnull=False)
                    & ~models.Q(seed="")
                    & ~models.Q(result_digest="")
                ),
                name="cohorts_drawing_whole",
            ),
        )

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def edition_id(self):
        """The edition, in whose history the row belongs."""
        return self.scenario.edition_id
