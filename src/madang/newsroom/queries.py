"""Questions about releases."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from madang.core import clock
from madang.core.policies import Who
from madang.newsroom import rules
from madang.newsroom.models import Release
from madang.people.models import Account, Role


def readable(who: Who) -> QuerySet[Release]:
    """What the public can read, the newest first, with the content that was approved."""
    found = rules.read.visible(who, Release.objects.select_related("published", "edition"))
    return found.order_by("-published_at", "-id")


def overseen(who: Who) -> QuerySet[Release]:
    """Every release that the secretariat or a director looks after."""
    written = Release.objects.filter(created_at__lte=clock.now())
    return rules.oversee.visible(who, written.select_related("edition"))


def directors_of(edition_id: UUID | None) -> Iterable[Account]:
    """Accounts that direct an edition, or the whole installation, now."""
    scope = Q(scope_id__isnull=True)
    if edition_id is not None:
        scope |= Q(scope_id=edition_id)
    held = Role.objects.in_force(clock.now()).filter(scope, kind="director")
    return Account.objects.filter(pk__in=held.values("account_id"), is_active=True).select_related(
        "person__subject"
    )
