"""Screening: a rubric, officers who score blind, and the merit that comes of it."""

from uuid import UUID

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Personal, PersonalText, Record
from madang.core.texts import Translated
from madang.core.transitions import Transition
from madang.nominations.models.call import Call
from madang.nominations.models.nomination import Nomination
from madang.people.models import Account


class Criterion(Record, Translated):
    """One line of the rubric, scored from 0 to `maximum`."""

    TRANSLATED = ("name", "guidance")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    name = models.CharField(_("criterion"), max_length=120)
    guidance = models.TextField(_("what earns which score"), blank=True, default="")
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1)]
    )
    maximum = models.PositiveSmallIntegerField(
        _("highest score"), default=5, validators=[MinValueValidator(1)]
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ("order", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(weight__gte=1, maximum__gte=1),
                name="nominations_criterion_counts",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Screening(Record, Personal):
    """That one officer reads and scores one nomination, not seeing what others gave."""

    class State(models.TextChoices):
        ASKED = "asked", _("to be scored")
        SCORED = "scored", _("scored")
        RECUSED = "recused", _("stood back")

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="screenings")
    screener = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    is_third_opinion = models.BooleanField(_("third opinion"), default=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ASKED)
    comment = PersonalText(
        _("comment"),
        why=_("to explain a score to the other officers"),
        until=_("six months after the workshop"),
        withheld=True,
    )
    scored_at = models.DateTimeField(null=True, editable=False)

    score = Transition(
        "state",
        sources=(State.ASKED, State.SCORED),
        target=State.SCORED,
        label=_("Give these scores"),
        audit="screening.scored",
    )
    recuse = Transition(
        "state",
        sources=(State.ASKED, State.SCORED),
        target=State.RECUSED,
        label=_("Stand back: I know this person too well"),
        audit="screening.recused",
    )
    ask_again = Transition(
        "state",
        sources=(State.SCORED, State.RECUSED),
        target=State.ASKED,
        label=_("Ask again"),
        audit="screening.asked_again",
    )

    class Meta:
        verbose_name = _("screening")
        constraints = (
            models.UniqueConstraint(
                fields=("nomination", "screener"), name="nominations_screener_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.nomination_id} by {self.screener_id}"

    @property
    def edition_id(self) -> UUID:
        """The edition, in whose history the row belongs."""
        return self.nomination.edition_id


class Score(Record):
    """What an officer gave a nomination for one criterion."""

    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField(_("score"))

    class Meta:
        verbose_name = _("score")
        constraints = (
            models.UniqueConstraint(
                fields=("screening", "criterion"), name="nominations_score_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.value)


class Merit(Record):
    """What a nomination is worth by its screening, from 0 to 100, and how sure that is.

    `uncertainty` is the standard error in the same points; an imported score has none stated (0).
    Nobody without the role sees either.
    """

    class Origin(models.TextChoices):
        SCREENING = "screening", _("screening")
        IMPORTED = "imported", _("came with the file")

    nomination = models.OneToOneField(Nomination, on_delete=models.CASCADE, related_name="merit")
    value = models.DecimalField(_("merit"), max_digits=5, decimal_places=2)
    uncertainty = models.DecimalField(_("uncertainty"), max_digits=5, decimal_places=2, default=0)
    opinions = models.PositiveSmallIntegerField(_("opinions"), default=0)
    origin = models.CharField(max_length=10, choices=Origin)

    class Meta:
        verbose_name = _("merit")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(value__range=(0, 100), uncertainty__gte=0),
                name="nominations_merit_in_range",
            ),
        )

    def __str__(self) -> str:
        return str(self.value)
