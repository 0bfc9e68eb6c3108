"""What a report said at a moment, in every language; it never changes (triggers refuse it)."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.reports.models.report import Report


class ReportVersion(Record):
    """A frozen report: `content` is what `reports.assembling.assemble` made.

    It names people by their participation only. Names are looked up when it is read or typeset, so
    erasing somebody, or a consent that is withdrawn, reaches what was frozen as well.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("version of a report")
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("report", "number"), name="reports_version_number"),
        )

    def __str__(self) -> str:
        return f"{self.report_id} v{self.number}"

    @property
    def edition_id(self) -> UUID:
        """The edition in whose history it belongs."""
        return self.report.edition_id
