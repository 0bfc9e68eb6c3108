"""One paper of one delegation: its versions, what reviewers said, what the country agreed to."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.models import Record, StoredFile
from madang.core.texts import Translated
from madang.core.transitions import Text, Transition
from madang.papers.models.request import PaperKind
from madang.people.models import Account, Country
from madang.workshops.models import Edition, Material, Participation


def _can_submit(paper: "Paper") -> Text | None:
    if not paper.title.strip():
        return _("Give it a title first.")
    if not paper.versions.exists():
        return _("Upload the file first.")
    return None


class Paper(Record, Translated):
    """What one delegation owes of one kind, from being asked to being accepted.

    A paper is its country's: whoever is in the delegation works on it. Title and abstract are in
    its own language; their English wording is a translation.
    """

    TRANSLATED = ("title", "abstract")

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        RECEIVED = "received", _("received")
        SENT_BACK = "sent_back", _("sent back")
        ACCEPTED = "accepted", _("accepted")
        EXCUSED = "excused", _("excused")

    class Licence(models.TextChoices):
        RESERVED = "reserved", _("all rights reserved: for this workshop only")
        BY = "cc-by", _("Creative Commons: may be used by all who name the source")
        BY_NC = "cc-by-nc", _("Creative Commons: the same, but not to earn money")
        PUBLIC = "public", _("public domain")

    # What the delegation still has to send.
    OWED = (State.ASKED, State.SENT_BACK)

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="papers")
    kind = models.ForeignKey(PaperKind, on_delete=models.CASCADE, related_name="papers")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    lead = models.ForeignKey(
        Participation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="led_papers",
        verbose_name=_("lead author"),
    )
    title = models.CharField(_("title"), max_length=200, blank=True, default="")
    abstract = models.TextField(_("abstract"), blank=True, default="")
    licence = models.CharField(
        _("licence"), max_length=10, choices=Licence, default=Licence.RESERVED
    )
    # A deadline of its own, and why; why nothing is owed. The notes go after the workshop.
    own_deadline = models.DateTimeField(_("deadline of its own"), null=True, blank=True)
    extension_note = models.CharField(_("why"), max_length=300, blank=True, default="")
    excuse = models.CharField(_("reason"), max_length=300, blank=True, default="")
    submitted_at = models.DateTimeField(null=True, editable=False)
    # What the agreements say now: rules ask for them.
    in_room = models.BooleanField(default=False, editable=False)
    in_library = models.BooleanField(default=False, editable=False)
    material = models.OneToOneField(
        Material, on_delete=models.SET_NULL, null=True, related_name="paper", editable=False
    )

    submit = Transition(
        "state",
        sources=(State.ASKED, State.SENT_BACK),
        target=State.RECEIVED,
        label=_("Send it"),
        audit="paper.received",
        guard=_can_submit,
    )
    accept = Transition(
        "state",
        sources=(State.RECEIVED,),
        target=State.ACCEPTED,
        label=_("Accept"),
        audit="paper.accepted",
    )
    send_back = Transition(
        "state",
        sources=(State.RECEIVED, State.ACCEPTED),
        target=State.SENT_BACK,
        label=_("Send back"),
        audit="paper.sent_back",
    )
    excuse_it = Transition(
        "state",
        sources=(State.ASKED, State.SENT_BACK),
        target=State.EXCUSED,
        label=_("Excuse"),
        audit="paper.excused",
    )
    ask_again = Transition(
        "state",
        sources=(State.EXCUSED,),
        target=State.ASKED,
        label=_("Ask again"),
        audit="paper.asked_again",
    )

    class Meta:
        verbose_name = _("paper")
        constraints = (
            models.UniqueConstraint(fields=("kind", "country"), name="papers_paper_once"),
        )
        indexes = (models.Index(fields=("edition", "country"), name="papers_of_a_country"),)

    def __str__(self) -> str:
        return self.title or f"{self.kind_id} {self.country_id}"

    @property
    def deadline(self) -> datetime | None:
        """Until when it is asked for: its own deadline, or that of all."""
        return self.own_deadline or self.kind.request.deadline

    @property
    def is_owed(self) -> bool:
        """Whether the delegation has to do something."""
        return self.state in self.OWED

    @property
    def is_late(self) -> bool:
        """Whether nothing came though its time is over; what was sent back came once."""
        due = self.deadline
        return self.state == self.State.ASKED and due is not None and due < clock.now()


class PaperVersion(Record):
    """One file that a delegation sent; the newest is the one that is read."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    # Entered by the secretariat, for what came by mail.
    is_on_behalf = models.BooleanField(_("entered by the secretariat"), default=False)
    is_accepted = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("version of a paper")
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("paper", "number"), name="papers_version_number"),
        )

    def __str__(self) -> str:
        return f"{self.paper_id} v{self.number}"


class Remark(Record):
    """What a reviewer said when a paper was accepted or sent back; its delegation reads it."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="remarks")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(_("verdict"), max_length=10, choices=Paper.State)
    text = models.TextField(_("remark"), blank=True, default="")

    class Meta:
        verbose_name = _("remark")
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return f"{self.verdict} {self.paper_id}"


class Agreement(Record):
    """What a country agreed to, by whom and when; taking it back ends the row."""

    class Purpose(models.TextChoices):
        ROOM = "room", _("it may be shown in the room, to those who take part")
        LIBRARY = "library", _("it may be read by everybody, and kept in the library")

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="agreements")
    purpose = models.CharField(_("to what"), max_length=8, choices=Purpose)
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(_("given"), default=clock.now)
    withdrawn_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("agreement")
        ordering = ("given_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("paper", "purpose"),
                condition=models.Q(withdrawn_at__isnull=True),
                name="papers_agreement_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} {self.paper_id}"


class Reminder(Record):
    """One reminder of one paper; its `occasion`, a day or a part of the schedule, comes once."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="reminders")
    occasion = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("reminder")
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("paper", "occasion"), name="papers_reminder_once"),
        )

    def __str__(self) -> str:
        return f"{self.occasion} {self.paper_id}"
