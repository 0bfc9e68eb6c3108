"""Diet, access and whom to call: written by the person themselves, or by an officer for them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from madang.core import audit
from madang.logistics.actions import told
from madang.logistics.models import EmergencyContact, Needs
from madang.workshops.actions import records
from madang.workshops.models import Participation


def save_needs(
    participation: Participation,
    values: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: audit.Actor | None,
) -> None:
    """Write what somebody eats and needs; `expected_version` is None where nothing was told yet."""
    _save(Needs, participation, values, expected_version, "needs.changed", actor)


def save_contact(
    participation: Participation,
    values: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: audit.Actor | None,
) -> None:
    """Write whom to call for somebody."""
    verb = "emergency_contact.changed"
    _save(EmergencyContact, participation, values, expected_version, verb, actor)


@transaction.atomic
def _save(
    model: type[Needs] | type[EmergencyContact],
    participation: Participation,
    values: Mapping[str, Any],
    expected_version: int | None,
    verb: str,
    actor: audit.Actor | None,
) -> None:
    Participation.objects.select_for_update().get(pk=participation.pk)
    stored = model.objects.filter(participation=participation).first()
    scope = participation.edition_id
    if stored is None:
        row = model(participation=participation, subject=participation.person.subject, **values)
        records.add(row, verb, actor=actor, scope=scope, fields=sorted(values))
    else:
        told.change(
            stored, values, verb, expected_version=expected_version, actor=actor, scope=scope
        )
