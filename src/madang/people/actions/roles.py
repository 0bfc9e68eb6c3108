"""Granting, ending and delegating roles."""

from datetime import datetime
from typing import NoReturn
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from madang.core import audit, clock, events
from madang.core.audit import Actor
from madang.people import roles
from madang.people.actions.refusal import RefusedError
from madang.people.models import Account, Role

MANAGER = "secretariat"


@transaction.atomic
def grant_role(
    account: Account,
    *,
    actor: Actor | None,
    kind: str,
    scope: Model | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Role:
    """Give an account a role, for one edition, country … or (without a scope) for everything.

    Raises `KeyError` for a kind that nobody registered and `RefusedError` where the kind can't have
    that scope, the account is closed, or it has the role already.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    scope_model = scope._meta.label_lower if scope is not None else ""
    if scope_model not in roles.kind(kind).scope_models:
        raise RefusedError(_("Choose what the role is for."), "scope")
    starts_at = starts_at or clock.now()
    _require_order(starts_at, ends_at)
    _require_able(account, kind, scope.pk if scope is not None else None, starts_at, ends_at)
    role = Role.objects.create(
        account=account,
        kind=kind,
        scope_model=scope_model,
        scope_id=scope.pk if scope is not None else None,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    audit.record(actor, "role.granted", account, scope=role.scope_id, kind=kind)
    return role


@transaction.atomic
def end_role(role: Role, *, actor: Actor | None) -> None:
    """End a role now, and with it every delegation of it. One that has ended stays as it is.

    Raises `RefusedError` where nobody else could manage accounts.
    """
    # Before the role itself is locked: who ends the other's at the same time locks in this order.
    alone = role.kind == MANAGER and role.scope_id is None and _is_only_manager(role.account_id)
    role = Role.objects.select_for_update(of=("self",)).select_related("account").get(pk=role.pk)
    if role.ends_at is not None and role.ends_at <= clock.now():
        return
    if alone:
        _refuse_last_manager()
    _end(role, actor)


@transaction.atomic
def delegate_role(
    role: Role, *, actor: Actor | None, to: Account, starts_at: datetime, ends_at: datetime
) -> Role:
    """Let another account act in this role for a time; the role's holder keeps it too.

    Raises `RefusedError` where the kind may not be delegated, the role is not held, is itself
    delegated or is delegated at some time in between, or the time or the account does not fit.
    """
    role = Role.objects.select_for_update(of=("self",)).get(pk=role.pk)
    to = Account.objects.select_for_update().get(pk=to.pk)
    if not may_delegate(role):
        raise RefusedError(_("This role can't be delegated."))
    if to.pk == role.account_id:
        raise RefusedError(_("You hold this role yourself: choose somebody else."), "email")
    _require_order(starts_at, ends_at)
    if ends_at <= clock.now():
        raise RefusedError(_("Choose an end that is still to come."), "ends_on")
    if role.ends_at is not None and ends_at > role.ends_at:
        raise RefusedError(_("Your own role ends before that: choose an earlier end."), "ends_on")
    _require_able(to, role.kind, role.scope_id, starts_at, ends_at)
    if _at_some_time(role.delegations.all(), starts_at, ends_at).exists():
        raise RefusedError(
            _(
                "This role is delegated already at that time: choose other days, or withdraw that "
                "delegation first."
            ),
            "starts_on",
        )
    delegated = Role.objects.create(
        account=to,
        kind=role.kind,
        scope_model=role.scope_model,
        scope_id=role.scope_id,
        starts_at=starts_at,
        ends_at=ends_at,
        delegated_from=role,
    )
    audit.record(actor, "role.delegated", to, scope=role.scope_id, kind=role.kind)
    events.record("role.delegated", delegated)
    return delegated


def may_delegate(role: Role) -> bool:
    """Whether a role can be delegated: its kind may, it is held now, and not itself delegated."""
    return (
        roles.kind(role.kind).may_be_delegated
        and role.delegated_from_id is None
        and role.is_in_force()
    )


def end_roles_of(account: Account, *, actor: Actor | None) -> None:
    """End every role of an account that has not ended, in the caller's transaction."""
    now = clock.now()
    for role in Role.objects.select_for_update(of=("self",)).filter(account=account):
        if role.ends_at is None or role.ends_at > now:
            _end(role, actor)


def require_another_manager(account: Account) -> None:
    """Refuse to take the last one who can manage accounts from the installation.

    A delegation does not count: it passes.
    """
    if _is_only_manager(account.pk):
        _refuse_last_manager()


def _is_only_manager(account_id: UUID) -> bool:
    """Whether nobody else can manage accounts.

    Locks what says so, in one order: of two managers who take each other's role away at the same
    moment, the second waits and is then the last.
    """
    managers = Role.objects.in_force(clock.now()).filter(
        kind=MANAGER,
        scope_id__isnull=True,
        ends_at__isnull=True,
        delegated_from__isnull=True,
        account__is_active=True,
    )
    locked = managers.select_for_update(of=("self",)).order_by("pk")
    return {role.account_id for role in locked} == {account_id}


def _refuse_last_manager() -> NoReturn:
    raise RefusedError(
        _(
            "Nobody else can manage accounts: give somebody the role of the secretariat for "
            "everything first."
        )
    )


def _end(role: Role, actor: Actor | None) -> None:
    # One that has not begun ends where it would begin: the past stays in order.
    role.ends_at = max(clock.now(), role.starts_at)
    role.save(update_fields=["ends_at"])
    audit.record(actor, "role.ended", role.account, scope=role.scope_id, kind=role.kind)


def _require_order(starts_at: datetime, ends_at: datetime | None) -> None:
    if ends_at is not None and ends_at <= starts_at:
        raise RefusedError(_("Choose an end that is after the beginning."), "ends_on")


def _require_able(
    account: Account, kind: str, scope_id: object, starts_at: datetime, ends_at: datetime | None
) -> None:
    """Refuse a closed account, and one that holds the role itself at some time in between."""
    if not account.is_active:
        raise RefusedError(_("This account is closed."), "email")
    held = Role.objects.filter(
        account=account, kind=kind, scope_id=scope_id, delegated_from__isnull=True
    )
    if _at_some_time(held, starts_at, ends_at).exists():
        raise RefusedError(_("The account has this role already."), "email")


def _at_some_time(
    found: QuerySet[Role], starts_at: datetime, ends_at: datetime | None
) -> QuerySet[Role]:
    """Those that are in force at some time between two moments."""
    found = found.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=starts_at))
    return found if ends_at is None else found.filter(starts_at__lt=ends_at)
