"""Spreadsheets as ministries send them, read into plain cells: XLSX, ODS and CSV.

Nothing in a file is ever run, evaluated or fetched, and no file costs more than `limits` allow.
`read` works without Django's models and its results can be pickled, so that it can be called
through `core.limits.run_limited`.
"""

from madang.nominations.sheets.book import Book, Merged, Row, Sheet
from madang.nominations.sheets.cells import Cell, ErrorValue, Formula, column_letters, shown
from madang.nominations.sheets.reader import read
from madang.nominations.sheets.refusals import Remark, UnreadableError

__all__ = [
    "Book",
    "Cell",
    "ErrorValue",
    "Formula",
    "Merged",
    "Remark",
    "Row",
    "Sheet",
    "UnreadableError",
    "column_letters",
    "read",
    "shown",
]
