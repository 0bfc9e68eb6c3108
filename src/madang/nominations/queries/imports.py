"""Reading files of nominations: what is in one, what is open in it, and what would be written."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core import exports, locales, texts
from madang.nominations.importing import asked, overview
from madang.nominations.importing.judging import MAYBE, REPEATED, WITHDRAWN, Fate, fate
from madang.nominations.importing.lines import Line, code_of, rows_of, split_code
from madang.nominations.models import Import, ImportRow
from madang.nominations.reading.fields import Field
from madang.nominations.reading.rows import Column, Finding
from madang.nominations.sheets import column_letters
from madang.people.models import Country
from madang.workshops.models import Edition

QUESTIONS = {
    REPEATED: gettext_lazy("Seems to be the same person as an earlier line"),
    MAYBE: gettext_lazy("May be the same person as somebody else"),
    WITHDRAWN: gettext_lazy("The nomination of this person was withdrawn"),
}


def of_edition(edition: Edition) -> QuerySet[Import]:
    """An edition's files, the newest first, with the number of their lines."""
    return edition.imports.annotate(lines=Count("rows")).order_by("-created_at", "-id")


# --- Counts ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Counts:
    """How many lines of a file are what, and what would become of them as they stand."""

    outcomes: Mapping[str, int]
    fates: Mapping[str, int]
    codes: Mapping[str, int]
    open: int

    @property
    def total(self) -> int:
        """All lines."""
        return sum(self.outcomes.values())

    @property
    def taken(self) -> int:
        """Lines that would be written."""
        return sum(self.fates.get(what, 0) for what in ("new", "change", "with"))

    @property
    def left(self) -> int:
        """Lines that would be left out."""
        return self.fates.get("left", 0)


def counts(batch: Import) -> Counts:
    """What a file holds; no line is opened."""
    light = batch.rows.select_related(None).only(
        "outcome", "decision", "codes", "matches_id", "repeats_id", "batch_id"
    )
    outcomes: Counter[str] = Counter()
    fates: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    is_open = 0
    for row in light:
        outcomes[row.outcome] += 1
        fates[fate(row).what] += 1
        codes.update(row.codes)
        is_open += bool(row.codes)
    return Counts(outcomes, fates, codes, is_open)


# --- What is open ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class Open:
    """Something that is open in lines alike: what can be done with all of them at once."""

    code: str
    number: int
    label: str
    message: str
    example: ImportRow
    suggestion: str = ""
    stands: bool = False
    may_be_empty: bool = False

    @property
    def is_question(self) -> bool:
        """Whether it is about whole lines: who they are."""
        return self.code in QUESTIONS


def open_things(batch: Import, counted: Counts, fields: Mapping[str, Field]) -> list[Open]:
    """What is open in a file, what most lines have first, each with an example."""
    listed = batch.rows.filter(has_doubts=True).select_related(None).values_list("pk", "codes")
    keys: dict[str, Any] = {}
    for key, codes in listed:
        for code in codes:
            keys.setdefault(code, key)
    rows = {row.pk: row for row in rows_of(batch, batch.rows.filter(pk__in=set(keys.values())))}
    examples = {code: rows[key] for code, key in keys.items() if key in rows}
    found = [
        _open(code, number, examples[code], fields)
        for code, number in counted.codes.items()
        if code in examples
    ]
    return sorted(found, key=lambda it: (-it.number, it.code))


def _open(code: str, number: int, row: ImportRow, fields: Mapping[str, Field]) -> Open:
    if code in QUESTIONS:
        return Open(code, number, "", str(QUESTIONS[code]), row)
    _code, key = split_code(code)
    finding = next(it for it in Line.of(row).open_findings if code_of(it) == code)
    one = finding.suggestions[0].text if len(finding.suggestions) == 1 else ""
    return Open(
        code=code,
        number=number,
        label=str(fields[key].label) if key in fields else "",
        message=finding.message,
        example=row,
        suggestion=one,
        stands=getattr(finding, "stands", False),
        may_be_empty=asked.may_be_empty(fields.get(key)),
    )


def fields_of(edition: Edition) -> dict[str, Field]:
    """The fields that a sheet may fill, by their keys, labelled in the language that is active."""
    return {it.key: it for it in asked.fields_of(asked.questions_of(edition))}


# --- Lines ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Shown:
    """A line for a list or a page of its own."""

    row: ImportRow
    line: Line
    fate: Fate
    country: str = ""
    # The fields in which it differs from the nomination that is there.
    changes: str = ""


def filtered(batch: Import, wanted: Mapping[str, Any]) -> QuerySet[ImportRow]:
    """The lines of a file that a list's filters ask for."""
    rows = batch.rows.select_related(None)
    if wanted.get("outcome"):
        rows = rows.filter(outcome=wanted["outcome"])
    if wanted.get("line") is not None:
        rows = rows.filter(number=wanted["line"])
    if wanted.get("show") == "open":
        rows = rows.filter(has_doubts=True)
    elif wanted.get("show"):
        keys = [row.pk for row in rows.defer("content") if _is_shown(row, wanted["show"])]
        rows = rows.filter(pk__in=keys)
    if wanted.get("about"):
        listed = rows.filter(has_doubts=True).values_list("pk", "codes")
        rows = rows.filter(pk__in=[pk for pk, codes in listed if wanted["about"] in codes])
    return rows


def _is_shown(row: ImportRow, show: str) -> bool:
    becomes = fate(row)
    return becomes.is_taken if show == "taken" else becomes.what == show


def shown(
    batch: Import, rows: Iterable[ImportRow], fields: Mapping[str, Field] | None = None
) -> list[Shown]:
    """Lines opened, with what becomes of each, and in which of the fields they change anything."""
    names = asked.labels((fields or {}).values())
    keys = [row.pk for row in rows]
    lines = {row: Line.of(row) for row in rows_of(batch, batch.rows.filter(pk__in=keys))}
    countries = country_names(lines.values())
    return [
        Shown(
            row,
            line,
            fate(row, line),
            countries.get(str(line.values.get("country")), ""),
            locales.listed(names[key] for key in line.differences if key in names),
        )
        for row, line in lines.items()
    ]


def country_names(lines: Iterable[Line]) -> dict[str, str]:
    """The names of the countries that some lines name, by their codes."""
    codes = {str(line.values["country"]) for line in lines if line.values.get("country")}
    countries = list(Country.objects.filter(alpha2__in=codes))
    texts.prefetch(countries)
    return {it.alpha2: str(it.wording("name")) for it in countries}


@dataclass(frozen=True)
class Cell:
    """One cell of a line: where it stands, what it says, what was read, what is said of it."""

    key: str
    letters: str
    heading: str
    label: str
    original: str
    value: str
    findings: Sequence[Finding]
    notes: Sequence[Finding]


def cells(line: Line, columns: Sequence[Column], fields: Mapping[str, Field]) -> list[Cell]:
    """Every cell of a line, and fields that no column holds where something is said of them."""
    places = {column.field: column.index for column in columns if column.field}
    by_place = {column.index: column for column in columns}
    found = []
    for place in sorted({*by_place, *range(len(line.cells))}):
        column = by_place.get(place)
        key = column.field if column is not None and column.field else ""
        original = line.cells[place] if place < len(line.cells) else ""
        heading = column.heading if column is not None else ""
        if heading or original:
            found.append(_cell(line, key, fields, column_letters(place), heading, original))
    countries = country_names([line])
    found = [
        replace(it, value=countries.get(it.value, it.value)) if it.key == "country" else it
        for it in found
    ]
    told = {it.field for it in (*line.doubts, *line.wrongs, *line.notes)} | set(line.corrections)
    found += [_cell(line, key, fields) for key in sorted(told - places.keys() - {""})]
    return found


def _cell(
    line: Line,
    key: str,
    fields: Mapping[str, Field],
    letters: str = "",
    heading: str = "",
    original: str = "",
) -> Cell:
    return Cell(
        key=key,
        letters=letters,
        heading=heading,
        label=str(fields[key].label) if key in fields else "",
        original=original,
        value=asked.in_words(key, line.values.get(key)) if key else "",
        findings=[it for it in line.open_findings if key and it.field == key],
        notes=[it for it in line.notes if key and it.field == key],
    )


# --- What is left out -----------------------------------------------------------------------------
def left_out(batch: Import) -> exports.Table:
    """The lines that are left out, with all their cells as they came, and why."""
    known = overview.of(batch)
    headings = {column.index: column.heading for column in known.columns}
    left = shown(batch, filtered(batch, {"show": "left"}))
    width = max([*headings, *(len(it.line.cells) - 1 for it in left), 0]) + 1

    def rows() -> Iterator[tuple[exports.Value, ...]]:
        for it in left:
            padding = ("",) * (width - len(it.line.cells))
            yield (*it.line.cells, *padding, it.row.number, it.fate.why)

    return exports.Table(
        columns=(
            *(
                exports.Column(column_letters(place), headings.get(place) or column_letters(place))
                for place in range(width)
            ),
            exports.Column("line", _("Line in the file")),
            exports.Column("why", _("Why")),
        ),
        rows=rows(),
    )
