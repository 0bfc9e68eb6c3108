"""What one edition recommended, and what the next one made of it."""

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.models import Record
from madang.core.texts import Translated
from madang.core.transitions import Text, Transition
from madang.workshops.models.edition import Edition
from madang.workshops.models.session import Session


def _is_reasoned(recommendation: "Recommendation") -> Text | None:
    return None if recommendation.reason.strip() else _("Say why not: people will read it.")


class Recommendation(Record, Translated):
    """Something that the participants of an edition recommend for the next one.

    It is drafted from what they said and concluded, and the secretariat or a director decides
    whether the next edition is asked to answer it.
    """

    TRANSLATED = ("text", "reason")

    class State(models.TextChoices):
        DRAFTED = "drafted", _("to be decided")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined with a reason")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="recommendations")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("recommendation"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFTED)
    reason = models.TextField(_("why not"), blank=True, default="")
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)

    accept = Transition(
        "state",
        sources=(State.DRAFTED, State.DECLINED),
        target=State.ACCEPTED,
        label=_("Accept it"),
        audit="recommendation.accepted",
    )
    turn_down = Transition(
        "state",
        sources=(State.DRAFTED, State.ACCEPTED),
        target=State.DECLINED,
        label=_("Decline it"),
        audit="recommendation.turned_down",
        guard=_is_reasoned,
    )

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


class RecommendationSource(Record):
    """What a recommendation was drawn from: something cited, or what somebody observed.

    `thing_model` and `thing_id` are a reference of `core.links`; an observation has only its note.
    """

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="sources"
    )
    thing_model = models.CharField(max_length=80, blank=True, default="")
    thing_id = models.UUIDField(null=True)
    note = models.CharField(_("own observation"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("source of a recommendation")
        ordering = ("created_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(thing_model="", thing_id__isnull=True) & ~models.Q(note="")
                | ~models.Q(thing_model="") & models.Q(thing_id__isnull=False, note=""),
                name="workshops_source_of_one_kind",
            ),
        )

    def __str__(self) -> str:
        return self.note or self.thing_model


def _has_reason(answer: "RecommendationAnswer") -> Text | None:
    return None if answer.text.strip() else _("Say how, or why not: people will read it.")


def _has_happened(answer: "RecommendationAnswer") -> Text | None:
    if clock.today(answer.edition.zone) < answer.edition.starts_on:
        return _("It is ticked off once the edition has begun.")
    if not answer.evidence.strip():
        return _("Say how one can see it: a tick stands with its evidence.")
    return None


class RecommendationAnswer(Record, Translated):
    """How a later edition answers a recommendation."""

    TRANSLATED = ("text", "evidence")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered in the programme")
        DONE = "done", _("done, with evidence")
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

    evidence = models.TextField(_("how one can see it"), blank=True, default="")
    evidence_url = models.URLField(
        _("address of the evidence"),
        max_length=400,
        blank=True,
        default="",
        validators=[URLValidator(schemes=["http", "https"])],
    )
    # The account of whoever ticked it off; files of evidence belong to this row.
    ticked_by = models.UUIDField(null=True, editable=False)
    ticked_at = models.DateTimeField(_("ticked off"), null=True, editable=False)

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
    tick = Transition(
        "state",
        sources=(State.ANSWERED,),
        target=State.DONE,
        label=_("Tick it off"),
        audit="recommendation.ticked",
        guard=_has_happened,
    )
    untick = Transition(
        "state",
        sources=(State.DONE,),
        target=State.ANSWERED,
        label=_("Take the tick back"),
        audit="recommendation.unticked",
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
