"""The item bank: adding, changing, retiring; an edit of what is asked makes a new version."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit
from madang.learning.content import Content, stored_content
from madang.learning.models import Competency, Item, ItemVersion
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records
from madang.workshops.models import Edition


@transaction.atomic
def add_item(
    edition: Edition,
    values: Mapping[str, Any],
    content: Content,
    *,
    actor: audit.Actor | None,
) -> Item:
    """Add an item, with its first version, to the bank of an edition's series."""
    item = Item(series_id=edition.series_id, **values)
    records.add(item, "item.added", actor=actor, scope=edition.pk)
    _keep_version(item, content, number=1)
    return item


@transaction.atomic
def change_item(
    edition: Edition,
    item: Item,
    values: Mapping[str, Any],
    content: Content,
    *,
    expected_version: int,
    actor: audit.Actor | None,
) -> Item:
    """Change what an item is filed under, and what it asks.

    Other words make a new version; tests that ask an earlier one go on asking that. Raises
    `StaleRecordError` where somebody else saved in between.
    """
    stored = Item.objects.select_for_update(of=("self",)).select_related("newest").get(pk=item.pk)
    changed = [name for name, value in values.items() if getattr(stored, name) != value]
    for name in changed:
        setattr(stored, name, values[name])
    newest = stored.newest
    if newest is None or newest.content != content:
        number = newest.number + 1 if newest is not None else 1
        _keep_version(stored, content, number=number, expected_version=expected_version)
        audit.record(actor, "item.versioned", stored, scope=edition.pk, number=number)
    elif changed:
        stored.save(expected_version=expected_version)
    if changed:
        audit.record(actor, "item.changed", stored, scope=edition.pk, fields=changed)
    return stored


def _keep_version(
    item: Item, content: Content, *, number: int, expected_version: int | None = None
) -> None:
    made = ItemVersion(item=item, number=number, stored=stored_content(content))
    made.save(force_insert=True)
    item.newest = made
    item.save(expected_version=expected_version)


def add_competency(
    edition: Edition, values: Mapping[str, Any], *, actor: audit.Actor | None
) -> Competency:
    competency = Competency(series_id=edition.series_id, **values)
    records.add(competency, "competency.added", actor=actor, scope=edition.pk)
    return competency


def change_competency(
    edition: Edition,
    competency: Competency,
    values: Mapping[str, Any],
    *,
    expected_version: int,
    actor: audit.Actor | None,
) -> None:
    records.change(
        competency,
        values,
        "competency.changed",
        expected_version=expected_version,
        actor=actor,
        scope=edition.pk,
    )


@transaction.atomic
def remove_competency(
    edition: Edition, competency: Competency, *, actor: audit.Actor | None
) -> None:
    """Remove a competency that no item is filed under. Raises `RefusedError`."""
    if competency.items.exists():
        raise RefusedError(_("Questions are filed under it: file them elsewhere first."))
    records.remove(competency, "competency.removed", actor=actor, scope=edition.pk)
