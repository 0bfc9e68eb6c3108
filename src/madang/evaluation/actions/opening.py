"""Forms open, take answers, and close with what may be told of these."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, clock, locales, overwriting
from madang.evaluation import box, published, questions, suppression
from madang.evaluation.models import Ballot, Comment, Form, HandedIn, Outcome, Question, Slip
from madang.evaluation.queries import answering
from madang.evaluation.questions import Item
from madang.evaluation.suppression import FLOOR
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records

Answers = Mapping[str, str]


class HandedInError(Exception):
    """These answers are not taken: the token is no one's, or was used; the text says which."""


@transaction.atomic
def set_times(
    form: Form, opens_at: datetime, closes_at: datetime, *, version: int, actor: audit.Actor
) -> None:
    """Say from when until when a form is open; the programme does not change it any more."""
    stored = Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
    if stored.state == Form.State.CLOSED:
        raise RefusedError(_("The form is closed."))
    if closes_at <= opens_at:
        raise RefusedError(_("It has to close after it opens."), "closes_at")
    if stored.state == Form.State.OPEN and closes_at <= clock.now():
        raise RefusedError(_("That is past: close the form instead."), "closes_at")
    values = {"opens_at": opens_at, "closes_at": closes_at, "has_own_times": True}
    records.change(stored, values, "evaluation_form.changed", expected_version=version, actor=actor)


@transaction.atomic
def open_form(form: Form, *, actor: audit.Actor | None) -> None:
    """Let a form be answered. Raises `RefusedError` where nothing could come of it."""
    entitled = list(answering.entitled(form).values_list("pk", flat=True))
    if len(entitled) < FLOOR:
        raise RefusedError(
            _("Fewer than %(floor)s people would be asked: nothing could be told of it.")
            % {"floor": locales.number(FLOOR)}
        )
    if not form.questions.exists():
        raise RefusedError(_("The form asks nothing yet."))
    if form.closes_at is None or form.closes_at <= clock.now():
        raise RefusedError(_("The time until which it is open has passed: set another."))
    form.open(actor=actor, fields={"key": box.new_key(form)})
    box.make_slips(form, entitled)


@transaction.atomic
def hand_in(form: Form, token: str, answers: Answers) -> None:
    """Take answers for a one-time token. Nothing here knows whose it is.

    Raises `HandedInError` for a token that is wrong or used, `RefusedError` once it is too late.
    """
    form = Form.objects.select_for_update(of=("self",)).select_related("session").get(pk=form.pk)
    if form.state != Form.State.OPEN or form.closes_at is None or form.closes_at <= clock.now():
        raise RefusedError(_("This form is closed: nothing can be handed in any more."))
    slip = Slip.objects.filter(form=form, pk=box.slip_id(token)).first()
    if slip is None:
        slip = _late_slip(form, token)
    if slip.is_used:
        raise HandedInError(_("This was handed in before: it counts once."))
    box.use_slip(form, slip)
    box.put_in(form, questions.whole(questions.items(form), answers))
    overwriting.after_commit()


@transaction.atomic
def close_form(form: Form, *, actor: audit.Actor | None) -> None:
    """Count what was handed in, keep what may be told, and destroy the rest."""
    stored = Form.objects.select_for_update(of=("self",)).select_related("session").get(pk=form.pk)
    if stored.state == Form.State.OPEN:
        items = questions.items(stored)
        ballots = box.shuffled(box.opened(stored))
        asked = [questions.asked(item) for item in items]
        _freeze(stored, suppression.publish(asked, ballots))
        _keep_texts(stored, items, ballots)
        who = box.shuffled(sorted(answering.who_handed_in(stored)))
        HandedIn.objects.bulk_create(HandedIn(form=stored, participation_id=each) for each in who)
        Ballot.objects.filter(form=stored).delete()
        Slip.objects.filter(form=stored).delete()
    form.close(actor=actor, fields={"key": None})
    overwriting.after_commit()


@transaction.atomic
def enter_counts(
    form: Form, people: int, counts: Mapping[str, Mapping[str, int]], *, actor: audit.Actor
) -> None:
    """Enter what was counted elsewhere: how many gave each answer, by question.

    It goes through the same rules as answers given here. Who answered what else is not known, so
    nothing is told apart. Raises `RefusedError` where an answer has more people than were asked.
    """
    items = questions.items(form)
    ballots: list[dict[str, str]] = [{} for _person in range(people)]
    for item in items:
        given = counts.get(item.name, {})
        asked = [ballot for ballot in ballots if item.is_asked(ballot)]
        several = item.question.kind == Question.Kind.SEVERAL
        most = max(given.values(), default=0) if several else sum(given.values())
        if most > len(asked):
            raise RefusedError(
                _("“%(question)s” has more answers than people who were asked.")
                % {"question": item.question.wording("text")}
            )
        free = iter(asked)
        for code, count in given.items():
            chosen = asked[:count] if several else [next(free) for _each in range(count)]
            for ballot in chosen:
                ballot[item.name] = ",".join(filter(None, (ballot.get(item.name), code)))
    together = [replace(questions.asked(item), tells_apart=False) for item in items]
    form.enter(actor=actor, fields={"is_counted": True})
    _freeze(form, suppression.publish(together, ballots))


def _late_slip(form: Form, token: str) -> Slip:
    """A slip for somebody who came to the workshop after the form had opened."""
    entitled = answering.entitled(form).values_list("pk", flat=True)
    slip = box.slip_id(token)
    if slip not in box.slips(form, entitled):
        raise HandedInError(_("Open this form from your own list and send it again."))
    return Slip.objects.create(pk=slip, form=form)


def _freeze(form: Form, publication: suppression.Publication) -> None:
    Outcome.objects.create(form=form, content=published.write(publication))


def _keep_texts(form: Form, items: list[Item], ballots: list[dict[str, str]]) -> None:
    """Free texts of enough people, apart from everything else they answered."""
    written = []
    for item in items:
        if item.question.kind != Question.Kind.TEXT:
            continue
        found = [ballot[item.name] for ballot in ballots if ballot.get(item.name)]
        if suppression.may_be_kept(found):
            written += [(item, text) for text in found]
    Comment.objects.bulk_create(
        Comment(form=form, question=item.question, speaker=item.speaker, text=text, version=1)
        for item, text in box.shuffled(written)
    )
