"""Until when nominations keep people involved, and what goes when somebody is erased."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from uuid import UUID

from madang.nominations.models import Nomination
from madang.people.models import Person


def last_days(people: Sequence[UUID]) -> Mapping[UUID, datetime]:
    """By person: the end of the last edition for which they were nominated."""
    last: dict[UUID, datetime] = {}
    nominations = Nomination.objects.filter(person__in=people).select_related("edition")
    for nomination in nominations.defer("edition__description").order_by():
        edition = nomination.edition
        moment = edition.moment(edition.ends_on, time.max)
        last[nomination.person_id] = max(last.get(nomination.person_id, moment), moment)
    return last


def forget(person: Person) -> None:
    """Empty the codes that stand beside the personal texts of somebody's nominations.

    Their merit and scores go; that their country nominated somebody, and what became of it, stays.
    """
    from madang.nominations.models import Answer, Merit, Screening

    nominations = Nomination.objects.filter(person=person)
    Answer.objects.filter(nomination__in=nominations).delete()
    Screening.objects.filter(nomination__in=nominations).delete()
    Merit.objects.filter(nomination__in=nominations).delete()
    nominations.update(
        sex="", sector="", years_experience=None, language_level=None, attended_before=None,
        organisation=None, endorsed_on=None,
    )  # fmt: skip
