"""Visas, tickets and insurance, and the journeys that people tell."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from madang.core import audit
from madang.logistics.actions import told
from madang.logistics.models import Errand, Leg
from madang.logistics.queries import travellers
from madang.workshops.actions import records
from madang.workshops.models import Edition, Participation


@transaction.atomic
def open_errands(edition: Edition, *, actor: audit.Actor | None) -> int:
    """Open what is missing of visa, ticket and insurance for everybody; returns for how many."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    known = set(
        Errand.objects.filter(participation__edition=edition).values_list(
            "participation_id", "kind"
        )
    )
    opened: dict[Any, list[Errand]] = {}
    for one in travellers.travellers(edition):
        for kind in Errand.Kind.values:
            if (one.pk, kind) not in known:
                opened.setdefault(one.pk, []).append(
                    Errand(participation=one, subject=one.person.subject, kind=kind, version=1)
                )
    Errand.objects.bulk_create(errand for errands in opened.values() for errand in errands)
    if opened:
        audit.record(actor, "errands.opened", edition, scope=edition.pk, number=len(opened))
    return len(opened)


@transaction.atomic
def open_errand(participation: Participation, kind: str, *, actor: audit.Actor | None) -> Errand:
    """One thing to arrange for somebody; the one that is there already, if it is."""
    Participation.objects.select_for_update().get(pk=participation.pk)
    found = Errand.objects.filter(participation=participation, kind=kind).first()
    if found is not None:
        return found
    errand = Errand(participation=participation, subject=participation.person.subject, kind=kind)
    records.add(errand, "errand.opened", actor=actor, scope=participation.edition_id, kind=kind)
    return errand


def change_errand(
    errand: Errand,
    values: Mapping[str, Any],
    *,
    expected_version: int,
    actor: audit.Actor | None,
) -> None:
    """What is to be done next, by whom, until when."""
    records.change(
        errand,
        values,
        "errand.changed",
        expected_version=expected_version,
        actor=actor,
        scope=errand.participation.edition_id,
    )


@transaction.atomic
def save_leg(
    participation: Participation,
    direction: str,
    values: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: audit.Actor | None,
) -> None:
    """How somebody comes or leaves; `expected_version` is None for what was not told before.

    Who comes at another time, or does not want to be met any more, is off their pick-up: whoever
    plans these sees them wait again.
    """
    Participation.objects.select_for_update().get(pk=participation.pk)
    scope = participation.edition_id
    stored = Leg.objects.filter(participation=participation, direction=direction).first()
    if stored is None:
        leg = Leg(
            participation=participation,
            subject=participation.person.subject,
            direction=direction,
            **values,
        )
        records.add(leg, "leg.added", actor=actor, scope=scope, direction=direction)
        return
    changed = told.change(
        stored, values, "leg.changed", expected_version=expected_version, actor=actor, scope=scope
    )
    if {"at", "wants_pickup", "to_place"} & set(changed):
        stored.refresh_from_db()
        if stored.pickup_id is not None:
            stored.pickup = None
            stored.save(update_fields=["pickup"])
            audit.record(actor, "leg.unmet", stored, scope=scope)


def remove_leg(leg: Leg, *, actor: audit.Actor | None) -> None:
    records.remove(leg, "leg.removed", actor=actor, scope=leg.participation.edition_id)
