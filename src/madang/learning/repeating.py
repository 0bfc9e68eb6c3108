"""What the tests of an edition become when it is run again."""

from django.utils.translation import gettext_lazy as _

from madang.learning.models import Exam, ExamItem, Item
from madang.workshops.actions.repeat import Copying, Part


def _tests(copying: Copying) -> None:
    """Tests as drafts, on the same days of the week's course; each asks the newest versions.

    Items that were retired stay behind, and so do all answers and results.
    """
    exams = list(Exam.objects.filter(edition=copying.source))
    for exam in exams:
        made = Exam(
            edition_id=copying.target.pk,
            kind=exam.kind,
            opens_at=copying.moment(exam.opens_at),
            closes_at=copying.moment(exam.closes_at),
            minutes=exam.minutes,
        )
        made.save(force_insert=True)
        copying.copies[exam.pk] = made.pk
    items = ExamItem.objects.filter(
        exam__in=exams, version_asked__item__state=Item.State.OFFERED
    ).select_related("version_asked__item")
    copying.copy(
        list(items),
        lambda item: {
            "exam_id": copying.copies[item.exam_id],
            "version_asked_id": item.version_asked.item.newest_id,
            "module_id": copying.copy_of(item.module_id),
        },
    )


TESTS = Part(
    "tests",
    _("Tests"),
    _("before and after the week, with the newest version of their questions"),
    _tests,
    helped_by=("modules",),
)
