"""Where people sleep: hotels, their rooms, and who stays in which, from when to when."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.models import Record
from madang.core.texts import Translated
from madang.core.transitions import Text, Transition
from madang.workshops.models import Edition, Participation


class Hotel(Record, Translated):
    """Where rooms are booked."""

    TRANSLATED = ("name", "address")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="hotels")
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("hotel")
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=("edition", "name"), name="logistics_hotel_name"),
        )

    def __str__(self) -> str:
        return self.name


class HotelRoom(Record):
    """A room with its beds. The label is a number once the hotel has given one."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("single")
        TWIN = "twin", _("twin")
        DOUBLE = "double", _("double")
        SHARED = "shared", _("three beds or more")

    hotel = models.ForeignKey(Hotel, on_delete=models.CASCADE, related_name="rooms")
    label = models.CharField(_("number or name"), max_length=40)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.TWIN)
    beds = models.PositiveSmallIntegerField(
        _("people"), default=2, validators=(MinValueValidator(1),)
    )
    is_step_free = models.BooleanField(_("can be reached without steps"), default=False)

    class Meta:
        verbose_name = _("hotel room")
        ordering = ("label", "id")
        constraints = (
            models.UniqueConstraint(fields=("hotel", "label"), name="logistics_hotelroom_label"),
        )

    def __str__(self) -> str:
        return self.label


def _day_has_come(stay: "Stay") -> Text | None:
    """Nobody is there, or missing, before the day on which they are expected."""
    edition = stay.participation.edition
    first = stay.check_in or edition.starts_on
    if clock.today(edition.zone) < first:
        return _("They are expected later: this can be said from their first day on.")
    return None


class Stay(Record):
    """Somebody's nights: in which room, with whom they would share it, and whether they came."""

    class Sharing(models.TextChoices):
        ALONE = "alone", _("a room of my own")
        WOMEN = "women", _("a room shared with women")
        MEN = "men", _("a room shared with men")
        TOGETHER = "together", _("a room together with somebody I name")

    class State(models.TextChoices):
        EXPECTED = "expected", _("expected")
        ARRIVED = "arrived", _("there")
        NO_SHOW = "no_show", _("did not come")

    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, related_name="stay"
    )
    room = models.ForeignKey(
        HotelRoom, on_delete=models.SET_NULL, null=True, blank=True, related_name="stays"
    )
    check_in = models.DateField(_("first night"), null=True, blank=True)
    check_out = models.DateField(_("day of leaving"), null=True, blank=True)
    needs_room = models.BooleanField(_("needs a room"), default=True)
    sharing = models.CharField(
        _("would like"), max_length=10, choices=Sharing, default=Sharing.ALONE
    )
    together_with = models.ForeignKey(
        Participation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("together with"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.EXPECTED)

    arrive = Transition(
        "state",
        sources=(State.EXPECTED, State.NO_SHOW),
        target=State.ARRIVED,
        label=_("Is there"),
        audit="stay.arrived",
        guard=_day_has_come,
    )
    miss = Transition(
        "state",
        sources=(State.EXPECTED,),
        target=State.NO_SHOW,
        label=_("Did not come"),
        audit="stay.missed",
        guard=_day_has_come,
    )
    undo = Transition(
        "state",
        sources=(State.ARRIVED, State.NO_SHOW),
        target=State.EXPECTED,
        label=_("Undo"),
        audit="stay.expected",
    )

    class Meta:
        verbose_name = _("stay")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(check_out__gt=models.F("check_in")),
                name="logistics_stay_leaves_after_coming",
            ),
        )

    def __str__(self) -> str:
        return str(self.participation)

    @property
    def nights(self) -> int:
        """How many nights; 0 while the days are not known."""
        if self.check_in is None or self.check_out is None:
            return 0
        return (self.check_out - self.check_in).days
