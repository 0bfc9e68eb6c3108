"""What an edition asks of each delegation: kinds of papers, with templates, until when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.models import Record, StoredFile
from madang.core.texts import Translated
from madang.core.transitions import Text, Transition
from madang.workshops.models import Edition


def _can_open(request: "PaperRequest") -> Text | None:
    if request.deadline is None:
        return _("Set the deadline first.")
    if request.deadline <= clock.now():
        return _("The deadline has passed: set a later one.")
    if request.edition.state == Edition.State.DRAFT:
        return _("Announce the edition first.")
    if not request.kinds.exists():
        return _("Say first what is asked for.")
    return None


class PaperRequest(Record):
    """The request for papers of an edition. Opening it asks every delegation."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="paper_request")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    # Days between the deadline and a reminder: 7 is a week before, -2 two days after.
    reminder_days = models.JSONField(_("days of reminders"), default=list, blank=True)
    opened_at = models.DateTimeField(null=True, editable=False)

    open = Transition(
        "state",
        sources=(State.DRAFT, State.CLOSED),
        target=State.OPEN,
        label=_("Ask the delegations"),
        audit="paper_request.opened",
        guard=_can_open,
    )
    close = Transition(
        "state",
        sources=(State.OPEN,),
        target=State.CLOSED,
        label=_("Close the request"),
        audit="paper_request.closed",
    )

    class Meta:
        verbose_name = _("request for papers")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(deadline__isnull=False),
                name="papers_open_request_has_deadline",
            ),
        )

    def __str__(self) -> str:
        return str(self.edition)


class PaperKind(Record, Translated):
    """One thing that each delegation is asked for, such as a country paper or slides.

    `code` stands in the names of files. `languages` are codes; empty: in any language.
    """

    TRANSLATED = ("title", "guidance")

    request = models.ForeignKey(PaperRequest, on_delete=models.CASCADE, related_name="kinds")
    code = models.SlugField(_("short name in names of files"), max_length=40)
    title = models.CharField(_("what it is"), max_length=120)
    guidance = models.TextField(_("guidance"), blank=True, default="")
    most_pages = models.PositiveSmallIntegerField(
        _("pages or slides, at most"), null=True, blank=True
    )
    languages = models.JSONField(_("in which languages"), default=list, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("kind of paper")
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(fields=("request", "code"), name="papers_kind_code"),
        )

    def __str__(self) -> str:
        return self.title


class Template(Record):
    """A file to start from, in one language."""

    kind = models.ForeignKey(PaperKind, on_delete=models.CASCADE, related_name="templates")
    language = models.CharField(_("language"), max_length=12)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("template")
        ordering = ("language",)
        constraints = (
            models.UniqueConstraint(fields=("kind", "language"), name="papers_template_language"),
        )

    def __str__(self) -> str:
        return f"{self.kind_id} {self.language}"
