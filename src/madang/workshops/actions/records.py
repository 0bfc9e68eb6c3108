"""Adding, changing and removing one row, with its line in the audit trail."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from madang.core import audit
from madang.core.models import Record


@transaction.atomic
def add(
    thing: Record,
    verb: str,
    *,
    actor: audit.Actor | None,
    scope: UUID | None = None,
    **facts: audit.Fact,
) -> None:
    """Write a new row."""
    thing.save(force_insert=True)
    audit.record(actor, verb, thing, scope=scope, **facts)


@transaction.atomic
def change(
    thing: Record,
    values: Mapping[str, Any],
    verb: str,
    *,
    expected_version: int,
    actor: audit.Actor | None,
    scope: UUID | None = None,
) -> list[str]:
    """Write those of `values` that differ from what is stored, and say which these were.

    `thing` names the row; what is stored is read afresh under a lock, since a form may have typed
    values into `thing` already. Raises `StaleRecordError` where the row no longer has the version
    that the person saw.
    """
    stored = type(thing)._base_manager.select_for_update().get(pk=thing.pk)
    changed = [name for name, value in values.items() if getattr(stored, name) != value]
    if changed:
        for name in changed:
            setattr(stored, name, values[name])
        stored.save(expected_version=expected_version)
        audit.record(actor, verb, stored, scope=scope, fields=changed)
    return changed


@transaction.atomic
def remove(
    thing: Record, verb: str, *, actor: audit.Actor | None, scope: UUID | None = None
) -> None:
    """Delete a row; its line in the trail stays."""
    audit.record(actor, verb, thing, scope=scope)
    thing.delete()
