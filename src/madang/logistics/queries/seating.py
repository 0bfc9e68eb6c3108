"""The tables of a session, who sits where, and how well that is mixed."""

from dataclasses import dataclass
from uuid import UUID

from madang.logistics import seating
from madang.logistics.models import SeatingPlan, Table, TablePlace
from madang.logistics.queries.coming import coming, host_ids, with_gone
from madang.workshops.models import Participation
from madang.workshops.queries import people


@dataclass(frozen=True)
class Seated:
    """Somebody at a table; `has_compatriot` where another of their country sits there too."""

    participation: Participation
    is_fixed: bool
    is_host: bool
    has_compatriot: bool
    comes: bool


@dataclass(frozen=True)
class Laid:
    """One table with those who sit at it, hosts first, then by name."""

    table: Table
    seated: list[Seated]

    @property
    def free(self) -> int:
        return self.table.seats - len(self.seated)


@dataclass(frozen=True)
class Board:
    """All tables, who still has none, and how well they are mixed.

    `pairs` of one country share a table; with what is fixed there are never fewer than `bound`.
    """

    laid: list[Laid]
    waiting: list[Participation]
    gone: list[Participation]
    coming: int
    fixed: int
    pairs: int
    bound: int

    @property
    def seats(self) -> int:
        return sum(laid.table.seats for laid in self.laid)

    @property
    def seated(self) -> int:
        return sum(len(laid.seated) for laid in self.laid)

    @property
    def fits(self) -> bool:
        return self.seats >= self.coming


def board(plan: SeatingPlan) -> Board:
    """Everything about the tables of a session."""
    come, gone, places = with_gone(plan.session, plan.places.all())
    known = {one.pk for one in come}
    place_of = {place.participation_id: place for place in places}
    everybody = people.by_name([*come, *gone])
    hosts = hosts_among(plan, everybody)
    tables = list(plan.tables.all())
    problem = _problem(plan, come, hosts, tables, places)
    laid = [_laid(table, everybody, place_of, hosts, known) for table in tables]
    at = {str(place.participation_id): str(place.table_id) for place in places}
    fits = len(come) <= sum(problem.tables.values())
    return Board(
        laid=laid,
        waiting=[one for one in come if one.pk not in place_of],
        gone=gone,
        coming=len(come),
        fixed=sum(place.is_fixed for place in places),
        pairs=seating.same_country(problem.guests, at),
        bound=seating.bound(problem) if fits and tables else 0,
    )


def _laid(
    table: Table,
    everybody: list[Participation],
    place_of: dict[UUID, TablePlace],
    hosts: set[UUID],
    known: set[UUID],
) -> Laid:
    here = [
        one for one in everybody if one.pk in place_of and place_of[one.pk].table_id == table.pk
    ]
    countries = [one.country_id for one in here if one.country_id]
    seated = [
        Seated(
            participation=one,
            is_fixed=place_of[one.pk].is_fixed,
            is_host=one.pk in hosts,
            has_compatriot=countries.count(one.country_id) > 1,
            comes=one.pk in known,
        )
        for one in here
    ]
    return Laid(table, sorted(seated, key=lambda each: not each.is_host))


def problem(plan: SeatingPlan) -> seating.Problem:
    """What a proposal is asked: everybody who comes, the tables, what is fixed, who met before."""
    come = list(coming(plan.session))
    return _problem(
        plan,
        come,
        hosts_among(plan, come),
        list(plan.tables.all()),
        list(plan.places.all()),
        met=_met_before(plan),
    )


def _problem(
    plan: SeatingPlan,
    come: list[Participation],
    hosts: set[UUID],
    tables: list[Table],
    places: list[TablePlace],
    met: tuple[tuple[str, str], ...] = (),
) -> seating.Problem:
    known = {one.pk for one in come}
    return seating.Problem(
        guests=tuple(
            seating.Guest(one.key, str(one.country_id or ""), one.pk in hosts)
            for one in sorted(come, key=lambda one: one.pk)
        ),
        tables={table.key: table.seats for table in tables},
        fixed={
            str(place.participation_id): str(place.table_id)
            for place in places
            if place.is_fixed and place.participation_id in known
        },
        met=met,
        seed=plan.seed,
    )


def hosts_among(plan: SeatingPlan, come: list[Participation]) -> set[UUID]:
    """Who hosts: whoever takes part as a host, or hosts this session."""
    hosting = host_ids(plan.session)
    return {one.pk for one in come if one.kind == Participation.Kind.HOST or one.pk in hosting}


def _met_before(plan: SeatingPlan) -> tuple[tuple[str, str], ...]:
    """Pairs who share a table at another session of the edition."""
    rows = TablePlace.objects.filter(plan__session__edition=plan.session.edition_id).exclude(
        plan=plan
    )
    at: dict[UUID, list[str]] = {}
    for table, person in rows.values_list("table_id", "participation_id").order_by("id"):
        at.setdefault(table, []).append(str(person))
    pairs = {
        (min(one, other), max(one, other))
        for group in at.values()
        for place, one in enumerate(group)
        for other in group[place + 1 :]
    }
    return tuple(sorted(pairs))


def own(participation: Participation) -> list[TablePlace]:
    """The places of one person at tables that are shown."""
    found = participation.table_places.filter(plan__state=SeatingPlan.State.SHOWN)
    return list(
        found.select_related("table", "plan__session").order_by("plan__session__starts_at", "id")
    )
