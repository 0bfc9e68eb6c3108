"""What goes when somebody is erased."""

from madang.logistics.models import (
    BusSeat,
    EmergencyContact,
    Errand,
    Leg,
    Needs,
    NoAllowance,
    Protocol,
    Stay,
    TablePlace,
)
from madang.people.models import Person


def forget_travel(person: Person) -> None:
    """Remove every row about somebody's journey, needs and nights, and where others name them."""
    for model in (Errand, Leg, Needs, EmergencyContact):
        model.objects.filter(participation__person=person).delete()
    Stay.objects.filter(together_with__person=person).update(together_with=None)
    Stay.objects.filter(participation__person=person).delete()


def forget_hospitality(person: Person) -> None:
    """Remove somebody's protocol and their seats; what was spent on them stays in the books."""
    for model in (Protocol, BusSeat, TablePlace, NoAllowance):
        model.objects.filter(participation__person=person).delete()
