"""Mails to people about their accounts: one was opened, a role was delegated."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import translation

from madang.core import outbox
from madang.core.models import Event
from madang.people import role_names
from madang.people.models import Account, Role


def tell_owner(event: Event) -> None:
    """Somebody can sign in now: how, and who saw to it."""
    account = _open_account(event.thing_id)
    opener = _open_account(event.facts.get("by"))
    if account is not None:
        _tell(
            account,
            event,
            "account_opened",
            opener=opener.person.name if opener is not None else "",
            email=account.email,
            path=reverse("account_login"),
        )


def tell_of_delegation(event: Event) -> None:
    """A role was delegated: to the one who acts in it now, and to the one who holds it."""
    role = Role.objects.select_related("delegated_from").filter(pk=event.thing_id).first()
    if role is None or role.delegated_from is None or role.ends_at is None:
        return
    delegate, holder = _open_account(role.account_id), _open_account(role.delegated_from.account_id)
    if delegate is None or holder is None:
        return
    for account, template in ((delegate, "role_received"), (holder, "role_delegated")):
        with translation.override(account.person.language):
            [named] = role_names.named([role], account)
            _tell(
                account,
                event,
                template,
                holder=holder.person.name,
                delegate=delegate.person.name,
                role=named.in_words,
                starts=role.starts_at,
                # It ends at midnight, after its last day.
                ends=role.ends_at - timedelta(seconds=1),
                path=reverse("people:roles"),
            )


def _open_account(account_id: Any) -> Account | None:
    accounts = Account.objects.select_related("person__subject")
    return accounts.filter(pk=account_id, is_active=True).first() if account_id else None


def _tell(account: Account, event: Event, template: str, **context: Any) -> None:
    if account.person.email:
        outbox.post(
            key=f"{event.name}:{event.id}:{account.pk}",
            to=account.person,
            template=f"people/mails/{template}",
            context={"person": account.person, **context},
            about=account,
        )
