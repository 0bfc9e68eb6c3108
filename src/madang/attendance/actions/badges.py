"""Giving badges out, and replacing one that was lost."""

from django.db import transaction

from madang.attendance import badge_files, badges
from madang.attendance.models import Badge
from madang.core import audit, clock
from madang.core.audit import Actor
from madang.workshops.models import Edition, Participation


@transaction.atomic
def give_missing(edition: Edition, *, actor: Actor | None) -> int:
    """Make a badge for everybody expected who has none; returns how many were made."""
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    waiting = (
        Participation.objects.so_far()
        .filter(edition=edition, state=Participation.State.EXPECTED)
        .exclude(badges__revoked_at__isnull=True, badges__isnull=False)
    )
    made = [_badge(one, 1 + one.badges.count()) for one in waiting]
    Badge.objects.bulk_create(made)
    if made:
        audit.record(actor, "badges.given", edition, scope=edition.pk, number=len(made))
    return len(made)


@transaction.atomic
def replace(participation: Participation, *, actor: Actor | None) -> Badge:
    """Make another badge; from now on the one that somebody had opens no door any more.

    What was scanned with it before still counts.
    """
    Participation.objects.select_for_update(of=("self",)).get(pk=participation.pk)
    Badge.objects.filter(participation=participation, revoked_at__isnull=True).update(
        revoked_at=clock.now(), changed_at=clock.now()
    )
    badge = _badge(participation, 1 + participation.badges.count())
    badge.save(force_insert=True)
    badge_files.forget(participation.edition_id)
    audit.record(
        actor, "badge.replaced", participation, scope=participation.edition_id, number=badge.number
    )
    return badge


def _badge(participation: Participation, number: int) -> Badge:
    badge = Badge(participation=participation, number=number, version=1)
    badges.seal(badge)
    return badge
