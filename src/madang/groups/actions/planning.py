"""A proposal for the rounds to come, made by the worker; the front's points; undoing the last."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.core import audit, clock, jobs, limits
from madang.core.audit import Actor
from madang.core.models import Job
from madang.groups import notices, planning
from madang.groups.actions import placing
from madang.groups.actions.plans import locked
from madang.groups.models import GroupPlan
from madang.groups.queries import weeks
from madang.groups.queries.weeks import Week
from madang.methods.rotation import Problem, Rotation
from madang.people.actions.refusal import RefusedError

JOB = "groups.plan"
SEARCH = 5  # seconds that the method searches, where the bound isn't reached before
SECONDS = 60  # it stops by itself; compiling it comes on top
MEGABYTES = 4000


@transaction.atomic
def ask(plan: GroupPlan, *, actor: Actor | None) -> Job:
    """Let the worker plan the rounds to come, otherwise than the last time.

    Raises `RefusedError` where there is nothing to plan.
    """
    plan = locked(plan)
    plan.seed += plan.planned_at is not None
    plan.extra_repeats = 0
    plan.save(update_fields=["seed", "extra_repeats"])
    return _start(plan, actor=actor)


@transaction.atomic
def choose(plan: GroupPlan, extra_repeats: int, *, actor: Actor | None) -> Job:
    """Take another point of the front: plan once more, with so many repeats more than the fewest.

    Raises `RefusedError` for what is no point of the front that the method has found.
    """
    plan = locked(plan)
    front = plan.answer.get("front", [])
    if extra_repeats not in [repeats - front[0][0] for repeats, _imbalance in front]:
        raise RefusedError(_("The plan has changed: choose again."))
    plan.extra_repeats = extra_repeats
    plan.save(update_fields=["extra_repeats"])
    audit.record(actor, "groups.balance_chosen", plan, number=extra_repeats)
    return _start(plan, actor=actor)


def _start(plan: GroupPlan, *, actor: Actor | None) -> Job:
    _refuse_nothing(weeks.read(plan))
    return jobs.start(JOB, actor=actor, title=_("Groups"), arguments={"plan": str(plan.pk)})


def _refuse_nothing(week: Week) -> None:
    if not week.to_come:
        raise RefusedError(_("There is no session to come in this plan: choose some first."))
    fewest = min(len(week.there(row)) for row in week.to_come)
    if fewest < week.plan.groups:
        raise RefusedError(
            _("There are %(groups)s groups, and %(people)s people in a session: make it fewer.")
            % {"groups": week.plan.groups, "people": fewest}
        )


def propose(progress: jobs.Progress, *, plan: str) -> jobs.Outcome:
    """The job: ask the method in a process of its own, and put people as it says."""
    found = GroupPlan.objects.select_related("edition").get(pk=plan)
    week = weeks.read(found)
    try:
        _refuse_nothing(week)
    except RefusedError as refused:
        raise jobs.JobError(str(refused.why)) from None
    problem = week.problem(seconds=SEARCH)
    progress.report(0, 1, _("Mixing the groups"))
    try:
        answer = limits.run_limited(
            planning.answer, args=(problem,), seconds=SECONDS, megabytes=MEGABYTES
        )
    except limits.LimitExceededError as error:
        raise jobs.JobError(str(error)) from None
    use(found, problem, answer, owner=progress.job.owner_id)
    return jobs.Outcome(
        url=reverse("groups:plan", args=[found.edition.slug]), label=_("Look at the groups")
    )


@transaction.atomic
def use(plan: GroupPlan, problem: Problem, answer: Rotation, *, owner: UUID | None = None) -> None:
    """Put people as a proposal says. Raises `JobError` where the question has changed since."""
    plan = locked(plan)
    week = weeks.read(plan)
    if week.problem(seconds=problem.seconds) != problem:
        raise jobs.JobError(
            _("Somebody changed the plan or who comes in the meantime. Plan once more.")
        )
    placing.keep_before(week)
    touched = placing.place(week, lists_of(week, answer))
    plan.answer = told(answer)
    plan.planned_at = clock.now()
    plan.save(update_fields=["answer", "planned_at"])
    placing.appoint(weeks.read(plan))
    audit.record(
        notices.by(owner), "groups.planned", plan, number=len(week.to_come),
        repeats=answer.repeats, bound=answer.bound,
    )  # fmt: skip
    notices.tell_moved(plan, touched)


def lists_of(week: Week, answer: Rotation) -> dict[UUID, placing.Lists]:
    """The answer's groups by the key of their round, rounds held left out."""
    return {
        row.round.pk: [[UUID(key) for key in group] for group in groups]
        for row, groups in zip(week.rounds, answer.rounds, strict=True)
        if not row.is_held
    }


def told(answer: Rotation) -> Mapping[str, Any]:
    """What is kept of an answer beside the groups themselves."""
    return {
        "repeats": answer.repeats,
        "bound": answer.bound,
        "status": answer.status,
        "balance": answer.balance,
        "front": [[point.repeats, point.imbalance] for point in answer.front],
        "seconds": answer.seconds,
    }


@transaction.atomic
def undo(plan: GroupPlan, *, actor: Actor | None) -> None:
    """Put everybody in the rounds to come back where they were before the last change.

    Whoever does not come any more stays away. Raises `RefusedError` where nothing is to be undone.
    """
    plan = locked(plan)
    if not plan.can_undo:
        raise RefusedError(_("There is nothing to undo."))
    week = weeks.read(plan)
    lists: dict[UUID, placing.Lists] = {}
    for row in week.to_come:
        before = plan.before.get(row.round.key)
        if before is None:
            continue
        there = week.there(row)
        count = max((number for number, _pinned in before.values()), default=0)
        groups: list[list[UUID]] = [[] for _ in range(max(count, 1))]
        for key, (number, _pinned) in before.items():
            if UUID(key) in there:
                groups[number - 1].append(UUID(key))
        lists[row.round.pk] = groups
    touched = placing.place(week, lists)
    for row in weeks.read(plan).to_come:
        before = plan.before.get(row.round.key, {})
        for member in row.members:
            pinned = bool(before.get(str(member.participation_id), (0, member.is_pinned))[1])
            if member.is_pinned != pinned:
                member.is_pinned = pinned
                member.save(update_fields=["is_pinned"])
    placing.forget_before(plan)
    placing.appoint(weeks.read(plan))
    audit.record(actor, "groups.undone", plan)
    notices.tell_moved(plan, touched)
