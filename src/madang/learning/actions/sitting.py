"""Taking a test: beginning, answering one by one, handing in, or not.

Lines of the audit trail name nobody here: that somebody took a test is for themselves and for a
certificate that asks for it, and what they answered for themselves alone.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit
from madang.learning import parallel, pseudonyms
from madang.learning.models import Answer, Exam, Sheet, Sitting
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Participation


@transaction.atomic
def begin(exam: Exam, participation: Participation) -> Sheet:
    """The sheet of somebody, made the first time; whoever declined may take it after all.

    Raises `RefusedError` where the test can't be taken now or was handed in.
    """
    exam = Exam.objects.select_for_update().get(pk=exam.pk)
    if not exam.is_open:
        raise RefusedError(_("This test can't be taken now."))
    sitting = _sitting(exam, participation)
    if sitting.state == Sitting.State.HANDED_IN:
        raise RefusedError(_("You have handed this test in."))
    if sitting.state == Sitting.State.DECLINED:
        sitting.resume(actor=None)
    pseudonym = pseudonyms.of(participation.pk)
    sheet, _made = Sheet.objects.get_or_create(
        exam=exam,
        pseudonym=pseudonym,
        defaults={"form": parallel.form_of(exam, pseudonym)},
    )
    return sheet


@transaction.atomic
def decline(exam: Exam, participation: Participation) -> None:
    """Note that somebody would rather not; what they have answered is deleted.

    Raises `TransitionRefusedError` where the test is over or handed in.
    """
    exam = Exam.objects.select_for_update().get(pk=exam.pk)
    if not exam.is_open:
        raise RefusedError(_("This test can't be taken now."))
    sitting = _sitting(exam, participation)
    if sitting.state != Sitting.State.DECLINED:
        sitting.decline(actor=None)
    Sheet.objects.filter(exam=exam, pseudonym=pseudonyms.of(participation.pk)).delete()


@transaction.atomic
def answer(sheet: Sheet, given: Mapping[UUID, str]) -> None:
    """Keep answers by the ids of the test's items; an empty one takes the answer back.

    Raises `RefusedError` where the sheet was handed in or the time is over.
    """
    stored = (
        Sheet.objects.select_for_update(of=("self",))
        .select_related("exam")
        .filter(pk=sheet.pk)
        .first()
    )
    if stored is None or stored.is_handed_in:
        raise RefusedError(_("You have handed this test in."))
    if not stored.exam.is_open:
        raise RefusedError(_("The time of this test is over."))
    asked = {item.pk for item in parallel.items_of(stored)}
    for item_id, text in given.items():
        if item_id not in asked:
            continue
        if text:
            Answer.objects.update_or_create(sheet=stored, item_id=item_id, defaults={"given": text})
        else:
            Answer.objects.filter(sheet=stored, item_id=item_id).delete()


@transaction.atomic
def hand_in(exam: Exam, participation: Participation) -> None:
    """Hand a test in: what is not answered counts as not known.

    Raises `TransitionRefusedError` where it is handed in already, or its time is over.
    """
    exam = Exam.objects.select_for_update().get(pk=exam.pk)
    sitting = Sitting.objects.filter(exam=exam, participation=participation).first()
    if sitting is None:
        raise RefusedError(_("You have not begun this test."))
    sitting.hand_in(actor=None)
    Sheet.objects.filter(exam=exam, pseudonym=pseudonyms.of(participation.pk)).update(
        is_handed_in=True
    )


def _sitting(exam: Exam, participation: Participation) -> Sitting:
    sitting = Sitting.objects.filter(exam=exam, participation=participation).first()
    if sitting is None:
        sitting = Sitting(exam=exam, participation=participation)
        sitting.save(force_insert=True)
        audit.record(None, "sitting.begun", sitting)
    return sitting
