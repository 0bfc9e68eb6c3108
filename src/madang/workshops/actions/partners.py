"""Organisers, partners and supporters of an edition."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from madang.core import audit
from madang.workshops.actions import records, stamps
from madang.workshops.models import Edition, EditionPartner


@transaction.atomic
def add_partner(
    edition: Edition, values: Mapping[str, Any], *, actor: audit.Actor | None
) -> EditionPartner:
    partner = EditionPartner(edition=edition, **values)
    records.add(partner, "partner.added", actor=actor)
    stamps.touch(edition)
    return partner


@transaction.atomic
def change_partner(
    partner: EditionPartner,
    values: Mapping[str, Any],
    *,
    expected_version: int,
    actor: audit.Actor | None,
) -> None:
    if records.change(
        partner, values, "partner.changed", expected_version=expected_version, actor=actor
    ):
        stamps.touch(partner.edition_id)


@transaction.atomic
def remove_partner(partner: EditionPartner, *, actor: audit.Actor | None) -> None:
    records.remove(partner, "partner.removed", actor=actor)
    stamps.touch(partner.edition_id)
