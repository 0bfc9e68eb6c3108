"""Adding people and changing what is known of them."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from madang.core import audit, vault
from madang.core.audit import Actor
from madang.core.identifiers import uuid7
from madang.core.models import SubjectKey
from madang.people import shown
from madang.people.actions.refusal import RefusedError
from madang.people.models import Account, Person

FIELDS = (
    "name",
    "latin_name",
    "sort_name",
    "email",
    "phone",
    "position",
    "biography",
    "country",
    "organisation",
    "language",
)


@transaction.atomic
def add_person(*, actor: Actor | None, name: str, **fields: Any) -> Person:
    """A new person; `fields` are some of `FIELDS`. Raises `RefusedError` without a name."""
    person = Person()
    _set(person, {"name": name} | fields)
    person.save()
    audit.record(actor, "person.added", person)
    return person


@transaction.atomic
def add_people(rows: Iterable[Mapping[str, Any]]) -> list[Person]:
    """Many new people in a few queries, from values as `add_person` takes them.

    The audit line is the caller's: one for the whole list. Raises `RefusedError` where a name is
    missing, and writes nothing then.
    """
    people = []
    for values in rows:
        subject = uuid7()
        key = SubjectKey(id=subject, wrapped=vault.new_wrapped_key(subject))
        person = Person(subject=key, version=1)
        _set(person, dict(values))
        people.append(person)
    SubjectKey.objects.bulk_create(person.subject for person in people)
    return Person.objects.bulk_create(people)


@transaction.atomic
def change_person(
    person: Person, *, actor: Actor | None, expected_version: int | None = None, **changes: Any
) -> list[str]:
    """Change some of `FIELDS`; returns the names of those that really changed.

    Raises `RefusedError` for an empty name, for an erased person, and for the address of somebody
    who has an account (see `accounts.change_address`); `core.models.StaleRecordError` where
    somebody else saved since `expected_version`.
    """
    stored = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if stored.erased_at is not None:
        raise RefusedError(_("The data of this person were erased."))
    before = {name: getattr(stored, name) for name in changes}
    _set(stored, changes)
    changed = [name for name in changes if getattr(stored, name) != before[name]]
    if "email" in changed and Account.objects.filter(person=stored).exists():
        raise RefusedError(
            _("This is the address of an account: change it where the account is."), "email"
        )
    if changed:
        stored.save(update_fields=changed, expected_version=expected_version)
        audit.record(actor, "person.changed", stored, fields=changed)
        shown.changed(stored.pk)
        person.refresh_from_db()
    return changed


def _set(person: Person, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if name not in FIELDS:
            raise ValueError(f"{name} of a person is not for actions to set.")
        setattr(person, name, tidy(value) if isinstance(value, str) else value)
    person.email = person.email.lower()
    if not person.name:
        raise RefusedError(_("Enter a name: one word is enough."), "name")


def tidy(text: str) -> str:
    """Text as typed, in one form of Unicode, without spaces at the end of a line or of the text."""
    composed = unicodedata.normalize("NFC", text)
    return "\n".join(line.rstrip() for line in composed.strip().splitlines())
