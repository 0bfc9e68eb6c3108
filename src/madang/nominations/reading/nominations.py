"""A file of nominations, read as a whole: header, columns, and every row with what is odd in it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from madang.nominations.reading import (
    choices,
    contacts,
    crosschecks,
    dates,
    figures,
    names,
    texts,
)
from madang.nominations.reading.columns import Table, Vocabulary, find_table, map_columns
from madang.nominations.reading.fields import FIELDS, NAMES, Field, Kind
from madang.nominations.reading.folding import fold
from madang.nominations.reading.places import Countries, Known
from madang.nominations.reading.rows import (
    Column,
    Note,
    OtherSheet,
    Plain,
    Reading,
    ReadRow,
    Wrong,
)
from madang.nominations.reading.spot import LONGEST_ORIGINAL, Findings, Spot
from madang.nominations.sheets import Cell, Row, Sheet, shown

Reader = Callable[[Spot], Plain]
READERS: dict[Kind, Reader] = {
    Kind.TEXT: texts.plain_text,
    Kind.NAME: names.name,
    Kind.SEX: choices.sex,
    Kind.ORGANISATION_KIND: choices.organisation_kind,
    Kind.EMAIL: contacts.email,
    Kind.PHONE: contacts.phone,
    Kind.NUMBER: figures.number,
    Kind.SCALE: figures.scale,
    Kind.YES_NO: choices.yes_no,
    Kind.CHOICE: choices.choice,
}
TEXT_OF_OTHERS = 1000
LONGEST_SHOWN = 200
# Without any of these a line is a heading, a sum or a signature.
PERSONAL = (*NAMES, "email", "country", "organisation")
FEWEST_CELLS = 2
NUMBERING = 4


def read_nominations(
    sheets: Sequence[Sheet],
    *,
    countries: Countries,
    today: date,
    fields: Sequence[Field] = FIELDS,
    deadline: date | None = None,
    mapping: Mapping[int, str] | None = None,
    remembered: Mapping[str, str] | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
    corrections: Mapping[tuple[int, str], str] | None = None,
) -> Reading:
    """Read the table of nominations in a file's sheets.

    `fields` are the built-in ones and those that the call asks (`(*FIELDS, *questions)`). A person
    may say which `sheet` and `header_row` it is (0: the sheet has no headings), and the `mapping`
    (column from 0 → field key; a column that is not in it is not read); `remembered` is what
    earlier files' headings meant (folded heading → field key, "" where it is not read).
    `corrections` are cells as somebody settled them, as text, by row number and field key.
    """
    vocabulary = Vocabulary(fields, remembered or {})
    found = _choose(sheets, vocabulary, sheet, header_row)
    if found is None:
        return Reading(header=None, others=_others(sheets, None))
    chosen, table = found
    known = Known(countries)
    columns = map_columns(table, vocabulary, known, mapping)
    reader = _TableReader(chosen, columns, vocabulary, known, corrections or {})
    rows, notes = reader.read(table, today=today, deadline=deadline)
    held = {column.field for column in columns}
    missing = [
        field.key for field in fields if (field.required or field.wanted) and field.key not in held
    ]
    if held.isdisjoint(NAMES):
        missing.insert(0, "name")
    return Reading(
        header=table.header,
        columns=columns,
        rows=tuple(crosschecks.across(rows, columns)),
        missing=tuple(missing),
        notes=(*_notes_on_columns(columns), *notes),
        others=_others(sheets, chosen),
    )


def _choose(
    sheets: Sequence[Sheet],
    vocabulary: Vocabulary,
    name: str | None,
    header_row: int | None,
) -> tuple[Sheet, Table] | None:
    """The sheet with the best header; a hidden one only where no other has any."""
    offered = [sheet for sheet in sheets if name is None or sheet.name == name]
    tables = [
        (sheet, table)
        for sheet in offered
        if (table := find_table(sheet, vocabulary, header_row)) is not None
    ]
    if not tables:
        return None
    return max(tables, key=lambda pair: (not pair[0].hidden, pair[1].score, len(pair[1].rows)))


def _others(sheets: Sequence[Sheet], chosen: Sheet | None) -> tuple[OtherSheet, ...]:
    return tuple(
        OtherSheet(sheet.name, len(sheet.rows), sheet.hidden, _beginning(sheet))
        for sheet in sheets
        if sheet is not chosen
    )


def _beginning(sheet: Sheet) -> str:
    lines = (
        " ".join(texts.tidy(shown(cell)[:TEXT_OF_OTHERS]) for cell in row.cells if cell is not None)
        for row in sheet.rows[:20]
    )
    return "\n".join(lines)[:TEXT_OF_OTHERS]


def _notes_on_columns(columns: Sequence[Column]) -> list[Note]:
    taken = {column.field: column for column in columns if column.field}
    return [
        Note(
            "heading_doubled",
            field,
            column.index,
            column.heading,
            {"letters": column.letters, "other": taken[field].letters},
        )
        for column in columns
        if column.field is None
        for field in column.rivals[:1]
        if field in taken
    ]


class _TableReader:
    """What reading each row of one table needs."""

    def __init__(
        self,
        sheet: Sheet,
        columns: Sequence[Column],
        vocabulary: Vocabulary,
        known: Known,
        corrections: Mapping[tuple[int, str], str],
    ) -> None:
        self.sheet = sheet
        self.fields = vocabulary.fields
        self.places = {column.field: column.index for column in columns if column.field}
        self.headings = {column.index: fold(column.heading) for column in columns}
        self.known = known
        self.corrections = corrections
        self.merged = _merged_values(sheet)
        self.calendars: dict[str, dates.Calendar] = {}
        self.notes: list[Note] = []

    def read(
        self, table: Table, *, today: date, deadline: date | None
    ) -> tuple[list[ReadRow], list[Note]]:
        """All rows, and notes on the columns."""
        for key, place in self.places.items():
            if self.fields[key].kind is Kind.DATE:
                cells = ((row.number, _cell(row, place)) for row in table.rows)
                order = dates.order_of(cells)
                self.calendars[key] = dates.Calendar(today, deadline, order)
                self._note_order(key, place, order)
        self.no_calendar = dates.Calendar(today, deadline)
        rows = [self._row(row) for row in table.rows if not self._is_heading(row)]
        return rows, self.notes

    def _note_order(self, key: str, place: int, order: dates.Order) -> None:
        if not order.day_first and not order.month_first:
            return
        code = {"day": "column_day_first", "month": "column_month_first"}.get(
            order.settled, "column_order_unsettled"
        )
        proof = order.day_first or order.month_first
        details = {
            "row": proof[0],
            "count": len(proof),
            "other": order.month_first[0] if order.month_first else 0,
        }
        self.notes.append(Note(code, key, place, "", details))

    def _is_heading(self, row: Row) -> bool:
        """The headings once more, as on every printed page, or the numbers of the columns."""
        filled = [(place, cell) for place, cell in enumerate(row.cells) if cell is not None]
        code = ""
        if len(filled) >= FEWEST_CELLS and all(
            isinstance(cell, str) and self.headings.get(place) == fold(cell)
            for place, cell in filled
        ):
            code = "heading_again"
        elif len(filled) >= NUMBERING and all(
            shown(cell) == str(count) for count, (_place, cell) in enumerate(filled, start=1)
        ):
            code = "numbers_of_columns"
        if code:
            self.notes.append(Note(code, details={"row": row.number}))
        return bool(code)

    def _row(self, row: Row) -> ReadRow:
        shown_cells = tuple(shown(cell)[:LONGEST_SHOWN] for cell in row.cells)
        if not self._is_nomination(row):
            told = " ".join(filter(None, shown_cells))[:LONGEST_ORIGINAL]
            wrong = Wrong("not_a_nomination", original=told)
            return ReadRow(row.number, {}, wrongs=(wrong,), cells=shown_cells, hidden=row.hidden)
        findings = Findings()
        values: dict[str, Plain] = {}
        for key, field in self.fields.items():
            spot = self._spot(row, field, findings)
            if spot is None:
                continue
            before = len(findings.doubts) + len(findings.wrongs)
            value = self._value(spot)
            if value is not None:
                values[key] = value
            elif len(findings.doubts) + len(findings.wrongs) == before:
                self._missing(spot)
        crosschecks.within(values, findings, self.places, self.known)
        return ReadRow(
            row.number,
            values,
            tuple(findings.doubts),
            tuple(findings.wrongs),
            tuple(findings.notes),
            shown_cells,
            row.hidden,
        )

    def _is_nomination(self, row: Row) -> bool:
        filled = sum(_cell(row, place) is not None for place in self.places.values())
        corrected = any((row.number, key) in self.corrections for key in PERSONAL)
        personal = any(
            _cell(row, self.places[key]) is not None for key in PERSONAL if key in self.places
        )
        return corrected or (personal and filled >= min(FEWEST_CELLS, len(self.places)))

    def _spot(self, row: Row, field: Field, findings: Findings) -> Spot | None:
        """The cell of a field, as it is or as somebody settled it; None where there is neither."""
        place = self.places.get(field.key)
        cell = _cell(row, place) if place is not None else None
        corrected = self.corrections.get((row.number, field.key))
        if corrected is not None:
            Spot(field, place, cell, findings).note("corrected", corrected)
            return Spot(field, place, corrected or None, findings)
        if place is None:
            return None
        spot = Spot(field, place, cell, findings)
        above = self.merged.get((row.number, place)) if cell is None else None
        if above is not None:
            crosschecks.doubt_merged(spot, above)
            return None
        return spot

    def _value(self, spot: Spot) -> Plain:
        if spot.cell is None:
            return None
        if texts.is_command(spot.cell):
            spot.wrong("formula")
            return None
        kind = spot.field.kind
        if kind is Kind.COUNTRY:
            return self.known.read(spot)
        if kind is Kind.DATE:
            return dates.day(spot, self.calendars.get(spot.field.key, self.no_calendar))
        return READERS[kind](spot)

    def _missing(self, spot: Spot) -> None:
        if spot.field.required:
            spot.wrong("missing")
        elif spot.field.wanted:
            spot.doubt("missing")


def _cell(row: Row, place: int | None) -> Cell:
    return row.cells[place] if place is not None and place < len(row.cells) else None


def _merged_values(sheet: Sheet) -> dict[tuple[int, int], Cell]:
    """Cells that are merged into one above them, and what stands there."""
    if not sheet.merged:
        return {}
    rows = {row.number: row for row in sheet.rows}
    values: dict[tuple[int, int], Cell] = {}
    for area in sheet.merged:
        first = rows.get(area.first_row)
        cell = _cell(first, area.first_column) if first else None
        last = min(area.last_row, area.first_row + len(rows))
        if cell is not None:
            values.update(
                ((number, area.first_column), cell)
                for number in range(area.first_row + 1, last + 1)
            )
    return values
