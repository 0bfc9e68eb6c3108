"""Making the forms from the published programme, again after each change of it."""

from django.db import transaction

from madang.core import audit
from madang.evaluation import standard
from madang.evaluation.models import Form, Speaker
from madang.evaluation.queries import planned
from madang.evaluation.queries.planned import Wanted
from madang.workshops.models import Edition


@transaction.atomic
def make(edition: Edition, *, actor: audit.Actor | None) -> int:
    """Bring the forms in line with the published programme; returns how many changed.

    Edited questions and times stay, and so do forms that opened. A form of something that the
    programme does not have any more goes, unless it was edited.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    forms = Form.objects.filter(edition=edition).select_related("session")
    here = {planned.place(form): form for form in forms.prefetch_related("speakers")}
    changed, new = 0, []
    for each in planned.wanted(edition):
        form = here.pop(each.place, None)
        if form is None:
            new.append(_new(edition, each))
        elif form.is_prepared:
            changed += _follow(form, each)
    Form.objects.bulk_create(form for form, _each in new)
    Speaker.objects.bulk_create(
        Speaker(form=form, participation_id=speaker, number=number, version=1)
        for form, each in new
        for number, speaker in enumerate(each.speakers, start=1)
    )
    standard.fill([form for form, _each in new])
    for form in here.values():
        if form.is_prepared and not form.has_own_questions:
            form.delete()
            changed += 1
    changed += len(new)
    if changed:
        audit.record(actor, "evaluation_forms.made", edition, scope=edition.pk, number=changed)
    return changed


def _new(edition: Edition, each: Wanted) -> tuple[Form, Wanted]:
    form = Form(
        edition=edition,
        kind=each.kind,
        day=each.day,
        session_id=each.session_id,
        opens_at=each.opens_at,
        closes_at=each.closes_at,
        version=1,
    )
    return form, each


def _follow(form: Form, each: Wanted) -> int:
    """Take over times and speakers; returns 1 where something changed."""
    moved = planned.is_moved(form, each)
    if moved:
        form.opens_at, form.closes_at = each.opens_at, each.closes_at
        form.save()
    here = {speaker.participation_id: speaker for speaker in form.speakers.all()}
    number = max((speaker.number for speaker in here.values()), default=0)
    for speaker in each.speakers:
        if speaker not in here:
            number += 1
            Speaker.objects.create(form=form, participation_id=speaker, number=number)
    gone = here.keys() - set(each.speakers)
    form.speakers.filter(participation__in=gone).delete()
    return int(moved or bool(gone) or bool(set(each.speakers) - here.keys()))
