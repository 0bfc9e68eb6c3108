"""What one person is asked, has answered, and is told afterwards – nobody else."""

from dataclasses import dataclass
from uuid import UUID

from madang.learning import answering, parallel, pseudonyms
from madang.learning.answering import Question
from madang.learning.content import Content
from madang.learning.models import Exam, ExamItem, Sheet, Sitting
from madang.workshops.models import Participation


@dataclass(frozen=True)
class Marked:
    """A question with what was answered, and what is right."""

    number: int
    content: Content
    given: str
    right: str
    is_right: bool

    @property
    def kind(self) -> str:
        return self.content.kind


@dataclass(frozen=True)
class OwnResult:
    """One's own result; `before` and `gain` with the second test only."""

    marked: list[Marked]
    before: float | None = None

    @property
    def right(self) -> int:
        return sum(each.is_right for each in self.marked)

    @property
    def share(self) -> float:
        return self.right / len(self.marked) if self.marked else 0

    @property
    def gain(self) -> float | None:
        """The normalised gain; None where there was nothing left to learn, or no first test."""
        if self.before is None or self.before >= 1:
            return None
        return (self.share - self.before) / (1 - self.before)


def exam_of(participation: Participation, kind: str) -> Exam | None:
    """A test of the edition that is published or over."""
    return (
        Exam.objects.filter(edition=participation.edition_id, kind=kind)
        .exclude(state=Exam.State.DRAFT)
        .first()
    )


def sitting_of(exam: Exam, participation: Participation) -> Sitting | None:
    return Sitting.objects.filter(exam=exam, participation=participation).first()


def sheet_of(exam: Exam, participation: Participation) -> Sheet | None:
    sheet = Sheet.objects.filter(exam=exam, pseudonym=pseudonyms.of(participation.pk)).first()
    if sheet is not None:
        sheet.exam = exam
    return sheet


def questions(sheet: Sheet) -> list[tuple[ExamItem, Question]]:
    """What a sheet asks, in its own order, with what was answered so far (two queries)."""
    return [
        (
            item,
            answering.question(
                number, item.version_asked.content, given, sheet=sheet.pk, item=item.pk
            ),
        )
        for number, (item, given) in enumerate(_in_order(sheet), start=1)
    ]


def result(exam: Exam, participation: Participation) -> OwnResult | None:
    """One's own result once the test is over and was handed in (at most seven queries)."""
    sheet = sheet_of(exam, participation)
    if sheet is None or not sheet.is_handed_in or not exam.is_over:
        return None
    before = None
    if exam.kind == Exam.Kind.POST:
        pre = exam_of(participation, Exam.Kind.PRE)
        first = result(pre, participation) if pre else None
        before = first.share if first else None
    return OwnResult(_marked(sheet), before)


def _marked(sheet: Sheet) -> list[Marked]:
    found = []
    for number, (item, given) in enumerate(_in_order(sheet), start=1):
        content = item.version_asked.content
        found.append(
            Marked(
                number=number,
                content=content,
                given=answering.shown(content, given),
                right=answering.right_answer(content),
                is_right=answering.is_right(content, given),
            )
        )
    return found


def _in_order(sheet: Sheet) -> list[tuple[ExamItem, str]]:
    """The items of a sheet, module after module, shuffled within each by the sheet's own lot."""
    given: dict[UUID, str] = dict(sheet.answers.values_list("item_id", "given"))
    items = parallel.items_of(sheet)
    place = {item.pk: answering.lot(sheet.exam.seed, sheet.pk, item.pk) for item in items}
    modules = {item.module_id: item.order for item in reversed(items)}
    items.sort(key=lambda item: (modules[item.module_id], place[item.pk]))
    return [(item, given.get(item.pk, "")) for item in items]
