"""What pages and minutes show of a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from madang.cohorts import reasons
from madang.cohorts.explanations import quota_in_words
from madang.cohorts.models import Decision, Pin, Verdict
from madang.core import texts
from madang.nominations import attributes as counted
from madang.nominations.attributes import Attribute
from madang.nominations.models import Call
from madang.people.models import Country
from madang.workshops.models import Edition


@dataclass(frozen=True)
class Minutes:
    """A decision with everything that its minutes state."""

    decision: Decision
    rules: list[str]
    pins: list[Pin]
    chosen: list[Verdict]
    reserves: list[Verdict]
    not_chosen: list[Verdict]

    @property
    def facts(self) -> Mapping[str, Any]:
        return self.decision.facts

    @property
    def countries(self) -> int:
        return len({verdict.nomination.country_id for verdict in self.chosen})

    @property
    def reasons(self) -> list[tuple[str, list[int]]]:
        """What ministries may be told, and of which nominations."""
        told: dict[str, list[int]] = {}
        for verdict in self.not_chosen:
            told.setdefault(verdict.reason, []).append(verdict.nomination.number)
        return [(str(reasons.REASONS.get(code, code)), sorted(told[code])) for code in sorted(told)]


def minutes(decision: Decision) -> Minutes:
    """Everything that the minutes of a decision state; the same queries for any cohort."""
    verdicts = list(
        decision.verdicts.select_related(
            "nomination__person__subject", "nomination__country", "nomination__edition"
        ).order_by("rank", "nomination__country__sort_key", "nomination__number")
    )
    known = attributes(decision)
    pins = decision.scenario.pins.select_related(
        "nomination__person__subject", "nomination__country", "subject"
    ).order_by("kind", "nomination__number")
    spoken_of = [each.nomination for each in (*verdicts, *pins)]
    texts.prefetch_referred(spoken_of, "country")
    by_outcome: dict[str, list[Verdict]] = {outcome: [] for outcome in Verdict.Outcome.values}
    for verdict in verdicts:
        by_outcome[verdict.outcome].append(verdict)
    return Minutes(
        decision=decision,
        rules=[quota_in_words(quota, known) for quota in decision.scenario.quotas.all()],
        pins=list(pins),
        chosen=by_outcome[Verdict.Outcome.CHOSEN],
        reserves=by_outcome[Verdict.Outcome.RESERVE],
        not_chosen=by_outcome[Verdict.Outcome.NOT_CHOSEN],
    )


def attributes(decision: Decision) -> Mapping[str, Attribute]:
    """The attributes by which the decision's quotas count."""
    call = Call.objects.filter(edition=decision.edition_id).first()
    if call is None:
        return {}
    verdicts = decision.verdicts.select_related("nomination__country")
    return counted.attributes(call, {verdict.nomination.country for verdict in verdicts})


def verdicts_of(edition: Edition, country: Country) -> list[Verdict]:
    """What the decision in force says of a country's nominees without a seat; no score, no cause.

    Empty before a director approved it.
    """
    return list(
        Verdict.objects.filter(
            decision__edition=edition,
            decision__state=Decision.State.IN_FORCE,
            nomination__country=country,
            nomination__offer=None,
        )
        .exclude(outcome=Verdict.Outcome.CHOSEN)
        .select_related("nomination__person__subject")
        .order_by("nomination__number")
    )


def as_it_will_stand(decision: Decision, _content: Any) -> SafeString:
    """The decision as the director reads it before approving: names beside the numbers."""
    return render_to_string("cohorts/decision/_minutes.html", {"minutes": minutes(decision)})
