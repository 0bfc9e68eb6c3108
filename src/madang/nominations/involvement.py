"""Until when nominations keep people involved, and what goes when somebody is erased."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from madang.core import clock, files
from madang.core.models import SubjectKey
from madang.nominations.models import (
    Answer,
    Correspondence,
    Import,
    Invitation,
    Merit,
    Nomination,
    Screening,
)
from madang.people.models import Person

# What `Import` and `Correspondence` say of themselves, in days.
FILES_LAST = timedelta(days=90)
REGISTER_LASTS = timedelta(days=730)


def last_days(people: Sequence[UUID]) -> Mapping[UUID, datetime]:
    """By person: the end of the last edition for which they were nominated, or asked for others."""
    nominations = Nomination.objects.filter(person__in=people).select_related("edition")
    found = [
        (nomination.person_id, nomination.edition)
        for nomination in nominations.defer("edition__description").order_by()
    ]
    invitations = Invitation.objects.filter(focal_point__in=people).select_related("call__edition")
    found += [
        (invitation.focal_point_id, invitation.call.edition)
        for invitation in invitations.order_by()
    ]
    last: dict[UUID, datetime] = {}
    for person, edition in found:
        moment = edition.moment(edition.ends_on, time.max)
        last[person] = max(last.get(person, moment), moment)
    return last


def forget(person: Person) -> None:
    """Empty the codes that stand beside the personal texts of somebody's nominations.

    Their merit and scores go; that their country nominated somebody, and what became of it, stays.
    """
    nominations = Nomination.objects.filter(person=person)
    Answer.objects.filter(nomination__in=nominations).delete()
    Screening.objects.filter(nomination__in=nominations).delete()
    Merit.objects.filter(nomination__in=nominations).delete()
    nominations.update(
        sex="", sector="", years_experience=None, language_level=None, attended_before=None,
        organisation=None, endorsed_on=None,
    )  # fmt: skip


def remove_what_is_over() -> int:
    """Once a night: files of nominations and entries of the register whose time has passed.

    They are under keys of their own, so that no person's retention finds them.
    """
    now = clock.now()
    old_files = Import.objects.filter(
        Q(written_at__lt=now - FILES_LAST) | Q(written_at=None, changed_at__lt=now - FILES_LAST)
    )
    old_entries = Correspondence.objects.filter(edition__ends_on__lt=(now - REGISTER_LASTS).date())
    over = [*old_files, *old_entries]
    for thing in over:
        _remove(thing)
    return len(over)


@transaction.atomic
def _remove(thing: Import | Correspondence) -> None:
    for file in files.of(thing):
        files.remove(file, actor=None)
    key = SubjectKey.objects.get(pk=thing.subject_id)
    if isinstance(thing, Import):
        thing.rows.all().delete()
    thing.delete()
    key.destroy()
