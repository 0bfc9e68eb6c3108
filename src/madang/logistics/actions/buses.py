"""Buses and the seats in them. Seats are given under a lock on the session."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit
from madang.core.audit import Actor
from madang.logistics import bussing
from madang.logistics.models import Bus, BusSeat
from madang.logistics.queries import buses as queries
from madang.logistics.queries.coming import coming
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records
from madang.workshops.models import Participation, Session


def add_bus(session: Session, values: Mapping[str, Any], *, actor: Actor | None) -> Bus:
    bus = Bus(session=session, **values)
    records.add(bus, "bus.added", actor=actor, scope=session.edition_id)
    return bus


@transaction.atomic
def change_bus(
    bus: Bus, values: Mapping[str, Any], *, expected_version: int, actor: Actor | None
) -> None:
    """Change a bus; it keeps a seat for everybody who has one."""
    session = _locked(bus.session)
    taken = BusSeat.objects.filter(bus=bus).count()
    if values.get("seats", taken) < taken:
        raise RefusedError(
            _("%(number)s people sit in it: move some of them first.") % {"number": taken}, "seats"
        )
    records.change(
        bus,
        values,
        "bus.changed",
        expected_version=expected_version,
        actor=actor,
        scope=session.edition_id,
    )


@transaction.atomic
def remove_bus(bus: Bus, *, actor: Actor | None) -> None:
    """Remove a bus; those who sat in it have no seat then."""
    session = _locked(bus.session)
    records.remove(bus, "bus.removed", actor=actor, scope=session.edition_id)


@transaction.atomic
def fill(session: Session, *, actor: Actor | None) -> int:
    """Give a seat to everybody who comes and has none, delegations together; returns how many.

    Whoever has a seat keeps it, and whoever does not come any more loses theirs.
    """
    session = _locked(session)
    _release_gone(session)
    board = queries.board(session)
    waiting: dict[str, list[Participation]] = {}
    for one in board.waiting:
        waiting.setdefault(_delegation(one), []).append(one)
    found = bussing.fill(
        {key: [one.pk for one in group] for key, group in waiting.items()},
        {load.bus.pk: load.free for load in board.loads},
        {load.bus.pk: Counter(map(_delegation, load.people)) for load in board.loads},
    )
    BusSeat.objects.bulk_create(
        BusSeat(session=session, participation_id=person, bus_id=bus, version=1)
        for person, bus in found.items()
    )
    if found:
        audit.record(actor, "buses.filled", session, number=len(found))
    return len(found)


def _delegation(participation: Participation) -> str:
    """Whom somebody travels with: their country; nobody in particular without one."""
    return str(participation.country_id or "")


@transaction.atomic
def move(
    session: Session, participation: Participation, bus: Bus | None, *, actor: Actor | None
) -> None:
    """Put somebody into a bus, or with None out of it. Raises `RefusedError` where it is full."""
    session = _locked(session)
    stored = BusSeat.objects.filter(session=session, participation=participation).first()
    if bus is None:
        if stored is not None:
            stored.delete()
            audit.record(actor, "bus.seat_freed", participation)
        return
    if stored is not None and stored.bus_id == bus.pk:
        return
    if not coming(session).filter(pk=participation.pk).exists():
        raise RefusedError(_("They do not come to this session."))
    bus = session.buses.get(pk=bus.pk)
    if bus.taken.count() >= bus.seats:
        raise RefusedError(_("This bus is full."), "bus")
    seat = stored or BusSeat(session=session, participation=participation)
    seat.bus = bus
    seat.save()
    audit.record(actor, "bus.seat_given", participation)


@transaction.atomic
def release_gone(session: Session, *, actor: Actor | None) -> int:
    """Free the seats of those who do not come any more; returns how many."""
    session = _locked(session)
    freed = _release_gone(session)
    if freed:
        audit.record(actor, "buses.released", session, number=freed)
    return freed


def _release_gone(session: Session) -> int:
    known = coming(session).values("pk")
    gone = BusSeat.objects.filter(session=session).exclude(participation__in=known)
    freed, _by_model = gone.delete()
    return freed


@transaction.atomic
def empty(session: Session, *, actor: Actor | None) -> None:
    """Take everybody out of all buses."""
    session = _locked(session)
    freed, _by_model = BusSeat.objects.filter(session=session).delete()
    if freed:
        audit.record(actor, "buses.emptied", session, number=freed)


def _locked(session: Session) -> Session:
    of_edition = Session.objects.select_related("edition").select_for_update(of=("self",))
    return of_edition.get(pk=session.pk)
