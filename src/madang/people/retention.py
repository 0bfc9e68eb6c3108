"""How long personal data are kept: each field goes when its time is over.

A model's fields say in words until when they are kept (`PersonalText.until`); the same in days is
registered here, counted from when the person was last involved in anything. When that was is known
to the apps in which people are involved: they register it. `expire` runs every night.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from madang.core import audit, clock
from madang.core.models import Personal
from madang.people import erasure, shown
from madang.people.models import Person, Role

Involvement = Callable[[Sequence[UUID]], Mapping[UUID, datetime]]

TWO_YEARS = timedelta(days=730)
THIRTY_DAYS = timedelta(days=30)
BATCH = 500
# Roles in these scopes are held until they end; those in an app's own scope (an edition) are over
# with it, as that app's involvement tells.
STANDING_SCOPES = ("", "people.country", "people.organisation")
STILL = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """A row, and which of its fields are to be emptied."""

    model: type[Personal]
    pk: UUID
    names: list[str]


_involvements: list[Involvement] = []
_removals: list[Callable[[], int]] = []
_lifetimes: dict[type[Personal], Mapping[str, timedelta]] = {}


def register_involvement(find: Involvement) -> None:
    """Let an app say until when people were involved in it.

    `find(ids of people)` answers in bulk with the last moment by person; a moment still to come is
    fine, and whoever was never involved is left out.
    """
    _involvements.append(find)


def register_removal(remove: Callable[[], int]) -> None:
    """Let an app remove, each night, what ends on a day of its own; it returns of how many."""
    _removals.append(remove)


def register(model: type[Personal], lifetimes: Mapping[str, timedelta]) -> None:
    """Say how long each personal field of a model is kept after its person's last involvement."""
    names = {field.attname for field in model.personal_fields()}
    if names != set(lifetimes):
        raise ValueError(f"Every personal field of {model._meta.label} needs a lifetime: {names}.")
    _lifetimes[model] = lifetimes


def last_involvement(people: Sequence[Person]) -> dict[UUID, datetime]:
    """Until when each was involved; `STILL` for whoever holds a standing role."""
    last = {person.pk: person.created_at for person in people}
    for person_id, ends_at in (
        Role.objects.filter(account__person__in=last, scope_model__in=STANDING_SCOPES)
        .filter(account__is_active=True)
        .values_list("account__person_id", "ends_at")
    ):
        last[person_id] = max(last[person_id], ends_at or STILL)
    for find in _involvements:
        for person_id, moment in find(list(last)).items():
            last[person_id] = max(last[person_id], moment)
    return last


def remove_what_is_over() -> int:
    """Once a night: sessions and personal values; returns of how many people something went.

    Not the values in a demo, whose clock is moved on and back again.
    """
    SessionStore.clear_expired()
    if settings.MADANG_DEMO:
        return 0
    return expire() + sum(remove() for remove in _removals)


def expire() -> int:
    """Remove every personal value whose time is over; returns of how many people something went.

    Whoever is left without any personal value is erased: the key goes too, so that the values can't
    be read in old backups either.
    """
    ids = list(Person.objects.filter(erased_at__isnull=True).values_list("pk", flat=True))
    touched = 0
    for start in range(0, len(ids), BATCH):
        people = list(Person.objects.filter(pk__in=ids[start : start + BATCH]))
        for person, rows in _over(people):
            _remove(person, rows)
            touched += 1
    return touched


def _over(people: Sequence[Person]) -> Iterator[tuple[Person, list[Row]]]:
    """Those people who have rows with values that are over, and these; one query for each model."""
    by_subject = {person.subject_id: person for person in people}
    last = last_involvement(people)
    found: dict[UUID, list[Row]] = defaultdict(list)
    now = clock.now()
    for model, lifetimes in _lifetimes.items():
        for subject, pk, names in _filled(model, list(by_subject)):
            moment = last[by_subject[subject].pk]
            over = [name for name in names if now - moment >= lifetimes[name]]
            if over:
                found[subject].append(Row(model, pk, over))
    for subject, rows in found.items():
        yield by_subject[subject], rows


def _filled(
    model: type[Personal], subjects: Sequence[UUID]
) -> Iterator[tuple[UUID, UUID, list[str]]]:
    """Rows of these subjects, with those of their fields that hold something; all stay sealed."""
    names = list(_lifetimes[model])
    rows = model._default_manager.filter(subject_id__in=subjects)
    for subject, pk, *values in rows.values_list("subject_id", "pk", *names):
        filled = [name for name, value in zip(names, values, strict=True) if value]
        if filled:
            yield subject, pk, filled


@transaction.atomic
def _remove(person: Person, rows: list[Row]) -> None:
    names = {name for row in rows for name in row.names}
    audit.record(None, "person.expired", person, fields=sorted(names))
    for row in rows:
        erasure.empty(row.model._default_manager.filter(pk=row.pk), row.names)
    shown.changed(person.pk)
    if not any(True for _row in _filled(Person, [person.subject_id])):
        erasure.forget(person)
