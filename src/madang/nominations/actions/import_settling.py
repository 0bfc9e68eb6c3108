"""Settling what is open in a file: one line, or many alike at once.

A cell that somebody settles is read again as if it stood in the file, and kept as a correction.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, clock
from madang.core.audit import Actor
from madang.core.models import StaleRecordError
from madang.nominations.actions.imports import likely_of, open_and_locked
from madang.nominations.importing import asked, correcting, known
from madang.nominations.importing.judging import Surroundings
from madang.nominations.importing.lines import Line, code_of, rows_of
from madang.nominations.models import Import, ImportRow, Nomination, Question
from madang.nominations.reading import matching
from madang.nominations.reading.fields import Field
from madang.people.actions.refusal import RefusedError

Decision = ImportRow.Decision
ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Settled:
    """How a line is settled: cells by field, as typed ("" leaves the cell empty), doubts
    (`code:field`) about what shall stand, and what becomes of the line.

    `target` is whom the line is merged with: an earlier line, or a nomination.
    """

    cells: Mapping[str, str] = field(default_factory=dict)
    accepted: Collection[str] = ()
    decision: str | None = None
    target: ImportRow | Nomination | None = None


@transaction.atomic
def settle(
    batch: Import,
    row: ImportRow,
    settled: Settled,
    *,
    actor: Actor,
    expected_version: int | None = None,
) -> None:
    """Settle one line. Raises `RefusedError` for what can't be, `StaleRecordError` where somebody
    else settled the line since `expected_version`."""
    stored = open_and_locked(batch)
    version = stored.rows.values_list("version", flat=True).get(pk=row.pk)
    if expected_version not in {None, version}:
        raise StaleRecordError(f"Line {row} was settled by somebody else.")
    _settle(stored, {row.pk: settled}, actor=actor)


@transaction.atomic
def take_suggestions(
    batch: Import,
    codes: Collection[str],
    *,
    only_doubtful: bool = False,
    actor: Actor | None,
) -> int:
    """Take the suggestion in every cell of these kinds (`code:field`) that has exactly one.

    With `only_doubtful`, cells that can't be read at all stay as they are. Returns in how many
    lines something was settled.
    """

    def chosen(line: Line) -> Settled | None:
        listed = line.open_doubts if only_doubtful else line.open_findings
        found = [it for it in listed if code_of(it) in codes]
        cells = {
            it.field: asked.as_typed(it.suggestions[0]) for it in found if len(it.suggestions) == 1
        }
        return Settled(cells=cells) if cells else None

    return _settle_alike(batch, codes, chosen, actor=actor)


@transaction.atomic
def keep(batch: Import, codes: Collection[str], *, actor: Actor) -> int:
    """Let every doubtful cell of these kinds stand as it is; returns in how many lines."""

    def chosen(line: Line) -> Settled | None:
        stand = [code_of(it) for it in line.open_doubts if it.stands and code_of(it) in codes]
        return Settled(accepted=stand) if stand else None

    return _settle_alike(batch, codes, chosen, actor=actor)


@transaction.atomic
def leave_empty(batch: Import, codes: Collection[str], *, actor: Actor) -> int:
    """Leave every cell of these kinds empty, where the field may be; returns in how many lines."""
    fields = _fields(asked.questions_of(batch.edition))

    def chosen(line: Line) -> Settled | None:
        found = [it for it in line.open_findings if code_of(it) in codes]
        cells = {it.field: "" for it in found if asked.may_be_empty(fields.get(it.field))}
        return Settled(cells=cells) if cells else None

    return _settle_alike(batch, codes, chosen, actor=actor)


@transaction.atomic
def decide(batch: Import, codes: Collection[str], decision: str, *, actor: Actor | None) -> int:
    """Take, merge or leave out every line in which something of these kinds is open."""
    return _settle_alike(batch, codes, lambda _line: Settled(decision=decision), actor=actor)


# --- How it is done -------------------------------------------------------------------------------
def _settle_alike(
    batch: Import,
    codes: Collection[str],
    chosen: Callable[[Line], Settled | None],
    *,
    actor: Actor | None,
) -> int:
    stored = open_and_locked(batch)
    listed = stored.rows.filter(has_doubts=True).values_list("pk", "codes")
    keys = [pk for pk, open_codes in listed if not set(codes).isdisjoint(open_codes)]
    settled = {}
    for row in _read(stored, keys):
        wanted = chosen(Line.of(row))
        if wanted is not None:
            settled[row.pk] = wanted
    _settle(stored, settled, actor=actor)
    return len(settled)


def _settle(batch: Import, settled: Mapping[UUID, Settled], *, actor: Actor | None) -> None:
    if not settled:
        return
    listed = asked.questions_of(batch.edition)
    rows = list(_read(batch, settled))
    lines = {row.pk: Line.of(row) for row in rows}
    fields = _fields(listed)
    for row in rows:
        _check(row, lines[row.pk], settled[row.pk], fields)
    cells = {lines[key]: it.cells for key, it in settled.items() if it.cells}
    correcting.correct(batch, cells, listed)
    for row in rows:
        _decide(row, lines[row.pk], settled[row.pk])
    matched = {row.matches_id for row in rows if row.matches_id}
    moved = {
        row.number
        for row in rows
        if correcting.may_be_another(lines[row.pk], settled[row.pk].cells)
    }
    surroundings = Surroundings(known.nominations_of(batch.edition, matched), {}, listed)
    for row in rows:
        surroundings.judge(row, lines[row.pk])
        row.version += 1
        row.changed_at = clock.now()
    save_rows(rows)
    if moved:
        _match_again(batch, listed, moved)
    batch.save()
    audit.record(actor, "import.settled", batch, rows=len(rows))


def _read(batch: Import, keys: Iterable[UUID]) -> list[ImportRow]:
    """Rows by their keys, some hundreds a query; the lock on their file holds for them."""
    wanted = list(keys)
    return [
        row
        for start in range(0, len(wanted), ROWS_AT_ONCE)
        for row in rows_of(batch, batch.rows.filter(pk__in=wanted[start : start + ROWS_AT_ONCE]))
    ]


def save_rows(rows: Sequence[ImportRow]) -> None:
    """Write rows back, many in a query: a plain update could not seal what they say."""
    ImportRow.objects.bulk_create(
        rows,
        batch_size=ROWS_AT_ONCE,
        update_conflicts=True,
        unique_fields=("id",),
        update_fields=(
            "content", "outcome", "has_doubts", "codes", "decision", "matches", "repeats",
            "nomination", "version", "changed_at",
        ),
    )  # fmt: skip


def _fields(listed: Sequence[Question]) -> dict[str, Field]:
    return {it.key: it for it in asked.fields_of(listed)}


def _check(row: ImportRow, line: Line, wanted: Settled, fields: Mapping[str, Field]) -> None:
    for key, text in wanted.cells.items():
        if key not in fields:
            raise RefusedError(_("There is no such cell."))
        if not text.strip() and not asked.may_be_empty(fields[key]):
            raise RefusedError(
                _("“%(field)s” can't be left empty: leave the whole line out instead.")
                % {"field": fields[key].label}
            )
    standing = {code_of(it) for it in line.doubts if it.stands}
    if not standing.issuperset(wanted.accepted):
        raise RefusedError(_("There is nothing that could stay as it is."))
    if wanted.decision == Decision.MERGE:
        _check_merge(row, line, wanted.target)


def _check_merge(row: ImportRow, line: Line, target: ImportRow | Nomination | None) -> None:
    if target is None and row.matches_id is None and row.repeats_id is None:
        raise RefusedError(_("There is nobody whom this line could be the same person as."))
    nomination = target if isinstance(target, Nomination) else row.matches
    if nomination is not None and nomination.state == Nomination.State.WITHDRAWN:
        raise RefusedError(
            _("The nomination of this person was withdrawn: open it again, or leave the line out.")
        )
    known_lines = {it.line for it in line.likely}
    known_people = {it.nomination for it in line.likely}
    if isinstance(target, ImportRow) and target.number not in known_lines:
        raise RefusedError(_("The line does not look like that one."))
    if isinstance(target, Nomination) and str(target.pk) not in known_people:
        raise RefusedError(_("The line does not look like that nomination."))


def _decide(row: ImportRow, line: Line, wanted: Settled) -> None:
    line.accepted |= set(wanted.accepted)
    if wanted.decision is not None:
        row.decision = wanted.decision
    if isinstance(wanted.target, Nomination):
        row.matches, row.repeats = wanted.target, None
    elif isinstance(wanted.target, ImportRow):
        row.matches, row.repeats = None, wanted.target


# --- Who it is ------------------------------------------------------------------------------------
def _match_again(batch: Import, listed: Sequence[Question], changed: set[int]) -> None:
    """Look anew for whom the changed lines are, and who now looks like them."""
    rows = {row.number: row for row in rows_of(batch)}
    lines = {number: Line.of(row) for number, row in rows.items()}
    nominations = known.nominations_of(batch.edition)
    pairs = matching.same_people(
        [
            matching.someone(it.number, it.values, it.open_findings)
            for it in lines.values()
            if it.name
        ],
        known.someones(nominations.values()),
    )
    likely = likely_of(pairs, set(lines))
    surroundings = Surroundings(nominations, rows, listed, known.past_lines(batch))
    moved = []
    for number, line in lines.items():
        found = likely.get(number, [])
        if number not in changed and not _speaks_of(changed, [*found, *line.likely]):
            continue
        if found != line.likely:
            line.likely = found
            if rows[number].decision == Decision.MERGE:
                rows[number].decision = Decision.OPEN
            surroundings.place(rows[number], line)
            moved.append(rows[number])
    save_rows(moved)


def _speaks_of(changed: set[int], likely: Sequence[Any]) -> bool:
    return any(it.line in changed for it in likely)
