"""The countries that are asked, and the register of what is sent and received."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Personal, PersonalText, Record, SubjectKey
from madang.nominations.models.call import Call
from madang.people.models import Country, Organisation, Person
from madang.workshops.models import Edition


class Invitation(Record):
    """That a country is asked to nominate: by which ministry, through whom, and until when.

    The focal point enters nominations by an `AccessLink` of the purpose "nominate" that is about
    this row.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="invitations")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ministry or agency"),
    )
    focal_point = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("focal point"),
    )
    language = models.CharField(_("language of the letter"), max_length=12, default="en")
    # Longer than the call's own, where the secretariat agreed to it.
    deadline = models.DateTimeField(_("deadline of its own"), null=True, blank=True)

    class Meta:
        verbose_name = _("country asked")
        verbose_name_plural = _("countries asked")
        ordering = ("country__sort_key",)
        constraints = (
            models.UniqueConstraint(fields=("call", "country"), name="nominations_country_once"),
        )

    def __str__(self) -> str:
        return str(self.country)

    @property
    def edition_id(self):
        """The edition, in whose history the row belongs."""
        return self.call.edition_id


class Correspondence(Record, Personal):
    """One entry of the register: what was sent to a country or came from it.

    Its texts and its scan are under a key of its own: they may speak of anybody.
    """

    class Direction(models.TextChoices):
        SENT = "sent", _("sent")
        RECEIVED = "received", _("received")

    class Channel(models.TextChoices):
        NOTE_VERBALE = "note_verbale", _("note verbale")
        LETTER = "letter", _("letter")
        FAX = "fax", _("fax")
        SCAN = "scan", _("scan")
        EMAIL = "email", _("e-mail")
        TELEPHONE = "telephone", _("telephone")
        LINK = "link", _("through its link")

    class Kind(models.TextChoices):
        CALL = "call", _("call for nominations")
        REMINDER = "reminder", _("reminder")
        NOMINATION = "nomination", _("nominations")
        QUESTION = "question", _("question or answer")
        DECLINED = "declined", _("nominates nobody")
        OFFER = "offer", _("offer of seats")
        REPLY = "reply", _("answer to an offer")
        OTHER = "other", _("other")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="correspondence")
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    direction = models.CharField(_("direction"), max_length=8, choices=Direction)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    kind = models.CharField(_("about"), max_length=10, choices=Kind)
    reference = models.CharField(_("reference"), max_length=80, blank=True, default="")
    dated = models.DateField(_("date written on it"), null=True, blank=True)
    at = models.DateTimeField(_("sent or received"))
    summary = PersonalText(
        _("in a few words"),
        why=_("to find again what a government wrote"),
        until=_("two years after the workshop"),
    )
    answers = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("in answer to"),
    )
    # How many nominations it brings, by its own words: a scan is done when so many are keyed in.
    nominees_stated = models.PositiveSmallIntegerField(
        _("nominations in it"), null=True, blank=True
    )
    # What Madang itself sends is entered once, by the key of the mail or the letter.
    key = models.CharField(max_length=120, null=True, unique=True, editable=False)  # noqa: DJ001

    class Meta:
        verbose_name = _("entry of the register")
        verbose_name_plural = _("register of correspondence")
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("edition", "country"), name="nominations_register"),)

    def __str__(self) -> str:
        return self.reference or f"{self.get_channel_display()}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, with a key of its own for a new entry."""
        if self.subject_id is None:
            self.subject = SubjectKey.create()
        super().save(*args, **kwargs)
