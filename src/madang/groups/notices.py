"""Mails to those whose groups have changed after they were published."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from madang.core import clock, outbox
from madang.groups.models import GroupPlan, Member
from madang.groups.queries.weeks import RoundRow
from madang.workshops.models import Participation


@dataclass(frozen=True)
class Acting:
    """Whoever asked for a job: it acts for them."""

    audit_id: UUID


def by(owner: UUID | None) -> Acting | None:
    """The actor of a job, by the account that asked for it."""
    return Acting(owner) if owner is not None else None


def digest(text: str) -> str:
    """A short mark of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def tell_moved(plan: GroupPlan, touched: Mapping[UUID, Sequence[RoundRow]]) -> None:
    """Write once to each whom a change touches, in their language; nobody before publishing."""
    if not plan.is_published or not touched:
        return
    rounds = {row.round.pk for rows in touched.values() for row in rows}
    places: dict[UUID, dict[UUID, Member]] = {}
    members = Member.objects.filter(round__in=rounds, participation__in=touched)
    for member in members.select_related("group__room", "round__session"):
        places.setdefault(member.participation_id, {})[member.round_id] = member
    people = Participation.objects.filter(
        pk__in=touched, state=Participation.State.EXPECTED
    ).select_related("person__subject")
    change = digest(f"{plan.pk} {clock.now().isoformat()} {sorted(map(str, touched))}")
    for participation in people.order_by("id"):
        if not participation.person.email:
            continue
        mine = places.get(participation.pk, {})
        changes = [(row.round.session, mine.get(row.round.pk)) for row in touched[participation.pk]]
        _tell(plan, participation, changes, change)


def _tell(
    plan: GroupPlan,
    participation: Participation,
    changes: Sequence[tuple[object, Member | None]],
    change: str,
) -> None:
    person = participation.person
    with translation.override(person.language):
        outbox.post(
            key=f"groups.moved:{plan.pk}:{participation.pk}:{change}",
            to=person,
            template="groups/mails/moved",
            context={
                "person": person,
                "edition": plan.edition,
                "zone": plan.edition.zone,
                "changes": changes,
                "path": reverse("own_groups:groups", args=[plan.edition.slug]),
            },
            about=plan,
        )
