"""When plans are made, when people are asked what became of them, and the asking itself."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from madang.core import addresses, audit, clock, outbox
from madang.followup.models import ActionPlan, FollowUp, Progress, Round
from madang.people import access_links
from madang.people.models import AccessLink
from madang.workshops.actions import records
from madang.workshops.models import Edition, Participation

PURPOSE = "follow_up"
MONTHS = (6, 12)
# So many plans are asked about in one transaction.
BATCH = 50
_HAVE_UNTIL = time(18, 0)


def months_after(day: date, months: int) -> date:
    """The same day of a later month; its last one where that month is shorter."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def usual(edition: Edition) -> dict[str, datetime]:
    """The window that is proposed: from the last day on, for two weeks."""
    last = edition.ends_on
    return {
        "opens_at": edition.moment(last, time(9, 0)),
        "closes_at": edition.moment(last + timedelta(days=14), _HAVE_UNTIL),
    }


@transaction.atomic
def begin(edition: Edition, values: Mapping[str, Any], *, actor: audit.Actor | None) -> FollowUp:
    """Let an edition ask for plans, and plan both rounds of the follow-up."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    follow_up = FollowUp(edition=edition, **values)
    records.add(follow_up, "follow_up.begun", actor=actor)
    for months in MONTHS:
        Round(edition=edition, months=months, opens_on=months_after(edition.ends_on, months)).save(
            force_insert=True
        )
    return follow_up


@transaction.atomic
def change(
    follow_up: FollowUp,
    values: Mapping[str, Any],
    days: Mapping[int, date],
    *,
    expected_version: int,
    actor: audit.Actor | None,
) -> None:
    """Change the window and the days of rounds that have not begun (`days` by their months)."""
    records.change(
        follow_up, values, "follow_up.changed", expected_version=expected_version, actor=actor
    )
    planned = Round.objects.select_for_update().filter(
        edition=follow_up.edition_id, state=Round.State.PLANNED
    )
    for asking in planned:
        day = days.get(asking.months)
        if day is not None and day != asking.opens_on:
            asking.opens_on = day
            asking.save(update_fields=["opens_on"])
            audit.record(actor, "round.moved", asking, months=asking.months, day=day)


# --- Asking --------------------------------------------------------------------------------------
def ask_due() -> int:
    """Open the rounds whose day has come, ask everybody with a plan, close what is over.

    Harmless to run twice: each plan is asked about once in a round. Returns how many were asked.
    """
    asked = 0
    for asking in Round.objects.filter(state=Round.State.PLANNED).select_related("edition"):
        if asking.opens_on <= clock.today(asking.edition.zone):
            asking.open(actor=None)
    for asking in Round.objects.filter(state=Round.State.OPEN).select_related("edition"):
        if clock.today(asking.edition.zone) >= asking.opens_on + Round.LASTS:
            asking.close(actor=None)
        else:
            asked += _ask_all(asking)
    return asked


def _ask_all(asking: Round) -> int:
    plans = (
        ActionPlan.objects.filter(
            participation__edition=asking.edition_id,
            participation__state=Participation.State.EXPECTED,
            participation__person__erased_at__isnull=True,
            state=ActionPlan.State.HANDED_IN,
        )
        .exclude(progress__round=asking)
        .select_related("participation__person__subject")
    )
    found = list(plans)
    for start in range(0, len(found), BATCH):
        _ask(asking, found[start : start + BATCH])
    return len(found)


@transaction.atomic
def _ask(asking: Round, plans: Iterable[ActionPlan]) -> None:
    # Two workers at once ask each of them once.
    Round.objects.select_for_update().get(pk=asking.pk)
    for plan in plans:
        progress, is_new = Progress.objects.get_or_create(
            plan=plan, round=asking, defaults={"asked_at": clock.now()}
        )
        if is_new:
            progress.round, progress.plan = asking, plan
            _mail(progress, "asked")


def remind_due() -> int:
    """Remind once whoever has not answered for as long as their edition allows."""
    waiting = Progress.objects.filter(
        state=Progress.State.ASKED,
        reminded_at__isnull=True,
        round__state=Round.State.OPEN,
        plan__participation__person__erased_at__isnull=True,
    ).select_related("round__edition__follow_up", "plan__participation__person__subject")
    reminded = 0
    for progress in waiting:
        wait = timedelta(days=progress.round.edition.follow_up.reminder_days)
        if progress.asked_at + wait <= clock.now():
            reminded += _remind(progress)
    return reminded


@transaction.atomic
def _remind(progress: Progress) -> bool:
    stored = Progress.objects.select_for_update().get(pk=progress.pk)
    if stored.reminded_at is not None or stored.state != Progress.State.ASKED:
        return False
    stored.reminded_at = clock.now()
    stored.save(update_fields=["reminded_at"])
    _mail(progress, "reminder")
    return True


def link_of(progress: Progress) -> AccessLink:
    """The link by which somebody answers without an account; it holds as long as the round."""
    asking, person = progress.round, progress.plan.participation.person
    until = asking.edition.moment(asking.opens_on + Round.LASTS, _HAVE_UNTIL)
    return access_links.give(PURPOSE, progress, person, until=until, actor=None)


def _mail(progress: Progress, name: str) -> None:
    person = progress.plan.participation.person
    if not person.email:
        return
    edition = progress.round.edition
    outbox.post(
        key=f"follow-up-{name}:{progress.pk}",
        to=person,
        template=f"followup/mails/{name}",
        context={
            "name": str(person),
            "edition": edition,
            "months": progress.round.months,
            "address": access_links.address(link_of(progress)),
            "account_address": addresses.of("own_followup:follow_up", edition.slug),
        },
        about=progress,
    )
