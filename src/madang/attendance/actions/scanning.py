"""Taking what phones send: scans taken with or without a connection, each counted once.

A batch can come twice, in parts, late and in any order. What is taken is acknowledged by id, so
that a phone may forget it; what can't be taken keeps its reason and stays on the phone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from madang.attendance import clocks, rules
from madang.attendance.actions.deriving import derive
from madang.attendance.models import Badge, Scan
from madang.core import audit, clock
from madang.core.policies import Who
from madang.workshops.models import Edition, Participation, Session


@dataclass(frozen=True)
class Taken:
    """One scan as a phone tells it.

    Of a badge comes the hash of what the camera read, of a code that somebody typed the hash of
    this, and of a name that was ticked the participation. `offset` is in seconds.
    """

    id: UUID
    session: UUID
    act: str
    at: datetime
    offset: int = 0
    badge: str = ""
    code: str = ""
    participation: UUID | None = None


@dataclass(frozen=True)
class Receipt:
    """What became of a batch: ids that are safe here, and reasons by id of the others."""

    received: list[UUID] = field(default_factory=list)
    refused: dict[UUID, str] = field(default_factory=dict)


@transaction.atomic
def receive(
    edition: Edition, batch: Sequence[Taken], *, device: UUID | None, actor: Who
) -> Receipt:
    """Enter scans in the log, and bring attendance in step with it."""
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    known = set(
        Scan.objects.filter(pk__in=[taken.id for taken in batch]).values_list("pk", flat=True)
    )
    open_to, missing = _sessions(edition, {taken.session for taken in batch}, actor)
    finder = _Finder.of(edition, batch)
    receipt = Receipt(received=[taken.id for taken in batch if taken.id in known])
    new: dict[UUID, Scan] = {}
    for taken in batch:
        if taken.id in known or taken.id in new:
            continue
        if taken.session not in open_to and taken.session not in missing:
            receipt.refused[taken.id] = _("You may not take attendance of this session.")
            continue
        session_id = taken.session if taken.session in open_to else None
        new[taken.id] = _scan(edition, session_id, taken, finder, device, actor)
    Scan.objects.bulk_create(new.values())
    receipt.received.extend(new)
    if new:
        audit.record(actor, "attendance.scanned", edition, scope=edition.pk, number=len(new))
        derive(edition, {scan.session_id for scan in new.values()})
    return receipt


def _sessions(
    edition: Edition, wanted: Collection[UUID], actor: Who
) -> tuple[set[UUID], set[UUID]]:
    """Sessions of which the actor may take attendance, and those that are no longer there.

    What was taken for a session that was removed meanwhile is kept from whoever may take every one.
    """
    existing = Session.objects.filter(pk__in=wanted)
    allowed = rules.take_session.visible(actor, existing.filter(edition=edition))
    open_to = set(allowed.values_list("pk", flat=True))
    missing: set[UUID] = set()
    if rules.take_all.can(actor, edition):
        missing = set(wanted) - set(existing.values_list("pk", flat=True))
    return open_to, missing


@dataclass(frozen=True)
class _Finder:
    """Badges and people that a batch speaks of."""

    by_digest: dict[str, Badge]
    by_code: dict[str, Badge]
    people: set[UUID]

    @classmethod
    def of(cls, edition: Edition, batch: Sequence[Taken]) -> "_Finder":
        digests = {taken.badge for taken in batch if taken.badge}
        codes = {taken.code for taken in batch if taken.code}
        badges = list(
            Badge.objects.filter(
                Q(digest__in=digests) | Q(short_digest__in=codes, participation__edition=edition)
            ).order_by("created_at")
        )
        people = Participation.objects.filter(
            edition=edition,
            pk__in={taken.participation for taken in batch if taken.participation},
        )
        return cls(
            {badge.digest: badge for badge in badges},
            {badge.short_digest: badge for badge in badges},
            set(people.values_list("pk", flat=True)),
        )

    def find(self, taken: Taken) -> tuple[Badge | None, UUID | None]:
        """The badge that was shown and whose it is; None for what is not known."""
        if taken.participation is not None:
            return None, taken.participation if taken.participation in self.people else None
        badge = self.by_digest.get(taken.badge) or self.by_code.get(taken.code)
        return badge, badge.participation_id if badge else None


def _scan(
    edition: Edition,
    session_id: UUID | None,
    taken: Taken,
    finder: _Finder,
    device: UUID | None,
    actor: Who,
) -> Scan:
    badge, participation_id = finder.find(taken)
    method = Scan.Method.BADGE if taken.badge else Scan.Method.CODE
    return Scan(
        id=taken.id,
        version=1,
        edition=edition,
        session_id=session_id,
        participation_id=participation_id,
        badge=badge,
        shown_digest="" if badge else taken.badge or taken.code,
        method=Scan.Method.HAND if taken.participation else method,
        act=taken.act,
        device=device,
        by_id=actor.audit_id,
        device_at=taken.at,
        received_at=clock.now(),
        offset_seconds=taken.offset,
        at=clocks.moment(taken.at, taken.offset),
    )
