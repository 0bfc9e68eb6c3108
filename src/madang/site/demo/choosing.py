"""How the cohort of the demo was chosen: scenarios, the decision, and its approval."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from madang.cohorts.actions import decisions, scenarios
from madang.cohorts.models import Scenario
from madang.site.demo.company import Company
from madang.site.demo.content import content
from madang.site.demo.story import Step


def steps() -> Iterator[Step]:
    """What journeys cost, scenarios one by one, and the decision on one of them."""
    stated = content("offers")
    yield Step(stated["estimated"], _estimate)
    for entry in stated["scenarios"]:
        yield Step(entry["at"], partial(_try, entry=entry))
    yield Step(stated["proposed"], _propose)
    yield Step(stated["approved"], _approve)


def _estimate(company: Company) -> None:
    amounts = {
        company.countries[entry["code"]]: Decimal(entry["travel"])
        for entry in content("nominations")["countries"]
    }
    scenarios.estimate_travel(company.incheon, amounts, currency="USD", actor=company.officer)


def _try(company: Company, *, entry: Mapping[str, Any]) -> None:
    values = {"name": entry["name"], "objective": entry.get("objective", "merit")}
    if "budget" in entry:
        values["budget"] = Decimal(entry["budget"])
    scenario = scenarios.begin(company.incheon, values, actor=company.officer)
    if not entry.get("quotas", True):
        scenarios.change(scenario, {}, (), expected_version=scenario.version, actor=company.officer)
    scenarios.solve(scenario, actor=company.officer)


def _propose(company: Company) -> None:
    stated = content("offers")
    decisions.propose(
        Scenario.objects.get(edition=company.incheon, name=stated["chosen"]),
        remarks=stated["remarks"],
        director=company.director,
        actor=company.officer,
    )


def _approve(company: Company) -> None:
    company.approve(company.incheon.decisions.get())
