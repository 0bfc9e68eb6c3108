"""Files of nominations: brought, read by the worker, read again in another way, discarded."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.core import audit, clock, files, jobs, limits, locales
from madang.core.audit import Actor
from madang.core.models import Job, StoredFile
from madang.core.transitions import TransitionRefusedError
from madang.nominations.importing import asked, known, overview
from madang.nominations.importing.bulk import nothing_to_collect
from madang.nominations.importing.judging import Surroundings
from madang.nominations.importing.lines import Likely, Line, rows_of
from madang.nominations.importing.work import Asked, FileRead, read_file
from madang.nominations.models import (
    Call,
    Correspondence,
    Import,
    ImportRow,
    KnownHeading,
    Nomination,
    Question,
)
from madang.nominations.reading.folding import fold
from madang.nominations.reading.matching import Pair
from madang.nominations.sheets import UnreadableError
from madang.people.actions.refusal import RefusedError
from madang.people.countries import Index
from madang.workshops.models import Edition

JOB = "nominations.read_file"
SECONDS = 120
MEGABYTES = 2000
ROWS_AT_ONCE = 500
LONGEST_SHEET_NAME = 80
LONGEST_HEADING = 200
LONGEST_REFUSAL = 300

Decision = ImportRow.Decision
Report = Callable[[int, int, str], object]


@dataclass(frozen=True)
class HowToRead:
    """What an officer says of a file; what they leave out is found out.

    `header_row` 0: the sheet has no headings. `mapping`: the field of each column that is read.
    """

    sheet: str = ""
    header_row: int | None = None
    encoding: str = ""
    mapping: Mapping[int, str] | None = field(default=None)


@transaction.atomic
def bring(
    edition: Edition,
    upload: "UploadedFile[bytes] | bytes",
    *,
    actor: Actor | None,
    name: str = "",
    source: Correspondence | None = None,
    how: HowToRead | None = None,
) -> Import:
    """Take a file, under a key of its own; it is not read yet.

    Raises `UnwantedFileError` for what is no file to take, and keeps nothing then.
    """
    how = how or HowToRead()
    batch = Import(edition=edition, source=source)
    _set(batch, how)
    batch.save(force_insert=True)
    files.store(upload, owner=batch, actor=actor, name=name, subject=batch.subject)
    audit.record(actor, "import.added", batch)
    return batch


def start_reading(batch: Import, *, actor: Actor | None) -> Job:
    """Let the worker read a file."""
    return jobs.start(
        JOB,
        actor=actor,
        title=_("Reading a file of nominations"),
        arguments={"batch": str(batch.pk), "is_mapped": bool(batch.mapping)},
    )


@transaction.atomic
def read_again(batch: Import, how: HowToRead, *, actor: Actor) -> Job:
    """Read a file in another way, from the beginning; what was settled by line stays settled.

    The mapping is remembered for the series' next files.
    """
    stored = _locked(batch)
    before = (stored.sheet, stored.header_row, stored.encoding)
    stored.reread(actor=actor)
    _set(stored, how)
    if how.mapping is not None:
        _remember(stored, how.mapping)
    if (stored.sheet, stored.header_row) != before[:2]:
        # Other lines now bear the numbers by which things were settled.
        stored.rows.all().delete()
    stored.save()
    return start_reading(stored, actor=actor)


@transaction.atomic
def discard(batch: Import, *, actor: Actor) -> None:
    """Let go of a file that was not written, with everything that was read of it."""
    stored = _locked(batch)
    stored.discard(actor=actor, fields={"headings": ""})
    stored.rows.all().delete()
    for file in files.of(stored):
        files.remove(file, actor=actor)


def file_of(batch: Import) -> StoredFile:
    """The file itself."""
    return files.of(batch).select_related("subject").get()


@dataclass(frozen=True)
class _Settled:
    """What somebody decided about a line before it is read again; `target`: whom they meant."""

    decision: str
    line: Line
    target: tuple[UUID | None, int | None]

    @classmethod
    def of(cls, row: ImportRow) -> "_Settled":
        return cls(row.decision, Line.of(row), _target(row))


def _target(row: ImportRow) -> tuple[UUID | None, int | None]:
    return row.matches_id, row.repeats.number if row.repeats is not None else None


# --- Reading --------------------------------------------------------------------------------------
def read(progress: jobs.Progress, *, batch: str, is_mapped: bool) -> jobs.Outcome:
    """The job: read the file in a process of its own and keep its lines, to be settled."""
    found = Import.objects.select_related("edition__series").get(pk=batch)
    count = read_now(found, is_mapped=is_mapped, report=progress.report, actor=None)
    found.refresh_from_db()
    said = (
        ngettext("%(number)s line was read.", "%(number)s lines were read.", count)
        % {"number": locales.number(count)}
        if found.state == Import.State.OPEN
        else found.refusal
    )
    url = reverse("nominations:import", args=[found.edition.slug, found.pk])
    return jobs.Outcome(said, url, _("Look at the lines"))


@nothing_to_collect()
def read_now(
    batch: Import,
    *,
    actor: Actor | None,
    is_mapped: bool = False,
    report: Report = lambda *_progress: None,
) -> int:
    """Read a file and keep its lines; returns their number. What can't be read is kept as such.

    Raises `JobError` where the reading took too much, or the file is no longer to be read.
    """
    report(0, 1, _("Reading the file"))
    listed = asked.questions_of(batch.edition)
    nominations = known.nominations_of(batch.edition)
    settled = {row.number: _Settled.of(row) for row in rows_of(batch)}
    try:
        answer: FileRead = limits.run_limited(
            read_file,
            args=(
                files.content(file_of(batch)),
                _asked(batch, listed, nominations, settled, is_mapped=is_mapped),
            ),
            seconds=SECONDS,
            megabytes=MEGABYTES,
        )
    except UnreadableError as error:
        _fail(batch, str(error), actor)
        return 0
    except limits.LimitExceededError as error:
        raise jobs.JobError(str(error)) from None
    _describe(batch, answer)
    rows = _rows(batch, answer, settled, nominations, listed, report)
    _keep(batch, rows, report, actor)
    return len(rows)


def _asked(
    batch: Import,
    listed: list[Question],
    nominations: Mapping[Any, Nomination],
    settled: "Mapping[int, _Settled]",
    *,
    is_mapped: bool,
) -> Asked:
    edition = batch.edition
    call = Call.objects.filter(edition=edition).first()
    headings = KnownHeading.objects.filter(series=edition.series_id)
    deadline = call.deadline if call is not None else None
    return Asked(
        countries=Index.read().plain(),
        fields=asked.fields_of(listed),
        today=clock.today(edition.zone),
        deadline=deadline.astimezone(call.zone).date() if call is not None and deadline else None,
        known=tuple(known.someones(nominations.values())),
        remembered=dict(headings.values_list("heading", "field")),
        mapping={int(place): key for place, key in batch.mapping.items()} if is_mapped else None,
        sheet=batch.sheet or None,
        header_row=batch.header_row,
        encoding=batch.encoding or None,
        corrections={
            (number, key): text
            for number, before in settled.items()
            for key, text in before.line.corrections.items()
        },
    )


def _describe(batch: Import, answer: FileRead) -> None:
    """Keep what a file turned out to be; not saved yet."""
    reading = answer.reading
    batch.mapping = {str(place): key for place, key in reading.mapping.items()}
    if reading.header is not None:
        # A name that does not fit would be found nowhere.
        fits = len(reading.header.sheet) <= LONGEST_SHEET_NAME
        batch.sheet = reading.header.sheet if fits else ""
        batch.header_row = reading.header.row
    batch.headings = overview.kept(answer)


def _rows(
    batch: Import,
    answer: FileRead,
    settled: "Mapping[int, _Settled]",
    nominations: Mapping[Any, Nomination],
    listed: list[Question],
    report: Report,
) -> list[ImportRow]:
    places = {key: place for place, key in answer.reading.mapping.items()}
    rows: dict[int, ImportRow] = {}
    surroundings = Surroundings(nominations, rows, listed, known.past_lines(batch))
    likely = likely_of(answer.pairs, {row.number for row in answer.reading.rows})
    total, said = len(answer.reading.rows), _("Looking who is there already")
    for count, read_row in enumerate(answer.reading.rows):
        line = Line.of_reading(read_row, answer.cells.get(read_row.number, read_row.cells))
        line.likely = likely.get(read_row.number, [])
        asked.check_answers(line, listed, places)
        row = ImportRow(batch=batch, subject=batch.subject, number=line.number, version=1)
        before = settled.get(line.number)
        if before is not None:
            line.corrections, line.accepted = before.line.corrections, before.line.accepted
            row.decision = before.decision
        surroundings.place(row, line)
        if before is not None and before.decision == Decision.MERGE:
            if before.target != _target(row):
                row.decision = Decision.OPEN
            surroundings.judge(row, line)
        rows[line.number] = row
        report(count, 2 * total, said)
    return list(rows.values())


def likely_of(pairs: Iterable[Pair], numbers: set[int]) -> dict[int, list[Likely]]:
    """Whom each line looks like, by its number: earlier lines of the file, and nominations."""
    found: dict[int, list[Likely]] = {}
    for pair in pairs:
        is_line = pair.other.isdecimal() and int(pair.other) in numbers
        found.setdefault(int(pair.one), []).append(
            Likely(
                line=int(pair.other) if is_line else None,
                nomination="" if is_line else pair.other,
                band=pair.band,
                score=pair.score,
                reasons=pair.reasons,
            )
        )
    return found


def _keep(batch: Import, rows: list[ImportRow], report: Report, actor: Actor | None) -> None:
    """Replace what was read of a file before; the file is open once all of it is kept."""
    with transaction.atomic():
        stored = _locked(batch)
        if stored.state != Import.State.READING:
            raise jobs.JobError(_("In the meantime somebody discarded the file, or wrote it."))
        stored.rows.all().delete()
    total = len(rows)
    for start in range(0, total, ROWS_AT_ONCE):
        report(total + start, 2 * total, _("Keeping the lines"))
        ImportRow.objects.bulk_create(rows[start : start + ROWS_AT_ONCE])
    fields = ("mapping", "sheet", "header_row", "headings", "refusal")
    batch.refusal = ""
    try:
        batch.read(actor=actor, fields={it: getattr(batch, it) for it in fields}, rows=total)
    except TransitionRefusedError as refused:
        batch.rows.all().delete()
        raise jobs.JobError(str(refused)) from None


def _fail(batch: Import, why: str, actor: Actor | None) -> None:
    batch.fail(actor=actor, fields={"refusal": why[:LONGEST_REFUSAL]})


# --- What these share -----------------------------------------------------------------------------
def _locked(batch: Import) -> Import:
    locked = Import.objects.select_for_update(of=("self",)).select_related("subject")
    stored: Import = locked.get(pk=batch.pk)
    return stored


def open_and_locked(batch: Import) -> Import:
    """The file, locked. Raises `RefusedError` unless it is to be settled now."""
    stored = _locked(batch)
    if stored.state != Import.State.OPEN:
        raise RefusedError(
            _("This is not possible any more: it is now “%(state)s”.")
            % {"state": stored.get_state_display()}
        )
    return stored


def _set(batch: Import, how: HowToRead) -> None:
    batch.sheet, batch.header_row, batch.encoding = how.sheet, how.header_row, how.encoding
    batch.mapping = {str(place): key for place, key in (how.mapping or {}).items()}


def _remember(batch: Import, mapping: Mapping[int, str]) -> None:
    """Keep for the series' next files which heading means which field, or none."""
    for column in overview.of(batch).columns:
        heading = fold(column.heading)
        if heading and len(heading) <= LONGEST_HEADING:
            KnownHeading.objects.update_or_create(
                series=batch.edition.series,
                heading=heading,
                defaults={"field": mapping.get(column.index, "")},
            )
