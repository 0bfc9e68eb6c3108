"""What the page of a scenario shows: who is in and why, the composition, what each rule costs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.cohorts import scenarios
from madang.cohorts.actions.scenarios import Move, gives_way, moves
from madang.cohorts.explanations import Telling, quota_in_words
from madang.cohorts.models import Decision, Pin, Scenario, TravelEstimate
from madang.core import locales
from madang.methods import selection
from madang.nominations import attributes as counted
from madang.nominations.attributes import Attribute
from madang.nominations.models import Call, Nomination, Quota
from madang.people.models import Country, Person
from madang.workshops.models import Edition

CHOSEN, RESERVE, OUT = "chosen", "reserve", "out"


@dataclass(frozen=True)
class Row:
    """One nominee in a scenario."""

    nomination: Nomination
    merit: Decimal | None
    uncertainty: Decimal | None
    outcome: str
    rank: int | None
    pin: Pin | None
    reason: str
    fits: int = 0
    probability: float | None = None


@dataclass(frozen=True)
class Bar:
    """How many of one kind are in the cohort, against their quota."""

    label: str
    have: int
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True)
class Group:
    """The bars of one attribute."""

    label: str
    bars: Sequence[Bar]
    note: str = ""


@dataclass(frozen=True)
class Cost:
    """What it costs to move one rule, in words, and the rule, so that it can be tried."""

    moved: str
    cost: str
    change: Mapping[str, Any]
    number: int = -1

    @property
    def points(self) -> float:
        return float(self.change["points"] or 0)


@dataclass
class Board:
    """Everything about one scenario; read from the database once, in `board`."""

    scenario: Scenario
    asked: selection.Problem
    nominations: Mapping[str, Nomination]
    attributes: Mapping[str, Attribute]
    estimates: Mapping[UUID, TravelEstimate]
    pins: Mapping[str, Pin]
    is_settled: bool = False
    names: dict[str, str] = field(default_factory=dict)

    @cached_property
    def answer(self) -> dict[str, Any]:
        return self.scenario.answer or {}

    @cached_property
    def is_current(self) -> bool:
        """Whether the answer holds: for a settled scenario that of when it was settled does."""
        return self.is_settled or scenarios.is_current(self.scenario, self.asked)

    @property
    def status(self) -> str:
        return str(self.answer.get("status", ""))

    @cached_property
    def selected(self) -> list[str]:
        return [key for key in self.answer.get("selected", ()) if key in self.nominations]

    @cached_property
    def values(self) -> dict[str, dict[str, str]]:
        return {nominee.id: nominee.attributes for nominee in self.asked.nominees}

    @cached_property
    def currency(self) -> str:
        return next((each.currency for each in self.estimates.values()), "")

    @cached_property
    def travel(self) -> Decimal:
        """What the cohort's travel is estimated at."""
        chosen = (self.nominations[key].country_id for key in self.selected)
        known = (self.estimates[each].amount for each in chosen if each in self.estimates)
        return sum(known, Decimal(0))

    @cached_property
    def without_estimate(self) -> list[Country]:
        """Countries of the cohort whose travel counts nothing, because nobody estimated it."""
        found = {self.nominations[key].country for key in self.selected}
        return sorted(
            (country for country in found if country.pk not in self.estimates),
            key=lambda country: country.sort_key,
        )

    @cached_property
    def told(self) -> Telling:
        return Telling(self.names, self.attributes, self.currency)

    # --- The cohort -----------------------------------------------------------------------------
    @cached_property
    def rows(self) -> list[Row]:
        """Every nominee: the cohort by merit, then the reserves in order, then the others."""
        reserves = {each["id"]: each for each in self.answer.get("reserves", ())}
        ranks = {key: rank for rank, key in enumerate(reserves, start=1)}
        chosen = set(self.selected)
        chances = self.answer.get("probabilities") or {}
        rows = []
        for key, nomination in self.nominations.items():
            outcome = CHOSEN if key in chosen else RESERVE if key in ranks else OUT
            merit = getattr(nomination, "merit", None)
            rows.append(
                Row(
                    nomination=nomination,
                    merit=merit.value if merit else None,
                    uncertainty=merit.uncertainty if merit else None,
                    outcome=outcome,
                    rank=ranks.get(key),
                    pin=self.pins.get(key),
                    reason=key,
                    fits=len(reserves[key]["replaces"]) if key in reserves else 0,
                    probability=chances.get(key),
                )
            )
        places = {CHOSEN: 0, RESERVE: 1, OUT: 2}
        return sorted(
            rows,
            key=lambda row: (places[row.outcome], row.rank or 0, -(row.merit or 0)),
        )

    def reason(self, key: str) -> str:
        """Why a nominee is in or out; empty where the method was not asked."""
        why = self.answer.get("why", {}).get(key)
        return self.told.reason(why, key) if why else ""

    def spoken_of(self, keys: Iterable[str]) -> set[str]:
        """Whom the reasons of these nominees name, themselves included."""
        found = set(keys)
        for key in tuple(found):
            why = self.answer.get("why", {}).get(key)
            if why:
                found |= {*why["enters"], *why["leaves"]}
                found |= {rule["id"] for rule in why["rules"] if rule.get("id")}
                found |= {each["id"] for each in why["relaxations"] if each.get("id")}
        for change in self.answer.get("changes", ()):
            found |= {*change["enters"], *change["leaves"]}
        found |= {each["id"] for each in self.answer.get("relaxations", ()) if each.get("id")}
        return found & set(self.nominations)

    def learn_names(self, keys: Iterable[str]) -> None:
        """Read the names of these nominees: one query, and only theirs are decrypted."""
        wanted = [self.nominations[key] for key in keys if key not in self.names]
        people = Person.objects.in_bulk({nomination.person_id for nomination in wanted})
        for nomination in wanted:
            nomination.person = people[nomination.person_id]
            self.names[str(nomination.pk)] = str(nomination.person)

    # --- The composition ------------------------------------------------------------------------
    @cached_property
    def composition(self) -> list[Group]:
        """How many of each kind are in the cohort, by attribute, against the scenario's quotas."""
        groups = []
        for attribute in self.attributes.values():
            have = Counter(self.values[key].get(attribute.name, "") for key in self.selected)
            quotas = {
                quota.value: quota for quota in self.asked.quotas
                if quota.attribute == attribute.name
            }  # fmt: skip
            each = quotas.get(Quota.EACH)
            bars = [
                _bar(str(label), have[value], quotas.get(value), each)
                for value, label in attribute.values.items()
                if have[value] or value in quotas
            ]
            if bars:
                groups.append(Group(str(attribute.label), bars))
        return groups

    # --- What rules cost ------------------------------------------------------------------------
    @cached_property
    def costs(self) -> list[Cost]:
        """What moving each rule that binds would bring, and each count by one."""
        return [
            Cost(self.told.moved(change), self.told.cost(change), change, number)
            for number, change in enumerate(self.answer.get("changes", ()))
            if change["points"] or change["objective"] is None or change["limit"] is None
        ]

    @property
    def gains(self) -> list[Cost]:
        """Rules whose loosening makes a better cohort: those that are tight."""
        found = [cost for cost in self.costs if cost.points > 0]
        return sorted(found, key=lambda cost: -cost.points)

    @property
    def one_more(self) -> list[Cost]:
        """One more of each kind than the cohort has now."""
        return [
            cost
            for cost in self.costs
            if cost.change["kind"] == "quota"
            and cost.change["limit"] is None
            and cost.change["by"] > 0
        ]

    @property
    def one_fewer(self) -> list[Cost]:
        return [
            cost
            for cost in self.costs
            if cost.change["kind"] == "quota"
            and cost.change["limit"] is None
            and cost.change["by"] < 0
        ]

    @property
    def seats_and_money(self) -> list[Cost]:
        return [cost for cost in self.costs if cost.change["kind"] != "quota"]

    @property
    def rules_in_words(self) -> list[str]:
        """Objective, seats, budget and quotas, as the minutes state them."""
        lines = [str(self.scenario.get_objective_display())]
        seats = ngettext("%(seats)s seat", "%(seats)s seats", self.scenario.seats)
        lines.append(seats % {"seats": locales.number(self.scenario.seats)})
        if self.scenario.budget is not None:
            amount = {"amount": self.told.money(float(self.scenario.budget))}
            lines.append(_("travel within %(amount)s") % amount)
        return lines + [
            quota_in_words(quota, self.attributes) for quota in self.scenario.quotas.all()
        ]

    # --- Moves that can be tried ----------------------------------------------------------------
    def moves(self, name: str) -> list[Move]:
        """What a button of the page moves: "relaxations", or the number of a change."""
        if name == "relaxations":
            return [gives_way(codes) for codes in self.answer.get("relaxations", ())]
        changes = self.answer.get("changes", ())
        if not name.isdecimal() or int(name) >= len(changes):
            return []
        change = changes[int(name)]
        have = sum(
            self.values[key].get(change["attribute"] or "") == change["value"]
            for key in self.selected
        )
        return [moves(change, have=have)]

    def compared(self, wanted: Mapping[str, str], answer: Mapping[str, Any]) -> Cost:
        """What one more person with all these attributes costs, by the answer with them."""
        now, then = set(self.selected), set(answer["selected"])
        objective = answer["objective"]
        change = {
            "kind": "quota", "by": 1, "limit": None, "attribute": "", "value": "",
            "objective": objective,
            "points": None if objective is None else objective - self.answer["objective"],
            "enters": [key for key in self.nominations if key in then - now],
            "leaves": [key for key in self.nominations if key in now - then],
            "proven": answer["status"] in {"optimal", "infeasible"},
        }  # fmt: skip
        self.learn_names([*change["enters"], *change["leaves"]])
        kinds = [self.told.kind(name, value) for name, value in wanted.items()]
        moved = _("One more of “%(kind)s”") % {"kind": locales.listed(kinds)}
        return Cost(moved, self.told.cost(change), change)


def _bar(label: str, have: int, own: selection.Quota | None, each: selection.Quota | None) -> Bar:
    quotas = [quota for quota in (own, each) if quota is not None]
    least = max((quota.min for quota in quotas), default=0)
    most = [quota.max for quota in quotas if quota.max is not None]
    return Bar(label, have, least or None, min(most, default=None))


def board(scenario: Scenario) -> Board:
    """A scenario with all that its page says of it, names apart (`Board.learn_names`)."""
    found = scenarios.candidates(scenario.edition_id)
    asked = scenarios.problem(scenario, found)
    nominations = {str(each.pk): each for each in found}
    call = Call.objects.filter(edition=scenario.edition_id).first()
    countries = {each.country for each in nominations.values()}
    pins = scenario.pins.select_related("subject")
    return Board(
        scenario=scenario,
        asked=asked,
        nominations=nominations,
        attributes=counted.attributes(call, countries) if call else {},
        estimates=estimates(scenario.edition),
        pins={str(pin.nomination_id): pin for pin in pins},
        is_settled=scenario.answer is not None
        and scenario.decisions.exclude(state=Decision.State.DROPPED).exists(),
    )


def estimates(edition: Edition) -> dict[UUID, TravelEstimate]:
    """What travel from each country is estimated at. One query."""
    return {each.country_id: each for each in edition.travel_estimates.all()}


def nominating(edition: Edition) -> list[Country]:
    """The countries that nominees come from, by name. One query."""
    found = scenarios.eligible(edition.pk).order_by().values("country")
    return list(Country.objects.filter(pk__in=found).order_by("sort_key"))
