"""Questions about papers: who still owes what, and what may be read by everybody."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madang.core import texts
from madang.papers import delegations
from madang.papers.models import Paper, PaperKind, PaperRequest, PaperVersion, Presentation
from madang.people.models import Country
from madang.workshops.models import Edition, Participation, Session

NOT_ASKED, LATE, REMINDED = "not_asked", "late", "reminded"
# How the board says it: what is owed as late, reminded or asked, everything else by its state.
STATES: dict[str, str | Promise] = {
    NOT_ASKED: _("not asked"),
    Paper.State.ASKED.value: _("asked"),
    REMINDED: _("reminded"),
    LATE: _("late"),
    Paper.State.SENT_BACK.value: _("sent back"),
    Paper.State.RECEIVED.value: _("received"),
    Paper.State.ACCEPTED.value: _("accepted"),
    Paper.State.EXCUSED.value: _("excused"),
}
OWED = (Paper.State.ASKED.value, REMINDED, LATE, Paper.State.SENT_BACK.value)


# --- The board -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Cell:
    """How one kind stands with one delegation; `paper` is None while they are not asked."""

    kind: PaperKind
    paper: Paper | None
    reminders: int = 0
    reminded_at: datetime | None = None
    versions: int = 0

    @property
    def state(self) -> str:
        """A code of `STATES`."""
        if self.paper is None:
            return NOT_ASKED
        if self.paper.is_late:
            return LATE
        if self.paper.state == Paper.State.ASKED and self.reminders:
            return REMINDED
        return str(self.paper.state)

    @property
    def state_label(self) -> str | Promise:
        return STATES[self.state]

    @property
    def is_owed(self) -> bool:
        return self.state in OWED


@dataclass(frozen=True)
class Row:
    """One delegation with everything that it is asked for, in the order of the kinds."""

    country: Country
    people: list[Participation]
    cells: list[Cell]

    @property
    def owes(self) -> bool:
        return any(cell.is_owed for cell in self.cells)

    @property
    def has_accepted(self) -> bool:
        return any(cell.state == Paper.State.ACCEPTED for cell in self.cells)


@dataclass(frozen=True)
class Board:
    """Who owes what: delegations by name. `counts` has each code of `STATES`, over all papers."""

    request: PaperRequest | None = None
    kinds: list[PaperKind] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def delegations_that_owe(self) -> int:
        return sum(row.owes for row in self.rows)


def board(edition: Edition) -> Board:
    """Every delegation of an edition, and every country that has sent something (six queries)."""
    request = PaperRequest.objects.filter(edition=edition).select_related("edition").first()
    if request is None:
        return Board()
    kinds = list(request.kinds.all())
    people = delegations.of(edition)
    papers = {(each.country_id, each.kind_id): each for each in _counted(edition)}
    countries = {one[0].country_id: one[0].country for one in people.values()}
    for each in papers.values():
        if each.sent:
            countries.setdefault(each.country_id, each.country)
    for each in papers.values():
        each.kind = next(kind for kind in kinds if kind.pk == each.kind_id)
        each.kind.request = request
    texts.prefetch(kinds)
    texts.prefetch(countries.values())
    rows = [
        Row(
            country,
            people.get(country.pk, []),
            [_cell(kind, papers.get((country.pk, kind.pk))) for kind in kinds],
        )
        for country in countries.values()
    ]
    rows.sort(key=lambda row: str(row.country.wording("name")).casefold())
    counted = Counter(cell.state for row in rows for cell in row.cells)
    return Board(request, kinds, rows, {code: counted[code] for code in STATES})


def _counted(edition: Edition) -> QuerySet[Any]:
    return (
        Paper.objects.filter(edition=edition)
        .select_related("country")
        .annotate(
            reminded=Count("reminders", distinct=True),
            reminded_at=Max("reminders__created_at"),
            sent=Count("versions", distinct=True),
        )
        .order_by("pk")
    )


def _cell(kind: PaperKind, paper: Any) -> Cell:
    if paper is None:
        return Cell(kind, None)
    return Cell(kind, paper, paper.reminded, paper.reminded_at, paper.sent)


def filtered(rows: Iterable[Row], asked: Mapping[str, str]) -> list[Row]:
    """Delegations by the clean values of a board's filters: name, state, and of which kind."""
    words = (asked.get("q") or "").casefold()
    state, kind = asked.get("state"), asked.get("kind")

    def fits(row: Row) -> bool:
        cells = [cell for cell in row.cells if not kind or cell.kind.code == kind]
        is_so = not state or any(
            cell.is_owed if state == "owed" else cell.state == state for cell in cells
        )
        return is_so and words in str(row.country.wording("name")).casefold()

    return [row for row in rows if fits(row)]


# --- What may be read ----------------------------------------------------------------------------
def with_accepted(papers: QuerySet[Paper]) -> list[Any]:
    """Papers with country, kind, texts and `accepted`: the list of their one accepted version."""
    accepted = PaperVersion.objects.filter(is_accepted=True).select_related("file")
    found = list(
        papers.filter(state=Paper.State.ACCEPTED)
        .select_related("kind", "country", "edition")
        .prefetch_related(Prefetch("versions", accepted, to_attr="accepted"))
    )
    texts.prefetch(found)
    texts.prefetch_referred(found, "kind", "country")
    found.sort(key=lambda each: (each.country.wording("name").casefold(), each.kind.order, each.pk))
    return found


def for_library(edition: Edition) -> list[Any]:
    """Accepted papers that their countries let everybody read, each with its file (five queries).

    What comes of taking the agreement back is seen at the next question: the paper is gone.
    """
    return with_accepted(Paper.objects.filter(edition=edition, in_library=True))


# --- In the room ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class Presented:
    """A delegation at its place in a session, from when to when, with what opens in the room."""

    presentation: Presentation
    starts_at: datetime | None
    ends_at: datetime | None
    papers: list[Any]


def presented(session_id: UUID, starts_at: datetime | None) -> list[Presented]:
    """The presentations of a session in their order (at most six queries, one where none)."""
    rows = list(
        Presentation.objects.filter(session=session_id)
        .select_related("country")
        .order_by("order", "pk")
    )
    if not rows:
        return []
    texts.prefetch_referred(rows, "country")
    papers = with_accepted(
        Paper.objects.filter(
            edition=rows[0].edition_id, country__in=[row.country_id for row in rows], in_room=True
        )
    )
    found, at = [], starts_at
    for row in rows:
        until = at + timedelta(minutes=row.minutes) if at else None
        theirs = [paper for paper in papers if paper.country_id == row.country_id]
        found.append(Presented(row, at, until, theirs))
        at = until
    return found


@dataclass(frozen=True)
class Place:
    """A session with its presentations, and how many minutes these take."""

    session: Session
    presentations: list[Presentation]

    @property
    def minutes(self) -> int:
        return sum(each.minutes for each in self.presentations)

    @property
    def is_too_long(self) -> bool:
        return self.minutes > self.session.minutes


def places(edition: Edition) -> list[Place]:
    """Sessions in which delegations present, as they take place (four queries)."""
    rows = list(
        Presentation.objects.filter(edition=edition)
        .select_related("country", "session")
        .order_by("session__starts_at", "session", "order", "pk")
    )
    texts.prefetch_referred(rows, "country", "session")
    found: dict[UUID, Place] = {}
    for row in rows:
        found.setdefault(row.session_id, Place(row.session, [])).presentations.append(row)
    return list(found.values())
