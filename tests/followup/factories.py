"""Plans, answers and releases for tests, made by the actions that the pages use."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.test import Client

from madang.core import clock
from madang.core.models import Message
from madang.followup.actions import asking, plans, progress, releases
from madang.followup.models import ActionPlan, FollowUp, Progress, Release, Round
from madang.followup.queries import releasable
from madang.workshops.models import Edition, Participation


def begin(edition: Edition, **values: Any) -> FollowUp:
    return asking.begin(edition, asking.usual(edition) | values, actor=None)


def on_friday(edition: Edition) -> datetime:
    """A moment within the usual window."""
    return asking.usual(edition)["opens_at"] + timedelta(hours=5)


def rows(*whats: str, **values: Any) -> list[dict[str, Any]]:
    """The places of a plan: each what has the rest of an action."""
    rest = {
        "by_when": date(2008, 3, 1), "with_whom": "my minister", "sign": "The decree is signed.",
        "module": None, "recommendation": None,
    }  # fmt: skip
    return [{"what": what} | rest | values for what in whats]


def make_plan(
    participation: Participation, *whats: str, is_handed_in: bool = True, **values: Any
) -> ActionPlan:
    """A plan on the last day, which is handed in unless told otherwise."""
    actor = getattr(participation.person, "account", None)
    with clock.at(on_friday(participation.edition)):
        plan = plans.write(
            participation,
            rows(*(whats or ("Write the charter", "Train two colleagues")), **values),
            expected_version=None,
            actor=actor,
        )
        if is_handed_in:
            plans.hand_in(participation, actor=actor)
    plan.refresh_from_db()
    return plan


def after(edition: Edition, months: int, days: int = 0) -> datetime:
    """Noon, some days after the day of a round."""
    day = asking.months_after(edition.ends_on, months) + timedelta(days=days)
    return edition.moment(day, datetime.min.time()) + timedelta(hours=12)


def asked(plan: ActionPlan, months: int = 6) -> Progress:
    """The question of a round to the author of a plan; everybody with a plan is asked."""
    edition = plan.participation.edition
    with clock.at(after(edition, months)):
        asking.ask_due()
    return Progress.objects.select_related("round", "plan__participation__person__subject").get(
        plan=plan, round__months=months
    )


def answer(
    question: Progress, statuses: Sequence[str] = ("done", "under_way"), **statements: str
) -> Progress:
    """Answer for each action of the plan, two days after it was asked."""
    actions = list(question.plan.actions.all())
    said = dict.fromkeys(("evidence", "helped", "hindered"), "") | statements
    told = {
        action: {"status": status} | said
        for action, status in zip(actions, _long(statuses, len(actions)), strict=True)
    }
    edition = question.plan.participation.edition
    with clock.at(after(edition, question.round.months, 2)):
        return progress.tell(question, told, expected_version=question.version, actor=None)


def _long(statuses: Sequence[str], length: int) -> Iterable[str]:
    return [statuses[min(place, len(statuses) - 1)] for place in range(length)]


def release(plan: ActionPlan, *parts: str, email: str = "boss@example.org") -> Release:
    """Show a supervisor some parts ("action", "evidence" …) of the first action; all by default."""
    items = releasable.items(plan)
    first = items[0].action
    wanted = [it.key for it in items if it.action == first and (not parts or it.part in parts)]
    return releases.name_supervisor(plan, "Director Tuisuva", email, wanted, actor=None)


def close(asking_round: Round) -> None:
    Round.objects.filter(pk=asking_round.pk).update(state=Round.State.CLOSED)


def address_in(message: Message) -> str:
    """The address of ours that a mail brings."""
    return re.search(r"http://\S+?(/follow-up/\S+)", message.text)[1]


def let_in(address: str, code_address: str) -> Client:
    """A browser that gave the code which the mail to that link brings."""
    client = Client()
    client.post(code_address, {"act": "send"})
    mail = Message.objects.filter(template="people/mails/access_code").order_by("-created_at")[0]
    client.post(code_address, {"code": re.search(r"\d{6}", mail.text)[0], "act": "enter"})
    assert client.get(address).status_code == 200
    return client
