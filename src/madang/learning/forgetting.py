"""What goes: answers some time after the week, and everything of somebody who is erased."""

from datetime import timedelta

from madang.core import clock, overwriting
from madang.learning import pseudonyms
from madang.learning.models import Sheet, Sitting
from madang.people.models import Person
from madang.workshops.models import Edition, Participation

# After the last day of the edition: time enough to read one's own results at home.
KEPT = timedelta(days=180)


def remove_answers() -> int:
    """Delete the sheets of editions that are long over; returns how many people's."""
    day = (clock.now() - KEPT).date()
    over = Edition.objects.filter(ends_on__lt=day)
    sheets = Sheet.objects.filter(exam__edition__in=over)
    people = sheets.values("pseudonym").distinct().count()
    sheets.delete()
    if people:
        overwriting.after_commit()
    return people


def forget(person: Person) -> None:
    """Delete what somebody answered, and that they were asked."""
    taking = list(Participation.objects.filter(person=person).values_list("pk", flat=True))
    Sheet.objects.filter(pseudonym__in=pseudonyms.of_all(taking)).delete()
    Sitting.objects.filter(participation__in=taking).delete()
