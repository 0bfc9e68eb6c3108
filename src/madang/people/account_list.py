"""The list of accounts: names are encrypted, so they are searched and sorted here."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from madang.core import clock, exports, locales, texts
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
    """The page of accounts that the address asks for: the same queries for any number of them."""
    page = Paginator(found(wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = _rows(page.object_list, request)
    return page


def account_table(request: Request, wanted: Mapping[str, Any]) -> exports.Table:
    """All of these accounts as a table: for spreadsheets and mail merges of a secretariat."""
    listed = _rows(found(wanted), request)
    people = [row.account.person for row in listed]
    texts.prefetch_referred(people, "country")

    def rows() -> Iterator[tuple[exports.Value, ...]]:
        for row in listed:
            account, person = row.account, row.account.person
            yield (
                person.name,
                person.latin_name,
                account.email,
                str(person.country.wording("name")) if person.country else "",
                person.position,
                locales.listed(named.in_words for named in row.roles),
                _("open") if account.is_active else _("closed"),
                account.created_at.date(),
            )

    return exports.Table(
        columns=(
            exports.Column("name", _("Name")),
            exports.Column("latin_name", _("Name in Latin letters")),
            exports.Column("email", _("E-mail address")),
            exports.Column("country", _("Country")),
            exports.Column("position", _("Position")),
            exports.Column("roles", _("Roles")),
            exports.Column("state", _("State")),
            exports.Column("opened", _("Opened")),
        ),
        rows=rows(),
    )


def found(wanted: Mapping[str, Any]) -> list[Account]:
    """Accounts by name; `wanted` may have `q` (part of a name or address), `kind` and `state`.

    `kind` is that of a role held now.
    """
    accounts = Account.objects.select_related("person__subject", "person__country")
    if wanted.get("state"):
        accounts = accounts.filter(is_active=wanted["state"] == "open")
    if wanted.get("kind"):
        held = Role.objects.in_force(clock.now()).filter(kind=wanted["kind"])
        accounts = accounts.filter(pk__in=held.values("account_id"))
    sought = folded(wanted.get("q") or "")
    matching = [account for account in accounts if sought in _searched(account)]
    return sorted(matching, key=lambda account: (account.person.sort_key, account.email))


def folded(text: str) -> str:
    """A text without case and accents, for a search that forgives."""
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _searched(account: Account) -> str:
    person = account.person
    return folded(f"{person.name}\n{person.latin_name}\n{person.sort_name}\n{account.email}")


def _rows(accounts: list[Account], request: Request) -> list[Row]:
    by_account = _roles_held(accounts, request)
    return [Row(account, by_account[account.pk]) for account in accounts]


def _roles_held(accounts: list[Account], request: Request) -> dict[UUID, list[NamedRole]]:
    held = Role.objects.in_force(clock.now()).filter(account__in=accounts)
    found: dict[UUID, list[NamedRole]] = defaultdict(list)
    for named in role_names.named(held.select_related("delegated_from"), request.who):
        found[named.role.account_id].append(named)
    return found
