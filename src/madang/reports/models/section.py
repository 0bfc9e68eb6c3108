"""What a report is made of: sections in their order, and what a meeting decided."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.core.texts import Translated
from madang.reports.models.report import Report
from madang.workshops.models import Participation


class Section(Record, Translated):
    """A section; `code` names the part that the data fill (`reports.parts`), "" is a text alone.

    `text` stands before what the data say; an empty `title` is that of the part.
    """

    TRANSLATED = ("title", "text")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    code = models.CharField(max_length=40, blank=True, default="", editable=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0, editable=False)
    is_left_out = models.BooleanField(_("leave it out"), default=False)
    title = models.CharField(_("title"), max_length=200, blank=True, default="")
    text = models.TextField(_("text"), blank=True, default="")

    class Meta:
        verbose_name = _("section")
        ordering = ("order", "created_at", "id")

    def __str__(self) -> str:
        return self.title or self.code

    @property
    def edition_id(self) -> UUID:
        """The edition in whose history it belongs."""
        return self.report.edition_id


class Point(Record, Translated):
    """What a meeting decided, or a task that it gave."""

    TRANSLATED = ("text",)

    class Kind(models.TextChoices):
        DECISION = "decision", _("decision")
        TASK = "task", _("task")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="points")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.DECISION)
    text = models.CharField(_("what"), max_length=500)
    responsible = models.ForeignKey(
        Participation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    due_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("decision or task")
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return self.text

    @property
    def edition_id(self) -> UUID:
        """The edition in whose history it belongs."""
        return self.report.edition_id
