"""Read rows as JSON documents and back: to keep them, encrypted, until they are settled."""

import json
from datetime import date, datetime
from typing import Any

from madang.nominations.reading.rows import Doubt, Finding, Note, Plain, ReadRow, Suggestion, Wrong

DATE, MOMENT = "date", "moment"


def dumped(row: ReadRow) -> str:
    """A row as JSON text."""
    document = {
        "number": row.number,
        "values": {key: _packed(value) for key, value in row.values.items()},
        "doubts": [
            {**_of_finding(doubt), **_of_suggestions(doubt), "stands": doubt.stands}
            for doubt in row.doubts
        ],
        "wrongs": [{**_of_finding(wrong), **_of_suggestions(wrong)} for wrong in row.wrongs],
        "notes": [{**_of_finding(note), "result": note.result} for note in row.notes],
        "cells": list(row.cells),
        "hidden": row.hidden,
    }
    return json.dumps(document, ensure_ascii=False)


def loaded(text: str) -> ReadRow:
    """The row that `dumped` wrote."""
    document = json.loads(text)
    return ReadRow(
        number=document["number"],
        values={key: _unpacked(value) for key, value in document["values"].items()},
        doubts=tuple(Doubt(**_arguments(each)) for each in document["doubts"]),
        wrongs=tuple(Wrong(**_arguments(each)) for each in document["wrongs"]),
        notes=tuple(Note(**each) for each in document["notes"]),
        cells=tuple(document["cells"]),
        hidden=document["hidden"],
    )


def _of_finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "field": finding.field,
        "column": finding.column,
        "original": finding.original,
        "details": dict(finding.details),
    }


def _of_suggestions(finding: Doubt | Wrong) -> dict[str, Any]:
    return {"suggestions": [[_packed(each.value), each.text] for each in finding.suggestions]}


def _arguments(document: dict[str, Any]) -> dict[str, Any]:
    suggestions = tuple(
        Suggestion(_unpacked(value), text) for value, text in document["suggestions"]
    )
    return {**document, "suggestions": suggestions}


def _packed(value: Plain) -> Any:
    if isinstance(value, datetime):
        return {MOMENT: value.isoformat()}
    return {DATE: value.isoformat()} if isinstance(value, date) else value


def _unpacked(value: Any) -> Plain:
    if not isinstance(value, dict):
        return value  # type: ignore[no-any-return]
    if MOMENT in value:
        return datetime.fromisoformat(value[MOMENT])
    return date.fromisoformat(value[DATE])
