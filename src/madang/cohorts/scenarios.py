"""A scenario as a problem for `methods.selection`, and its answer in a process of its own."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from madang.cohorts import solving
from madang.cohorts.models import Pin, Scenario, ScenarioQuota, TravelEstimate
from madang.core import limits
from madang.methods import documents, selection
from madang.nominations.attributes import values_of
from madang.nominations.models import Merit, Nomination, Quota

SECONDS = 30
MEGABYTES = 1500
# The process has to start and to load the solver.
START_SECONDS = 15


def eligible(edition_id: UUID) -> QuerySet[Nomination]:
    """Whom a cohort can be made of: the eligible nominations, by number."""
    found = Nomination.objects.filter(edition=edition_id, state=Nomination.State.ELIGIBLE)
    return found.order_by("number")


def candidates(edition_id: UUID) -> list[Nomination]:
    """The eligible nominations with country and merit. One query."""
    return list(eligible(edition_id).select_related("country", "merit"))


def problem(
    scenario: Scenario, nominations: Sequence[Nomination] | None = None
) -> selection.Problem:
    """The scenario as the method reads it; ids are those of nominations. Five queries.

    Whoever has read the `candidates` gives them, which saves one. A nominee without merit counts
    with 0; a country without an estimate costs nothing, which the page says.
    """
    if nominations is None:
        nominations = candidates(scenario.edition_id)
    values = values_of(nominations)
    costs = dict(
        TravelEstimate.objects.filter(edition=scenario.edition_id).values_list(
            "country_id", "amount"
        )
    )
    eligible = {nomination.pk for nomination in nominations}
    pins: dict[str, list[str]] = {Pin.Kind.INCLUDE: [], Pin.Kind.EXCLUDE: []}
    for nomination_id, kind in scenario.pins.order_by("created_at").values_list(
        "nomination_id", "kind"
    ):
        # Who is not eligible any more needs no pin.
        if nomination_id in eligible:
            pins[kind].append(str(nomination_id))
    quotas = _counting(list(scenario.quotas.all()), values)
    return selection.Problem(
        seats=scenario.seats,
        nominees=tuple(
            selection.Nominee(
                id=str(nomination.pk),
                attributes=values[nomination.pk],
                merit=float(_merit(nomination).value),
                uncertainty=float(_merit(nomination).uncertainty),
                cost=float(costs.get(nomination.country_id, 0)),
            )
            for nomination in nominations
        ),
        quotas=tuple(
            selection.Quota(quota.attribute, quota.value, quota.minimum, quota.maximum)
            for quota in quotas
        ),
        budget=None if scenario.budget is None else float(scenario.budget),
        include=tuple(pins[Pin.Kind.INCLUDE]),
        exclude=tuple(pins[Pin.Kind.EXCLUDE]),
        objective="leximin" if scenario.objective == Scenario.Objective.LOTTERY else "merit",
        reserves=scenario.reserves,
        explain=scenario.objective == Scenario.Objective.MERIT,
        seconds=SECONDS,
    )


def _counting(
    quotas: list[ScenarioQuota], values: dict[UUID, dict[str, str]]
) -> list[ScenarioQuota]:
    """The quotas that count anything, after letting somebody have an empty value for each of them.

    The method takes an attribute that nobody has for a mistake; here it is a quota that nobody
    meets, and the answer says so. A quota for each value of it has no value to count.
    """
    known = {name for each in values.values() for name in each}
    counting = [each for each in quotas if each.attribute in known or each.value != Quota.EACH]
    for own in list(values.values())[:1]:
        own.update({each.attribute: "" for each in counting if each.attribute not in known})
    return counting


_NO_MERIT = Merit(value=0, uncertainty=0)


def _merit(nomination: Nomination) -> Merit:
    return getattr(nomination, "merit", _NO_MERIT)


def digest(asked: selection.Problem) -> str:
    """The fingerprint of a problem: the same whenever rules, nominees and merit are the same."""
    text = json.dumps(documents.plain(asked), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_current(scenario: Scenario, asked: selection.Problem) -> bool:
    """Whether the scenario's answer is the one to what it asks now."""
    return scenario.answer is not None and scenario.answered_for == digest(asked)


def solved(asked: selection.Problem) -> dict[str, Any]:
    """The method's answer as JSON, with what each rule costs under `changes`.

    Raises `limits.LimitExceededError` and `limits.ProcessFailedError`.
    """
    answer: dict[str, Any] = limits.run_limited(
        solving.weighed, args=(asked,), seconds=2 * SECONDS + START_SECONDS, megabytes=MEGABYTES
    )
    return answer


def one_more(
    asked: selection.Problem, selected: list[str], wanted: dict[str, str]
) -> selection.Problem:
    """The problem with one more person than `selected` has of those who have all of `wanted`.

    Several attributes at once are counted by an attribute made for the purpose.
    """
    having = {
        nominee.id
        for nominee in asked.nominees
        if all(nominee.attributes.get(name) == value for name, value in wanted.items())
    }
    nominees = tuple(
        replace(nominee, attributes=nominee.attributes | {_TOGETHER: "yes"})
        if nominee.id in having
        else replace(nominee, attributes=nominee.attributes | {_TOGETHER: "no"})
        for nominee in asked.nominees
    )
    more = selection.Quota(_TOGETHER, "yes", sum(key in having for key in selected) + 1)
    return replace(
        asked, nominees=nominees, quotas=(*asked.quotas, more), explain=False, reserves=0
    )


def best(asked: selection.Problem) -> dict[str, Any]:
    """The method's answer alone, in a process of its own. Raises as `solved` does."""
    answer: dict[str, Any] = limits.run_limited(
        solving.best, args=(asked,), seconds=SECONDS + START_SECONDS, megabytes=MEGABYTES
    )
    return answer


# An attribute that no call has: keys of questions are slugs.
_TOGETHER = "together:"
