"""Who may answer which form, and who has handed it in."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from madang.core import clock, texts
from madang.evaluation import box
from madang.evaluation.models import Form, HandedIn, Slip
from madang.workshops.models import Edition, Participation, Session, SignUp

_SIGN_UP = Session.Audience.SIGN_UP


@dataclass(frozen=True)
class Mine:
    """A form that somebody may answer, and whether they have."""

    form: Form
    is_done: bool


def entitled(form: Form) -> QuerySet[Participation]:
    """Who may answer a form: participants, those with a place where one signs up for it."""
    found = Participation.objects.so_far().filter(
        edition=form.edition_id,
        kind=Participation.Kind.PARTICIPANT,
        state=Participation.State.EXPECTED,
    )
    if form.session is not None and form.session.audience == _SIGN_UP:
        found = found.filter(sign_ups__session=form.session, sign_ups__state=SignUp.State.CONFIRMED)
    return found


def open_forms(edition_id: UUID) -> QuerySet[Form]:
    """What can be answered now."""
    return Form.objects.filter(
        edition=edition_id, state=Form.State.OPEN, closes_at__gt=clock.now()
    ).select_related("session")


def mine(participation: Participation) -> list[Mine]:
    """The open forms that somebody may answer (three queries with the texts, one without any)."""
    if participation.kind != Participation.Kind.PARTICIPANT:
        return []
    place = SignUp.objects.filter(
        session=OuterRef("session"),
        participation=participation,
        state=SignUp.State.CONFIRMED,
    )
    forms = list(
        open_forms(participation.edition_id).filter(
            Q(session__isnull=True) | ~Q(session__audience=_SIGN_UP) | Exists(place)
        )
    )
    if not forms:
        return []
    texts.prefetch({form.session.pk: form.session for form in forms if form.session}.values())
    used = _used(box.slip_id(box.token(form, participation.pk)) for form in forms)
    return [Mine(form, box.slip_id(box.token(form, participation.pk)) in used) for form in forms]


def told_to(participation: Participation) -> list[Form]:
    """The closed forms about sessions in which somebody has a part (two queries at most)."""
    forms = Form.objects.filter(
        state=Form.State.CLOSED, speakers__participation=participation
    ).select_related("session")
    found = list(forms)
    texts.prefetch({form.session.pk: form.session for form in found if form.session}.values())
    return found


def has_handed_in(form: Form, participation: Participation) -> bool:
    """Whether somebody's slip of an open form is used (one query)."""
    return bool(_used([box.slip_id(box.token(form, participation.pk))]))


def handed_in(edition: Edition) -> set[UUID]:
    """Who handed in the end evaluation, by participation: never when, and never joined to answers.

    While it is open this follows from the used slips, afterwards from what was written at closing.
    """
    form = Form.objects.filter(edition=edition, kind=Form.Kind.END).first()
    if form is None:
        return set()
    if form.state == Form.State.OPEN:
        return who_handed_in(form)
    return set(HandedIn.objects.filter(form=form).values_list("participation_id", flat=True))


def who_handed_in(form: Form) -> set[UUID]:
    """The same of any open form: the slips of everybody in the edition are looked for."""
    everybody = Participation.objects.filter(edition=form.edition_id).values_list("pk", flat=True)
    of = box.slips(form, everybody)
    return {of[slip] for slip in _used(of) if slip in of}


def _used(slips: Iterable[str]) -> set[str]:
    found = Slip.objects.filter(pk__in=list(slips), is_used=True)
    return set(found.values_list("pk", flat=True))
