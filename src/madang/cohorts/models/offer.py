"""Offers of seats: made in waves, answered, given back, filled again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.cohorts.models.decision import Decision
from madang.core.models import Personal, PersonalText, Record
from madang.core.transitions import Text, Transition
from madang.nominations.models import Nomination
from madang.workshops.models import Edition, Participation


def _is_their_seat_still(offer: "Offer") -> Text | None:
    """What stands against a seat that was lost being taken after all."""
    if offer.released_at is not None or offer.is_taken_up:
        return _("The seat has been released to somebody else.")
    return None


class Offer(Record, Personal):
    """A seat offered to one nominee. The link in the mail is an `AccessLink` of purpose "offer".

    A seat that is lost (declined, withdrawn, lapsed) stays with the ministry, which may name
    somebody else (`substitutes`), until it releases the seat (`released_at`); only then a reserve
    from elsewhere may be offered it (`fills`).
    """

    class State(models.TextChoices):
        PREPARED = "prepared", _("prepared")
        SENT = "sent", _("sent")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        LAPSED = "lapsed", _("no answer in time")

    HOLDING = (State.PREPARED, State.SENT, State.ACCEPTED)
    LOST = (State.DECLINED, State.WITHDRAWN, State.LAPSED)

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="offers")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="offers")
    nomination = models.OneToOneField(Nomination, on_delete=models.PROTECT, related_name="offer")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREPARED)
    wave = models.PositiveSmallIntegerField(_("wave"), default=1)
    answer_by = models.DateTimeField(_("answer by"))
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    remark = PersonalText(
        _("what they wrote"),
        why=_("to know why a seat was not taken"),
        until=_("six months after the workshop"),
    )
    # The lost offer whose seat this is: by the same ministry's choice, or after its release.
    substitutes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="substitute"
    )
    fills = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="filled_by"
    )
    released_at = models.DateTimeField(_("seat released"), null=True, editable=False)
    participation = models.OneToOneField(
        Participation, on_delete=models.PROTECT, null=True, editable=False, related_name="offer"
    )

    send = Transition(
        "state",
        sources=(State.PREPARED,),
        target=State.SENT,
        label=_("Send"),
        audit="offer.sent",
    )
    accept = Transition(
        "state",
        sources=(State.SENT, State.LAPSED),
        target=State.ACCEPTED,
        label=_("Accept"),
        audit="offer.accepted",
        guard=_is_their_seat_still,
    )
    decline = Transition(
        "state",
        sources=(State.SENT, State.ACCEPTED),
        target=State.DECLINED,
        label=_("Decline"),
        audit="offer.declined",
    )
    withdraw = Transition(
        "state",
        sources=(State.PREPARED, State.SENT, State.ACCEPTED),
        target=State.WITHDRAWN,
        label=_("Withdraw"),
        audit="offer.withdrawn",
    )
    lapse = Transition(
        "state",
        sources=(State.SENT,),
        target=State.LAPSED,
        label=_("No answer in time"),
        audit="offer.lapsed",
    )
    extend = Transition(
        "state",
        sources=(State.SENT, State.LAPSED),
        target=State.SENT,
        label=_("Give more time"),
        audit="offer.extended",
        guard=_is_their_seat_still,
    )

    class Meta:
        verbose_name = _("offer")
        ordering = ("wave", "created_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(released_at__isnull=True)
                | models.Q(state__in=("declined", "withdrawn", "lapsed")),
                name="cohorts_released_seat_is_lost",
            ),
            models.CheckConstraint(
                condition=models.Q(substitutes__isnull=True) | models.Q(fills__isnull=True),
                name="cohorts_offer_one_origin",
            ),
        )
        indexes = (models.Index(fields=("edition", "state"), name="cohorts_offer_state"),)

    def __str__(self) -> str:
        return f"{self.nomination_id}: {self.state}"

    @property
    def is_taken_up(self) -> bool:
        """Whether a lost seat has gone on to somebody: who lost it in turn is another loss."""
        gone_on = models.Q(substitutes=self) | models.Q(fills=self)
        return Offer.objects.filter(gone_on).exists()


class OfferTerms(Record):
    """By when answers are due, and until when a ministry may name somebody else."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="offer_terms")
    answer_days = models.PositiveSmallIntegerField(_("days to answer"), default=10)
    substitution_until = models.DateTimeField(
        _("a ministry may name somebody else until"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("terms of the offers")

    def __str__(self) -> str:
        return f"{self.edition_id}"
