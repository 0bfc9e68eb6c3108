"""What goes when somebody is erased."""

from django.utils.translation import gettext as _

from madang.logistics.models import (
    BusSeat,
    EmergencyContact,
    Errand,
    Expense,
    Leg,
    Needs,
    NoAllowance,
    Payment,
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
    """Remove somebody's protocol and their seats; of what was spent on them the figures stay."""
    for model in (Protocol, BusSeat, TablePlace, NoAllowance):
        model.objects.filter(participation__person=person).delete()
    expenses = Expense.objects.filter(participation__person=person)
    payments = Payment.objects.filter(expense__in=expenses)
    # Their receipts are under the person's key and go with it.
    payments.update(no_receipt_because=_("It was about a person whose data were erased."))
    payments.exclude(beyond_because="").update(
        beyond_because=_("It was about a person whose data were erased.")
    )
    for kind, label in Expense.Kind.choices:
        expenses.filter(kind=kind).update(description=label)
