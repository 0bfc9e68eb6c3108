"""By which terms an edition counts attendance, and wrong codes that somebody entered."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.models import Record
from madang.workshops.models import Edition, Participation, Session

Kind = Session.Kind
# Breaks and receptions are no part of what was to be learned; breaks can't be made to count.
USUAL = " ".join(kind for kind in Kind if kind not in {Kind.BREAK, Kind.RECEPTION})


class Terms(Record):
    """How an edition counts: without a row of its own, by the defaults."""

    edition = models.OneToOneField(
        Edition, on_delete=models.CASCADE, related_name="attendance_terms"
    )
    grace_minutes = models.PositiveSmallIntegerField(
        _("minutes of grace"), default=10, validators=[MaxValueValidator(120)]
    )
    # Codes of the kinds of session that count, with spaces between them.
    kinds = models.CharField(_("kinds of session that count"), max_length=200, default=USUAL)

    class Meta:
        verbose_name = _("terms of attendance")
        verbose_name_plural = _("terms of attendance")

    def __str__(self) -> str:
        return f"{self.grace_minutes} {self.kinds}"


class SessionTerms(Record):
    """That one session counts, or does not, whatever its kind."""

    session = models.OneToOneField(
        Session, on_delete=models.CASCADE, related_name="attendance_terms"
    )
    counts = models.BooleanField(_("counts"))

    class Meta:
        verbose_name = _("whether a session counts")
        verbose_name_plural = _("whether sessions count")

    def __str__(self) -> str:
        return f"{self.session_id} {self.counts}"


class WrongCode(Record):
    """That somebody entered a code that is none, so that nobody finds one by trying."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("wrong code")
        indexes = (models.Index(fields=("participation", "at"), name="attendance_wrong_code"),)

    def __str__(self) -> str:
        return str(self.participation_id)
