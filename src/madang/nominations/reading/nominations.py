"""A file of nominations, read as a whole: header, columns, and every row with what is odd in it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from madang.nominations.reading.fields import FIELDS, Field
from madang.nominations.reading.rows import Reading
from madang.nominations.sheets import Sheet


class Countries(Protocol):
    """What knows countries: `people.countries.Index`, read once for a file."""

    def match(self, text: str | None) -> Any: ...


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
    may say which `sheet` and `header_row` it is, and the `mapping` (column from 0 → field key; a
    column that is not in it is not read); `remembered` is `Reading.remembered` of an earlier file.
    `corrections` are cells as somebody settled them, as text, by row number and field key.
    """
    return Reading(header=None)
