"""What a call and its countries become when an edition is run again, or begins from an earlier one.

`copying` is that of `workshops.actions.repeat`: it knows both editions and what was copied so far.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from madang.nominations.models import Call, Choice, Invitation, Question
from madang.workshops.actions.repeat import Copying, Part


def _call(copying: Copying) -> None:
    """The call as a draft; its deadline lies as many days before the workshop as it did."""
    source = Call.objects.filter(edition=copying.source).first()
    if source is None:
        return
    [target] = copying.copy(
        [source],
        lambda call: {
            "edition_id": copying.target.pk,
            "state": Call.State.DRAFT,
            "deadline": copying.moment(call.deadline),
            "opened_at": None,
        },
    )
    copy_questions(copying, source, target)
    copy_quotas(copying, source, target)
    copy_rubric(copying, source, target)


def _countries(copying: Copying) -> None:
    """Whom one writes to; deadlines of their own and links are not taken over."""
    target = Call.objects.filter(edition=copying.target).first()
    if target is None:
        return
    copying.copy(
        Invitation.objects.filter(call__edition=copying.source),
        lambda _invitation: {"call_id": target.pk, "deadline": None},
    )


def copy_questions(copying: Copying, source: Call, target: Call) -> int:
    """Questions with their answers and conditions, after those that are there; how many.

    A question whose short name is there already stays behind: it counts as the same.
    """
    there = dict(target.questions.values_list("key", "pk"))
    last = max(target.questions.values_list("order", flat=True), default=0)
    listed = list(source.questions.all())
    copying.copies |= {it.pk: there[it.key] for it in listed if it.key in there}
    taken = [question for question in listed if question.key not in there]
    places = {question.pk: last + place for place, question in enumerate(taken, start=1)}

    def change(question: Question) -> Mapping[str, Any]:
        return {
            "call_id": target.pk,
            "order": places[question.pk],
            # What is asked first was copied first.
            "depends_on_id": copying.copy_of(question.depends_on_id),
        }

    copying.copy(taken, change)
    copying.copy(
        Choice.objects.filter(question__in=taken),
        lambda choice: {"question_id": copying.copies[choice.question_id]},
    )
    return len(taken)


def copy_quotas(copying: Copying, source: Call, target: Call) -> int:
    """Quotas that the other call does not have; how many."""
    there = set(target.quotas.values_list("attribute", "value"))
    taken = [it for it in source.quotas.all() if (it.attribute, it.value) not in there]
    copying.copy(taken, lambda _quota: {"call_id": target.pk})
    return len(taken)


def copy_rubric(copying: Copying, source: Call, target: Call) -> int:
    """Criteria of the rubric that the other call does not have; how many."""
    there = set(target.criteria.values_list("name", flat=True))
    taken = [criterion for criterion in source.criteria.all() if criterion.name not in there]
    copying.copy(taken, lambda _criterion: {"call_id": target.pk})
    return len(taken)


PARTS = (
    Part(
        "call",
        _("Call for nominations"),
        _("with its questions, quotas and rubric"),
        _call,
    ),
    Part(
        "countries",
        _("Countries asked"),
        _("with their ministries and focal points"),
        _countries,
        helped_by=("call",),
    ),
)

# What a call can take from that of an earlier edition.
REUSED = {"questions": copy_questions, "quotas": copy_quotas, "rubric": copy_rubric}
