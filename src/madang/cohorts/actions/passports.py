"""Passport data: given by the person or entered for them, looked at with a trace, removed in time.

They are under a key of their own, which is destroyed with them: then no backup can be read either,
nor the letters to embassies in which they stand.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from madang.cohorts.models import Passport
from madang.core import audit, clock, files, overwriting
from madang.core.models import StoredFile, SubjectKey
from madang.people.models import Person
from madang.workshops.models import Edition

FIELDS = tuple(field.attname for field in Passport.personal_fields())


def of(person: Person) -> Passport | None:
    """The passport data of somebody, if they were given. Officers look through `look`."""
    found: Passport | None = Passport.objects.filter(person=person).first()
    return found


def deleted_on(edition: Edition) -> date:
    """The day on which what was given for a workshop goes: the one after it ends."""
    day: date = edition.ends_on + timedelta(days=1)
    return day


@transaction.atomic
def save(
    person: Person,
    edition: Edition,
    values: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: audit.Actor,
) -> Passport:
    """Keep what an embassy needs to know of somebody, until the day after the workshop.

    Raises `StaleRecordError` where somebody else saved since `expected_version`.
    """
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    passport = Passport.objects.filter(person=person).first() or Passport(person=person)
    is_new = passport._state.adding
    for name in FIELDS:
        setattr(passport, name, str(values[name]))
    until = deleted_on(edition)
    passport.delete_on = until if is_new else max(passport.delete_on, until)
    passport.save(expected_version=None if is_new else expected_version)
    audit.record(actor, "passport.changed", person, scope=edition.pk)
    return passport


def look(person: Person, edition: Edition, *, actor: audit.Actor) -> Passport | None:
    """The passport data of somebody, for an officer: every look is a line in the trail."""
    with transaction.atomic():
        passport = of(person)
        if passport is not None:
            audit.record(actor, "passport.seen", person, scope=edition.pk)
    return passport


@transaction.atomic
def remove(passport: Passport, *, actor: audit.Actor | None) -> None:
    """Remove passport data, the letters that hold them, and the key of both."""
    key = SubjectKey.objects.get(pk=passport.subject_id)
    for file in StoredFile.objects.filter(subject=key):
        files.remove(file, actor=actor)
    audit.record(actor, "passport.removed", passport.person)
    passport.delete()
    key.destroy()
    overwriting.after_commit()


def remove_due() -> int:
    """Remove what is to go by today; of how many people something went. Runs every night."""
    due = Passport.objects.filter(delete_on__lte=clock.now().date()).select_related("person")
    for passport in (found := list(due)):
        remove(passport, actor=None)
    return len(found)


def forget(person: Person) -> None:
    """Remove the passport data of somebody who is erased, in the caller's transaction."""
    passport = of(person)
    if passport is not None:
        remove(passport, actor=None)
