"""The questions of a call: added, changed, put into an order, removed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from madang.core import audit
from madang.nominations import questions
from madang.nominations.actions.calls import show
from madang.nominations.models import Answer, Call, Choice, Question, Quota
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records

KEY_LENGTH = 40
CONDITIONS = (Question.Kind.YES_NO, Question.Kind.ONE, Question.Kind.SEVERAL)
WITH_CHOICES = (Question.Kind.ONE, Question.Kind.SEVERAL)

# Code and text of each answer that a question offers.
Choices = Sequence[tuple[str, str]]


@transaction.atomic
def add(call: Call, values: Mapping[str, Any], choices: Choices, *, actor: audit.Actor) -> Question:
    """Ask one more question, after the others. `values` are fields of `Question`."""
    _lock(call)
    last = max(call.questions.values_list("order", flat=True), default=0)
    key = _new_key(call, values["text"])
    question = Question(call=call, key=key, order=last + 1, **values)
    _check(question, choices)
    records.add(question, "question.added", actor=actor, scope=call.edition_id)
    _write_choices(question, choices)
    _number(list(call.questions.all()))
    show(call)
    return question


@transaction.atomic
def change(
    question: Question,
    values: Mapping[str, Any],
    choices: Choices,
    *,
    expected_version: int,
    actor: audit.Actor,
) -> None:
    """Change a question. Raises `RefusedError` for what would make given answers meaningless."""
    call = _lock(question.call)
    stored, wanted = (Question.objects.get(pk=question.pk) for _twice in range(2))
    for name, value in values.items():
        setattr(wanted, name, value)
    if wanted.kind != stored.kind:
        if stored.answers.exists():
            raise RefusedError(
                _("Somebody has answered it already: the kind of answer stays."), "kind"
            )
        if stored.dependents.exists():
            raise RefusedError(
                _("Other questions are asked only after this one: change these first."), "kind"
            )
    _check(wanted, choices)
    records.change(
        question, values, "question.changed",
        expected_version=expected_version, actor=actor, scope=call.edition_id,
    )  # fmt: skip
    _write_choices(stored, choices)
    show(call)


@transaction.atomic
def remove(question: Question, *, actor: audit.Actor) -> None:
    """Ask a question no more: the answers that were given go with it. Raises `RefusedError`."""
    call = _lock(question.call)
    later = question.dependents.first()
    if later is not None:
        raise RefusedError(
            _("“%(question)s” is asked only after it: change that first.")
            % {"question": later.wording("text")}
        )
    if call.quotas.filter(attribute=question.key).exists():
        raise RefusedError(_("A quota counts its answers: take the quota away first."))
    records.remove(question, "question.removed", actor=actor, scope=call.edition_id)
    _number(list(call.questions.all()))
    show(call)


@transaction.atomic
def move(question: Question, *, up: bool, actor: audit.Actor) -> None:
    """Ask a question one place earlier or later; at the end nothing happens.

    Raises `RefusedError` where it would stand before the question that decides whether it is asked.
    """
    call = _lock(question.call)
    listed = list(call.questions.all())
    place = [it.pk for it in listed].index(question.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(listed):
        return
    first, second = listed[min(place, other)], listed[max(place, other)]
    if second.depends_on_id == first.pk:
        raise RefusedError(
            _("“%(second)s” is asked only after “%(first)s”, so it stays behind it.")
            % {"second": second.wording("text"), "first": first.wording("text")}
        )
    listed[place], listed[other] = listed[other], listed[place]
    _number(listed)
    audit.record(actor, "question.changed", question, scope=call.edition_id, fields=["order"])
    show(call)


def earlier(call: Call, question: Question | None) -> list[Question]:
    """The questions whose answer may decide whether a question (or a new one) is asked."""
    found = []
    for each in questions.with_wordings(call.questions.prefetch_related("choices")):
        if question is not None and each.pk == question.pk:
            break
        if each.kind in CONDITIONS:
            found.append(each)
    return found


def _lock(call: Call) -> Call:
    return Call.objects.select_for_update().get(pk=call.pk)


def _check(question: Question, choices: Choices) -> None:
    """What a question has to be, whoever asks for it."""
    if question.kind in WITH_CHOICES and len(choices) < 2:
        raise RefusedError(_("Offer at least two answers."), "choices")
    before = question.depends_on
    if before is None:
        return
    stored = Question.objects.filter(pk=question.pk).first()
    if before.pk not in {each.pk for each in earlier(question.call, stored)}:
        raise RefusedError(_("Only an earlier question can decide whether it is asked."), "after")
    if question.depends_value not in questions.offered(before):
        raise RefusedError(_("That question does not have this answer."), "after")


def _write_choices(question: Question, choices: Choices) -> None:
    """Let a question offer these answers; what was given or asked after stays possible."""
    kind = Question.objects.values_list("kind", flat=True).get(pk=question.pk)
    wanted = dict(choices) if kind in WITH_CHOICES else {}
    known = {choice.code: choice for choice in question.choices.all()}
    for code, choice in known.items():
        if code not in wanted:
            _require_unused(question, choice)
            choice.delete()
    for order, (code, text) in enumerate(wanted.items()):
        choice = known.get(code) or Choice(question=question, code=code)
        if choice._state.adding or (choice.text, choice.order) != (text, order):
            choice.text, choice.order, choice.language = text, order, question.language
            choice.save()


def _require_unused(question: Question, choice: Choice) -> None:
    said = {"answer": choice.wording("text")}
    given = Answer.objects.filter(question=question)
    # What several were chosen of is encrypted: each answer is opened.
    if given.filter(code=choice.code).exists() or any(
        choice.code in answer.text.split(",") for answer in given.filter(code="")
    ):
        raise RefusedError(_("Somebody has answered “%(answer)s”: it stays.") % said, "choices")
    if question.dependents.filter(depends_value=choice.code).exists():
        raise RefusedError(
            _("Another question is asked only after the answer “%(answer)s”.") % said, "choices"
        )
    if question.call.quotas.filter(attribute=question.key, value=choice.code).exists():
        raise RefusedError(_("A quota counts the answer “%(answer)s”.") % said, "choices")


def _new_key(call: Call, text: str) -> str:
    """A short name that no other question of the call has, nor anything that quotas count."""
    taken = {*call.questions.values_list("key", flat=True), *Quota.Attribute.values}
    stem = slugify(text)[: KEY_LENGTH - 4].strip("-") or "question"
    names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _number(listed: Sequence[Question]) -> None:
    for order, question in enumerate(listed, start=1):
        if question.order != order:
            Question.objects.filter(pk=question.pk).update(order=order)
