"""What reading a sheet of nominations gives: plain, immutable, and able to be pickled.

Findings carry a code and what fills its sentence, not the sentence itself, so that everybody reads
them in their own language: `finding.message`.
"""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from madang.nominations.reading import sentences
from madang.nominations.sheets.cells import column_letters

Plain = str | int | float | bool | date | datetime | None
Details = Mapping[str, Any]


@dataclasses.dataclass(frozen=True)
class Suggestion:
    """What a cell may have meant: the value to take, and how it is shown."""

    value: Plain
    text: str


@dataclasses.dataclass(frozen=True)
class Finding:
    """Something to know about a row. `field` is "" where it is about the whole row.

    `original` is the cell as it was, as text; `column` counts from 0 and is None where no column
    holds the field.
    """

    code: str
    field: str = ""
    column: int | None = None
    original: str = ""
    details: Details = dataclasses.field(default_factory=dict)

    @property
    def letters(self) -> str:
        """The name of the column as spreadsheets show it, “AB”; "" where there is none."""
        return "" if self.column is None else column_letters(self.column)

    @property
    def message(self) -> str:
        """The sentence for people, in the language that is active."""
        return sentences.of(self.code, {"original": self.original, **self.details})


@dataclasses.dataclass(frozen=True)
class Doubt(Finding):
    """A person has to look: take a suggestion, type what is meant, or accept what is there.

    Where `stands` is False the row has no value for the field until somebody settles it; where it
    is True the value in the row is what was written, and looks odd.
    """

    suggestions: tuple[Suggestion, ...] = ()
    stands: bool = False


@dataclasses.dataclass(frozen=True)
class Wrong(Finding):
    """The cell can't be taken as it is; the row has no value for the field."""

    suggestions: tuple[Suggestion, ...] = ()


@dataclasses.dataclass(frozen=True)
class Note(Finding):
    """What was changed or understood without asking: `original` became `result`."""

    result: str = ""


@dataclasses.dataclass(frozen=True)
class ReadRow:
    """A row of the sheet. `number` is the sheet's, as the person sees it at its edge.

    `values` are by field key and hold only what is certain or stands. A country is its two-letter
    code, a sex “female” or “male”, a kind of organisation one of `fields.ORGANISATION_KINDS`;
    `name` is always there where any part of a name is, in the order usual for it.
    """

    number: int
    values: Mapping[str, Plain]
    doubts: tuple[Doubt, ...] = ()
    wrongs: tuple[Wrong, ...] = ()
    notes: tuple[Note, ...] = ()
    cells: tuple[str, ...] = ()
    hidden: bool = False

    @property
    def is_clear(self) -> bool:
        """Nothing in this row needs a person."""
        return not self.doubts and not self.wrongs


@dataclasses.dataclass(frozen=True)
class Column:
    """A column of the table and the field that it was taken for (None: none; it is not read).

    `how`: “given” by a person, “remembered” from last time, the heading is “exact” or “similar”,
    its “contents” tell, or "" where nothing does. `confidence` is from 0 to 1. `rivals` are other
    fields that it may be, or the field that another column already took.
    """

    index: int
    heading: str
    field: str | None
    confidence: float = 0.0
    how: str = ""
    rivals: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()

    @property
    def letters(self) -> str:
        """“A”, “B” … as spreadsheets show it."""
        return column_letters(self.index)


@dataclasses.dataclass(frozen=True)
class Header:
    """Where the table begins: the sheet, the row of its headings, and the lines above it."""

    sheet: str
    row: int
    confidence: float
    above: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class OtherSheet:
    """A sheet that is not read, with the beginning of what it says."""

    name: str
    rows: int
    hidden: bool
    text: str


@dataclasses.dataclass(frozen=True)
class Reading:
    """A whole file, read. `header` is None where no sheet has a table of nominations.

    `missing` are fields that a row needs and no column holds. `notes` are about columns (the order
    of day and month, headings that are there twice) and rows that were left out.
    """

    header: Header | None
    columns: tuple[Column, ...] = ()
    rows: tuple[ReadRow, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    others: tuple[OtherSheet, ...] = ()

    @property
    def mapping(self) -> dict[int, str]:
        """The field of each column that is read, by the column's place from 0."""
        return {column.index: column.field for column in self.columns if column.field}
