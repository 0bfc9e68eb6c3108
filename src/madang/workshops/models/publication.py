"""Published versions of a programme."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.models import Record
from madang.core.texts import Translated
from madang.workshops.models.edition import Edition


class ProgrammeVersion(Record, Translated):
    """A programme as it was published, never changed afterwards (triggers refuse it).

    `content` is what `workshops.programme.snapshot` made: texts in every language, moments, and
    references to people – never their names, so that erasing somebody changes no history.
    """

    TRANSLATED = ("note",)

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    published_at = models.DateTimeField(_("published"), default=clock.now)
    note = models.TextField(_("what changed"), blank=True, default="")
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("version of the programme")
        verbose_name_plural = _("versions of the programme")
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("edition", "number"), name="workshops_version_number"),
        )

    def __str__(self) -> str:
        return f"{self.edition_id} v{self.number}"
