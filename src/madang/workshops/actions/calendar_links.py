"""Making, renewing and ending the secret address of one's own calendar."""

from django.db import transaction

from madang.core import audit, clock
from madang.core.audit import Actor
from madang.people.models import Person
from madang.workshops.calendars import tokens
from madang.workshops.models import CalendarLink, Participation


@transaction.atomic
def renew(participation: Participation, *, actor: Actor) -> CalendarLink:
    """Give somebody an address; one that they had before stops to answer."""
    # Who asks twice at once waits here: there may be no link yet that could be locked.
    Participation.objects.select_for_update(of=("self",)).get(pk=participation.pk)
    link = CalendarLink.objects.filter(participation=participation).first()
    verb = "calendar_link.renewed" if link else "calendar_link.made"
    if link is None:
        link = CalendarLink(participation=participation)
    else:
        link.serial += 1
    link.digest = tokens.digest(tokens.token(link))
    link.save()
    audit.record(actor, verb, participation)
    return link


@transaction.atomic
def stop(participation: Participation, *, actor: Actor) -> None:
    """Take the address back; stopping twice does no harm."""
    removed, _by_model = CalendarLink.objects.filter(participation=participation).delete()
    if removed:
        audit.record(actor, "calendar_link.stopped", participation)


def forget(person: Person) -> None:
    """Remove the addresses of somebody whose data are erased."""
    CalendarLink.objects.filter(participation__person=person).delete()


def purge() -> int:
    """Remove the addresses whose time is over; returns how many."""
    longest_ago = clock.now().date() - tokens.LASTS
    removed, _by_model = CalendarLink.objects.filter(
        participation__edition__ends_on__lt=longest_ago
    ).delete()
    return removed
