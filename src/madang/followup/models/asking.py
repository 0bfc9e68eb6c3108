"""When an edition asks for action plans, and when it asks what became of them."""

from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.models import Record
from madang.core.texts import Translated
from madang.core.transitions import Text, Transition
from madang.workshops.models import Edition


class FollowUp(Record, Translated):
    """The window in which plans are made, and what the secretariat says to those who make one."""

    TRANSLATED = ("hint",)

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="follow_up")
    opens_at = models.DateTimeField(_("plans can be made from"))
    closes_at = models.DateTimeField(_("plans can be made until"))
    hint = models.TextField(
        _("what makes a good plan"),
        blank=True,
        default="",
        help_text=_("It stands above the plan. The modules of the edition stand beside it."),
    )
    reminder_days = models.PositiveSmallIntegerField(
        _("days until the one reminder"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )

    class Meta:
        verbose_name = _("follow-up of an edition")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="followup_window_has_length",
            ),
        )

    def __str__(self) -> str:
        return f"follow-up of {self.edition_id}"

    @property
    def is_open(self) -> bool:
        """Whether plans can be written now."""
        return self.opens_at <= clock.now() < self.closes_at

    @property
    def was_opened(self) -> bool:
        return self.opens_at <= clock.now()


def _is_time(asking: "Round") -> Text | None:
    if asking.opens_on > clock.today(asking.edition.zone):
        return _("Its day has not come yet.")
    return None


class Round(Record):
    """One time of asking what became of the plans: so many months after the edition."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        OPEN = "open", _("people are asked")
        CLOSED = "closed", _("closed")

    # So long answers are taken.
    LASTS = timedelta(days=60)

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="follow_up_rounds")
    months = models.PositiveSmallIntegerField(_("months after the edition"))
    opens_on = models.DateField(_("people are asked on"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PLANNED)

    open = Transition(
        "state",
        sources=(State.PLANNED,),
        target=State.OPEN,
        label=_("Ask"),
        audit="round.opened",
        guard=_is_time,
    )
    close = Transition(
        "state",
        sources=(State.OPEN,),
        target=State.CLOSED,
        label=_("Take no more answers"),
        audit="round.closed",
    )

    class Meta:
        verbose_name = _("round of the follow-up")
        ordering = ("months",)
        constraints = (
            models.UniqueConstraint(fields=("edition", "months"), name="followup_round_once"),
        )

    def __str__(self) -> str:
        return f"{self.months} months after {self.edition_id}"
