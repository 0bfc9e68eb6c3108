"""The one table of translations of what people write."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models.base import Record


class Translation(Record):
    """A text of one field of one row, in one more language."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        REVIEWED = "reviewed", _("reviewed")

    model = models.CharField(max_length=80)
    object_id = models.UUIDField()
    field = models.CharField(max_length=60)
    language = models.CharField(_("language"), max_length=12)
    text = models.TextField(_("text"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    source_hash = models.CharField(max_length=16)

    class Meta:
        verbose_name = _("translation")
        constraints = (
            models.UniqueConstraint(
                fields=("object_id", "field", "language", "model"), name="core_translation_place"
            ),
        )

    def __str__(self) -> str:
        return f"{self.model}.{self.field} [{self.language}]"
