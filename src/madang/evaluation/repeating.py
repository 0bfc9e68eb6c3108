"""What evaluations take over when an edition is run again."""

from django.utils.translation import gettext_lazy as _

from madang.evaluation.actions import asking
from madang.evaluation.models import Form
from madang.workshops.actions.repeat import Copying, Part


def _forms(copying: Copying) -> None:
    """Forms with questions of their own; the others are made from the new programme."""
    edited = Form.objects.filter(edition=copying.source, has_own_questions=True)
    for form in edited.select_related("edition"):
        session = copying.copy_of(form.session_id)
        if form.kind == Form.Kind.SESSION and session is None:
            continue
        day = None
        if form.day is not None:
            day = copying.target.starts_on + (form.day - copying.source.starts_on)
        copy = Form.objects.create(
            edition=copying.target,
            kind=form.kind,
            day=day,
            session_id=session,
            opens_at=copying.moment(form.opens_at),
            closes_at=copying.moment(form.closes_at),
            has_own_questions=True,
        )
        asking.copy_questions(list(form.questions.prefetch_related("choices")), copy)


PARTS = (
    Part(
        "evaluation_forms",
        _("Evaluation forms"),
        _("those whose questions were changed; the others are made from the programme"),
        _forms,
        helped_by=("sessions",),
    ),
)
