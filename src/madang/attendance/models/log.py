"""The log of attendance: every scan, check-in and correction, none of them ever changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.attendance.models.badge import Badge
from madang.attendance.states import State
from madang.core import clock
from madang.core.models import Record
from madang.workshops.models import Edition, Participation, Session


class Scan(Record):
    """One entry of the log. Its id is made where it is taken, so that it counts once.

    Triggers in the database refuse to change or delete it. `device_at` is what the device's clock
    said, `received_at` the server's time when it came, `offset_seconds` by how much the device was
    found to be behind when it synchronised, and `at` the moment that is used (`attendance.clocks`).
    """

    class Method(models.TextChoices):
        BADGE = "badge", _("badge")
        CODE = "code", _("code of a badge")
        SELF = "self", _("checked in")
        HAND = "hand", _("by hand")

    class Act(models.TextChoices):
        IN = "in", _("came")
        OUT = "out", _("left")
        SET = "set", _("entered")
        CLEAR = "clear", _("entry taken back")
        SETTLE = "settle", _("settled")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    # No constraint: what was taken at the door of a session that was removed meanwhile is kept.
    session = models.ForeignKey(
        Session,
        on_delete=models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="attendance_scans",
    )
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, null=True, related_name="attendance_scans"
    )
    badge = models.ForeignKey(Badge, on_delete=models.PROTECT, null=True, related_name="scans")
    # What was shown, where it is no badge of ours: a hash, since it may say anything.
    shown_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    method = models.CharField(_("how"), max_length=8, choices=Method)
    act = models.CharField(_("what"), max_length=8, choices=Act)
    state = models.CharField(max_length=8, choices=State, blank=True, default="")
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True)
    # The entry that this one settles.
    about = models.UUIDField(null=True, editable=False)
    # What was entered together is taken back together.
    together = models.UUIDField(null=True, editable=False)
    device = models.UUIDField(null=True, editable=False)
    by_id = models.UUIDField(null=True, editable=False)
    device_at = models.DateTimeField(editable=False)
    received_at = models.DateTimeField(default=clock.now, editable=False)
    offset_seconds = models.IntegerField(default=0, editable=False)
    at = models.DateTimeField(_("moment"), editable=False)

    class Meta:
        verbose_name = _("scan")
        ordering = ("at", "id")
        indexes = (
            models.Index(fields=("session", "participation"), name="attendance_scan_pair"),
            models.Index(fields=("about",), name="attendance_scan_about"),
            models.Index(fields=("edition", "at"), name="attendance_scan_edition"),
        )

    def __str__(self) -> str:
        return f"{self.act} {self.id}"


class Doubt(Record):
    """A scan that could not be understood, derived from the log like attendance itself."""

    class Why(models.TextChoices):
        UNKNOWN = "unknown", _("no badge of ours")
        ELSEWHERE = "elsewhere", _("a badge of another workshop")
        REPLACED = "replaced", _("a badge that was replaced before")
        CANCELLED = "cancelled", _("somebody whose participation was cancelled before")
        NO_SESSION = "no_session", _("the session is not in the programme")
        OUTSIDE = "outside", _("not near the time of the session")
        CLOCK = "clock", _("the clock of the phone was set while it was away")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="attendance_doubts")
    scan = models.OneToOneField(Scan, on_delete=models.CASCADE, related_name="doubt")
    why = models.CharField(_("why"), max_length=12, choices=Why)

    class Meta:
        verbose_name = _("scan to be settled")
        ordering = ("scan__at", "scan")

    def __str__(self) -> str:
        return f"{self.why} {self.scan_id}"
