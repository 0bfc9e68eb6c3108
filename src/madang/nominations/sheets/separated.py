"""CSV: text in columns, in whatever encoding, with whatever between them."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from madang.nominations.sheets import encodings, limits
from madang.nominations.sheets.book import Book
from madang.nominations.sheets.cells import Cell
from madang.nominations.sheets.grid import Count, Grid
from madang.nominations.sheets.refusals import Remark, UnreadableError

DELIMITERS = (",", ";", "\t", "|")
LOOKED_AT = 300
NUL = "\x00"


def read(content: bytes, *, encoding: str | None = None, delimiter: str | None = None) -> Book:
    """The one sheet of a CSV file. All its cells are text; reading them decides what they mean."""
    decoded = _decoded(content, encoding)
    text = decoded.text.removeprefix("\ufeff")
    notes = [_encoding_note(decoded)]
    if NUL in text:
        notes.append(Remark("nul_bytes", {"count": text.count(NUL)}))
        text = text.replace(NUL, "")
    # Carriage returns alone, of an old Mac, are line ends too.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _newline, rest = text.partition("\n")
    declared = _declared(first)
    if declared:
        # Excel's own line; it is row 1 of the file all the same.
        text = f"\n{rest}"
    between = delimiter or declared or _guessed_delimiter(text)
    notes.append(
        Remark("tab_delimiter") if between == "\t" else Remark("delimiter", {"delimiter": between})
    )
    grid = Grid("", Count())
    for number, cells in enumerate(_records(text, between), start=1):
        grid.add(number, dict(enumerate(cells)))
    return Book(
        "csv",
        (grid.sheet(),),
        encoding=decoded.encoding,
        encoding_sure=decoded.sure,
        delimiter=between,
        notes=tuple(notes),
    )


def _decoded(content: bytes, encoding: str | None) -> encodings.Decoded:
    if encoding is None:
        return encodings.decode(content)
    try:
        return encodings.Decoded(content.decode(encoding), encoding, sure=True)
    except UnicodeDecodeError as error:
        raise UnreadableError("not_in_encoding", encoding=encoding, place=error.start) from error
    except (LookupError, ValueError) as error:
        raise UnreadableError("not_in_encoding", encoding=encoding[:40], place=0) from error


def _encoding_note(decoded: encodings.Decoded) -> Remark:
    code = "encoding" if decoded.sure else "encoding_guessed"
    return Remark(code, {"encoding": decoded.encoding})


def _declared(line: str) -> str:
    """What Excel's line “sep=;” says."""
    name, _equals, sign = line.strip('"').partition("=")
    return sign if name.casefold() == "sep" and len(sign) == 1 else ""


def _guessed_delimiter(text: str) -> str:
    """The one that splits most rows into the same number of columns, and into many."""
    scores = {delimiter: _evenness(text, delimiter) for delimiter in DELIMITERS}
    return max(scores, key=lambda delimiter: scores[delimiter])


def _evenness(text: str, delimiter: str) -> int:
    """How many cells it makes in rows of the commonest width; cells after a space are prose."""
    cells_by_width: Counter[int] = Counter()
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter)):
            if number >= LOOKED_AT:
                break
            prose = sum(cell.startswith(" ") for cell in cells[1:])
            cells_by_width[len(cells)] += len(cells) - 1 - prose
    except csv.Error:
        return 0
    return max(cells_by_width.values(), default=0)


def _records(text: str, delimiter: str) -> Iterator[list[Cell]]:
    lines = io.StringIO(text)
    reader = csv.reader(lines, delimiter=delimiter)
    number = 0
    while True:
        began = lines.tell()
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise UnreadableError("long_csv_cell", row=number, most=limits.LONGEST_CELL) from error
        if cells is None:
            return
        if lines.tell() == len(text) and _is_open(text[began:], delimiter):
            raise UnreadableError("open_quote", row=number)
        yield list(cells)


def _is_open(record: str, delimiter: str) -> bool:
    """Whether the last record ends within a quotation."""
    try:
        list(csv.reader(io.StringIO(record), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
