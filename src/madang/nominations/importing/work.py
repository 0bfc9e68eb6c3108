"""What runs in the short-lived process: a stranger's file is parsed, read and matched there.

Nothing here, nor what it imports, needs the database; what it takes and gives can be pickled.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from madang.nominations.reading.fields import Field
from madang.nominations.reading.matching import Pair, Someone, people_of, same_people
from madang.nominations.reading.nominations import read_nominations
from madang.nominations.reading.places import Countries
from madang.nominations.reading.rows import Reading
from madang.nominations.sheets import Book, Remark, read, shown


@dataclass(frozen=True)
class Asked:
    """How a file is to be read.

    `countries` and the labels of `fields` are plain. What a person did not say is None; of
    `known` it is told whom the file names again. `corrections` are cells as somebody settled them,
    by line and field.
    """

    countries: Countries
    fields: tuple[Field, ...]
    today: date
    deadline: date | None = None
    known: Sequence[Someone] = ()
    remembered: Mapping[str, str] = field(default_factory=dict)
    mapping: Mapping[int, str] | None = None
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    corrections: Mapping[tuple[int, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class FileRead:
    """A file as it was read. `cells` are whole, by line; `pairs` are between lines, or of a line
    with somebody known."""

    kind: str
    sheets: tuple[str, ...]
    encoding: str
    remarks: tuple[Remark, ...]
    reading: Reading
    cells: Mapping[int, tuple[str, ...]]
    pairs: tuple[Pair, ...]


def read_file(content: bytes, asked: Asked) -> FileRead:
    """Read a file as asked. Raises `sheets.UnreadableError`, which says why to its sender."""
    book = read(content, encoding=asked.encoding)
    reading = read_nominations(
        book.sheets,
        countries=asked.countries,
        today=asked.today,
        fields=asked.fields,
        deadline=asked.deadline,
        mapping=asked.mapping,
        remembered=asked.remembered,
        sheet=asked.sheet,
        header_row=asked.header_row,
        corrections=asked.corrections,
    )
    return FileRead(
        kind=book.kind,
        sheets=tuple(sheet.name for sheet in book.sheets),
        encoding=book.encoding,
        remarks=book.remarks,
        reading=reading,
        cells=_cells(book, reading),
        pairs=tuple(same_people(people_of(reading), asked.known)),
    )


def _cells(book: Book, reading: Reading) -> dict[int, tuple[str, ...]]:
    """Every cell of the lines that were read, whole: a line that is left out goes back so."""
    if reading.header is None:
        return {}
    numbers = {row.number for row in reading.rows}
    sheet = next(sheet for sheet in book.sheets if sheet.name == reading.header.sheet)
    return {row.number: tuple(map(shown, row.cells)) for row in sheet.rows if row.number in numbers}
