"""Spreadsheets of nominations on their way in: read, looked at, settled, written."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Personal, PersonalText, Record, SubjectKey
from madang.core.transitions import Transition
from madang.nominations.models.invitation import Correspondence
from madang.nominations.models.nomination import Nomination
from madang.workshops.models import Edition, Series


class Import(Record, Personal):
    """One file, under a key of its own. The file is a `StoredFile` that this row owns."""

    class State(models.TextChoices):
        READING = "reading", _("being read")
        UNREADABLE = "unreadable", _("could not be read")
        OPEN = "open", _("to be settled")
        WRITTEN = "written", _("written")
        DISCARDED = "discarded", _("discarded")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="imports")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READING)
    # Which column of the file holds which field: {"column index": "field key"}; `header_row` and
    # `sheet` say where the table begins.
    mapping = models.JSONField(default=dict, blank=True)
    sheet = models.CharField(_("sheet"), max_length=80, blank=True, default="")
    header_row = models.PositiveIntegerField(_("header row"), null=True, blank=True)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True, default="")
    headings = PersonalText(
        _("headings and notes of the file"),
        why=_("to show how the file was read"),
        until=_("ninety days after the file was written"),
    )
    refusal = models.CharField(
        _("why it could not be read"), max_length=300, blank=True, default=""
    )
    source = models.ForeignKey(
        Correspondence, on_delete=models.SET_NULL, null=True, blank=True, related_name="imports"
    )
    written_at = models.DateTimeField(null=True, editable=False)

    read = Transition(
        "state",
        sources=(State.READING, State.OPEN),
        target=State.OPEN,
        label=_("Read"),
        audit="import.read",
    )
    reread = Transition(
        "state",
        # One whose reading was interrupted is read again too.
        sources=(State.READING, State.UNREADABLE, State.OPEN),
        target=State.READING,
        label=_("Read again"),
        audit="import.asked_again",
    )
    fail = Transition(
        "state",
        sources=(State.READING, State.OPEN),
        target=State.UNREADABLE,
        label=_("Could not be read"),
        audit="import.failed",
    )
    write = Transition(
        "state",
        sources=(State.OPEN,),
        target=State.WRITTEN,
        label=_("Write the nominations"),
        audit="import.written",
    )
    discard = Transition(
        "state",
        sources=(State.READING, State.UNREADABLE, State.OPEN),
        target=State.DISCARDED,
        label=_("Discard"),
        audit="import.discarded",
    )

    class Meta:
        verbose_name = _("file of nominations")
        verbose_name_plural = _("files of nominations")
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, with a key of its own for a new file."""
        if self.subject_id is None:
            self.subject = SubjectKey.create()
        super().save(*args, **kwargs)


class ImportRow(Record, Personal):
    """One line of a file as it was read, under the file's key.

    `content` is JSON: values by field, notes, doubts and faults with the cell that each is in.
    """

    class Outcome(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changes what is there")
        SAME = "same", _("as it is there already")
        REPEATED = "repeated", _("seems to be in the file twice")
        WRONG = "wrong", _("can't be taken as it is")

    class Decision(models.TextChoices):
        OPEN = "", _("not decided")
        TAKE = "take", _("take as a nomination of its own")
        MERGE = "merge", _("take as the same person")
        SKIP = "skip", _("leave out")

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("line"))
    content = PersonalText(
        _("what the line says"),
        why=_("to settle doubts before anything is written"),
        until=_("ninety days after the file was written"),
    )
    outcome = models.CharField(max_length=8, choices=Outcome)
    has_doubts = models.BooleanField(default=False)
    # Codes of doubts and faults, to filter and to settle many alike at once.
    codes = models.JSONField(default=list, blank=True)
    decision = models.CharField(max_length=6, choices=Decision, blank=True, default="")
    # Whom it looks like: a nomination that is there, or an earlier line of the file.
    matches = models.ForeignKey(
        Nomination, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    repeats = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="repeated_by"
    )
    # What it became.
    nomination = models.ForeignKey(
        Nomination, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("line of a file")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("batch", "number"), name="nominations_import_line"),
        )
        indexes = (models.Index(fields=("batch", "outcome"), name="nominations_import_outcome"),)

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number}"


class KnownHeading(Record):
    """How a series' ministries head a column: remembered when an officer mapped it."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="+")
    heading = models.CharField(max_length=200)
    field = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("known heading")
        constraints = (
            models.UniqueConstraint(fields=("series", "heading"), name="nominations_heading_once"),
        )

    def __str__(self) -> str:
        return f"{self.heading} → {self.field}"
