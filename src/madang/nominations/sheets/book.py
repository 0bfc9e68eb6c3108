"""A spreadsheet file as plain rows."""

from dataclasses import dataclass, field

from madang.nominations.sheets.cells import Cell
from madang.nominations.sheets.refusals import Remark, UnreadableError


@dataclass(frozen=True)
class Row:
    """A row that holds something: its number in the sheet, from 1, and its cells from column A."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet: only rows that hold something, in their order."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    remarks: tuple[Remark, ...] = ()


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
    remarks: tuple[Remark, ...] = field(default=())


def read(
    content: bytes, *, name: str = "", encoding: str | None = None, delimiter: str | None = None
) -> Book:
    """The sheets of a file, told apart by what it holds rather than by its name.

    `encoding` and `delimiter` are for CSV files whose own a person knows better. Raises
    `UnreadableError` with a sentence for the person who sent the file.
    """
    raise UnreadableError("unknown")
