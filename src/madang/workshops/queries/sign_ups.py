"""Who has a place or waits for one, seen from the person who asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from madang.workshops.models import Participation, SignUp
from madang.workshops.programme.entries import SessionEntry


@dataclass(frozen=True)
class Standing:
    """How somebody stands with a session that has sign-up.

    `free` is None where there is no limit; `position` is theirs in the queue, from 1, or None.
    """

    state: str
    free: int | None
    position: int | None

    @property
    def has_place(self) -> bool:
        return self.state == SignUp.State.CONFIRMED

    @property
    def is_waiting(self) -> bool:
        return self.state == SignUp.State.WAITING


def own(session_id: UUID, participation: Participation) -> SignUp | None:
    """Somebody's sign-up for a session, if it stands."""
    return participation.sign_ups.standing().filter(session=session_id).first()


def standing(entry: SessionEntry, participation: Participation) -> Standing:
    """How somebody stands with one session (two queries)."""
    asked = own(entry.id, participation)
    ahead = Q(state=SignUp.State.WAITING)
    if asked is not None:
        ahead &= Q(asked_at__lt=asked.asked_at) | Q(asked_at=asked.asked_at, id__lte=asked.id)
    counted = SignUp.objects.filter(session=entry.id).aggregate(
        confirmed=Count("id", filter=Q(state=SignUp.State.CONFIRMED)),
        ahead=Count("id", filter=ahead),
    )
    state = asked.state if asked else ""
    return Standing(
        state=state,
        free=None if entry.places is None else max(0, entry.places - counted["confirmed"]),
        position=counted["ahead"] if state == SignUp.State.WAITING else None,
    )


def states(session_ids: Iterable[UUID], participation: Participation) -> dict[UUID, str]:
    """The state of each of somebody's sign-ups that stands, by session (one query)."""
    rows = participation.sign_ups.standing().filter(session__in=list(session_ids))
    return dict(rows.values_list("session_id", "state"))
