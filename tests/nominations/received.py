"""The lists of the founding workshop, read, and what is found in a row of them."""

from datetime import date
from pathlib import Path

from madang.nominations.reading.nominations import read_nominations
from madang.nominations.reading.rows import Doubt, Finding, Note, Reading, ReadRow, Wrong
from madang.nominations.sheets import read
from tests.nominations.files import index
from tests.support.shared import shared_data

FOLDER = (shared_data() or Path()) / "nominations"
TODAY = date(2007, 9, 20)


def reading_of(name: str, **options: object) -> Reading:
    book = read((FOLDER / name).read_bytes())
    return read_nominations(book.sheets, countries=index(), today=TODAY, **options)


def row(reading: Reading, number: int) -> ReadRow:
    return next(row for row in reading.rows if row.number == number)


def only(findings: tuple[Finding, ...], field: str) -> Finding:
    (found,) = [finding for finding in findings if finding.field == field]
    assert found.message
    return found


def doubt(reading: Reading, number: int, field: str) -> Doubt:
    found = only(row(reading, number).doubts, field)
    assert isinstance(found, Doubt)
    return found


def wrong(reading: Reading, number: int, field: str) -> Wrong:
    found = only(row(reading, number).wrongs, field)
    assert isinstance(found, Wrong)
    return found


def notes(reading: Reading, code: str) -> list[tuple[int, Note]]:
    return [(row.number, note) for row in reading.rows for note in row.notes if note.code == code]


def offered(finding: Doubt | Wrong) -> list[object]:
    return [suggestion.value for suggestion in finding.suggestions]
