"""The part of the world with groups."""

from typing import Any

from madang.groups.actions import absences, conclusions, hand, placing, plans
from madang.groups.models import Conclusion, Group
from madang.groups.queries import weeks
from madang.people.models import Account
from madang.workshops.models import Participation, Session
from tests import factories as make


def add_groups(
    half: Any, text: str, officer: Account, director: Account, taking_part: Participation
) -> None:
    """One of everything; `text` is hostile in one half.

    Of two rounds, one was held; its group has written, and `taking_part` is its rapporteur. In the
    other, somebody is away.
    """
    edition = half.edition
    held, to_come = (
        make.make_session(
            edition, day=day, at="16:00", kind=Session.Kind.GROUP_WORK, title=f"In groups {text}"
        )
        for day in (1, 5)
    )
    values = {"groups": 1, "balance_maturity": True}
    plan = plans.make_plan(edition, values, [to_come], actor=officer)
    plan.rounds.create(session=held)
    week = weeks.read(plan)
    people = [[key for key in week.people if key in week.expected]]
    placing.place(week, {week.rounds[1].round.pk: people})
    first = Group.objects.create(round=week.rounds[0].round, number=1, place=text[:80])
    Conclusion.objects.create(group=first)
    for key in people[0]:
        first.members.create(round=first.round, participation_id=key)
    first.rapporteur = taking_part
    first.save()
    if edition.state == "announced":
        hand.publish(plan, actor=officer)
    conclusions.write(first.conclusion, text, expected_version=1, actor=officer, scope=edition.pk)
    away = make.local(edition, 5, "08:00")
    half.things["absence"] = absences.add(taking_part, {"starts_at": away}, actor=officer)
    half.things |= {"group": first, "round": first.round}
    half.things["member"] = week.rounds[1].round.members.first()
