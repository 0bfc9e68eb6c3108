"""One line of a file as it is kept: what it says, what was found in it, how it was settled.

A line is stored as JSON in `ImportRow.content`, under the key of its file.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

from django.db.models import QuerySet

from madang.nominations.models import Import, ImportRow
from madang.nominations.reading import sentences
from madang.nominations.reading.matching import Band
from madang.nominations.reading.rows import (
    Doubt,
    Finding,
    Note,
    Plain,
    ReadRow,
    Suggestion,
    Wrong,
)

DAY, MOMENT = "~day", "~moment"
# The parts of a finding in JSON where there is nothing in them; such ones at its end are left out.
EMPTY: tuple[Any, ...] = ("", "", None, "", {}, [], False, "")


@dataclass(frozen=True)
class Likely:
    """Somebody whom a line looks like: an earlier line of the file, or a nomination (its key)."""

    line: int | None
    nomination: str
    band: Band
    score: float
    reasons: tuple[str, ...]

    @property
    def sentences(self) -> list[str]:
        """What speaks for it and against it, in words."""
        return [sentences.of(reason, {}) for reason in self.reasons]


@dataclass(eq=False)
class Line:
    """What a line says. `values`, findings and `cells` are as `reading.rows.ReadRow` has them.

    `corrections` are cells that somebody settled, by field; `accepted` are doubts (`code:field`)
    about what shall stand as it is. `differences` are the fields in which it differs from the
    nomination that it matches. `past` is the day on which the same line was dealt with in another
    file, `refusal` why it could not be written.
    """

    number: int
    values: dict[str, Plain]
    cells: tuple[str, ...] = ()
    doubts: list[Doubt] = field(default_factory=list)
    wrongs: list[Wrong] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    hidden: bool = False
    corrections: dict[str, str] = field(default_factory=dict)
    accepted: set[str] = field(default_factory=set)
    likely: list[Likely] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    past: date | None = None
    refusal: str = ""

    @classmethod
    def of_reading(cls, row: ReadRow, cells: Sequence[str]) -> Self:
        """A line as it was just read."""
        return cls(
            number=row.number,
            values=dict(row.values),
            cells=tuple(cells),
            doubts=list(row.doubts),
            wrongs=list(row.wrongs),
            notes=list(row.notes),
            hidden=row.hidden,
        )

    @classmethod
    def of(cls, row: ImportRow) -> Self:
        """The line that a row keeps."""
        return cls.loaded(row.number, row.content)

    @classmethod
    def loaded(cls, number: int, content: str) -> Self:
        """The line that `kept` made JSON of."""
        kept = json.loads(content, object_hook=_opened) if content else {"values": {}}
        return cls(
            number=number,
            values=kept["values"],
            cells=tuple(kept.get("cells", ())),
            doubts=[_doubt(it) for it in kept.get("doubts", ())],
            wrongs=[_wrong(it) for it in kept.get("wrongs", ())],
            notes=[_note(it) for it in kept.get("notes", ())],
            hidden=kept.get("hidden", False),
            corrections=kept.get("corrections", {}),
            accepted=set(kept.get("accepted", ())),
            likely=[_likely(it) for it in kept.get("likely", ())],
            differences=list(kept.get("differences", ())),
            past=kept.get("past"),
            refusal=kept.get("refusal", ""),
        )

    def kept(self) -> str:
        """The line as JSON; what is empty is left out."""
        everything = {
            "values": self.values,
            "cells": self.cells,
            "doubts": [_plain(it, it.suggestions, it.stands) for it in self.doubts],
            "wrongs": [_plain(it, it.suggestions) for it in self.wrongs],
            "notes": [_plain(it, result=it.result) for it in self.notes],
            "hidden": self.hidden,
            "corrections": self.corrections,
            "accepted": sorted(self.accepted),
            "likely": [
                (it.line, it.nomination, it.band.value, it.score, it.reasons) for it in self.likely
            ],
            "differences": self.differences,
            "past": self.past,
            "refusal": self.refusal,
        }
        filled = {name: it for name, it in everything.items() if it or name == "values"}
        return json.dumps(filled, ensure_ascii=False, default=_closed, separators=(",", ":"))

    @property
    def open_doubts(self) -> list[Doubt]:
        """Those that nobody settled."""
        return [it for it in self.doubts if code_of(it) not in self.accepted]

    @property
    def open_findings(self) -> list[Doubt | Wrong]:
        """What has to be settled before the line can be taken: wrong cells first."""
        return [*self.wrongs, *self.open_doubts]

    @property
    def name(self) -> str:
        """The name that the line gives, or what stands in for it."""
        return str(self.values.get("name") or "")


def rows_of(batch: Import, rows: "QuerySet[ImportRow] | None" = None) -> list[ImportRow]:
    """The rows of a file, or some of them, under its key, which is opened once for all of them."""
    found = (batch.rows.all() if rows is None else rows).select_related(None)
    listed = list(found.select_related("repeats"))
    for row in listed:
        row.batch, row.subject = batch, batch.subject
    return listed


def code_of(finding: Finding) -> str:
    """By what findings are alike, for lists and for settling many at once."""
    return f"{finding.code}:{finding.field}"


def split_code(code: str) -> tuple[str, str]:
    """The code and the field of `code_of`."""
    first, _colon, name = code.partition(":")
    return first, name


# --- As JSON --------------------------------------------------------------------------------------
def _plain(
    finding: Finding,
    suggestions: Iterable[Suggestion] = (),
    stands: bool = False,  # noqa: FBT001, FBT002  (the order of the parts in JSON)
    result: str = "",
) -> list[Any]:
    offered = [(it.value, it.text) for it in suggestions]
    parts = [
        finding.code, finding.field, finding.column, finding.original, dict(finding.details),
        offered, stands, result,
    ]  # fmt: skip
    while parts and parts[-1] == EMPTY[len(parts) - 1]:
        parts.pop()
    return parts


def _parts(kept: list[Any]) -> list[Any]:
    return [*kept, *EMPTY[len(kept) :]]


def _doubt(kept: list[Any]) -> Doubt:
    code, name, column, original, details, offered, stands, _result = _parts(kept)
    return Doubt(code, name, column, original, details, _suggestions(offered), stands)


def _wrong(kept: list[Any]) -> Wrong:
    code, name, column, original, details, offered, _stands, _result = _parts(kept)
    return Wrong(code, name, column, original, details, _suggestions(offered))


def _note(kept: list[Any]) -> Note:
    code, name, column, original, details, _offered, _stands, result = _parts(kept)
    return Note(code, name, column, original, details, result)


def _suggestions(offered: Iterable[Any]) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(value, text) for value, text in offered)


def _likely(kept: list[Any]) -> Likely:
    line, nomination, band, score, reasons = kept
    return Likely(line, nomination, Band(band), score, tuple(reasons))


def _closed(value: object) -> Any:
    if isinstance(value, datetime):
        return {MOMENT: value.isoformat()}
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    raise TypeError(f"A line can't keep {type(value).__name__}.")


def _opened(kept: dict[str, Any]) -> Any:
    if DAY in kept:
        return date.fromisoformat(kept[DAY])
    if MOMENT in kept:
        return datetime.fromisoformat(kept[MOMENT])
    return kept
