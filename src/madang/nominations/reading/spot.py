"""One cell on its way to a value, and what is found in it."""

from madang.nominations.reading.fields import Field
from madang.nominations.reading.rows import Doubt, Note, Plain, Suggestion, Wrong
from madang.nominations.sheets.cells import Cell, shown

LONGEST_ORIGINAL = 500


class Findings:
    """What is found in a row, as it is being read."""

    def __init__(self) -> None:
        self.doubts: list[Doubt] = []
        self.wrongs: list[Wrong] = []
        self.notes: list[Note] = []


class Spot:
    """A cell, its field and its place. Readers report to it and return the value, or None."""

    def __init__(self, field: Field, column: int | None, cell: Cell, findings: Findings) -> None:
        self.field = field
        self.column = column
        self.cell = cell
        self.findings = findings

    @property
    def original(self) -> str:
        """The cell as it was, as text."""
        return shown(self.cell)[:LONGEST_ORIGINAL]

    def note(self, code: str, result: str, **details: object) -> None:
        """Something was changed, or understood without asking."""
        self.findings.notes.append(
            Note(code, self.field.key, self.column, self.original, details, result=result)
        )

    def doubt(self, code: str, *suggestions: Suggestion, **details: object) -> None:
        """A person has to look, and there is no value until they do."""
        self.findings.doubts.append(
            Doubt(code, self.field.key, self.column, self.original, details, suggestions)
        )

    def odd(self, code: str, *suggestions: Suggestion, **details: object) -> None:
        """A person should look, but the value stands as it is."""
        self.findings.doubts.append(
            Doubt(
                code, self.field.key, self.column, self.original, details, suggestions, stands=True
            )
        )

    def wrong(self, code: str, *suggestions: Suggestion, **details: object) -> None:
        """The cell can't be taken."""
        self.findings.wrongs.append(
            Wrong(code, self.field.key, self.column, self.original, details, suggestions)
        )


def suggest(value: Plain, text: str = "") -> Suggestion:
    """A suggestion, shown as its value where nothing better is said."""
    return Suggestion(value, text or shown(value))
