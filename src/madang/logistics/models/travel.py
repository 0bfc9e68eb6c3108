"""How people get there: what has to be arranged for each, their journeys, and who picks them up."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from madang.core.models import Personal, PersonalText, Record
from madang.core.transitions import BoundTransition, Transition
from madang.workshops.models import Edition, Participation

UNTIL = _("thirty days after the workshop")


class Errand(Record, Personal):
    """One of the things that have to be arranged for somebody, and what is to be done next."""

    class Kind(models.TextChoices):
        VISA = "visa", _("visa")
        TICKET = "ticket", _("ticket")
        INSURANCE = "insurance", _("insurance")

    class State(models.TextChoices):
        TO_DO = "to_do", _("to do")
        ASKED = "asked", _("asked for")
        DONE = "done", _("granted or bought")
        REFUSED = "refused", _("refused")
        NOT_NEEDED = "not_needed", _("not needed")

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="errands"
    )
    kind = models.CharField(_("what for"), max_length=10, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.TO_DO)
    next_action = PersonalText(
        _("what to do next"),
        why=_("to know what is still to be done so that you can travel"),
        until=UNTIL,
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who does it"),
    )
    due = models.DateField(_("until"), null=True, blank=True)

    ask = Transition(
        "state",
        sources=(State.TO_DO, State.REFUSED),
        target=State.ASKED,
        label=_("Asked for"),
        audit="errand.asked",
    )
    finish = Transition(
        "state",
        sources=(State.TO_DO, State.ASKED),
        target=State.DONE,
        label=_("Granted or bought"),
        audit="errand.done",
    )
    refuse = Transition(
        "state",
        sources=(State.ASKED,),
        target=State.REFUSED,
        label=_("Refused"),
        audit="errand.refused",
    )
    spare = Transition(
        "state",
        sources=(State.TO_DO, State.ASKED, State.REFUSED),
        target=State.NOT_NEEDED,
        label=_("Not needed"),
        audit="errand.spared",
    )
    reopen = Transition(
        "state",
        sources=(State.ASKED, State.DONE, State.REFUSED, State.NOT_NEEDED),
        target=State.TO_DO,
        label=_("To do again"),
        audit="errand.reopened",
    )

    class Meta:
        verbose_name = _("visa, ticket or insurance")
        verbose_name_plural = _("visas, tickets and insurances")
        constraints = (
            models.UniqueConstraint(fields=("participation", "kind"), name="logistics_errand_once"),
        )
        indexes = (models.Index(fields=("state", "due"), name="logistics_errand_due"),)

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_open(self) -> bool:
        """Whether there is something left to do."""
        return self.state in OPEN

    @property
    def state_label(self) -> str | Promise:
        """The state as this kind of thing calls it: a visa is granted, a ticket bought."""
        return _WORDS.get((self.kind, self.state)) or self.get_state_display()

    def label_of(self, move: BoundTransition) -> str:
        """What the button of a change of state says for this kind of thing."""
        word = _WORDS.get((self.kind, move.transition.target))
        return capfirst(str(word or move.label))


OPEN = (Errand.State.TO_DO, Errand.State.ASKED, Errand.State.REFUSED)
# What a kind calls the ends that it can come to.
_WORDS = {
    (Errand.Kind.VISA, Errand.State.DONE): _("granted"),
    (Errand.Kind.TICKET, Errand.State.DONE): _("bought"),
    (Errand.Kind.INSURANCE, Errand.State.DONE): _("taken out"),
    (Errand.Kind.TICKET, Errand.State.REFUSED): _("not to be had"),
}


class Pickup(Record):
    """A vehicle that meets people who arrive, or takes them to where they depart from."""

    class Direction(models.TextChoices):
        ARRIVAL = "arrival", _("to the hotel")
        DEPARTURE = "departure", _("from the hotel")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="pickups")
    direction = models.CharField(
        _("direction"), max_length=10, choices=Direction, default=Direction.ARRIVAL
    )
    at = models.DateTimeField(_("leaves"))
    place = models.CharField(_("where to meet"), max_length=200, blank=True, default="")
    vehicle = models.CharField(_("vehicle"), max_length=120)
    seats = models.PositiveSmallIntegerField(_("seats"), validators=(MinValueValidator(1),))
    # The driver is no person of ours: what is written goes with the others' journeys (`tasks`).
    driver = models.CharField(_("driver, with telephone"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("pick-up")
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.vehicle


class Leg(Record, Personal):
    """The last part of somebody's way there, or the first of their way back."""

    class Direction(models.TextChoices):
        ARRIVAL = "arrival", _("arrival")
        DEPARTURE = "departure", _("departure")

    class Mode(models.TextChoices):
        PLANE = "plane", _("by plane")
        TRAIN = "train", _("by train")
        BUS = "bus", _("by bus")
        SHIP = "ship", _("by ship")
        CAR = "car", _("by car")

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="legs")
    direction = models.CharField(_("which way"), max_length=10, choices=Direction)
    mode = models.CharField(_("how"), max_length=8, choices=Mode, default=Mode.PLANE)
    at = models.DateTimeField(_("when"))
    number = PersonalText(
        _("flight or train"),
        why=_("to meet you, and to know when you are late"),
        until=UNTIL,
    )
    from_place = PersonalText(_("from"), why=_("to know which way you come"), until=UNTIL)
    to_place = PersonalText(_("to"), why=_("to meet you where you arrive"), until=UNTIL)
    wants_pickup = models.BooleanField(_("wants to be picked up"), default=True)
    pickup = models.ForeignKey(
        Pickup, on_delete=models.SET_NULL, null=True, blank=True, related_name="legs"
    )

    class Meta:
        verbose_name = _("journey")
        verbose_name_plural = _("journeys")
        constraints = (
            models.UniqueConstraint(
                fields=("participation", "direction"), name="logistics_leg_once"
            ),
        )
        indexes = (models.Index(fields=("direction", "at"), name="logistics_leg_at"),)

    def __str__(self) -> str:
        return str(self.get_direction_display())
