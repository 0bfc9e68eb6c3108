"""Calls: what they ask, what they count, and from which earlier ones they can take."""

from django.db.models import QuerySet

from madang.core import texts
from madang.core.policies import Who
from madang.nominations import questions as answers
from madang.nominations.attributes import Attribute
from madang.nominations.models import Call, Question, Quota
from madang.people.models import Country
from madang.workshops import rules
from madang.workshops.models import Edition


def of_edition(edition: Edition) -> Call | None:
    """The call of an edition, if it has one."""
    call = Call.objects.filter(edition=edition).first()
    if call is not None:
        call.edition = edition
    return call


def questions(call: Call) -> list[Question]:
    """The questions with their answers and conditions, in their order, with all texts."""
    found = answers.with_wordings(call.questions.prefetch_related("choices"))
    by_id = {question.pk: question for question in found}
    for question in found:
        if question.depends_on_id is not None:
            question.depends_on = by_id[question.depends_on_id]
            question.depends_shown = answers.shown(question.depends_on, question.depends_value)
    return found


def quotas_in_words(call: Call, known: dict[str, Attribute]) -> list[tuple[Quota, str]]:
    """The quotas, each with what it counts in words."""
    found = []
    for quota in call.quotas.all():
        attribute = known.get(quota.attribute)
        words = f"{attribute.label}: {attribute.value_label(quota.value)}" if attribute else ""
        found.append((quota, words or str(quota)))
    return found


def earlier(call: Call, who: Who) -> list[Call]:
    """Calls of other editions that `who` oversees, the latest first."""
    editions = rules.oversee_edition.visible(who, Edition.objects.all()).order_by()
    found = list(
        Call.objects.filter(edition__in=editions.values("pk"))
        .exclude(pk=call.pk)
        .select_related("edition")
        .order_by("-edition__starts_on")
    )
    texts.prefetch_referred(found, "edition")
    return found


def asked_countries(call: Call) -> QuerySet[Country]:
    """The countries that are asked."""
    return Country.objects.filter(pk__in=call.invitations.values("country"))
