"""OpenDocument spreadsheets (ISO/IEC 26300), from LibreOffice and others.

Our own reader rather than python-calamine, which gives a formula's result and not the formula, and
does not tell what is hidden.
"""

from madang.nominations.sheets import limits, markup, numbers
from madang.nominations.sheets.archive import Archive
from madang.nominations.sheets.book import Book, Merged, Sheet
from madang.nominations.sheets.cells import Cell, ErrorValue, Formula
from madang.nominations.sheets.grid import Count, Grid
from madang.nominations.sheets.refusals import UnreadableError

CONTENT = "content.xml"
MANIFEST = "META-INF/manifest.xml"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
CALCEXT = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
CELLS = frozenset({"table-cell", "covered-table-cell"})
# What stands in a cell beside its text: comments, drawings.
ASIDES = frozenset({"annotation", "shapes", "frame", "custom-shape", "tracked-changes"})
MOST_SPACES = 1000


def read(archive: Archive) -> Book:
    """The sheets of a document, hidden ones too."""
    _refuse_encrypted(archive)
    reader = _Reader()
    markup.parse(
        CONTENT, archive.chunks(CONTENT), start=reader.start, end=reader.end, text=reader.text
    )
    return Book("ods", tuple(reader.sheets))


def _refuse_encrypted(archive: Archive) -> None:
    if MANIFEST in archive:
        for element, _attributes in markup.elements(MANIFEST, archive.chunks(MANIFEST)):
            if element == "encryption-data":
                raise UnreadableError("encrypted")


class _Reader:
    """The handlers for the elements of `content.xml`."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.count = Count()
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.grid: Grid | None = None
        self.depth = 0
        self.aside = 0
        self.row = 1
        self.row_repeated = 1
        self.row_hidden = False
        self.cells: dict[int, Cell] = {}
        self.place = 0
        self.cell: markup.Attributes | None = None
        self.paragraphs: list[list[str]] = []
        self.in_paragraph = 0

    def start(self, name: str, attributes: markup.Attributes) -> None:
        if self.aside or name in ASIDES:
            self.aside += 1
        elif name == "style":
            self.style = attributes.get(f"{STYLE}name", "")
        elif name == "table-properties" and attributes.get(f"{TABLE}display") == "false":
            self.hidden_styles.add(self.style)
        elif name == "table":
            self._start_table(attributes)
        elif self.grid is None or self.depth != 1:
            return
        elif name == "table-row":
            self._start_row(attributes)
        elif name in CELLS:
            self.cell = dict(attributes)
            self.paragraphs = []
        elif self.cell is not None:
            self._start_text(name, attributes)

    def _start_table(self, attributes: markup.Attributes) -> None:
        self.depth += 1
        if self.depth > 1:
            # A table within a cell, which is no sheet.
            return
        if len(self.sheets) >= limits.MOST_SHEETS:
            raise UnreadableError("too_many_sheets", most=limits.MOST_SHEETS)
        name = attributes.get(f"{TABLE}name", "")[:100]
        hidden = attributes.get(f"{TABLE}style-name") in self.hidden_styles
        self.grid = Grid(name, self.count, hidden=hidden)
        self.row = 1

    def _start_row(self, attributes: markup.Attributes) -> None:
        self.cells = {}
        self.place = 0
        self.row_repeated = _times(attributes, "number-rows-repeated")
        self.row_hidden = attributes.get(f"{TABLE}visibility", "visible") != "visible"

    def _start_text(self, name: str, attributes: markup.Attributes) -> None:
        if name == "p":
            if not self.in_paragraph:
                self.paragraphs.append([])
            self.in_paragraph += 1
        elif self.in_paragraph and name == "s":
            count = attributes.get(f"{TEXT}c", "1")
            self.text(" " * min(int(count) if count.isdecimal() else 1, MOST_SPACES))
        elif self.in_paragraph and name == "tab":
            self.text("\t")
        elif self.in_paragraph and name == "line-break":
            self.text("\n")

    def text(self, piece: str) -> None:
        if self.in_paragraph and not self.aside:
            self.paragraphs[-1].append(piece)

    def end(self, name: str) -> None:
        if self.aside:
            self.aside -= 1
        elif name == "table":
            self._end_table()
        elif self.grid is None or self.depth != 1:
            return
        elif name == "p" and self.in_paragraph:
            self.in_paragraph -= 1
        elif name in CELLS and self.cell is not None:
            self._end_cell(self.grid, self.cell)
        elif name == "table-row":
            self._end_row(self.grid)

    def _end_table(self) -> None:
        self.depth -= 1
        if self.depth == 0 and self.grid is not None:
            self.sheets.append(self.grid.sheet())
            self.grid = None

    def _end_cell(self, grid: Grid, attributes: markup.Attributes) -> None:
        text = "\n".join("".join(pieces) for pieces in self.paragraphs)
        value = _value(attributes, text)
        repeated = _times(attributes, "number-columns-repeated")
        if value is not None and value != "":
            # One beyond the limit is enough to be refused.
            last = min(self.place + repeated, limits.MOST_COLUMNS + 1)
            self.cells.update(dict.fromkeys(range(self.place, last), value))
            self.cells.setdefault(self.place, value)
        right = _times(attributes, "number-columns-spanned")
        down = _times(attributes, "number-rows-spanned")
        if right > 1 or down > 1:
            grid.merge(Merged(self.row, self.place, self.row + down - 1, self.place + right - 1))
        self.place += repeated
        self.cell = None
        self.in_paragraph = 0

    def _end_row(self, grid: Grid) -> None:
        if self.cells:
            # Refused at the first row too many, however often it is said to repeat.
            for again in range(min(self.row_repeated, limits.MOST_ROWS + 1)):
                grid.add(self.row + again, self.cells, hidden=self.row_hidden)
        self.row += self.row_repeated


def _times(attributes: markup.Attributes, name: str) -> int:
    text = attributes.get(TABLE + name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 9 else 1


def _value(attributes: markup.Attributes, text: str) -> Cell:
    formula = attributes.get(f"{TABLE}formula")
    if formula is not None:
        # “of:=SUM([.A1:.A3])”: the prefix names the dialect.
        return Formula(f"={formula.partition('=')[2]}")
    if attributes.get(f"{CALCEXT}value-type") == "error":
        return ErrorValue(text)
    kind = attributes.get(f"{OFFICE}value-type", "string")
    if kind in {"float", "currency", "percentage"}:
        return numbers.number(attributes.get(f"{OFFICE}value", text))
    if kind == "date":
        return numbers.iso_moment(attributes.get(f"{OFFICE}date-value", text))
    if kind == "boolean":
        return attributes.get(f"{OFFICE}boolean-value") == "true"
    if kind == "string":
        return attributes.get(f"{OFFICE}string-value", text)
    return text
