"""When somebody is not there: entered, changed, taken back. They took part all the same."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from madang.core.audit import Actor
from madang.groups.models import Absence
from madang.workshops.actions import records
from madang.workshops.models import Edition, Participation


@transaction.atomic
def add(participation: Participation, values: Mapping[str, Any], *, actor: Actor | None) -> Absence:
    """Note that somebody is away from a moment on, and perhaps back at another."""
    absence = Absence(participation=participation, **values)
    records.add(absence, "absence.added", actor=actor, scope=participation.edition_id)
    return absence


@transaction.atomic
def change(
    absence: Absence, values: Mapping[str, Any], *, expected_version: int, actor: Actor | None,
    edition: Edition,
) -> None:  # fmt: skip
    records.change(
        absence, values, "absence.changed", expected_version=expected_version, actor=actor,
        scope=edition.pk,
    )  # fmt: skip


@transaction.atomic
def remove(absence: Absence, *, actor: Actor | None, edition: Edition) -> None:
    """They are there after all."""
    records.remove(absence, "absence.removed", actor=actor, scope=edition.pk)
