"""Making a test: when, of which items, and that the second is like the first."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit
from madang.learning.models import Exam, ExamItem, Item
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Edition

MOST_ITEMS = 60


@transaction.atomic
def plan(
    edition: Edition,
    kind: str,
    values: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: audit.Actor | None,
) -> Exam:
    """Say when a test can be taken; the first time makes it.

    Until it is closed the end may be moved, and before it opens the beginning: nothing is known of
    its results. Raises `RefusedError` and `StaleRecordError`.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    exam = Exam.objects.filter(edition=edition, kind=kind).first()
    if exam is None:
        exam = Exam(edition=edition, kind=kind, **values)
        exam.save(force_insert=True)
        audit.record(actor, "exam.added", exam)
        return exam
    if exam.is_over:
        raise RefusedError(_("Its time is over: nothing is changed any more."))
    changed = [name for name, value in values.items() if getattr(exam, name) != value]
    for name in changed:
        setattr(exam, name, values[name])
    if exam.state == Exam.State.PUBLISHED:
        refusal = exam.unfit()
        if refusal is not None:
            raise RefusedError(refusal)
    if changed:
        exam.save(expected_version=expected_version)
        audit.record(actor, "exam.changed", exam, fields=changed)
    return exam


@transaction.atomic
def choose_items(exam: Exam, forms: Mapping[UUID, str], *, actor: audit.Actor | None) -> None:
    """Let a test ask these items (their newest versions), by whom each is asked.

    Items that are asked already keep the version that stands in the test only where it is still
    the newest. Raises `RefusedError` once the test is published.
    """
    exam = Exam.objects.select_for_update().get(pk=exam.pk)
    _require_draft(exam)
    if len(forms) > MOST_ITEMS:
        raise RefusedError(_("A test asks %(most)s questions at most.") % {"most": MOST_ITEMS})
    modules = dict(exam.edition.modules.values_list("number", "pk"))
    items = Item.objects.filter(
        series=exam.edition.series_id, state=Item.State.OFFERED, pk__in=list(forms)
    )
    exam.items.all().delete()
    for order, item in enumerate(items.order_by("module_number", "pk"), start=1):
        ExamItem(
            exam=exam,
            version_asked_id=item.newest_id,
            module_id=modules.get(item.module_number),
            form=forms[item.pk],
            order=order,
        ).save(force_insert=True)
    audit.record(actor, "exam.chosen", exam, number=exam.items.count())


@transaction.atomic
def take_same_items(exam: Exam, other: Exam, *, actor: audit.Actor | None) -> None:
    """Ask exactly what another test of the edition asks, so that both can be compared."""
    exam = Exam.objects.select_for_update().get(pk=exam.pk)
    _require_draft(exam)
    exam.items.all().delete()
    for item in other.items.all():
        ExamItem(
            exam=exam,
            version_asked_id=item.version_asked_id,
            module_id=item.module_id,
            form=item.form,
            order=item.order,
        ).save(force_insert=True)
    audit.record(actor, "exam.chosen", exam, number=exam.items.count())


def _require_draft(exam: Exam) -> None:
    if exam.state != Exam.State.DRAFT:
        raise RefusedError(_("It is published: what is asked stays as it is."))
