"""Once a test is over: its results are worked out once, kept for good, and told."""

from uuid import UUID

from django.db import transaction

from madang.core import audit, clock, limits
from madang.core.transitions import TransitionRefusedError
from madang.learning import answering, parallel
from madang.learning.analysis import counting
from madang.learning.analysis.counting import Asked, Before, Frozen, Taken
from madang.learning.models import Exam, ExamItem, Result, Sheet
from madang.methods.documents import plain

SECONDS, MEGABYTES = 60, 1024


def freeze_due() -> int:
    """Freeze every test whose time is over, the earlier ones first; returns how many."""
    due = Exam.objects.filter(state=Exam.State.PUBLISHED, closes_at__lte=clock.now())
    keys = list(due.order_by("closes_at").values_list("pk", flat=True))
    for key in keys:
        freeze(Exam.objects.get(pk=key), actor=None)
    return len(keys)


def freeze(exam: Exam, *, actor: audit.Actor | None) -> None:
    """Work out and keep the results of a test; sheets that were not handed in are deleted.

    Raises `TransitionRefusedError` while it can be taken, or where it is frozen already.
    """
    refusal = exam.freeze.refusal()
    if refusal is not None:
        raise TransitionRefusedError(str(refusal))
    frozen = _work_out(exam)
    with transaction.atomic():
        exam.freeze(actor=actor)
        learned = plain(frozen.learned) if frozen.learned is not None else None
        Result(exam=exam, content=plain(frozen.test), gain=learned).save(force_insert=True)
        exam.sheets.filter(is_handed_in=False).delete()


def _work_out(exam: Exam) -> Frozen:
    before = None
    if exam.kind == Exam.Kind.POST:
        earlier = Exam.objects.filter(
            edition=exam.edition_id, kind=Exam.Kind.PRE, state=Exam.State.FROZEN
        ).select_related("result")
        for pre in earlier:
            before = Before(*_read(pre), told=pre.result.content["n"])
    found: Frozen = limits.run_limited(
        counting.freeze, args=(*_read(exam), before), seconds=SECONDS, megabytes=MEGABYTES
    )
    return found


def _read(exam: Exam) -> tuple[tuple[Asked, ...], tuple[Taken, ...]]:
    """The questions of a test and the answers handed in, as plain values (three queries)."""
    items = list(exam.items.select_related("version_asked__item"))
    sheets = exam.sheets.filter(is_handed_in=True).prefetch_related("answers")
    # In no order of time.
    return (
        tuple(map(_asked, items)),
        tuple(_taken(sheet, items) for sheet in sheets.order_by("pseudonym")),
    )


def _asked(item: ExamItem) -> Asked:
    version = item.version_asked
    chosen_from, right = answering.one_of(version.content)
    return Asked(
        item=str(item.pk),
        version=str(version.pk),
        module=str(item.module_id or ""),
        competency=str(version.item.competency_id or ""),
        choices=chosen_from,
        right=right,
    )


def _taken(sheet: Sheet, items: list[ExamItem]) -> Taken:
    given: dict[UUID, str] = {answer.item_id: answer.given for answer in sheet.answers.all()}
    asked = parallel.asked(items, sheet.form)
    return Taken(
        person=sheet.pseudonym,
        right={
            str(item.pk): int(
                answering.is_right(item.version_asked.content, given.get(item.pk, ""))
            )
            for item in asked
        },
        given={str(key): text for key, text in given.items()},
    )
