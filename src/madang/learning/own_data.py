"""What a person is shown of their own tests; nobody else is."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from madang.learning import answering, pseudonyms
from madang.learning.models import Answer, Sitting
from madang.people.models import Person


def tests(person: Person) -> Iterable[Mapping[str, Any]]:
    """Tests that somebody was asked to take, and what they answered, with whether it was right.

    Whether it was right is told once the test is over, as on their page.
    """
    sittings = Sitting.objects.filter(participation__person=person)
    for sitting in sittings.select_related("exam__edition").order_by("exam__opens_at"):
        yield {
            _("edition"): str(sitting.exam.edition.wording("title")),
            _("test"): sitting.exam.get_kind_display(),
            _("state"): sitting.get_state_display(),
        }
        answers = Answer.objects.filter(
            sheet__exam=sitting.exam_id, sheet__pseudonym=pseudonyms.of(sitting.participation_id)
        )
        for answer in answers.select_related("item__version_asked").order_by("item__order"):
            content = answer.item.version_asked.content
            row = {
                _("question"): str(content.wording()),
                _("answer"): answering.shown(content, answer.given),
            }
            if sitting.exam.is_over:
                row[_("right")] = _("yes") if answering.is_right(content, answer.given) else _("no")
            yield row
