"""Until when nominations keep people involved, and what goes when somebody is erased."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from madang.core import clock, files
from madang.core.models import SubjectKey
from madang.nominations.models import (
    Answer,
    Correspondence,
    Endorsement,
    Import,
    ImportRow,
    Invitation,
    Merit,
    Nomination,
    Screening,
)
from madang.people import erasure
from madang.people.models import Person
from madang.workshops.models import Edition

# What `Import` and `Correspondence` say of themselves, in days.
FILES_LAST = timedelta(days=90)
REGISTER_LASTS = timedelta(days=730)


def last_nominated(people: Sequence[UUID]) -> Mapping[UUID, datetime]:
    """By person: the end of the last edition for which they were nominated."""
    nominations = Nomination.objects.filter(person__in=people).select_related("edition")
    rows = nominations.defer("edition__description").order_by()
    return _last((row.person_id, row.edition) for row in rows)


def last_asked(people: Sequence[UUID]) -> Mapping[UUID, datetime]:
    """By person: the end of the last edition for which they were asked to nominate others."""
    invitations = Invitation.objects.filter(focal_point__in=people).select_related("call__edition")
    return _last((row.focal_point_id, row.call.edition) for row in invitations.order_by())


def _last(involved: Iterable[tuple[UUID, Edition]]) -> dict[UUID, datetime]:
    last: dict[UUID, datetime] = {}
    for person, edition in involved:
        moment = edition.moment(edition.ends_on, time.max)
        last[person] = max(last.get(person, moment), moment)
    return last


def forget(person: Person) -> None:
    """Empty the codes that stand beside the personal texts of somebody's nominations.

    Their merit and scores go, and the papers that brought nobody else; that their country nominated
    somebody, and what became of it, stays. Nobody is written to at their address any more.
    """
    nominations = Nomination.objects.filter(person=person)
    Invitation.objects.filter(focal_point=person).update(focal_point=None)
    erasure.empty(Endorsement.objects.filter(endorser=person), ["name"])
    _forget_papers(nominations)
    Answer.objects.filter(nomination__in=nominations).delete()
    Screening.objects.filter(nomination__in=nominations).delete()
    Merit.objects.filter(nomination__in=nominations).delete()
    nominations.update(
        sex="", sector="", years_experience=None, language_level=None, attended_before=None,
        organisation=None, endorsed_on=None,
    )  # fmt: skip


def _forget_papers(nominations: QuerySet[Nomination]) -> None:
    """Empty letters that brought these alone, and files of which a line became one of these.

    A file that has been written is done with: all that it said goes, for its lines share a key. Of
    one that is still to be settled, the lines about these go.
    """
    for entry in Correspondence.objects.filter(nominations__in=nominations).distinct():
        brought = entry.nominations.count()
        alone = brought == entry.nominations.filter(pk__in=nominations).count()
        if alone and (entry.nominees_stated or brought) <= brought:
            _empty(entry)
    lines = ImportRow.objects.filter(Q(nomination__in=nominations) | Q(matches__in=nominations))
    for batch in Import.objects.filter(rows__in=lines).distinct():
        if batch.state == Import.State.OPEN:
            own = lines.filter(batch=batch)
            erasure.empty(own, ["content"])
            own.update(decision=ImportRow.Decision.SKIP)
        else:
            erasure.empty(batch.rows.all(), ["content"])
            _empty(batch)
            batch.rows.update(subject=batch.subject)


def _empty(thing: Import | Correspondence) -> None:
    """Remove what stands in a letter or a file, and its key: no backup can be read either."""
    for file in files.of(thing):
        files.remove(file, actor=None)
    key, thing.subject = thing.subject, SubjectKey.create()
    for personal in thing.personal_fields():
        setattr(thing, personal.attname, "")
    thing.save()
    key.destroy()


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
