"""The demo's groups: mixed and published before the week, repaired on Wednesday, and concluded."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from madang.groups.actions import absences, conclusions, hand, planning, plans, repairs
from madang.groups.models import Group, GroupPlan
from madang.people.models import Country
from madang.site.demo.company import Company, participants
from madang.site.demo.content import content, given
from madang.site.demo.story import Step

# A group is done some minutes before the end of its session; the facilitator reads it that evening.
WRITTEN = timedelta(minutes=10)
READ = timedelta(minutes=20)


def steps() -> Iterator[Step]:
    """The plan, who has to leave, the repair, and what the groups of each session concluded."""
    stated = content("groups")
    yield Step(stated["planned"], _plan)
    yield Step(stated["published"], _publish)
    yield Step(stated["leaving"]["noted"], _leave)
    yield Step(stated["repaired"], _repair)
    for entry in stated["sessions"]:
        ends: datetime = entry["ends"]
        yield Step(ends - WRITTEN, partial(_conclude, entry=entry))
        yield Step(ends + READ, partial(_accept, entry=entry))


def _group_plan(company: Company) -> GroupPlan:
    return GroupPlan.objects.select_related("edition").get(edition=company.incheon)


def _plan(company: Company) -> None:
    """Seven groups: with a prime number of them nobody need meet twice in seven sessions."""
    stated = content("groups")
    sessions = [company.sessions[entry["session"]] for entry in stated["sessions"]]
    plan = plans.make_plan(
        company.incheon,
        # The tables of the dinner are laid by themselves, and not known yet.
        {"groups": stated["groups"], "balance_maturity": True, "counts_dinners": False},
        sessions,
        actor=company.officer,
    )
    keys = dict(Country.objects.values_list("alpha2", "pk"))
    levels = {keys[code]: level for level, codes in stated["levels"].items() for code in codes}
    plans.set_levels(plan, levels, expected_version=plan.version, actor=company.officer)
    planning.ask(plan, actor=company.officer)


def _publish(company: Company) -> None:
    """Each group gets its corner for the week; then everybody sees theirs."""
    plan = _group_plan(company)
    for number, entry in enumerate(content("groups")["places"], start=1):
        group = Group.objects.filter(round__plan=plan, number=number).first()
        values = {"room": company.rooms[entry["room"]], "place": entry.get("place", "")}
        hand.change_group(
            group,
            values,
            expected_version=group.version,
            everywhere=True,
            actor=company.officer,
        )
    hand.publish(plan, actor=company.officer)


def _leave(company: Company) -> None:
    """Somebody is called home. They took part: only their groups to come go on without them."""
    stated = content("groups")["leaving"]
    leaving = participants(company.incheon)[stated["who"]]
    absences.add(leaving, {"starts_at": stated["at"]}, actor=company.accounts["officer2"])


def _repair(company: Company) -> None:
    repairs.repair(_group_plan(company), actor=company.officer)


def _written(company: Company, entry: Mapping[str, Any]) -> Iterator[tuple[Group, dict[str, str]]]:
    """The groups of a session that wrote something, with what they wrote by language."""
    groups = Group.objects.filter(round__session=company.sessions[entry["session"]])
    for group in groups.select_related("conclusion", "rapporteur__person__account"):
        text = entry["groups"].get(str(group.number))
        if text:
            yield group, text


def _conclude(company: Company, *, entry: Mapping[str, Any]) -> None:
    """The rapporteurs write and hand in."""
    for group, text in _written(company, entry):
        actor = getattr(group.rapporteur.person, "account", None) if group.rapporteur else None
        conclusion = conclusions.write(
            group.conclusion,
            text["en"].strip(),
            expected_version=group.conclusion.version,
            actor=actor,
            scope=company.incheon.pk,
        )
        given(conclusion, {"text": text})
        conclusions.hand_in(conclusion, actor=actor, scope=company.incheon.pk)


def _accept(company: Company, *, entry: Mapping[str, Any]) -> None:
    """The officer reads and accepts what was handed in."""
    for group, _text in _written(company, entry):
        conclusions.accept(group.conclusion, actor=company.officer, scope=company.incheon.pk)
