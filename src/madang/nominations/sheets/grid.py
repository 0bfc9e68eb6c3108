"""A sheet being filled, cell by cell, within the limits."""

from collections.abc import Sequence

from madang.nominations.sheets import limits
from madang.nominations.sheets.book import Merged, Row, Sheet
from madang.nominations.sheets.cells import Cell, Formula, column_letters
from madang.nominations.sheets.refusals import UnreadableError


class Count:
    """How many cells a whole book has so far."""

    def __init__(self) -> None:
        self.cells = 0

    def add(self, cells: int) -> None:
        """Count some more; refuse what is beyond the limit."""
        self.cells += cells
        if self.cells > limits.MOST_CELLS:
            raise UnreadableError("too_many_cells", most=limits.MOST_CELLS)


class Grid:
    """The rows of one sheet that hold something."""

    def __init__(self, name: str, count: Count, *, hidden: bool = False) -> None:
        self.name = name
        self.hidden = hidden
        self.merged: list[Merged] = []
        self._count = count
        self._rows: list[Row] = []

    def add(self, number: int, cells: dict[int, Cell], *, hidden: bool = False) -> None:
        """Add a row, given by its cells' places from 0; an empty one is left out."""
        filled = {place: cell for place, cell in cells.items() if cell is not None and cell != ""}
        if not filled:
            return
        last = max(filled)
        if last >= limits.MOST_COLUMNS:
            raise UnreadableError(
                "too_many_columns",
                sheet=self.name,
                cell=f"{column_letters(last)}{number}",
                most=limits.MOST_COLUMNS,
            )
        if len(self._rows) >= limits.MOST_ROWS:
            raise UnreadableError("too_many_rows", sheet=self.name, most=limits.MOST_ROWS)
        self._count.add(len(filled))
        for place, cell in filled.items():
            self._check(number, place, cell)
        row = tuple(filled.get(place) for place in range(last + 1))
        self._rows.append(Row(number, row, hidden))

    def _check(self, number: int, place: int, cell: Cell) -> None:
        text = cell.text if isinstance(cell, Formula) else cell
        if isinstance(text, str) and len(text) > limits.LONGEST_CELL:
            raise UnreadableError(
                "long_cell",
                sheet=self.name,
                cell=f"{column_letters(place)}{number}",
                most=limits.LONGEST_CELL,
            )

    def merge(self, area: Merged) -> None:
        """Remember merged cells; those beyond the limit are of no use to anybody."""
        if len(self.merged) < limits.MOST_MERGED:
            self.merged.append(area)

    def sheet(self) -> Sheet:
        """The sheet as it stands; rows in their order, whatever the file's was."""
        rows: Sequence[Row] = sorted(self._rows, key=lambda row: row.number)
        return Sheet(self.name, tuple(rows), self.hidden, tuple(self.merged))
