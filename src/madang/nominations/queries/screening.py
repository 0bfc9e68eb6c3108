"""Questions about screening: who has scored what, where officers disagree, what comes of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from madang.core import limits, texts
from madang.core.policies import Who
from madang.methods import agreement
from madang.methods.agreement import Agreement
from madang.nominations.models import Merit, Nomination, Score, Screening
from madang.people.models import Account
from madang.workshops.models import Edition

# So many points of a hundred between two officers are worth a third opinion.
FAR_APART = 20
# One opinion is none.
FEWEST_OPINIONS = 2
# For the statistics.
SECONDS = 60
MEGABYTES = 1500


@dataclass(frozen=True)
class Ratings:
    """Totals in percent of the rubric: by officer, then by nomination; None where there is none."""

    screeners: Sequence[UUID]
    nominations: Sequence[UUID]
    by_screener: Sequence[Mapping[UUID, float | None]]

    def columns(self) -> list[tuple[UUID, list[float | None]]]:
        """What each officer gave, for those nominations that were scored often enough."""
        columns = [
            (nomination, [given[nomination] for given in self.by_screener])
            for nomination in self.nominations
        ]
        return [
            (nomination, column)
            for nomination, column in columns
            if sum(value is not None for value in column) >= FEWEST_OPINIONS
        ]


@dataclass(frozen=True)
class Row:
    """One nomination on the page of the screening. What is hidden from this officer is None."""

    nomination: Nomination
    asked: int
    scored: int
    recused: int
    totals: Sequence[float] | None
    merit: Merit | None
    is_hidden: bool

    @property
    def spread(self) -> float | None:
        """Points between the highest and the lowest total."""
        if not self.totals or len(self.totals) < 2:
            return None
        return max(self.totals) - min(self.totals)

    @property
    def is_far_apart(self) -> bool:
        return self.spread is not None and self.spread > FAR_APART


def screened(edition: Edition) -> QuerySet[Nomination]:
    """The nominations that are screened: the eligible ones."""
    return Nomination.objects.filter(edition=edition, state=Nomination.State.ELIGIBLE)


def ratings(edition: Edition) -> Ratings:
    """Every total that was given, as a table of officers by nominations. Two queries."""
    nominations = list(screened(edition).order_by("number").values_list("pk", flat=True))
    totals = _totals(edition)
    screeners = sorted({screener for screener, _nomination in totals})
    return Ratings(
        screeners,
        nominations,
        [{each: totals.get((screener, each)) for each in nominations} for screener in screeners],
    )


def _totals(edition: Edition) -> dict[tuple[UUID, UUID], float]:
    """By officer and nomination: the weighted scores as a percentage of the highest possible."""
    sums: dict[tuple[UUID, UUID], list[Decimal]] = defaultdict(list)
    weights: dict[tuple[UUID, UUID], int] = defaultdict(int)
    given = Score.objects.filter(
        screening__nomination__edition=edition, screening__state=Screening.State.SCORED
    ).values_list(
        "screening__screener_id", "screening__nomination_id", "value",
        "criterion__weight", "criterion__maximum",
    )  # fmt: skip
    for screener, nomination, value, weight, maximum in given:
        sums[screener, nomination].append(Decimal(value * weight) / maximum)
        weights[screener, nomination] += weight
    return {key: float(100 * sum(parts) / weights[key]) for key, parts in sums.items()}


def rows(edition: Edition, who: Who) -> list[Row]:
    """One row for each screened nomination, by number; the same queries for any number of them.

    Blind: totals and merit of what this officer has still to score are hidden from them.
    """
    nominations = list(
        screened(edition)
        .select_related("person__subject", "country", "merit")
        .annotate(
            asked_number=Count("screenings", filter=~Q(screenings__state=Screening.State.RECUSED)),
            scored_number=Count("screenings", filter=Q(screenings__state=Screening.State.SCORED)),
            recused_number=Count("screenings", filter=Q(screenings__state=Screening.State.RECUSED)),
            is_hidden=Exists(_still_to_score(who, OuterRef("pk"))),
        )
        .order_by("number")
    )
    texts.prefetch_referred(nominations, "country")
    totals: dict[UUID, list[float]] = defaultdict(list)
    for (_screener, nomination), total in _totals(edition).items():
        totals[nomination].append(total)
    return [
        Row(
            nomination=each,
            asked=each.asked_number,
            scored=each.scored_number,
            recused=each.recused_number,
            totals=None if each.is_hidden else sorted(totals[each.pk]),
            merit=None if each.is_hidden else getattr(each, "merit", None),
            is_hidden=each.is_hidden,
        )
        for each in nominations
    ]


def _still_to_score(who: Who, nomination: object) -> QuerySet[Screening]:
    return Screening.objects.filter(
        nomination=nomination,
        screener_id=who.audit_id,
        state=Screening.State.ASKED,
    )


def may_see_scores(nomination: Nomination, who: Who) -> bool:
    """Whether this officer may see what others gave: not while their own score is outstanding."""
    return not _still_to_score(who, nomination.pk).exists()


def of_officer(edition: Edition, who: Who) -> list[Screening]:
    """What this officer was asked to score, the outstanding first."""
    found = _of_officer(edition, who).select_related(
        "nomination__country", "nomination__person__subject", "subject"
    )
    return sorted(found, key=lambda each: each.state != Screening.State.ASKED)


def outstanding(edition: Edition, who: Who) -> QuerySet[Screening]:
    """What this officer has still to score, by number."""
    return _of_officer(edition, who).filter(state=Screening.State.ASKED)


def _of_officer(edition: Edition, who: Who) -> QuerySet[Screening]:
    return Screening.objects.filter(
        nomination__edition=edition,
        nomination__state=Nomination.State.ELIGIBLE,
        screener_id=who.audit_id,
    ).order_by("nomination__number")


def of_nomination(nomination: Nomination) -> list[Screening]:
    """Who scored a nomination and how, with the scores. Three queries."""
    return list(
        nomination.screenings.select_related("screener__person__subject", "subject")
        .prefetch_related("scores__criterion")
        .order_by("created_at")
    )


def progress(edition: Edition) -> list[tuple[Account, int, int]]:
    """By officer: how many nominations they scored of how many they were asked."""
    counted = (
        Screening.objects.filter(
            nomination__edition=edition, nomination__state=Nomination.State.ELIGIBLE
        )
        .exclude(state=Screening.State.RECUSED)
        .values("screener_id")
        .annotate(asked=Count("pk"), scored=Count("pk", filter=Q(state=Screening.State.SCORED)))
    )
    numbers = {row["screener_id"]: (row["scored"], row["asked"]) for row in counted}
    officers = Account.objects.filter(pk__in=numbers).select_related("person__subject")
    known = sorted(officers, key=lambda account: account.person.sort_key)
    return [(account, *numbers[account.pk]) for account in known]


def agreed(edition: Edition) -> Agreement | None:
    """How far the officers agree, by their totals; None before two have scored the same.

    Worked out in a process of its own (the interval takes many drawings); raises as
    `core.limits.run_limited` does.
    """
    columns = [column for _nomination, column in ratings(edition).columns()]
    if not columns:
        return None
    found: Agreement = limits.run_limited(
        agreement.of, args=(matrix(columns), "interval"), seconds=SECONDS, megabytes=MEGABYTES
    )
    return found


def matrix(columns: Sequence[Sequence[float | None]]) -> list[list[float | None]]:
    """The same by officer, as `methods.agreement` reads it: those who gave none of it are left."""
    by_officer = (list(row) for row in zip(*columns, strict=True))
    return [row for row in by_officer if any(value is not None for value in row)]
