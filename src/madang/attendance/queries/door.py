"""What a phone at a door has to know to work without a connection: sessions, names, hashes."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from madang.attendance import rules
from madang.attendance.models import Attendance, Badge
from madang.attendance.states import State
from madang.core import clock, texts
from madang.core.policies import Who
from madang.workshops.models import Edition, Participation, Session, SignUp
from madang.workshops.queries import people


def sessions(edition: Edition, who: Who) -> list[Session]:
    """The sessions of which somebody may take attendance, by start, with title and room."""
    held = (
        Session.objects.filter(
            edition=edition, state=Session.State.PLANNED, starts_at__isnull=False
        )
        .exclude(kind=Session.Kind.BREAK)
        .select_related("room")
        .order_by("starts_at", "id")
    )
    found = list(rules.take_session.visible(who, held))
    for session in found:
        session.edition = edition
    texts.prefetch(found)
    texts.prefetch_referred(found, "room")
    return found


def roster(edition: Edition, open_to: list[Session]) -> dict[str, Any]:
    """Plain data for a phone: no secret, and of people what the door has to see.

    `badges` has the owner by the hash of a badge, `codes` by that of its short code, `replaced` the
    hashes of badges that are no longer good.
    """
    everybody = people.with_wordings(
        people.in_edition(edition).filter(state=Participation.State.EXPECTED)
    )
    known = {one.pk for one in everybody}
    badges = Badge.objects.filter(participation__edition=edition).values_list(
        "participation_id", "digest", "short_digest", "revoked_at"
    )
    good = [(str(one), long, short) for one, long, short, gone in badges if gone is None]
    return {
        "edition": str(edition.pk),
        "now": clock.now().isoformat(),
        "sessions": _sessions(open_to),
        "people": [
            {
                "id": str(one.pk),
                "name": str(one.person),
                "latin": one.person.latin_name,
                "country": people.country_name(one),
            }
            for one in people.by_name(everybody)
        ],
        "badges": {long: one for one, long, _short in good if UUID(one) in known},
        "codes": {short: one for one, _long, short in good if UUID(one) in known},
        "replaced": [long for _one, long, _short, gone in badges if gone is not None],
    }


def here(sessions: Iterable[UUID]) -> dict[str, list[str]]:
    """Who is known to have come, by session: so that one phone knows what another took."""
    found: dict[str, list[str]] = defaultdict(list)
    came = Attendance.objects.filter(session__in=list(sessions)).exclude(
        state__in=(State.ABSENT, State.EXCUSED)
    )
    for session_id, participation_id in came.values_list("session_id", "participation_id"):
        found[str(session_id)].append(str(participation_id))
    return found


def _sessions(open_to: list[Session]) -> list[dict[str, Any]]:
    ids = [session.pk for session in open_to]
    came = here(ids)
    places: dict[UUID, list[str]] = defaultdict(list)
    given = SignUp.objects.filter(session__in=ids, state=SignUp.State.CONFIRMED)
    for session_id, participation_id in given.values_list("session_id", "participation_id"):
        places[session_id].append(str(participation_id))
    return [
        {
            "id": str(session.pk),
            "title": str(session.wording("title")),
            "room": str(session.room.wording("name")) if session.room else "",
            "starts": session.starts_at.isoformat(),
            "ends": session.ends_at.isoformat(),
            # Empty: everybody is expected.
            "places": places[session.pk] if session.audience == Session.Audience.SIGN_UP else None,
            "here": came.get(str(session.pk), []),
        }
        for session in open_to
    ]
