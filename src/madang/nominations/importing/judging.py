"""What a line is beside what is there, what is to be asked about it, what becomes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from madang.core import locales
from madang.nominations.importing import known
from madang.nominations.importing.lines import Likely, Line, code_of
from madang.nominations.models import ImportRow, Nomination, Question
from madang.nominations.reading.matching import Band

Outcome = ImportRow.Outcome
Decision = ImportRow.Decision

# What is asked about whole lines; such codes have no field.
REPEATED, MAYBE, WITHDRAWN = "repeated", "maybe", "withdrawn"


@dataclass(frozen=True)
class Fate:
    """What becomes of a line when the file is written.

    `what` is "new", "change" (of the nomination that it matches), "with" (it goes with the line
    that it repeats), "same" (nothing is to be done) or "left"; then `why` says why.
    """

    what: str
    why: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether anything is written."""
        return self.what in {"new", "change", "with"}


class Surroundings:
    """What lines are judged by: the nominations that they match, and lines that they repeat."""

    def __init__(
        self,
        nominations: Mapping[UUID, Nomination],
        rows: Mapping[int, ImportRow],
        listed: Sequence[Question],
        past: Mapping[tuple[str, ...], known.Past] | None = None,
    ) -> None:
        self.nominations = nominations
        self.rows = rows
        self.questions = listed
        self.past = past or {}

    def place(self, row: ImportRow, line: Line) -> None:
        """Point a row at whom its line most likely names again; then judge it."""
        target = _surest(line.likely)
        same = [it for it in line.likely if it.band is Band.SAME]
        nomination = _surest([it for it in same if it.nomination]) or target
        repeated = _surest([it for it in same if it.line]) or target
        row.matches = row.repeats = None
        past = self.past.get(line.cells)
        line.past = past.day if past else None
        if past:
            row.matches = self.nominations.get(past.nomination) if past.nomination else None
        elif nomination is not None and nomination.nomination:
            row.matches = self.nominations.get(UUID(nomination.nomination))
        if repeated is not None and repeated.line:
            row.repeats = self.rows.get(repeated.line)
        self.judge(row, line)

    def judge(self, row: ImportRow, line: Line) -> None:
        """Say what a row is and what is open in it, given what it is pointed at."""
        match = self.nominations.get(row.matches_id) if row.matches_id else None
        differing = known.differences(line, match, self.questions) if match is not None else []
        line.differences = [it.field for it in differing]
        if line.past and not row.decision:
            row.outcome = Outcome.SAME
        elif line.wrongs:
            row.outcome = Outcome.WRONG
        elif is_sure(row, line) and not line.differences:
            row.outcome = Outcome.SAME
        elif _band_of_repeated(row, line) is Band.SAME:
            row.outcome = Outcome.REPEATED
        elif is_sure(row, line):
            row.outcome = Outcome.CHANGED
        else:
            row.outcome = Outcome.NEW
        row.codes = self._codes(row, line, match)
        row.has_doubts = bool(row.codes)
        row.content = line.kept()

    def _codes(self, row: ImportRow, line: Line, match: Nomination | None) -> list[str]:
        """What is open: nothing in a line that is left out, or was dealt with in another file."""
        if row.decision == Decision.SKIP or (line.past and not row.decision):
            return []
        found = {code_of(it) for it in line.open_findings}
        question = self._question(row, line, match)
        return sorted(found | ({question} if question else set()))

    def _question(self, row: ImportRow, line: Line, match: Nomination | None) -> str:
        """What is to be decided about the line as a whole, while it is not."""
        if row.decision or row.outcome == Outcome.SAME:
            return ""
        sure = match if match is not None and is_sure(row, line) else None
        # First, since a line that repeats another can't be merged into what was withdrawn either.
        if sure is not None and sure.state == Nomination.State.WITHDRAWN:
            return WITHDRAWN
        if _band_of_repeated(row, line) is Band.SAME:
            return REPEATED
        return MAYBE if sure is None and (row.matches_id or row.repeats_id) else ""


def is_sure(row: ImportRow, line: Line) -> bool:
    """Whether the nomination that a row matches is surely the same person's, by one country."""
    key = str(row.matches_id)
    sure = any(it.nomination == key and it.band is Band.SAME for it in line.likely)
    return sure and "country" not in line.differences


def _band_of_repeated(row: ImportRow, line: Line) -> Band | None:
    if row.repeats is None:
        return None
    number = row.repeats.number
    return next((it.band for it in line.likely if it.line == number), None)


def _surest(likely: Sequence[Likely]) -> Likely | None:
    return max(likely, key=lambda it: (it.band is Band.SAME, it.score), default=None)


def fate(row: ImportRow, line: Line | None = None) -> Fate:
    """What becomes of a row as it stands; with its line the reasons are told in full."""
    if row.decision == Decision.SKIP:
        return Fate("left", _skipped(row, line) if line is not None else "")
    if row.codes:
        return Fate("left", reasons(row, line) if line is not None else "")
    if row.decision == Decision.TAKE:
        return Fate("new")
    if row.outcome == Outcome.SAME:
        return Fate("same")
    if row.decision == Decision.MERGE:
        return Fate("with" if row.repeats_id and not row.matches_id else "change")
    return Fate("change" if row.outcome == Outcome.CHANGED else "new")


def reasons(row: ImportRow, line: Line) -> str:
    """Why a line can't be taken as it stands: each open finding with its cell, in sentences."""
    told = [_told(it, row.number) for it in line.open_findings]
    questions: dict[str, Any] = {
        REPEATED: _("It seems to be the same person as another line."),
        MAYBE: _("It may be the same person as somebody else; nobody decided."),
        WITHDRAWN: _("The nomination of this person was withdrawn."),
    }
    told += [str(sentence) for code, sentence in questions.items() if code in row.codes]
    return " ".join(told)


def _told(finding: Any, number: int) -> str:
    if not finding.letters:
        return str(finding.message)
    return f"{finding.letters}{number}: {finding.message}"


def _skipped(row: ImportRow, line: Line) -> str:
    if line.refusal:
        return line.refusal
    if row.repeats is not None:
        return _("The same person as line %(line)s; left out by decision.") % {
            "line": locales.number(row.repeats.number)
        }
    return _("Left out by decision.")
