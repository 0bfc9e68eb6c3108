"""Workbooks of Excel, LibreOffice and Google: Office Open XML (ECMA-376), both dialects.

Read as a stream of its parts, rather than with openpyxl: formulas, hidden rows and merged cells are
seen in one pass that holds one row at a time, in a fraction of its time (`benchmarks/sheets.py`).
"""

import posixpath
import re
from collections.abc import Iterable, Iterator

from madang.nominations.sheets import limits, markup, numbers
from madang.nominations.sheets.archive import Archive
from madang.nominations.sheets.book import Book, Merged, Sheet
from madang.nominations.sheets.cells import Cell, ErrorValue, Formula
from madang.nominations.sheets.grid import Count, Grid
from madang.nominations.sheets.refusals import UnreadableError

WORKBOOK = "/officeDocument"
SHARED_STRINGS = "/sharedStrings"
STYLES = "/styles"
WORKSHEET = "/worksheet"
PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
# A million formatted rows are mostly cells without content, which are taken out before they cost
# anything. (An attribute with “>” in it would be cut, and the part then is not well-formed.)
EMPTY_CELL = re.compile(rb'<(?:[A-Za-z]\w*:)?c (?=[^<>]*\br="[A-Z])[^<>]*/>')
LONGEST_ELEMENT = 1024

Relations = dict[str, tuple[str, str]]


def read(archive: Archive) -> Book:
    """The sheets of a workbook, hidden ones too; sheets that are charts or macros are not read."""
    workbook = _workbook_part(archive)
    relations = _relations(archive, workbook)
    parts = {kind: target for kind, target in relations.values() if target in archive}
    strings = _shared_strings(archive, parts.get(SHARED_STRINGS))
    dates = _date_styles(archive, parts.get(STYLES))
    from_1904, listed = _sheets(archive, workbook)
    count = Count()
    sheets: list[Sheet] = []
    for name, hidden, relation in listed:
        kind, target = relations.get(relation, ("", ""))
        if kind == WORKSHEET:
            grid = Grid(name, count, hidden=hidden)
            reader = _SheetReader(grid, strings, dates, from_1904=from_1904)
            reader.read(target, without_empty_cells(archive.chunks(target)))
            sheets.append(grid.sheet())
    return Book("xlsx", tuple(sheets))


def _workbook_part(archive: Archive) -> str:
    for kind, target in _relations(archive, "").values():
        if kind == WORKBOOK and target in archive:
            return target
    raise UnreadableError("damaged", part="xl/workbook.xml")


def _relations(archive: Archive, part: str) -> Relations:
    """What a part refers to: id → kind (the last word of its address) and the name of the part."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive:
        raise UnreadableError("damaged", part=path)
    relations: Relations = {}
    for element, attributes in markup.elements(path, archive.chunks(path)):
        external = attributes.get("TargetMode") == "External"
        if element == "Relationship" and not external:
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            kind = "/" + attributes.get("Type", "").rpartition("/")[2]
            relations[attributes.get("Id", "")] = (kind, target.lstrip("/"))
    return relations


def _sheets(archive: Archive, part: str) -> tuple[bool, list[tuple[str, bool, str]]]:
    """Whether dates count from 1904, and the sheets: name, hidden, id of the relation."""
    from_1904 = False
    listed: list[tuple[str, bool, str]] = []
    for element, attributes in markup.elements(part, archive.chunks(part)):
        if element == "workbookPr":
            from_1904 = attributes.get("date1904") in {"1", "true"}
        elif element == "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            relation = next((id_ for key, id_ in attributes.items() if key.endswith(" id")), "")
            listed.append((attributes.get("name", "")[:100], hidden, relation))
    if len(listed) > limits.MOST_SHEETS:
        raise UnreadableError("too_many_sheets", most=limits.MOST_SHEETS)
    return from_1904, listed


def _shared_strings(archive: Archive, part: str | None) -> list[str]:
    """The texts that cells refer to by number."""
    if part is None:
        return []
    reader = _StringsReader()
    markup.parse(part, archive.chunks(part), start=reader.start, end=reader.end, text=reader.text)
    return reader.strings


def _date_styles(archive: Archive, part: str | None) -> frozenset[str]:
    """The styles, by their number as cells name it, that show a number as a date or time."""
    if part is None:
        return frozenset()
    own: dict[str, bool] = {}
    dates: set[str] = set()
    styles = 0
    in_cell_formats = False
    for element, attributes in markup.elements(part, archive.chunks(part)):
        if element == "numFmt":
            own[attributes.get("numFmtId", "")] = numbers.is_date_format(
                attributes.get("formatCode", "")[:500]
            )
        elif element == "cellXfs":
            in_cell_formats = True
        elif element == "cellStyles":
            in_cell_formats = False
        elif element == "xf" and in_cell_formats:
            number = attributes.get("numFmtId", "0")
            known = number.isdecimal() and int(number) in numbers.DATE_FORMATS
            if own.get(number, known):
                dates.add(str(styles))
            styles += 1
    return frozenset(dates)


def without_empty_cells(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The stream of a sheet without cells that have a style and nothing else."""
    rest = b""
    for chunk in chunks:
        piece = rest + chunk
        if b"<![CDATA[" in piece:
            # What looks like an element in there is text.
            yield piece
            rest = b""
            yield from chunks
            return
        cut = piece.rfind(b"<")
        # An element that the chunk cut in two waits for its end; a long text need not.
        rest = piece[cut:] if cut >= 0 and len(piece) - cut < LONGEST_ELEMENT else b""
        yield EMPTY_CELL.sub(b"", piece[: len(piece) - len(rest)])
    yield rest


class _StringsReader:
    """The handlers for shared strings: `si` of `t`, without the hints how to pronounce them."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.pieces: list[str] = []
        self.phonetic = False
        self.taking = False

    def start(self, name: str, _attributes: markup.Attributes) -> None:
        if name == "si":
            self.pieces = []
        elif name == "rPh":
            self.phonetic = True
        elif name == "t":
            self.taking = not self.phonetic

    def end(self, name: str) -> None:
        if name == "si":
            if len(self.strings) >= limits.MOST_CELLS:
                raise UnreadableError("too_many_cells", most=limits.MOST_CELLS)
            self.strings.append(unescaped("".join(self.pieces)))
        elif name == "rPh":
            self.phonetic = False
        elif name == "t":
            self.taking = False

    def text(self, piece: str) -> None:
        if self.taking:
            self.pieces.append(piece)


class _SheetReader:
    """The handlers for one sheet's elements: `row`, `c` with `v`, `f` and `is`, `mergeCell`."""

    def __init__(
        self, grid: Grid, strings: list[str], dates: frozenset[str], *, from_1904: bool
    ) -> None:
        self.grid = grid
        self.strings = strings
        self.dates = dates
        self.from_1904 = from_1904
        self.row = 0
        self.row_hidden = False
        self.cells: dict[int, Cell] = {}
        self.place = -1
        self.kind = "n"
        self.style = ""
        self.value: list[str] = []
        self.formula: list[str] | None = None
        self.shared: dict[str, str] = {}
        self.shared_id: str | None = None
        self.taking: list[str] | None = None
        self.phonetic = False
        self.columns: dict[str, int] = {}

    def read(self, part: str, chunks: Iterable[bytes]) -> None:
        """Fill the grid from a part."""
        markup.parse(part, chunks, start=self.start, end=self.end, text=self.text)

    def start(self, name: str, attributes: markup.Attributes) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name == "v":
            self.taking = self.value
        elif name == "t":
            self.taking = None if self.phonetic else self.value
        elif name == "f":
            self.taking = self.formula = []
            self.shared_id = attributes.get("si") if attributes.get("t") == "shared" else None
        elif name == "row":
            self._start_row(attributes)
        elif name == "rPh":
            self.phonetic = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if name in {"v", "t", "f"}:
            self.taking = None
        elif name == "c":
            if self.value or self.formula is not None:
                self.cells[self.place] = self._cell()
        elif name == "row":
            self.grid.add(self.row, self.cells, hidden=self.row_hidden)
            self.cells = {}
        elif name == "rPh":
            self.phonetic = False

    def text(self, piece: str) -> None:
        if self.taking is not None:
            self.taking.append(piece)

    def _start_row(self, attributes: markup.Attributes) -> None:
        number = attributes.get("r", "")
        self.row = int(number) if number.isdecimal() and len(number) < 9 else self.row + 1
        self.row_hidden = attributes.get("hidden") in {"1", "true"}
        self.place = -1
        self.cells = {}

    def _start_cell(self, attributes: markup.Attributes) -> None:
        reference = attributes.get("r")
        letters = reference.rstrip("0123456789") if reference else ""
        self.place = self._column(letters) if letters else self.place + 1
        self.kind = attributes.get("t", "n")
        self.style = attributes.get("s", "")
        self.value = []
        self.formula = None
        self.shared_id = None

    def _column(self, letters: str) -> int:
        known = self.columns.get(letters)
        if known is None:
            if len(letters) > 3 or not (letters.isascii() and letters.isupper()):
                raise UnreadableError("damaged", part=f"{self.grid.name}: {letters[:20]}")
            known = 0
            for letter in letters:
                known = known * 26 + ord(letter) - ord("A") + 1
            known -= 1
            self.columns[letters] = known
        return known

    def _cell(self) -> Cell:
        if self.formula is not None:
            return self._formula("".join(self.formula))
        text = "".join(self.value)
        if self.kind == "s":
            return self._shared_string(text)
        if self.kind in {"inlineStr", "str"}:
            return unescaped(text)
        if self.kind == "b":
            return text.strip() in {"1", "true"}
        if self.kind == "e":
            return ErrorValue(text)
        value = numbers.number(text.strip())
        if self.style in self.dates and not isinstance(value, str):
            return numbers.moment(value, from_1904=self.from_1904)
        return numbers.iso_moment(text) if self.kind == "d" else value

    def _formula(self, text: str) -> Formula:
        """A formula's own text; one that is shared down a column stands in its first cell only."""
        if self.shared_id is not None:
            text = self.shared.setdefault(self.shared_id, text) if text else text
            text = text or self.shared.get(self.shared_id, "")
        return Formula(f"={text}")

    def _shared_string(self, text: str) -> str:
        number = int(text) if text.isdecimal() and len(text) < 9 else -1
        if not 0 <= number < len(self.strings):
            raise UnreadableError("damaged", part=f"{self.grid.name}: {self.row}")
        return self.strings[number]

    def _merge(self, area: str) -> None:
        first, _colon, last = area.partition(":")
        corners = [PLACE.fullmatch(corner) for corner in (first, last)]
        if corners[0] and corners[1]:
            (left, top), (right, bottom) = corners[0].groups(), corners[1].groups()
            self.grid.merge(Merged(int(top), self._column(left), int(bottom), self._column(right)))


def unescaped(text: str) -> str:
    """“_x000D_” is how a letter that XML can't hold is written (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" not in text:
        return text
    plain = ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
