"""What is known of a file as a whole: its sheets, columns and what to know of how it was read.

Kept as JSON in `Import.headings`, under the file's key: headings and notes may name people.
"""

import json
from dataclasses import dataclass
from typing import Any

from madang.nominations.importing.work import FileRead
from madang.nominations.models import Import
from madang.nominations.reading.rows import Column, Note, OtherSheet
from madang.nominations.sheets import Remark


@dataclass(frozen=True)
class Overview:
    """A file as it was read; `columns` are all of its table, `missing` fields that none holds."""

    kind: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    above: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    remarks: tuple[Remark, ...] = ()
    others: tuple[OtherSheet, ...] = ()
    found: bool = False

    @property
    def sentences(self) -> list[str]:
        """Everything to know of how the file was read, in words."""
        told = [str(remark) for remark in self.remarks]
        return told + [
            f"{note.letters}: {note.message}" if note.letters else note.message
            for note in self.notes
        ]


def kept(answer: FileRead) -> str:
    """What was read of a file as a whole, as JSON."""
    reading = answer.reading
    everything: dict[str, Any] = {
        "kind": answer.kind,
        "sheets": answer.sheets,
        "encoding": answer.encoding,
        "above": reading.header.above if reading.header else (),
        "columns": [
            (it.index, it.heading, it.field, it.confidence, it.how, it.rivals, it.samples)
            for it in reading.columns
        ],
        "missing": reading.missing,
        "notes": [
            (it.code, it.field, it.column, it.original, dict(it.details)) for it in reading.notes
        ],
        "remarks": [(it.code, dict(it.details)) for it in answer.remarks],
        "others": [(it.name, it.rows, it.hidden, it.text) for it in reading.others],
        "found": reading.header is not None,
    }
    return json.dumps(everything, ensure_ascii=False)


def of(batch: Import) -> Overview:
    """What a file keeps of its reading; nothing where it was never read."""
    if not batch.headings:
        return Overview()
    found = json.loads(batch.headings)
    return Overview(
        kind=found["kind"],
        sheets=tuple(found["sheets"]),
        encoding=found["encoding"],
        above=tuple(found["above"]),
        columns=tuple(
            Column(index, heading, field, confidence, how, tuple(rivals), tuple(samples))
            for index, heading, field, confidence, how, rivals, samples in found["columns"]
        ),
        missing=tuple(found["missing"]),
        notes=tuple(Note(*parts) for parts in found["notes"]),
        remarks=tuple(Remark(*parts) for parts in found["remarks"]),
        others=tuple(OtherSheet(*parts) for parts in found["others"]),
        found=found["found"],
    )
