"""Opening and closing accounts, their addresses, and signing out everywhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.core import addresses, audit, events
from madang.core.audit import Actor
from madang.people import sessions
from madang.people.actions.people import add_person
from madang.people.actions.refusal import RefusedError
from madang.people.actions.roles import end_roles_of, require_another_manager
from madang.people.models import Account, Person


@transaction.atomic
def open_account(person: Person, *, actor: Actor | None, email: str = "") -> Account:
    """Let a person sign in with an address (their own, unless another is given).

    A closed account is opened again, without the roles that it once had. Its owner is written to,
    unless the installation itself opens it (`actor` is None). Raises `RefusedError` where the
    person has an open account already, or the address belongs to somebody else's.
    """
    address = (email or person.email).strip().lower()
    if not address:
        raise RefusedError(_("Enter an e-mail address."), "email")
    # Two who open it at once wait here for each other.
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    account = Account.objects.select_for_update().filter(person=person).first()
    if account is not None and account.is_active:
        raise RefusedError(_("This person has an account already."))
    with _free(address, account):
        if account is None:
            account = Account.objects.create_user(email=address, person=person)
        else:
            account.is_active = True
            account.save(update_fields=["is_active"])
        _use_address(account, address)
    audit.record(actor, "account.opened", account)
    if actor is not None:  # what the installation itself opens is handed over in another way
        events.record("account.opened", account, by=actor.audit_id)
    return account


@transaction.atomic
def open_account_for_new_person(
    *, actor: Actor | None, name: str, email: str, **fields: Any
) -> Account:
    """Add a person and let them sign in with an address; `fields` as for `people.add_person`."""
    person = add_person(actor=actor, name=name, email=email, **fields)
    return open_account(person, actor=actor)


@transaction.atomic
def close_account(account: Account, *, actor: Actor | None) -> None:
    """Let nobody sign in with this account any more; its roles end now.

    Raises `RefusedError` where nobody else could manage accounts.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    if not account.is_active:
        return
    require_another_manager(account)
    end_roles_of(account, actor=actor)
    lock_out(account)
    audit.record(actor, "account.closed", account)


@transaction.atomic
def change_address(account: Account, *, actor: Actor | None, email: str) -> None:
    """Give an account another address. Raises `RefusedError` where somebody else's has it."""
    address = email.strip().lower()
    account = Account.objects.select_for_update().get(pk=account.pk)
    if address == account.email:
        return
    with _free(address, account):
        _use_address(account, address)
    audit.record(actor, "person.changed", account.person, fields=["email"])


@transaction.atomic
def follow_confirmed_address(account: Account) -> None:
    """Write a new address, which its owner has just confirmed, to the person as well."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=account.person_id)
    if person.email != account.email:
        person.email = account.email
        person.save(update_fields=["email"])
        audit.record(account, "person.changed", person, fields=["email"])


@transaction.atomic
def sign_out_everywhere(account: Account, *, actor: Actor | None, keep: str | None = None) -> int:
    """End every session of an account but the one with the key `keep`; returns how many ended."""
    ended = sessions.end(account, keep=keep)
    audit.record(actor, "account.signed_out", account)
    return ended


def entry_link(account: Account) -> str:
    """A link that lets the owner of an account set a password: once, within three days.

    For the first account of an installation, which can't send mail yet.
    """
    where = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(account),
            "key": default_token_generator.make_token(account),
        },
    )
    return addresses.whole(where)


def lock_out(account: Account) -> None:
    """Take every means of signing in from an account, in the caller's transaction."""
    account.is_active = False
    account.set_unusable_password()
    account.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=account).delete()
    sessions.end(account)


@contextmanager
def _free(address: str, account: Account | None) -> Iterator[None]:
    """What uses an address for an account. Raises `RefusedError` where another one has it.

    That is known before, or only when both are written at the same moment.
    """
    taken = RefusedError(_("Another account has this e-mail address."), "email")
    others = Account.objects.exclude(pk=account.pk) if account else Account.objects.all()
    if others.filter(email=address).exists():
        raise taken
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise taken from None


def _use_address(account: Account, address: str) -> None:
    EmailAddress.objects.filter(user=account).delete()
    EmailAddress.objects.create(user=account, email=address, verified=True, primary=True)
    if account.email != address:
        account.email = address
        account.save(update_fields=["email"])
    person = Person.objects.select_for_update(of=("self",)).get(pk=account.person_id)
    if person.email != address:
        person.email = address
        person.save(update_fields=["email"])
    account.person = person
