"""Sessions of a programme, who has a part in them, and who signed up."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from madang.core import clock
from madang.core.models import Record
from madang.core.texts import Translated
from madang.core.transitions import Transition
from madang.workshops.models.edition import Edition, Module
from madang.workshops.models.participation import Participation
from madang.workshops.models.place import Room


class Session(Record, Translated):
    """One item of the programme. Without a start it waits to be placed."""

    TRANSLATED = ("title", "description")

    class Kind(models.TextChoices):
        LECTURE = "lecture", _("lecture")
        CASE_STUDY = "case_study", _("case study")
        GROUP_WORK = "group_work", _("group work")
        DISCUSSION = "discussion", _("discussion")
        HANDS_ON = "hands_on", _("hands-on")
        FIELD_TRIP = "field_trip", _("field trip")
        RECEPTION = "reception", _("reception")
        CEREMONY = "ceremony", _("ceremony")
        BREAK = "break", _("break")

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("everyone")
        SIGN_UP = "sign_up", _("those who sign up")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        CANCELLED = "cancelled", _("cancelled")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sessions")
    module = models.ForeignKey(
        Module, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True, default="")
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=60)
    starts_at = models.DateTimeField(_("start"), null=True, blank=True)
    room = models.ForeignKey(
        Room, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions"
    )
    audience = models.CharField(
        _("for whom"), max_length=10, choices=Audience, default=Audience.EVERYONE
    )
    # Places to sign up for; empty: as many as come.
    places = models.PositiveIntegerField(pgettext_lazy("seats", "places"), null=True, blank=True)
    sign_up_until = models.DateTimeField(_("sign up until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)

    cancel = Transition(
        "state",
        sources=(State.PLANNED,),
        target=State.CANCELLED,
        label=_("Cancel"),
        audit="session.cancelled",
    )
    reinstate = Transition(
        "state",
        sources=(State.CANCELLED,),
        target=State.PLANNED,
        label=_("Reinstate"),
        audit="session.reinstated",
    )

    class Meta:
        verbose_name = _("session")
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(minutes__gte=5, minutes__lte=24 * 60),
                name="workshops_session_length",
            ),
            models.CheckConstraint(
                condition=models.Q(places__isnull=True) | models.Q(audience="sign_up"),
                name="workshops_session_places_with_sign_up",
            ),
        )
        indexes = (models.Index(fields=("edition", "starts_at"), name="workshops_session_start"),)

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self):
        """When it ends; None while it has no start."""
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None


class SessionPerson(Record):
    """Someone with a part in a session."""

    class Role(models.TextChoices):
        SPEAKER = "speaker", _("speaker")
        FACILITATOR = "facilitator", _("facilitator")
        MODERATOR = "moderator", _("moderator")
        HOST = "host", _("host")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="people")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="session_parts"
    )
    role = models.CharField(_("part"), max_length=12, choices=Role, default=Role.SPEAKER)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("part in a session")
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("session", "participation", "role"), name="workshops_session_person_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.participation_id}"


class SignUpQuerySet(models.QuerySet["SignUp"]):
    """Questions about sign-ups."""

    def standing(self) -> "SignUpQuerySet":
        """Those that count: a place, or a place in the queue."""
        return self.exclude(state=SignUp.State.WITHDRAWN)


class SignUp(Record):
    """Someone's wish to take part in a session with sign-up: a place, or a place in the queue."""

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("has a place")
        WAITING = "waiting", _("waiting for a place")
        WITHDRAWN = "withdrawn", _("withdrawn")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="sign_ups")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="sign_ups"
    )
    state = models.CharField(_("state"), max_length=10, choices=State)
    asked_at = models.DateTimeField(_("asked"), default=clock.now)

    objects = SignUpQuerySet.as_manager()

    confirm = Transition(
        "state",
        sources=(State.WAITING,),
        target=State.CONFIRMED,
        label=_("Give a place"),
        audit="sign_up.confirmed",
    )
    withdraw = Transition(
        "state",
        sources=(State.CONFIRMED, State.WAITING),
        target=State.WITHDRAWN,
        label=_("Withdraw"),
        audit="sign_up.withdrawn",
    )

    class Meta:
        verbose_name = _("sign-up")
        ordering = ("asked_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("session", "participation"),
                condition=~models.Q(state="withdrawn"),
                name="workshops_sign_up_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} {self.participation_id}"
