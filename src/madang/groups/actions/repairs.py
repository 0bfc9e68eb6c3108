"""Dropouts and latecomers: rounds held stay, those to come are mended, few people change group."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, limits
from madang.core.audit import Actor
from madang.groups import notices, planning
from madang.groups.actions import placing
from madang.groups.actions.planning import MEGABYTES, SECONDS, lists_of
from madang.groups.actions.plans import locked
from madang.groups.models import GroupPlan
from madang.groups.queries import weeks
from madang.groups.queries.weeks import Week
from madang.methods.rotation import Rotation
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Participation


@dataclass(frozen=True)
class Proposal:
    """What a repair would do: who is in another group then, and how that compares."""

    answer: Rotation
    moved: list[tuple[Participation, int]]

    @property
    def changes(self) -> int:
        return sum(number for _one, number in self.moved)

    @property
    def is_least(self) -> bool:
        """Whether groups of even sizes can't be had with fewer changes."""
        return self.changes == self.answer.moves_bound

    @property
    def mark(self) -> str:
        """By which it is known again when it is confirmed."""
        return _mark(self.answer)


def _mark(answer: Rotation) -> str:
    return notices.digest(repr(answer.rounds))


def proposal(week: Week) -> Proposal:
    """The repair of a plan; asks the method in a process of its own.

    Raises `RefusedError` where it can't be done so: then the week is planned anew.
    """
    if not week.to_come or min(len(week.there(row)) for row in week.to_come) < week.plan.groups:
        raise RefusedError(_("There are fewer people than groups: change the plan first."))
    try:
        answer: Rotation = limits.run_limited(
            planning.answer,
            args=(week.problem(planned=True),),
            seconds=SECONDS,
            megabytes=MEGABYTES,
        )
    except limits.LimitExceededError as error:
        raise RefusedError(str(error)) from None
    moved = answer.moved or {}
    return Proposal(
        answer, [(one, moved[str(key)]) for key, one in week.people.items() if str(key) in moved]
    )


@transaction.atomic
def repair(plan: GroupPlan, *, mark: str | None = None, actor: Actor | None) -> Proposal:
    """Mend the rounds to come. `mark` is that of the proposal that the officer saw.

    Those are told whose groups are other than before, and those who left too. Raises
    `RefusedError` where the proposal is not the same any more.
    """
    plan = locked(plan)
    week = weeks.read(plan)
    found = proposal(week)
    if mark is not None and mark != found.mark:
        raise RefusedError(_("Somebody changed the groups in the meantime: look at it again."))
    placing.keep_before(week)
    touched = placing.place(week, lists_of(week, found.answer))
    placing.appoint(weeks.read(plan))
    audit.record(
        actor, "groups.repaired", plan, number=len(found.moved), repeats=found.answer.repeats
    )
    notices.tell_moved(plan, touched)
    return found


@dataclass(frozen=True)
class Mismatch:
    """Who is in a group of a round to come and does not come, and who comes and has no group."""

    leaving: list[Participation]
    coming: list[Participation]

    def __bool__(self) -> bool:
        return bool(self.leaving or self.coming)


def mismatch(week: Week) -> Mismatch:
    """What a repair would mend (no queries); nothing before there are groups."""
    leaving: set[UUID] = set()
    coming: set[UUID] = set()
    for row in week.to_come:
        if not row.groups:
            continue
        there = week.there(row)
        leaving |= row.places.keys() - there
        coming |= there - row.places.keys()
    return Mismatch(
        [one for key, one in week.people.items() if key in leaving],
        [one for key, one in week.people.items() if key in coming],
    )
