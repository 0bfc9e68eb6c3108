"""Which row heads the table, and which of its columns holds which field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from madang.nominations.reading import contacts
from madang.nominations.reading.fields import NAMES, Field, Kind
from madang.nominations.reading.folding import fold
from madang.nominations.reading.places import Known
from madang.nominations.reading.rows import Column, Header
from madang.nominations.reading.texts import tidy
from madang.nominations.reading.words import HEADINGS, SEXES
from madang.nominations.sheets import Row, Sheet, shown
from madang.nominations.sheets.cells import Cell

BRACKETS = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]")
PARTS = re.compile(r"[/|\n;·]| - | – ")
ROWS_LOOKED_AT = 60
LONGEST_HEADING = 200
FEWEST_FIELDS = 3
CLOSE = 88
SIMILAR_IS_WORTH = 0.9
SAMPLES = 3
LONGEST_SAMPLE = 60
CELLS_LOOKED_AT = 50
MOSTLY = 0.7
CONTENTS_ARE_WORTH = 0.6
IDENTIFYING = frozenset({*NAMES, "email"})


@dataclass(frozen=True)
class Guess:
    """The field that a heading means: how sure, and how it was told."""

    field: str
    confidence: float
    how: str


class Vocabulary:
    """All headings of a call's fields, folded."""

    def __init__(self, fields: Sequence[Field], remembered: Mapping[str, str]) -> None:
        self.fields = {field.key: field for field in fields}
        self.remembered = {
            heading: key for heading, key in remembered.items() if not key or key in self.fields
        }
        self.known: dict[str, str] = {}
        for field in fields:
            for heading in (str(field.label), *field.headings, *HEADINGS.get(field.key, ())):
                self.known.setdefault(fold(heading) or heading.strip(), field.key)
        self.known.pop("", None)
        self._known = list(self.known)
        self._guesses: dict[str, tuple[Guess, ...]] = {}

    def guesses(self, heading: str) -> tuple[Guess, ...]:
        """What a heading may mean, the surest first."""
        found = self._guesses.get(heading)
        if found is None:
            found = self._guesses[heading] = self._guess(heading)
        return found

    def _guess(self, heading: str) -> tuple[Guess, ...]:
        whole = fold(heading) or heading.strip()
        if not whole or len(heading) > LONGEST_HEADING:
            return ()
        if whole in self.remembered:
            key = self.remembered[whole]
            return (Guess(key, 1.0, "remembered"),)
        bare = BRACKETS.sub(" ", heading)
        for text in (heading, bare, *PARTS.split(bare)):
            key = self.known.get(fold(text) or text.strip(), "")
            if key:
                return (Guess(key, 1.0, "exact"),)
        best: dict[str, float] = {}
        # Slips of the keyboard and another order of words count little.
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
            for known, score, _place in process.extract(
                fold(bare) or whole, self._known, scorer=scorer, limit=4, score_cutoff=CLOSE
            ):
                key = self.known[known]
                best[key] = max(best.get(key, 0.0), round(score / 100 * SIMILAR_IS_WORTH, 2))
        ordered = sorted(best.items(), key=lambda offer: -offer[1])
        return tuple(Guess(key, confidence, "similar") for key, confidence in ordered)


@dataclass(frozen=True)
class Table:
    """A table of nominations: its header, the headings by column, and the rows below."""

    header: Header
    headings: dict[int, str]
    rows: tuple[Row, ...]
    score: float


def find_table(sheet: Sheet, vocabulary: Vocabulary, header_row: int | None = None) -> Table | None:
    """The table of a sheet, below whatever stands above it; None where no row heads one.

    `header_row` is what a person says it is; 0 means that the sheet has no headings.
    """
    if header_row == 0:
        return Table(Header(sheet.name, 0, 1.0), {}, sheet.rows, 0.0)
    best: tuple[float, int, dict[int, str]] | None = None
    for place, row in enumerate(sheet.rows[:ROWS_LOOKED_AT]):
        if header_row is not None and row.number != header_row:
            continue
        for headings in _headings_at(sheet, place):
            score = _score(headings, vocabulary)
            if best is None or score > best[0]:
                best = (score, place, headings)
    if header_row is not None and best is None:
        return _given_below(sheet, header_row)
    if best is None or (best[0] <= 0 and header_row is None):
        return None
    score, place, headings = best
    number = sheet.rows[place].number
    above = tuple(
        line for row in sheet.rows[:place] if row.number < number and (line := _line(row))
    )
    share = score / max(1, len(headings))
    header = Header(sheet.name, number, round(min(1.0, share), 2), above)
    return Table(header, headings, sheet.rows[place + 1 :], score)


def _given_below(sheet: Sheet, header_row: int) -> Table:
    """A person named a row that is empty or far down."""
    rows = tuple(row for row in sheet.rows if row.number >= header_row)
    head = rows[0] if rows and rows[0].number == header_row else None
    headings = _headings(head) if head else {}
    return Table(Header(sheet.name, header_row, 1.0), headings, rows[1:] if head else rows, 0.0)


def _headings_at(sheet: Sheet, place: int) -> list[dict[int, str]]:
    """The headings that a row gives: alone, and below the row of groups before it."""
    own = _headings(sheet.rows[place])
    if place == 0 or sheet.rows[place - 1].number != sheet.rows[place].number - 1:
        return [own]
    over = _headings(sheet.rows[place - 1])
    both = {column: own.get(column) or over[column] for column in sorted({*own, *over})}
    return [own, both] if len(over) > 1 else [own]


def _headings(row: Row) -> dict[int, str]:
    return {
        column: tidy(cell)
        for column, cell in enumerate(row.cells)
        if isinstance(cell, str) and tidy(cell)
    }


def _score(headings: Mapping[int, str], vocabulary: Vocabulary) -> float:
    """How well a row heads a table: fields that it names, each once; 0 where it hardly does."""
    best: dict[str, float] = {}
    strange = 0
    for heading in headings.values():
        guesses = [guess for guess in vocabulary.guesses(heading) if guess.field]
        if guesses:
            first = guesses[0]
            best[first.field] = max(best.get(first.field, 0.0), first.confidence)
        elif contacts.is_address(heading):
            # A row of the table itself.
            return 0.0
        else:
            strange += 1
    if len(best) < FEWEST_FIELDS or not best.keys() & IDENTIFYING or strange > 3 * len(best):
        return 0.0
    return sum(best.values())


def map_columns(
    table: Table,
    vocabulary: Vocabulary,
    known: Known,
    mapping: Mapping[int, str] | None,
) -> tuple[Column, ...]:
    """Every column that has a heading or anything below it, with the field that it holds."""
    cells = _by_column(table.rows)
    places = sorted({*table.headings, *cells})
    if mapping is None:
        guesses = {place: vocabulary.guesses(table.headings.get(place, "")) for place in places}
        chosen = _assign(guesses, vocabulary, cells, known)
    else:
        guesses = {}
        chosen = {
            place: Guess(key, 1.0, "given")
            for place, key in mapping.items()
            if key in vocabulary.fields
        }
    columns = []
    for place in places:
        guess = chosen.get(place)
        rivals = tuple(
            other.field
            for other in guesses.get(place, ())
            if other.field and (guess is None or other.field != guess.field)
        )
        columns.append(
            Column(
                index=place,
                heading=table.headings.get(place, ""),
                field=guess.field or None if guess else None,
                confidence=guess.confidence if guess else 0.0,
                how=guess.how if guess else "",
                rivals=rivals,
                samples=_samples(cells.get(place, [])),
            )
        )
    return tuple(columns)


def _assign(
    guesses: Mapping[int, tuple[Guess, ...]],
    vocabulary: Vocabulary,
    cells: Mapping[int, list[Cell]],
    known: Known,
) -> dict[int, Guess]:
    """Each field to one column: the surest, and of equals the leftmost with anything in it."""
    chosen: dict[int, Guess] = {}
    taken: set[str] = set()
    offers = [
        (-guess.confidence, place not in cells, place, guess)
        for place, listed in guesses.items()
        for guess in listed
    ]
    for _sureness, _is_empty, place, guess in sorted(offers, key=lambda offer: offer[:3]):
        if place not in chosen and (not guess.field or guess.field not in taken):
            chosen[place] = guess
            taken.add(guess.field)
    for place, column in cells.items():
        if not guesses.get(place):
            told = _told_by_contents(column, vocabulary, known)
            if told and told not in taken:
                chosen[place] = Guess(told, CONTENTS_ARE_WORTH, "contents")
                taken.add(told)
    return chosen


def _told_by_contents(cells: Sequence[Cell], vocabulary: Vocabulary, known: Known) -> str:
    """The field of a column whose heading nobody knows, where its cells leave no doubt."""
    texts = [tidy(shown(cell)[:LONGEST_SAMPLE]) for cell in cells[:CELLS_LOOKED_AT]]
    tests = {
        "email": contacts.is_address,
        "sex": lambda text: fold(text) in SEXES,
        "country": lambda text: len(text) > 3 and known.match(text).certainty.value == "exact",
    }
    for key, test in tests.items():
        kind = vocabulary.fields[key].kind if key in vocabulary.fields else None
        fits = kind in {Kind.EMAIL, Kind.SEX, Kind.COUNTRY}
        if fits and sum(map(test, texts)) > MOSTLY * len(texts):
            return key
    return ""


def _by_column(rows: Sequence[Row]) -> dict[int, list[Cell]]:
    cells: dict[int, list[Cell]] = {}
    for row in rows:
        for place, cell in enumerate(row.cells):
            if cell is not None:
                cells.setdefault(place, []).append(cell)
    return cells


def _samples(cells: Sequence[Cell]) -> tuple[str, ...]:
    different = dict.fromkeys(
        tidy(shown(cell)[:LONGEST_SAMPLE]) for cell in cells[:CELLS_LOOKED_AT]
    )
    return tuple(different)[:SAMPLES]


def _line(row: Row) -> str:
    return " ".join(tidy(shown(cell)[:300]) for cell in row.cells if cell is not None).strip()
