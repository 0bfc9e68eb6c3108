"""What goes of letters when somebody is erased; what is under their own key goes by itself."""

from madang.cohorts import letter_wordings
from madang.cohorts.actions import passports
from madang.cohorts.models import Letter
from madang.core import files
from madang.core.models import SubjectKey
from madang.nominations.models import Nomination
from madang.people.models import Person


def forget(person: Person) -> None:
    """Remove passport data, and the files of letters to ministries that may name the person."""
    passports.forget(person)
    nominations = Nomination.objects.filter(person=person)
    for edition, country in nominations.values_list("edition_id", "country_id"):
        letters = Letter.objects.filter(
            batch__edition=edition,
            batch__kind__in=letter_wordings.TO_MINISTRIES,
            invitation__country=country,
            file__isnull=False,
        )
        for letter in letters:
            _forget_file(letter)


def _forget_file(letter: Letter) -> None:
    """The letter stays with its number, its file does not: not in a backup either."""
    for file in files.of(letter):
        files.remove(file, actor=None)
    key, letter.subject, letter.remark = letter.subject, SubjectKey.create(), ""
    letter.save(update_fields=["subject", "remark"])
    key.destroy()
