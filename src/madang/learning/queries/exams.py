"""Tests as the secretariat prepares them: what they ask and how many took them – if five did."""

from dataclasses import dataclass

from django.db.models import Count, Q

from madang.core import texts
from madang.learning.analysis.suppression import FLOOR
from madang.learning.models import Exam, ExamItem, Sitting
from madang.workshops.models import Edition


@dataclass(frozen=True)
class Planned:
    """A test of an edition, perhaps not planned yet. `handed_in` is None below five."""

    kind: str
    exam: Exam | None
    items: int = 0
    handed_in: int | None = None

    @property
    def label(self) -> str:
        return str(Exam.Kind(self.kind).label)


def planned(edition: Edition) -> list[Planned]:
    """Both tests of an edition (one query)."""
    exams = Exam.objects.filter(edition=edition).annotate(
        asks=Count("items", distinct=True),
        taken=Count("sittings", filter=Q(sittings__state=Sitting.State.HANDED_IN), distinct=True),
    )
    by_kind = {exam.kind: exam for exam in exams}
    return [_planned(str(kind), by_kind.get(kind)) for kind in Exam.Kind.values]


def _planned(kind: str, exam: Exam | None) -> Planned:
    if exam is None:
        return Planned(kind, None)
    taken = exam.taken  # type: ignore[attr-defined]
    return Planned(kind, exam, exam.asks, taken if taken >= FLOOR else None)  # type: ignore[attr-defined]


def items(exam: Exam) -> list[ExamItem]:
    """What a test asks, in its order, with modules and competencies (three queries)."""
    found = list(
        exam.items.select_related(
            "version_asked__item__competency", "version_asked__item", "module"
        )
    )
    texts.prefetch_referred(found, "module")
    texts.prefetch_referred([it.version_asked.item for it in found], "competency")
    return found
