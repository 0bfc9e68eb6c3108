"""The plan of a week's groups, and what it has to know of countries and people."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.core.transitions import Text, Transition
from madang.people.models import Country
from madang.workshops.models import Edition, Participation

MOST_GROUPS = 60


def _nobody_in_groups(plan: "GroupPlan") -> Text | None:
    return (
        None
        if plan.rounds.filter(members__isnull=False).exists()
        else _("Nobody is in a group yet.")
    )


class GroupPlan(Record):
    """The groups of one edition's week, and what was asked of the method.

    `answer` keeps what the method said of its last plan: repeats, bound, status, the front as
    [repeats, imbalance] pairs. `extra_repeats` is the point of the front that was chosen: so many
    repeats more than the fewest, for a better balance. `before` holds the rounds to come as they
    were before the last change, to put them back.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being made")
        PUBLISHED = "published", _("published")

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="group_plan")
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(null=True, editable=False)
    groups = models.PositiveSmallIntegerField(
        _("number of groups"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_GROUPS)],
    )
    apart_country = models.BooleanField(_("of different countries"), default=True)
    apart_organisation = models.BooleanField(_("of different organisations"), default=False)
    balance_maturity = models.BooleanField(_("level of e-Government"), default=False)
    balance_sex = models.BooleanField(_("women and men"), default=False)
    balance_newcomers = models.BooleanField(_("first-timers"), default=False)
    balance_sector = models.BooleanField(_("sector"), default=False)
    counts_dinners = models.BooleanField(
        _("count who shares a dinner table as having met"), default=True
    )
    seed = models.PositiveIntegerField(default=0, editable=False)
    extra_repeats = models.PositiveIntegerField(default=0, editable=False)
    answer = models.JSONField(default=dict, editable=False)
    planned_at = models.DateTimeField(null=True, editable=False)
    before = models.JSONField(default=dict, editable=False)
    can_undo = models.BooleanField(default=False, editable=False)

    publish = Transition(
        "state",
        sources=(State.DRAFT,),
        target=State.PUBLISHED,
        label=_("Publish the groups"),
        audit="groups.published",
        guard=_nobody_in_groups,
    )
    withdraw = Transition(
        "state",
        sources=(State.PUBLISHED,),
        target=State.DRAFT,
        label=_("Hide them again"),
        audit="groups.withdrawn",
    )

    class Meta:
        verbose_name = _("plan of groups")
        constraints = (
            models.CheckConstraint(
                condition=Q(groups__gte=1, groups__lte=MOST_GROUPS), name="groups_number_of_groups"
            ),
        )

    def __str__(self) -> str:
        return str(self.edition)

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED


class Level(Record):
    """How far e-Government has come in a country, as the secretariat sees it: to mix groups by."""

    class Value(models.TextChoices):
        LOW = "low", _("beginning")
        MIDDLE = "middle", _("under way")
        HIGH = "high", _("far advanced")

    plan = models.ForeignKey(GroupPlan, on_delete=models.CASCADE, related_name="levels")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(_("level of e-Government"), max_length=6, choices=Value)

    class Meta:
        verbose_name = _("level of e-Government")
        constraints = (
            models.UniqueConstraint(fields=("plan", "country"), name="groups_level_once"),
        )

    def __str__(self) -> str:
        return f"{self.country_id} {self.value}"


class Absence(Record):
    """When somebody who takes part is not there; without an end, they have left. No reason is kept.

    They took part all the same: whoever goes home on Wednesday is no cancelled participation.
    """

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="absences"
    )
    starts_at = models.DateTimeField(_("away from"))
    ends_at = models.DateTimeField(_("back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("absence")
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="groups_absence_ends_later",
            ),
        )

    def __str__(self) -> str:
        return f"{self.participation_id} {self.starts_at}"
