"""Erasing a person: in the database, in files, and in every backup.

Everything personal is encrypted under the person's key (see `core.vault`). Destroying that key
makes it unreadable wherever a copy lies; the ledger of erasures makes a restored backup destroy it
again (`replay`). What is not encrypted, such as the address of the account, is overwritten or
deleted.

What stays carries no name: that somebody took part, from which country, and the audit trail, in
which the person is from then on "a person whose data were erased".
"""

from collections.abc import Callable, Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import transaction
from django.db.models import F, QuerySet

from madang.core import audit, clock, files, outbox, overwriting, vault
from madang.core.audit import Actor
from madang.core.models import Message, Personal, Record, StoredFile
from madang.people import shown
from madang.people.actions.accounts import lock_out
from madang.people.actions.roles import end_roles_of, require_another_manager
from madang.people.models import Account, Consent, Person

Forget = Callable[[Person], None]

_forgetting: list[Forget] = []


def register(forget: Forget) -> None:
    """Let an app remove what it knows of a person elsewhere than in `PersonalText`.

    Called from the app's `ready()`; `forget(person)` runs in the transaction of the erasure, before
    anything else is gone, and must bear being called twice.
    """
    _forgetting.append(forget)


def personal_models() -> list[type[Personal]]:
    """Every model with personal fields, of all apps."""
    return [model for model in apps.get_models() if issubclass(model, Personal)]


@transaction.atomic
def erase(person: Person, *, actor: Actor | None) -> None:
    """Erase a person for ever. Erasing twice does no harm.

    Raises `RefusedError` where nobody else could manage accounts.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.erased_at is not None:
        return
    account = Account.objects.filter(person=person).first()
    if account is not None:
        require_another_manager(account)
    audit.record(actor, "person.erased", person)
    forget(person)


def replay() -> int:
    """Erase again whoever was erased since the backup that was restored; returns how many.

    Called after each restore, before anything is served (`core.backups.on_restore`). Whether the
    keys were destroyed again already makes no difference.
    """
    people = Person.objects.filter(subject__in=vault.erasures(), erased_at__isnull=True)
    for person in (found := list(people)):
        with transaction.atomic():
            audit.record(None, "person.erased", person)
            forget(person)
    return len(found)


def forget(person: Person) -> None:
    """Remove all that is personal about someone, in the caller's transaction, without an entry."""
    for forget_elsewhere in _forgetting:
        forget_elsewhere(person)
    account = Account.objects.filter(person=person).first()
    _forget_messages(person, account)
    for file in StoredFile.objects.filter(subject_id=person.subject_id):
        files.remove(file, actor=None)
    for model in personal_models():
        names = [field.attname for field in model.personal_fields()]
        empty(model._default_manager.filter(subject_id=person.subject_id), names)
    Consent.objects.filter(person=person).delete()
    person.refresh_from_db()
    person.organisation = None
    person.language = "en"
    person.erased_at = clock.now()
    person.save()
    person.subject.destroy()
    shown.changed(person.pk)
    if account is not None:
        _empty_account(account)
    overwriting.after_commit()


def empty(rows: QuerySet[Any], names: Iterable[str]) -> None:
    """Overwrite personal fields of some rows with nothing, counting the versions of these up."""
    values: dict[str, Any] = dict.fromkeys(names, "")
    if issubclass(rows.model, Record):
        values |= {"version": F("version") + 1, "changed_at": clock.now()}
    rows.update(**values)


def _forget_messages(person: Person, account: Account | None) -> None:
    addresses = {person.email}
    if account is not None:
        own = EmailAddress.objects.filter(user=account).values_list("email", flat=True)
        addresses |= {account.email, *own}
    for address in filter(None, addresses):
        outbox.forget(address)
    Message.objects.filter(subject_id=person.subject_id).delete()


def _empty_account(account: Account) -> None:
    """The row stays, so that the past can be explained, but says nothing of anybody."""
    end_roles_of(account, actor=None)
    lock_out(account)  # first: sessions are found by the address
    EmailAddress.objects.filter(user=account).delete()
    account.email = f"{account.pk}@erased.invalid"
    account.last_login = None
    account.save(update_fields=["email", "last_login"])
