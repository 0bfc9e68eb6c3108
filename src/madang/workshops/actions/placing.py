"""Placing sessions in the timetable: by hand, one at a time, or all from a suggestion."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit
from madang.core.audit import Actor
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Edition, Room, Session

GRID_MINUTES = 5


@dataclass(frozen=True)
class Place:
    """Where a session stands in the timetable. All None: it waits to be placed."""

    starts_at: datetime | None
    room_id: UUID | None
    minutes: int

    @classmethod
    def of(cls, session: Session) -> "Place":
        return cls(session.starts_at, session.room_id, session.minutes)


@transaction.atomic
def place(
    session: Session,
    where: Place,
    *,
    actor: Actor | None,
    expected_version: int | None = None,
) -> Place:
    """Put a session at a place, and answer where it was, so that it can be put back.

    Raises `RefusedError` for a start off the five-minute grid, a length that makes no session or a
    room that is not the edition's, and `StaleRecordError` where somebody else changed the session
    since it was read (`expected_version`). Where it stands there already, nothing is written.
    """
    before = Place.of(session)
    if where == before and expected_version in {None, session.version}:
        return before
    check(session.edition_id, where)
    session.starts_at = where.starts_at
    session.room_id = where.room_id
    session.minutes = where.minutes
    session.save(update_fields=["starts_at", "room", "minutes"], expected_version=expected_version)
    verb = "session.placed" if where.starts_at else "session.unplaced"
    audit.record(actor, verb, session, at=where.starts_at, room=where.room_id)
    return before


@transaction.atomic
def place_all(
    edition: Edition, places: Mapping[UUID, Place], *, actor: Actor | None
) -> Mapping[UUID, Place]:
    """Put many sessions at their places at once; answers where they were, for undoing it."""
    sessions = Session.objects.select_for_update().filter(edition=edition, pk__in=places)
    before: dict[UUID, Place] = {}
    for session in sessions:
        before[session.id] = place(session, places[session.id], actor=actor)
    return before


def check(edition_id: UUID, where: Place) -> None:
    """Raise `RefusedError` where no session of the edition could stand; `place` lists the cases."""
    at = where.starts_at
    if at is not None and (at.minute % GRID_MINUTES or at.second or at.microsecond):
        raise RefusedError(_("Sessions start at full five minutes, such as 09:05."), "start")
    if not GRID_MINUTES <= where.minutes <= 24 * 60:
        raise RefusedError(_("A session lasts from 5 minutes to 24 hours."), "minutes")
    if (
        where.room_id is not None
        and not Room.objects.filter(pk=where.room_id, site__edition=edition_id).exists()
    ):
        raise RefusedError(_("This room is not one of this edition's any more."), "room")
