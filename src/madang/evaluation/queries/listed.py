"""What the secretariat's pages list: forms, questions, comments."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import gettext as _

from madang.core import texts
from madang.evaluation import questions as asking
from madang.evaluation.models import Comment, Form, Question
from madang.evaluation.queries import planned
from madang.workshops.models import Edition

State = Form.State
_FIRST_READ = Case(When(state=Comment.State.WAITING, then=Value(0)), default=Value(1))


def forms(edition: Edition) -> dict[str, Any]:
    """All forms by what they are about, and how they differ from the programme (seven queries)."""
    found = list(
        Form.objects.filter(edition=edition)
        .select_related("session")
        .prefetch_related("speakers")
        .order_by("opens_at", "id")
    )
    texts.prefetch([form.session for form in found if form.session])
    waiting = Comment.objects.filter(form__edition=edition, state=Comment.State.WAITING)
    return {
        "kinds": [
            (label, [form for form in found if form.kind == kind])
            for kind, label in (
                (Form.Kind.END, _("The whole workshop")),
                (Form.Kind.PULSE, _("Day by day")),
                (Form.Kind.SESSION, _("Sessions")),
            )
        ],
        "is_empty": not found,
        "has_programme": edition.published_id is not None,
        "differences": planned.differences(edition, found) if found else [],
        "waiting": waiting.count(),
    }


def questions(form: Form) -> list[dict[str, Any]]:
    """A form's questions with what decides whether they are asked, in words."""
    listed = list(form.questions.prefetch_related("choices"))
    texts.prefetch(listed)
    texts.prefetch([choice for question in listed for choice in question.choices.all()])
    by_id = {question.pk: question for question in listed}
    return [
        {
            "question": question,
            "offered": _choices(question),
            "condition": _condition(question, by_id.get(question.depends_on_id)),
        }
        for question in listed
    ]


def steps(form: Form) -> list[str]:
    """What the form can become now, by a button: "open" or "close"."""
    return {State.PREPARED: ["open"], State.OPEN: ["close"]}.get(State(form.state), [])


def comments(edition: Edition) -> QuerySet[Comment]:
    """What people wrote, what nobody has read first."""
    found = Comment.objects.filter(form__edition=edition).exclude(state=Comment.State.WITHHELD)
    return found.select_related(
        "form__session", "question", "speaker__participation__person__subject"
    ).order_by(_FIRST_READ, "form__opens_at", "question__order", "id")


def with_texts(comments: Iterable[Comment]) -> list[Comment]:
    """The same with the texts of the questions and sessions that they are about."""
    listed = list(comments)
    texts.prefetch([comment.question for comment in listed])
    texts.prefetch([comment.form.session for comment in listed if comment.form.session])
    return listed


def _choices(question: Question) -> list[str]:
    if question.kind in asking.SCALES | {Question.Kind.YES_NO}:
        return []
    return list(asking.offered(question).values())


def _condition(question: Question, before: Question | None) -> str:
    if before is None:
        return ""
    words = asking.offered(before)
    given = [words[code] for code in question.depends_value.split(",") if code in words]
    return _("only if the answer to “%(question)s” is “%(answer)s”") % {
        "question": before.wording("text"),
        "answer": " / ".join(given),
    }
