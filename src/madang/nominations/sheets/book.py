"""A spreadsheet file as plain rows."""

from dataclasses import dataclass

from madang.nominations.sheets.cells import Cell, column_letters
from madang.nominations.sheets.refusals import Remark


@dataclass(frozen=True)
class Row:
    """A row that holds something: its number in the sheet, from 1, and its cells from column A."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False


@dataclass(frozen=True)
class Merged:
    """Cells joined into one, which holds the value of the first: rows from 1, columns from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def name(self) -> str:
        """“A1:D2”."""
        first, last = column_letters(self.first_column), column_letters(self.last_column)
        return f"{first}{self.first_row}:{last}{self.last_row}"


@dataclass(frozen=True)
class Sheet:
    """One sheet: only rows that hold something, in their order."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    merged: tuple[Merged, ...] = ()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What is not seen at once: that the sheet or rows of it are hidden, cells merged."""
        found = []
        if self.hidden:
            found.append(Remark("hidden_sheet", {"sheet": self.name}))
        hidden = [row.number for row in self.rows if row.hidden]
        if hidden:
            found.append(
                Remark(
                    "hidden_rows",
                    {"sheet": self.name, "count": len(hidden), "first": hidden[0]},
                )
            )
        if self.merged:
            found.append(
                Remark(
                    "merged_cells",
                    {"sheet": self.name, "count": len(self.merged), "first": self.merged[0].name},
                )
            )
        return tuple(found)


@dataclass(frozen=True)
class Book:
    """A file: its sheets, and what a person should know of how it was read.

    `kind` is “xlsx”, “ods” or “csv”. Of a CSV file, `encoding` and `delimiter` are what it was read
    with; `encoding_sure` is False where that was a guess, which a person may put right.
    """

    kind: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    encoding_sure: bool = True
    delimiter: str = ""
    notes: tuple[Remark, ...] = ()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Those on the file, then those on its sheets."""
        return self.notes + tuple(remark for sheet in self.sheets for remark in sheet.remarks)
