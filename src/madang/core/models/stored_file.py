"""Files that people upload or Madang makes. Their content is in the storage, by its fingerprint."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.core.models.base import Record
from madang.core.models.personal import SubjectKey


class StoredFile(Record):
    """One file of one owner. Equal contents are stored once, except personal ones.

    With a `subject`, the content is encrypted under that person's key: erasing the person makes the
    file unreadable, in every backup too. `digest` is the SHA-256 of what is stored.
    """

    owner_model = models.CharField(max_length=80, editable=False)
    owner_id = models.UUIDField(editable=False)
    name = models.CharField(_("name"), max_length=160)
    media_type = models.CharField(_("kind"), max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    digest = models.CharField(max_length=64, db_index=True, editable=False)
    uploaded_by = models.UUIDField(null=True, editable=False)
    subject = models.ForeignKey(
        SubjectKey, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ("created_at", "id")
        indexes = (models.Index(fields=("owner_id", "owner_model"), name="core_file_owner"),)
        constraints = (
            models.CheckConstraint(condition=models.Q(size__gt=0), name="core_file_not_empty"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where the storage has the content."""
        return f"{self.digest[:2]}/{self.digest[2:4]}/{self.digest}"

    def get_absolute_url(self) -> str:
        return reverse("core:file", args=(self.pk, self.name))
