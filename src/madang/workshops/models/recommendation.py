"""What one edition recommended, and what the next one made of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.core.texts import Translated
from madang.core.transitions import Text, Transition
from madang.workshops.models.edition import Edition
from madang.workshops.models.session import Session


class Recommendation(Record, Translated):
    """Something that the participants of an edition recommend for the next one."""

    TRANSLATED = ("text",)

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="recommendations")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("recommendation"))

    class Meta:
        verbose_name = _("recommendation")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "number"), name="workshops_recommendation_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:60]}"


def _has_reason(answer: "RecommendationAnswer") -> Text | None:
    return None if answer.text.strip() else _("Say how, or why not: people will read it.")


class RecommendationAnswer(Record, Translated):
    """How a later edition answers a recommendation."""

    TRANSLATED = ("text",)

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered in the programme")
        DECLINED = "declined", _("declined with a reason")

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="answers"
    )
    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="recommendation_answers"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    text = models.TextField(_("how, or why not"), blank=True, default="")
    sessions = models.ManyToManyField(
        Session, blank=True, related_name="answered_recommendations", verbose_name=_("sessions")
    )

    answer = Transition(
        "state",
        sources=(State.OPEN, State.DECLINED),
        target=State.ANSWERED,
        label=_("Answered"),
        audit="recommendation.answered",
        guard=_has_reason,
    )
    decline = Transition(
        "state",
        sources=(State.OPEN, State.ANSWERED),
        target=State.DECLINED,
        label=_("Declined"),
        audit="recommendation.declined",
        guard=_has_reason,
    )
    reopen = Transition(
        "state",
        sources=(State.ANSWERED, State.DECLINED),
        target=State.OPEN,
        label=_("Open again"),
        audit="recommendation.reopened",
    )

    class Meta:
        verbose_name = _("answer to a recommendation")
        ordering = ("recommendation__number",)
        constraints = (
            models.UniqueConstraint(
                fields=("recommendation", "edition"), name="workshops_answer_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} {self.recommendation_id}"
