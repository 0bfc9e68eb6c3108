"""What every row of Madang carries: a key, the node where it was born, a version, two moments."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models.base import ModelBase
from django.utils.translation import gettext_lazy as _

from madang.core import clock
from madang.core.identifiers import uuid7


def this_node() -> str:
    """The short name of this installation, written on every row born here."""
    return str(settings.MADANG_NODE)


class StaleRecordError(Exception):
    """Somebody else saved the record since it was read."""


class Record(models.Model):
    """The base of every model.

    `version` counts the saves of a row, so that nodes which worked apart can exchange rows later
    and an editor can be told that somebody else saved in between (`save(expected_version=…)`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    node = models.CharField(_("node"), max_length=40, default=this_node, editable=False)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=clock.now, editable=False)

    class Meta:
        abstract = True

    def save(
        self,
        *,
        force_insert: bool | tuple[ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
        expected_version: int | None = None,
    ) -> None:
        """Save, counting the version up.

        With `expected_version`, the row must still have that version in the database (the caller
        holds a transaction); otherwise `StaleRecordError` is raised and nothing is written.
        """
        if expected_version is not None:
            self._require_version(expected_version)
        if not self._state.adding or self.version == 0:
            self.version += 1
        self.changed_at = clock.now()
        if update_fields is not None:
            update_fields = {*update_fields, "version", "changed_at"}
        super().save(
            force_insert=force_insert,
            force_update=force_update,
            using=using,
            update_fields=update_fields,
        )

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Leave constraints to the database: forms and actions say in words what they ask.

        Django's own sentence would name the constraint and not the mistake.
        """

    def _require_version(self, expected: int) -> None:
        manager: models.Manager[Any] = type(self)._base_manager
        stored = (
            manager.select_for_update().filter(pk=self.pk).values_list("version", flat=True).first()
        )
        if stored is None:
            raise ObjectDoesNotExist(f"{type(self).__name__} {self.pk} does not exist any more.")
        if stored != expected:
            raise StaleRecordError(
                f"{type(self).__name__} {self.pk} was saved by somebody else: "
                f"version {stored} instead of {expected}."
            )

    @property
    def key(self) -> str:
        """The primary key as text, for addresses and element ids."""
        return str(self.id)


def as_uuid(text: str) -> UUID | None:
    """The UUID written in an address, or None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
