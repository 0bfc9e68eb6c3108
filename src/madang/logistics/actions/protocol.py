"""How people are addressed, in which order they stand, and whether they may be photographed."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from madang.core import audit, clock
from madang.core.audit import Actor
from madang.logistics.actions import told
from madang.logistics.models import Protocol
from madang.logistics.queries import protocol as queries
from madang.people.actions import consents
from madang.people.models import Consent
from madang.workshops.models import Edition, Participation


@transaction.atomic
def change(
    participation: Participation,
    values: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: Actor | None,
) -> None:
    """Change somebody's protocol; `expected_version` is None where they had none yet."""
    Participation.objects.select_for_update().get(pk=participation.pk)
    stored = Protocol.objects.filter(participation=participation).first()
    if stored is None:
        stored = Protocol(participation=participation)
        stored.save(force_insert=True)
        expected_version = stored.version
    told.change(
        stored,
        values,
        "protocol.changed",
        expected_version=expected_version,
        actor=actor,
        scope=participation.edition_id,
    )


@transaction.atomic
def place_at(participation: Participation, place: int, *, actor: Actor | None) -> None:
    """Put somebody at a place of the order; the others move up or down by one.

    From then on everybody has a precedence of their own; whoever comes later stands at the end. A
    place beyond the ends is the end.
    """
    edition = Edition.objects.select_for_update().get(pk=participation.edition_id)
    rows = queries.ordered(edition)
    order = [row.participation for row in rows]
    present = next((one for one in order if one.pk == participation.pk), None)
    if present is None:
        return
    before = order.index(present)
    order.remove(present)
    after = max(0, min(place - 1, len(order)))
    order.insert(after, present)
    _number(order, {row.participation.pk: row.protocol for row in rows})
    if after != before:
        audit.record(actor, "protocol.placed", participation, number=after + 1)


def _number(order: list[Participation], kept: Mapping[Any, Protocol | None]) -> None:
    """Write the precedence of everybody as it stands in `order`."""
    new, changed = [], []
    for place, one in enumerate(order, start=1):
        protocol = kept[one.pk]
        if protocol is None:
            new.append(
                Protocol(participation=one, subject=one.person.subject, precedence=place, version=1)
            )
        elif protocol.precedence != place:
            protocol.precedence = place
            protocol.version += 1
            protocol.changed_at = clock.now()
            changed.append(protocol)
    Protocol.objects.bulk_create(new)
    Protocol.objects.bulk_update(changed, ["precedence", "version", "changed_at"])


@transaction.atomic
def forget_order(edition: Edition, *, actor: Actor | None) -> None:
    """Nobody has a precedence any more: people stand by country and name again."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    ranked = Protocol.objects.filter(participation__edition=edition, precedence__isnull=False)
    if ranked.update(precedence=None):
        audit.record(actor, "protocol.order_forgotten", edition, scope=edition.pk)


def note_photo_consent(participation: Participation, *, agrees: bool, actor: Actor | None) -> None:
    """Note what somebody said or signed on paper about photographs; they can change it."""
    act = consents.give_consent if agrees else consents.withdraw_consent
    act(participation.person, actor=actor, purpose=Consent.Purpose.PHOTOGRAPHS)
