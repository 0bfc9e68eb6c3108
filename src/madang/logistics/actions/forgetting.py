"""What goes when somebody is erased."""

from madang.logistics.models import EmergencyContact, Errand, Leg, Needs, Stay
from madang.people.models import Person


def forget_travel(person: Person) -> None:
    """Remove every row about somebody's journey, needs and nights, and where others name them."""
    for model in (Errand, Leg, Needs, EmergencyContact):
        model.objects.filter(participation__person=person).delete()
    Stay.objects.filter(together_with__person=person).update(together_with=None)
    Stay.objects.filter(participation__person=person).delete()
