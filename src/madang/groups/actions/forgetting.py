"""What goes when somebody is erased, and what goes with time."""

from datetime import timedelta

from django.db import transaction

from madang.core import clock
from madang.groups.models import Absence, Group, Member
from madang.people.models import Person

KEPT = timedelta(days=30)


def forget(person: Person) -> None:
    """Remove somebody from their groups; what these concluded stays, written by nobody."""
    Member.objects.filter(participation__person=person).delete()
    Absence.objects.filter(participation__person=person).delete()
    Group.objects.filter(rapporteur__person=person).update(rapporteur=None)


@transaction.atomic
def remove_absences() -> int:
    """Remove who was away when, thirty days after the workshop; returns of how many people."""
    over = Absence.objects.filter(participation__edition__ends_on__lt=clock.now().date() - KEPT)
    number = over.values("participation__person").distinct().count()
    over.delete()
    return number
