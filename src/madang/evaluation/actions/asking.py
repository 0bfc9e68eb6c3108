"""The questions of a form in preparation: added, changed, put into an order, removed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from madang.core import audit
from madang.core.models import Translation
from madang.evaluation import questions
from madang.evaluation.models import Choice, Form, Question
from madang.people import countries
from madang.people.actions.refusal import RefusedError
from madang.people.country_matching import Certainty
from madang.workshops.actions import records

KEY_LENGTH = 40
# A question by which results are told apart has few answers, so that each has enough people.
MOST_APART = 6
CHOSEN = (Question.Kind.ONE, Question.Kind.SEVERAL)
APART = (Question.Kind.ONE, Question.Kind.YES_NO)

# Code and text of each answer that a question offers.
Choices = Sequence[tuple[str, str]]


def lock(form: Form) -> Form:
    """The form, which nobody else changes meanwhile. Raises `RefusedError` once it has opened."""
    stored = Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
    if not stored.is_prepared:
        raise RefusedError(_("The form has opened: what it asks stays as it is."))
    return stored


@transaction.atomic
def add(form: Form, values: Mapping[str, Any], choices: Choices, *, actor: audit.Actor) -> Question:
    """Ask one more question, after the others. `values` are fields of `Question`."""
    form = lock(form)
    last = max(form.questions.values_list("order", flat=True), default=0)
    key = _new_key(form, values["text"])
    question = Question(form=form, key=key, order=last + 1, **values)
    _check(question, choices)
    records.add(question, "evaluation_question.added", actor=actor, scope=form.edition_id)
    _write_choices(question, choices)
    _edited(form)
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
    """Change a question. Raises `RefusedError` for what its condition or others forbid."""
    form = lock(question.form)
    wanted = Question.objects.get(pk=question.pk)
    kind = wanted.kind
    for name, value in values.items():
        setattr(wanted, name, value)
    if kind != wanted.kind and wanted.dependents.exists():
        raise RefusedError(_("Other questions are asked only after this one."), "kind")
    _check(wanted, choices)
    records.change(
        question, values, "evaluation_question.changed",
        expected_version=expected_version, actor=actor, scope=form.edition_id,
    )  # fmt: skip
    _write_choices(wanted, choices)
    _edited(form)


@transaction.atomic
def remove(question: Question, *, actor: audit.Actor) -> None:
    """Ask a question no more. Raises `RefusedError` where others depend on it."""
    form = lock(question.form)
    later = question.dependents.first()
    if later is not None:
        raise RefusedError(
            _("“%(question)s” is asked only after it: change that first.")
            % {"question": later.wording("text")}
        )
    records.remove(question, "evaluation_question.removed", actor=actor, scope=form.edition_id)
    _edited(form)


@transaction.atomic
def move(question: Question, *, up: bool, actor: audit.Actor) -> None:
    """Ask a question one place earlier or later; at the end nothing happens."""
    form = lock(question.form)
    listed = list(form.questions.all())
    here = [each.pk for each in listed].index(question.pk)
    other = here - 1 if up else here + 1
    if not 0 <= other < len(listed):
        return
    first, second = listed[min(here, other)], listed[max(here, other)]
    if second.depends_on_id == first.pk:
        raise RefusedError(
            _("“%(second)s” is asked only after “%(first)s”, so it stays behind it.")
            % {"second": second.wording("text"), "first": first.wording("text")}
        )
    listed[here], listed[other] = listed[other], listed[here]
    for order, each in enumerate(listed, start=1):
        Question.objects.filter(pk=each.pk).exclude(order=order).update(order=order)
    audit.record(
        actor, "evaluation_question.changed", question, scope=form.edition_id, fields=["order"]
    )
    _edited(form)


@transaction.atomic
def spread(form: Form, *, actor: audit.Actor) -> int:
    """Let the other forms of the same kind in preparation ask the same; returns how many do now."""
    Form.objects.select_for_update().get(pk=form.pk)
    others = Form.objects.filter(
        edition=form.edition_id, kind=form.kind, state=Form.State.PREPARED
    ).exclude(pk=form.pk)
    asked = list(form.questions.prefetch_related("choices"))
    for other in (found := list(others)):
        other.questions.all().delete()
        copy_questions(asked, other)
        _edited(other)
    if found:
        audit.record(
            actor, "evaluation_forms.alike", form, scope=form.edition_id, number=len(found)
        )
    return len(found)


def copy_questions(asked: Sequence[Question], target: Form) -> None:
    """Copies of questions with their choices, conditions and texts (three queries)."""
    made: dict[Any, Question] = {}
    choices: dict[Any, Choice] = {}
    for each in asked:
        made[each.pk] = Question(
            form=target,
            key=each.key,
            text=each.text,
            language=each.language,
            kind=each.kind,
            of_speaker=each.of_speaker,
            tells_apart=each.tells_apart,
            depends_on=made.get(each.depends_on_id),
            depends_value=each.depends_value if each.depends_on_id in made else "",
            order=each.order,
            version=1,
        )
        for choice in each.choices.all():
            choices[choice.pk] = Choice(
                question=made[each.pk],
                code=choice.code,
                text=choice.text,
                language=choice.language,
                order=choice.order,
                version=1,
            )
    Question.objects.bulk_create(made.values())
    Choice.objects.bulk_create(choices.values())
    copies = {key: copy.pk for key, copy in [*made.items(), *choices.items()]}
    Translation.objects.bulk_create(
        Translation(
            model=each.model,
            object_id=copies[each.object_id],
            field=each.field,
            language=each.language,
            text=each.text,
            state=each.state,
            source_hash=each.source_hash,
            version=1,
        )
        for each in Translation.objects.filter(object_id__in=copies.keys())
    )


def earlier(form: Form, question: Question | None) -> list[Question]:
    """The questions whose answer may decide whether a question (or a new one) is asked."""
    found = []
    for item in questions.items(form):
        if question is not None and item.question.pk == question.pk:
            break
        if item.question.kind != Question.Kind.TEXT and item.question not in found:
            found.append(item.question)
    return found


def _edited(form: Form) -> None:
    if not form.has_own_questions:
        form.has_own_questions = True
        form.save(update_fields=["has_own_questions"])


def _check(question: Question, choices: Choices) -> None:
    if question.kind in CHOSEN and len(choices) < 2:
        raise RefusedError(_("Offer at least two answers to choose from."), "choices")
    before = question.depends_on
    if before is not None and before.of_speaker and not question.of_speaker:
        raise RefusedError(
            _("That question is asked for each speaker: ask this one for each as well."), "after"
        )
    if not question.tells_apart:
        return
    if question.kind not in APART or question.of_speaker or before is not None:
        raise RefusedError(
            _("Only a choice of one answer that is asked of everybody can tell results apart."),
            "tells_apart",
        )
    if len(choices) > MOST_APART:
        raise RefusedError(_("Offer at most six answers, so that each has enough."), "choices")
    index = countries.Index.read()
    if sum(index.match(text).certainty is Certainty.EXACT for _code, text in choices) > 1:
        raise RefusedError(_("Results are never told by country."), "choices")
    if question.form.questions.filter(tells_apart=True).exclude(pk=question.pk).exists():
        raise RefusedError(
            _("Another question tells results apart already: two together would tell too much."),
            "tells_apart",
        )


def _write_choices(question: Question, choices: Choices) -> None:
    """Choices as they are stated now; one whose code stayed keeps its translations."""
    wanted = dict(choices) if question.kind in CHOSEN else {}
    question.choices.exclude(code__in=wanted).delete()
    here = {choice.code: choice for choice in question.choices.all()}
    for order, (code, text) in enumerate(wanted.items(), start=1):
        choice = here.get(code) or Choice(question=question, code=code, language=question.language)
        if (choice.text, choice.order) != (text, order):
            choice.text, choice.order = text, order
            choice.save()


def _new_key(form: Form, text: str) -> str:
    """A short name that no other question of the form has."""
    start = slugify(text)[: KEY_LENGTH - 4].strip("-") or "question"
    taken = set(form.questions.values_list("key", flat=True))
    names = [start, *(f"{start}-{number}" for number in range(2, 1000))]
    return next(name for name in names if name not in taken)
