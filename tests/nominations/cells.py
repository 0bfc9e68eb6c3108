"""One cell read alone: its value, or what is said of it."""

from datetime import date
from typing import Any

from madang.nominations.reading.nominations import read_nominations
from madang.nominations.reading.rows import ReadRow
from madang.nominations.sheets import Row, Sheet
from tests.nominations.files import index

TODAY = date(2007, 9, 20)


def rows_of(key: str, *cells: Any, **options: Any) -> tuple[ReadRow, ...]:
    """The rows of a sheet with a name, a country and one more column."""
    mapping = {0: "name", 1: "country", 2: key}
    rows = [Row(1, ("Name", "Country", "More"))]
    rows += [Row(place, ("Kamal", "BD", cell)) for place, cell in enumerate(cells, 2)]
    values: dict[str, Any] = {"countries": index(), "today": TODAY, "header_row": 1} | options
    return read_nominations([Sheet("List", tuple(rows))], mapping=mapping, **values).rows


def read(key: str, cell: Any, **options: Any) -> Any:
    """The value of a cell about which nothing is to be said."""
    (row,) = rows_of(key, cell, **options)
    assert row.is_clear, [finding.message for finding in (*row.doubts, *row.wrongs)]
    return row.values.get(key)


def told(key: str, cell: Any, **options: Any) -> tuple[str, list[Any], Any]:
    """What is doubtful or wrong: the code, what is suggested, and the value that stands."""
    (row,) = rows_of(key, cell, **options)
    (finding,) = (*row.doubts, *row.wrongs)
    assert finding.field == key
    assert finding.message
    return (
        finding.code,
        [suggestion.value for suggestion in finding.suggestions],
        row.values.get(key),
    )


def noted(key: str, cell: Any, **options: Any) -> dict[str, str]:
    """The notes on a cell, by code, with their results."""
    (row,) = rows_of(key, cell, **options)
    return {note.code: note.result for note in row.notes if note.field == key}
