"""What goes of certificates when somebody is erased.

Names, reasons and files are under the key of the person and go with it; that a certificate of a
number was issued stays, so that whoever was shown it can still verify it.
"""

from madang.certificates.models import Certificate, Exemption
from madang.people.models import Person


def forget(person: Person) -> None:
    """Nothing of somebody is shown any more, and certificates that are only listed are not made."""
    mine = Certificate.objects.filter(participation__person=person)
    mine.filter(document=None).delete()
    mine.update(shows_name=False)
    Exemption.objects.filter(participation__person=person).delete()
