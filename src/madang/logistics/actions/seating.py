"""Tables of a session, a proposal of who sits where, and what an officer sets by hand.

Places are given under a lock on the plan. A proposal is made by the worker, since the method takes
a moment; it keeps what is fixed, and the last one can be undone.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.core import audit, jobs, limits
from madang.core.audit import Actor
from madang.core.models import Job
from madang.logistics import seating
from madang.logistics.models import SeatingPlan, Table, TablePlace
from madang.logistics.queries import seating as queries
from madang.logistics.queries.coming import coming
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records
from madang.workshops.models import Participation, Session

JOB = "logistics.seating"
# The search itself stops after `seating.SECONDS`; compiling it comes on top.
SECONDS = 60
MEGABYTES = 4000


# --- Tables --------------------------------------------------------------------------------------
@transaction.atomic
def make_plan(session: Session, *, tables: int, seats: int, actor: Actor | None) -> SeatingPlan:
    """Lay so many tables of so many seats. Raises `RefusedError` where there are tables already."""
    Session.objects.select_for_update().get(pk=session.pk)
    if SeatingPlan.objects.filter(session=session).exists():
        raise RefusedError(_("This session has tables already."))
    plan = SeatingPlan(session=session)
    plan.save(force_insert=True)
    Table.objects.bulk_create(
        Table(plan=plan, number=number, seats=seats, version=1) for number in range(1, tables + 1)
    )
    audit.record(actor, "seating.made", plan, scope=session.edition_id, tables=tables, seats=seats)
    return plan


@transaction.atomic
def remove_plan(plan: SeatingPlan, *, actor: Actor | None) -> None:
    """Remove all tables of a session, and with them who sits where."""
    records.remove(plan, "seating.removed", actor=actor, scope=plan.session.edition_id)


@transaction.atomic
def add_table(plan: SeatingPlan, values: Mapping[str, Any], *, actor: Actor | None) -> Table:
    """Add a table after the last."""
    plan = _locked(plan)
    last = plan.tables.aggregate(last=Max("number"))["last"] or 0
    table = Table(plan=plan, number=last + 1, **values)
    records.add(table, "table.added", actor=actor, scope=plan.session.edition_id)
    return table


@transaction.atomic
def change_table(
    table: Table, values: Mapping[str, Any], *, expected_version: int, actor: Actor | None
) -> None:
    """Change a table; it keeps a seat for everybody who sits at it."""
    plan = _locked(table.plan)
    taken = table.places.count()
    if values.get("seats", taken) < taken:
        raise RefusedError(
            _("%(number)s people sit at it: move some of them first.") % {"number": taken}, "seats"
        )
    records.change(
        table,
        values,
        "table.changed",
        expected_version=expected_version,
        actor=actor,
        scope=plan.session.edition_id,
    )


@transaction.atomic
def remove_table(table: Table, *, actor: Actor | None) -> None:
    """Remove a table; those who sat at it have no place then."""
    plan = _locked(table.plan)
    records.remove(table, "table.removed", actor=actor, scope=plan.session.edition_id)
    _forget_undo(plan)


# --- By hand -------------------------------------------------------------------------------------
@transaction.atomic
def move(
    plan: SeatingPlan, participation: Participation, table: Table | None, *, actor: Actor | None
) -> None:
    """Seat somebody at a table, fixed from then on, or with None at no table.

    Raises `RefusedError` where it is full or they do not come.
    """
    plan = _locked(plan)
    stored = plan.places.filter(participation=participation).first()
    if table is None:
        if stored is not None:
            stored.delete()
            audit.record(actor, "table.left", participation)
        return
    table = plan.tables.get(pk=table.pk)
    if not coming(plan.session).filter(pk=participation.pk).exists():
        raise RefusedError(_("They do not come to this session."))
    if (stored is None or stored.table_id != table.pk) and table.places.count() >= table.seats:
        raise RefusedError(_("This table is full: move somebody away first."), "table")
    place = stored or TablePlace(plan=plan, participation=participation)
    place.table, place.is_fixed = table, True
    place.save()
    audit.record(actor, "table.seated", participation, table=table.number)


@transaction.atomic
def fix(
    plan: SeatingPlan, participation: Participation, *, fixed: bool, actor: Actor | None
) -> None:
    """Keep somebody where they sit when the rest is planned anew, or let them go again."""
    plan = _locked(plan)
    place = plan.places.filter(participation=participation).first()
    if place is None or place.is_fixed == fixed:
        return
    place.is_fixed = fixed
    place.save(update_fields=["is_fixed"])
    audit.record(actor, "table.fixed" if fixed else "table.freed", participation)


@transaction.atomic
def free_all(plan: SeatingPlan, *, actor: Actor | None) -> None:
    """Nobody is fixed any more."""
    plan = _locked(plan)
    freed = plan.places.filter(is_fixed=True).update(is_fixed=False)
    if freed:
        audit.record(actor, "seating.freed", plan, scope=plan.session.edition_id, number=freed)


@transaction.atomic
def release_gone(plan: SeatingPlan, *, actor: Actor | None) -> int:
    """Free the places of those who do not come any more; returns how many."""
    plan = _locked(plan)
    freed = _release_gone(plan)
    if freed:
        audit.record(actor, "seating.released", plan, scope=plan.session.edition_id, number=freed)
    return freed


def _release_gone(plan: SeatingPlan) -> int:
    known = coming(plan.session).values("pk")
    freed, _by_model = plan.places.exclude(participation__in=known).delete()
    return freed


# --- A proposal ----------------------------------------------------------------------------------
def ask(plan: SeatingPlan, *, actor: Actor) -> Job:
    """Let the worker seat everybody who is not fixed. Raises `RefusedError` where seats lack."""
    board = queries.board(plan)
    if not board.coming:
        raise RefusedError(_("Nobody comes to this session yet."))
    if not board.fits:
        raise RefusedError(
            _("%(people)s people come, and there are %(seats)s seats: add tables first.")
            % {"people": board.coming, "seats": board.seats}
        )
    return jobs.start(JOB, actor=actor, title=_("Seating plan"), arguments={"plan": str(plan.pk)})


def propose(progress: jobs.Progress, *, plan: str) -> jobs.Outcome:
    """The job: ask the method in a process of its own, and seat people as it says."""
    found = SeatingPlan.objects.select_related("session__edition").get(pk=plan)
    problem = queries.problem(found)
    progress.report(0, 1, _("Mixing the tables"))
    try:
        answer = limits.run_limited(
            seating.propose, args=(problem,), seconds=SECONDS, megabytes=MEGABYTES
        )
    except limits.LimitExceededError as error:
        raise jobs.JobError(str(error)) from None
    except seating.DoesNotFitError:
        raise jobs.JobError(_("There are more people than seats: add tables first.")) from None
    use(found, problem, answer)
    session = found.session
    return jobs.Outcome(
        url=reverse("logistics:seating", args=[session.edition.slug, session.pk]),
        label=_("Look at the tables"),
    )


@transaction.atomic
def use(plan: SeatingPlan, problem: seating.Problem, answer: seating.Plan) -> None:
    """Seat people as a proposal says. Raises `JobError` where the question has changed since."""
    plan = _locked(plan)
    if queries.problem(plan) != problem:
        raise jobs.JobError(
            _("Somebody changed the tables or who comes in the meantime. Propose once more.")
        )
    _release_gone(plan)
    places = {str(place.participation_id): place for place in plan.places.all()}
    before = {person: [str(place.table_id), place.is_fixed] for person, place in places.items()}
    plan.places.filter(is_fixed=False).delete()
    TablePlace.objects.bulk_create(
        TablePlace(plan=plan, participation_id=UUID(person), table_id=UUID(table), version=1)
        for person, table in answer.places.items()
        if person not in problem.fixed
    )
    plan.before, plan.can_undo, plan.seed = before, True, plan.seed + 1
    plan.save(update_fields=["before", "can_undo", "seed"])
    audit.record(
        None, "seating.proposed", plan, scope=plan.session.edition_id,
        number=len(answer.places), pairs=answer.pairs, bound=answer.bound,
    )  # fmt: skip


@transaction.atomic
def undo(plan: SeatingPlan, *, actor: Actor | None) -> None:
    """Put everybody back where they sat before the last proposal.

    What was set by hand since goes too; whoever no longer comes stays away. Raises `RefusedError`
    where there is nothing to undo.
    """
    plan = _locked(plan)
    if not plan.can_undo:
        raise RefusedError(_("There is nothing to undo."))
    plan.places.all().delete()
    tables = set(plan.tables.values_list("pk", flat=True))
    known = set(coming(plan.session).values_list("pk", flat=True))
    TablePlace.objects.bulk_create(
        TablePlace(
            plan=plan,
            participation_id=UUID(person),
            table_id=UUID(table),
            is_fixed=fixed,
            version=1,
        )
        for person, (table, fixed) in plan.before.items()
        if UUID(table) in tables and UUID(person) in known
    )
    _forget_undo(plan)
    audit.record(actor, "seating.undone", plan, scope=plan.session.edition_id)


def _forget_undo(plan: SeatingPlan) -> None:
    plan.before, plan.can_undo = {}, False
    plan.save(update_fields=["before", "can_undo"])


def _locked(plan: SeatingPlan) -> SeatingPlan:
    of_session = SeatingPlan.objects.select_related("session__edition")
    return of_session.select_for_update(of=("self",)).get(pk=plan.pk)
