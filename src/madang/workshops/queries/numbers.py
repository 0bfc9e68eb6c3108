"""How many people to prepare for: what hosts and supporters need to know, without a name."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from madang.workshops.models import Participation, SignUp
from madang.workshops.programme.entries import Programme, RoomEntry, SessionEntry


@dataclass(frozen=True)
class Expected:
    """One session with who comes: `places` and `waiting` only where people sign up."""

    entry: SessionEntry
    room: RoomEntry | None
    people: int
    places: int | None = None
    waiting: int = 0


def expected(programme: Programme) -> list[Expected]:
    """Every session that takes place, in order (two queries)."""
    everyone = (
        Participation.objects.so_far()
        .filter(edition=programme.edition_id, state=Participation.State.EXPECTED)
        .count()
    )
    counted = _sign_ups(programme)
    return [
        _of(entry, programme, everyone, counted)
        for entry in programme.sessions
        if not entry.is_cancelled
    ]


def _sign_ups(programme: Programme) -> Counter[tuple[UUID, str]]:
    ids = [entry.id for entry in programme.sessions if entry.with_sign_up]
    rows = (
        SignUp.objects.filter(session__in=ids)
        .values_list("session_id", "state")
        .annotate(count=Count("id"))
        .order_by()
    )
    return Counter({(session, state): count for session, state, count in rows})


def _of(
    entry: SessionEntry, programme: Programme, everyone: int, counted: Counter[tuple[UUID, str]]
) -> Expected:
    room = programme.room_by_id.get(entry.room_id)
    if not entry.with_sign_up:
        return Expected(entry, room, everyone)
    return Expected(
        entry,
        room,
        counted[entry.id, SignUp.State.CONFIRMED],
        entry.places,
        counted[entry.id, SignUp.State.WAITING],
    )
