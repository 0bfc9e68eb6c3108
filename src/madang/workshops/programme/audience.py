"""Exactly whom a change of the programme touches.

- Added: everyone expected, who can come or sign up now.
- Removed, cancelled, reinstated, moved, of another length or in another room: whoever comes
  (everyone expected, or those who signed up), and the people with a part.
- Other people: those who gained or lost a part, and the others with a part.
- Another title, description, kind or module: the people with a part.
- Places or deadline of a sign-up: those who signed up, and the people with a part.
- A translation, or anything else about a session that is cancelled: nobody.

A session that moved from “everyone” to sign-up (or back) touches everyone expected. A break touches
only those with a part in it: it follows the sessions around it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from madang.workshops.models import Edition, Participation, SignUp
from madang.workshops.programme.differences import Change, ChangeKind
from madang.workshops.queries import public_people

CONCERNS_WHO_COMES = frozenset(
    {
        ChangeKind.ADDED,
        ChangeKind.REMOVED,
        ChangeKind.CANCELLED,
        ChangeKind.REINSTATED,
        ChangeKind.MOVED,
        ChangeKind.LENGTH,
        ChangeKind.ROOM,
        ChangeKind.SIGN_UP,
    }
)


def touched(edition: Edition, changes: Iterable[Change]) -> Mapping[UUID, list[Change]]:
    """The changes that concern each expected participation, by its id (two queries)."""
    changes = list(changes)
    expected = set(
        Participation.objects.filter(
            edition=edition, state=Participation.State.EXPECTED
        ).values_list("id", flat=True)
    )
    signed_up = _signed_up({change.session.id for change in changes})
    found: dict[UUID, list[Change]] = defaultdict(list)
    for change in changes:
        for participation in _who(change, expected, signed_up) & expected:
            found[participation].append(change)
    return dict(found)


def names_of_changing(changes: Iterable[Change]) -> dict[UUID, str]:
    """Names of everyone who gained or lost a part, by participation (one query)."""
    return public_people.names({who for change in changes for who in change.joined | change.left})


def _signed_up(session_ids: set[UUID]) -> Mapping[UUID, set[UUID]]:
    rows = (
        SignUp.objects.standing()
        .filter(session__in=session_ids)
        .values_list("session_id", "participation_id")
    )
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for session, participation in rows:
        found[session].add(participation)
    return found


def _who(change: Change, expected: set[UUID], signed_up: Mapping[UUID, set[UUID]]) -> set[UUID]:
    is_over = change.session.is_cancelled and change.kind != ChangeKind.CANCELLED
    if is_over or change.kind == ChangeKind.TRANSLATION:
        return set()
    entries = [entry for entry in (change.before, change.after) if entry is not None]
    people = {part.participation_id for entry in entries for part in entry.people}
    if change.kind not in CONCERNS_WHO_COMES or change.session.is_break:
        return people
    if change.kind == ChangeKind.ADDED or not all(entry.with_sign_up for entry in entries):
        return people | expected
    return people | signed_up.get(change.session.id, set())
