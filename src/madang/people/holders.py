"""Who holds a role now."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from madang.core import clock
from madang.people.models import Account, Role


def holders(kind: str, scope_id: UUID | None) -> QuerySet[Account]:
    """Accounts that hold a kind of role now, in a scope or for the whole installation."""
    scope = Q(scope_id__isnull=True)
    if scope_id is not None:
        scope |= Q(scope_id=scope_id)
    held = Role.objects.in_force(clock.now()).filter(scope, kind=kind)
    found = Account.objects.filter(pk__in=held.values("account_id"), is_active=True)
    return found.select_related("person__subject").order_by("pk")


def sorted_by_name(accounts: Iterable[Account]) -> list[Account]:
    """Accounts in the order in which people look for them."""
    return sorted(accounts, key=lambda account: account.person.sort_key)
