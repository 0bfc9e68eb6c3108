"""Series of workshops, their editions, modules and partners."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.models import Record
from madang.core.texts import Translated
from madang.core.transitions import Transition
from madang.people.models import Country, Organisation


def validate_time_zone(name: str) -> None:
    """Accept the names of the IANA time zone database only."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValidationError(
            gettext("“%(name)s” is no time zone: write it like Asia/Seoul."),
            params={"name": name},
        ) from None


class Series(Record, Translated):
    """A line of workshops on one subject, such as a yearly regional training."""

    TRANSLATED = ("title", "description")

    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=60)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True, default="")

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.title


class Edition(Record, Translated):
    """One workshop of a series: a week in one place."""

    TRANSLATED = ("title", "lead", "description", "city", "venue")

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        ANNOUNCED = "announced", _("announced")
        CLOSED = "closed", _("closed")

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("number in the series"))
    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=60)
    title = models.CharField(_("title"), max_length=200)
    lead = models.CharField(_("in one sentence"), max_length=400, blank=True, default="")
    description = models.TextField(_("description"), blank=True, default="")
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    city = models.CharField(_("city"), max_length=120)
    venue = models.CharField(_("venue"), max_length=200, blank=True, default="")
    time_zone = models.CharField(_("time zone"), max_length=60, validators=[validate_time_zone])
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    seats = models.PositiveIntegerField(_("seats"), default=0)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    # What a visitor sees: one row to read on every public page.
    published = models.ForeignKey(
        "workshops.ProgrammeVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    # Counts changes of anything that published pages show beside the frozen programme (names of
    # people, materials, partners), so that a rendered page can be kept until one happens.
    page_stamp = models.PositiveIntegerField(default=0, editable=False)

    announce = Transition(
        "state",
        sources=(State.DRAFT,),
        target=State.ANNOUNCED,
        label=_("Announce"),
        audit="edition.announced",
    )
    withdraw = Transition(
        "state",
        sources=(State.ANNOUNCED,),
        target=State.DRAFT,
        label=_("Take back the announcement"),
        audit="edition.withdrawn",
        guard=lambda edition: (
            _("A programme has been published: close the edition instead.")
            if edition.published_id
            else None
        ),
    )
    close = Transition(
        "state",
        sources=(State.ANNOUNCED,),
        target=State.CLOSED,
        label=_("Close"),
        audit="edition.closed",
        guard=lambda edition: (
            _("It can be closed after its last day.")
            if clock.today(edition.zone) <= edition.ends_on
            else None
        ),
    )
    reopen = Transition(
        "state",
        sources=(State.CLOSED,),
        target=State.ANNOUNCED,
        label=_("Open again"),
        audit="edition.reopened",
    )

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ("-starts_on", "slug")
        constraints = (
            models.UniqueConstraint(
                fields=("series", "number"), name="workshops_edition_number_in_series"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="workshops_edition_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the place."""
        return ZoneInfo(self.time_zone)

    @property
    def days(self) -> list[date]:
        """Every day of the week, the first and the last included."""
        count = (self.ends_on - self.starts_on).days + 1
        return [self.starts_on + timedelta(days=offset) for offset in range(count)]

    def moment(self, day: date, at: time) -> datetime:
        """A local day and time as an aware moment."""
        return datetime.combine(day, at, self.zone)


class EditionPartner(Record, Translated):
    """An organisation that makes an edition possible, and how."""

    TRANSLATED = ("contribution",)

    class Role(models.TextChoices):
        ORGANISER = "organiser", _("organiser")
        PARTNER = "partner", _("partner")
        SUPPORTER = "supporter", _("supporter")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.PARTNER)
    contribution = models.CharField(_("contribution"), max_length=200, blank=True, default="")
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("partner")
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "organisation", "role"), name="workshops_partner_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"


class Module(Record, Translated):
    """A part of the subject, taught through several sessions. The number also picks its colour."""

    TRANSLATED = ("title", "description")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="modules")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True, default="")

    class Meta:
        verbose_name = _("module")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "number"), name="workshops_module_number_in_edition"
            ),
        )

    def __str__(self) -> str:
        return self.title
