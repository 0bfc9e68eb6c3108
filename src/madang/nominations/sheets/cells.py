"""What a cell can hold, whatever kind of file it comes from."""

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True)
class Formula:
    """A formula as it is written, beginning with “=”. It is never evaluated."""

    text: str


@dataclass(frozen=True)
class ErrorValue:
    """What a spreadsheet shows where a formula failed: “#N/A”, “#REF!”."""

    text: str


Cell = str | int | float | bool | date | datetime | time | Formula | ErrorValue | None

LETTERS = 26


def column_letters(index: int) -> str:
    """The name of a column by its place, counted from 0: “A”, “Z”, “AA”."""
    letters = ""
    place = index + 1
    while place > 0:
        place, rest = divmod(place - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def shown(cell: Cell) -> str:
    """A cell as a line of text for people: as the spreadsheet shows it, more or less."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, Formula | ErrorValue):
        return cell.text
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
