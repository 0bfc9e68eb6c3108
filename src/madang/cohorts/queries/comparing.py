"""Scenarios side by side."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from madang.cohorts.models import Scenario
from madang.cohorts.queries import selection as queries
from madang.cohorts.queries.selection import Board
from madang.core import texts
from madang.nominations.models import Nomination, Quota
from madang.workshops.models import Edition


@dataclass(frozen=True)
class Summary:
    """One scenario in a few figures."""

    scenario: Scenario
    board: Board

    @property
    def countries(self) -> int:
        return len({self.board.nominations[key].country_id for key in self.board.selected})

    @property
    def objective(self) -> float | None:
        return self.board.answer.get("objective")

    @property
    def minimum(self) -> float | None:
        return self.board.answer.get("minimum")


@dataclass(frozen=True)
class Line:
    """One line of the comparison: a label, and what each scenario has."""

    label: str
    values: Sequence[int]


@dataclass(frozen=True)
class Comparison:
    """Scenarios, how many of each kind each has, and those who are not in all of them."""

    summaries: Sequence[Summary]
    lines: Sequence[tuple[str, Sequence[Line]]]
    in_all: int
    differing: Sequence[tuple[Nomination, Sequence[bool]]]


def summaries(edition: Edition) -> list[Summary]:
    """Every scenario of an edition, the oldest first."""
    found = []
    for scenario in edition.scenarios.all():
        scenario.edition = edition
        found.append(Summary(scenario, queries.board(scenario)))
    return found


def compare(chosen: Sequence[Summary]) -> Comparison | None:
    """A comparison of those that have a cohort; None where fewer than two have one."""
    solved = [each for each in chosen if each.board.selected]
    if len(solved) < 2:
        return None
    cohorts = [set(each.board.selected) for each in solved]
    some = set.union(*cohorts)
    everywhere = set.intersection(*cohorts)
    nominations = solved[0].board.nominations
    differing = [key for key in nominations if key in some - everywhere]
    solved[0].board.learn_names(differing)
    texts.prefetch_referred([nominations[key] for key in differing], "country")
    return Comparison(
        summaries=solved,
        lines=_lines(solved),
        in_all=len(everywhere),
        differing=[(nominations[key], [key in cohort for cohort in cohorts]) for key in differing],
    )


def _lines(solved: Sequence[Summary]) -> list[tuple[str, list[Line]]]:
    groups = []
    for attribute in solved[0].board.attributes.values():
        if attribute.name == Quota.Attribute.COUNTRY:
            continue
        counts = [
            Counter(each.board.values[key].get(attribute.name) for key in each.board.selected)
            for each in solved
        ]
        lines = [
            Line(str(label), [count[value] for count in counts])
            for value, label in attribute.values.items()
            if any(count[value] for count in counts)
        ]
        if lines:
            groups.append((str(attribute.label), lines))
    return groups
