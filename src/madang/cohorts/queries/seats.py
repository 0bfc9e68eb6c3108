"""Who holds seats now, which are free, and whom each gap needs."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from madang.cohorts import scenarios
from madang.cohorts.explanations import Telling
from madang.cohorts.models import Decision, Offer, Scenario, Verdict
from madang.cohorts.queries import selection as boards
from madang.methods import selection
from madang.nominations.models import Nomination, Quota
from madang.workshops.models import Edition

# Besides those who are proposed, so many of the nearest are shown.
MOST_SHOWN = 20


@dataclass(frozen=True)
class Proposal:
    """Somebody whom a free seat could go to."""

    nomination: Nomination
    rank: int | None
    is_proposed: bool
    why: str


@dataclass(frozen=True)
class Gaps:
    """The free seats of an edition, and who would fill them best."""

    seats: Sequence[Offer]
    proposals: Sequence[Proposal]
    relaxations: Sequence[str]


def holding(edition: Edition) -> QuerySet[Offer]:
    """Offers by which somebody holds a seat or may still take it."""
    return edition.offers.filter(state__in=Offer.HOLDING)


def lost(edition: Edition) -> QuerySet[Offer]:
    """Lost seats that nobody else was offered, released or not."""
    return edition.offers.filter(
        state__in=Offer.LOST, substitute__isnull=True, filled_by__isnull=True
    )


def instead(lost: Offer) -> QuerySet[Nomination]:
    """Whom a ministry can name for a seat that it lost: its eligible nominees without an offer."""
    return Nomination.objects.filter(
        edition=lost.edition_id,
        country=lost.nomination.country_id,
        state=Nomination.State.ELIGIBLE,
        offer=None,
    ).select_related("person__subject")


def free(edition: Edition) -> QuerySet[Offer]:
    """Released seats that nobody else was offered."""
    return lost(edition).filter(released_at__isnull=False)


def completion(edition: Edition, decision: Decision) -> tuple[boards.Board, selection.Problem]:
    """How the free seats are filled best, as a problem: whoever holds a seat stays.

    The rules are those of the decision's scenario. After a lottery it is lots that decide among
    those who fit, made from the drawing's result.
    """
    scenario = decision.scenario
    scenario.edition = edition
    board = boards.board(scenario)
    held = [str(key) for key in holding(edition).values_list("nomination_id", flat=True)]
    offered = {str(key) for key in edition.offers.values_list("nomination_id", flat=True)}
    known = {nominee.id for nominee in board.asked.nominees}
    held = [key for key in held if key in known]
    asked = replace(
        board.asked,
        seats=len(held) + free(edition).count(),
        include=tuple(held),
        exclude=tuple(
            key
            for key in dict.fromkeys((*board.asked.exclude, *sorted(offered - set(held))))
            if key in known and key not in held
        ),
        objective="merit",
        reserves=0,
        explain=True,
    )
    return board, _by_lot(asked, scenario) if scenario.objective == "leximin" else asked


def _by_lot(asked: selection.Problem, scenario: Scenario) -> selection.Problem:
    """Points by lot: the SHA-256 of the drawing's result and the nominee, the same for ever."""
    seed = scenario.drawing.result_digest

    def lot(key: str) -> int:
        return int(hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()[:6], 16)

    drawn = (replace(each, merit=lot(each.id), uncertainty=0) for each in asked.nominees)
    return replace(asked, nominees=tuple(drawn))


def gaps(edition: Edition, decision: Decision) -> Gaps:
    """The free seats, and for each nominee without an offer what stands for or against them.

    Raises `limits.LimitExceededError` and `limits.ProcessFailedError`.
    """
    seats = list(free(edition).select_related("nomination__country", "nomination__person__subject"))
    if not seats:
        return Gaps((), (), ())
    board, asked = completion(edition, decision)
    answer = scenarios.best(asked)
    if answer["status"] not in {"optimal", "feasible"}:
        return Gaps(seats, (), Telling({}, board.attributes).relaxations(answer["relaxations"]))
    ranks = dict(
        decision.verdicts.filter(outcome=Verdict.Outcome.RESERVE).values_list(
            "nomination_id", "rank"
        )
    )
    chosen = [key for key in answer["selected"] if key not in asked.include]
    closed = {*asked.include, *asked.exclude}
    others = [key for key in board.nominations if key not in closed and key not in chosen]
    order = sorted(others, key=lambda key: _nearness(board, answer, ranks, key))
    shown = [*chosen, *order[:MOST_SHOWN]]
    board.scenario.answer = answer
    board.learn_names(sorted(board.spoken_of(shown)))
    proposals = [
        Proposal(
            board.nominations[key],
            ranks.get(board.nominations[key].pk),
            key in chosen,
            board.told.reason(answer["why"][key], key) if key in answer["why"] else "",
        )
        for key in shown
    ]
    return Gaps(seats, proposals, ())


def _nearness(board: boards.Board, answer: Any, ranks: Any, key: str) -> tuple[bool, float, int]:
    """Those who fit come first, by the points they would cost, then by their place in reserve."""
    why = answer["why"].get(key) or {}
    points = why.get("points")
    rank = ranks.get(board.nominations[key].pk) or len(ranks) + 1
    return (points is None, points or 0, rank)


def broken_with(
    edition: Edition, decision: Decision, nomination: Nomination, *, instead_of: Offer
) -> list[str]:
    """The kinds of nominees whose quota would break, with `nomination` in a lost seat.

    A quota that is broken already, counted as if the seat were held still, stands in nobody's way.
    """
    scenario = decision.scenario
    scenario.edition = edition
    board = boards.board(scenario)
    held = {str(key) for key in holding(edition).values_list("nomination_id", flat=True)}
    before = _broken(board, held | {str(instead_of.nomination_id)})
    after = _broken(board, held | {str(nomination.pk)})
    return [board.told.kind(*kind) for kind in after if kind not in before]


def _broken(board: boards.Board, members: set[str]) -> list[tuple[str, str]]:
    """Attributes and values whose quotas these members break."""
    cohort = [board.values[key] for key in members if key in board.values]
    found = []
    for quota in board.scenario.quotas.all():
        attribute = board.attributes.get(quota.attribute)
        each = list(attribute.values) if attribute else []
        for value in each if quota.value == Quota.EACH else [quota.value]:
            have = sum(values.get(quota.attribute) == value for values in cohort)
            most = len(cohort) if quota.maximum is None else quota.maximum
            if not quota.minimum <= have <= most:
                found.append((quota.attribute, value))
    return found
