"""Parallel forms: who is asked which items of a test.

Whoever has form A before the week has form B after it and the other way round, half of the people
each, so that neither form's being harder looks like learning.
"""

import hashlib
from collections.abc import Iterable

from madang.learning.models import Exam, ExamItem, Sheet
from madang.learning.models.exam import Form


def form_of(exam: Exam, pseudonym: str) -> str:
    """The form of somebody in a test; "" where the test has only one."""
    if not exam.items.exclude(form=Form.BOTH).exists():
        return Form.BOTH
    first = hashlib.sha256(f"{exam.edition_id}:{pseudonym}".encode()).digest()[0] % 2
    is_a = first == (exam.kind == Exam.Kind.PRE)
    return Form.A if is_a else Form.B


def asked(items: Iterable[ExamItem], form: str) -> list[ExamItem]:
    """Those of a test's items that a form asks."""
    return [item for item in items if item.form in {Form.BOTH, form}]


def items_of(sheet: Sheet) -> list[ExamItem]:
    """The items of a sheet, in the order of the test, with the versions that are asked."""
    items = ExamItem.objects.filter(exam=sheet.exam_id).select_related("version_asked")
    return asked(items, sheet.form)
