"""The list of accounts: names are encrypted, so they are searched and sorted here."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator

from madang.core import clock
from madang.core.requests import PAGE_SIZE, Request
from madang.people import role_names
from madang.people.models import Account, Role
from madang.people.role_names import NamedRole


@dataclass
class Row:
    """An account with the roles that it holds now."""

    account: Account
    roles: list[NamedRole]


def account_list(request: Request, wanted: Mapping[str, Any]) -> Page[Any]:
    """The page of accounts that the address asks for: the same queries for any number of them.

    `wanted` may have `q` (part of a name or address), `kind` (of a role held now) and `state`.
    """
    accounts = Account.objects.select_related("person__subject")
    if wanted.get("state"):
        accounts = accounts.filter(is_active=wanted["state"] == "open")
    if wanted.get("kind"):
        held = Role.objects.in_force(clock.now()).filter(kind=wanted["kind"])
        accounts = accounts.filter(pk__in=held.values("account_id"))
    sought = folded(wanted.get("q") or "")
    found = [account for account in accounts if sought in _searched(account)]
    found.sort(key=lambda account: (account.person.sort_key, account.email))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    by_account = _roles_held(page.object_list, request)
    page.object_list = [Row(account, by_account[account.pk]) for account in page.object_list]
    return page


def folded(text: str) -> str:
    """A text without case and accents, for a search that forgives."""
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _searched(account: Account) -> str:
    person = account.person
    return folded(f"{person.name}\n{person.latin_name}\n{person.sort_name}\n{account.email}")


def _roles_held(accounts: list[Account], request: Request) -> dict[UUID, list[NamedRole]]:
    held = Role.objects.in_force(clock.now()).filter(account__in=accounts)
    found: dict[UUID, list[NamedRole]] = defaultdict(list)
    for named in role_names.named(held.select_related("delegated_from"), request.who):
        found[named.role.account_id].append(named)
    return found
