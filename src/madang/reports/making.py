"""The files of a version: made when they are asked for or issued, and kept until they are not true.

They hold names, so they are no files of anybody's (`documents.kept`): where somebody's data or
consents change, they are removed and made anew.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from madang.core import limits, locales
from madang.documents import kept, qr, verification
from madang.documents.typesetting import (
    ACCESSIBLE,
    MEGABYTES,
    SECONDS,
    fingerprint,
    typeset_apart,
)
from madang.reports import blocks, naming
from madang.reports.models import Report, ReportVersion
from madang.reports.writing import paper, sheet, word
from madang.workshops.models import Participation

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Order:
    """One file: a version, in a language and a format of `TYPES`."""

    version: ReportVersion
    language: str
    format: str

    @property
    def is_issued(self) -> bool:
        return bool(self.version.report.issued_id == self.version.pk)

    @property
    def name(self) -> str:
        """The name under which a reader saves it."""
        report = self.version.report
        return f"{report.edition.slug}-{report.kind}-{self.language}.{self.format}"

    @property
    def key(self) -> str:
        """The name under which it is kept."""
        facts = [str(self.version.pk), self.language, self.is_issued, _look()]
        return f"{hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:40]}.{self.format}"


def formats(report: Report) -> list[str]:
    """In what a report is given away: a list also as a workbook."""
    return ["pdf", "docx", "xlsx"] if report.kind == Report.Kind.PEOPLE else ["pdf", "docx"]


def path(order: Order) -> Path:
    """The file, made where it is not kept. Raises `LimitExceededError`, `TypesettingError`."""
    group = _group(order.version.report.edition_id)
    found = kept.find(group, order.key)
    if found is None:
        made = content(order)
        _seal(order, made)
        found = kept.keep(group, order.key, made)
    return found


def sealed_file(version: ReportVersion) -> Order:
    """The file by which a copy shows itself unaltered: in the language that it was written in."""
    written_in = version.report.language
    known = written_in in dict(settings.LANGUAGES)
    return Order(version, written_in if known else settings.LANGUAGE_CODE, "pdf")


def _seal(order: Order, made: bytes) -> None:
    """Remember the fingerprint of what was issued, as it was made first."""
    document = order.version.report.document
    is_sealed = document is None or bool(document.file_digest)
    if order.is_issued and not is_sealed and order == sealed_file(order.version):
        verification.seal(document, made)


def content(order: Order) -> bytes:
    """The bytes of the file, as it would be made now."""
    report = order.version.report
    with translation.override(order.language), timezone.override(report.edition.zone):
        said = naming.named(order.version.content, order.language)
        stamp = _stamp(order)
        if order.format == "xlsx":
            return sheet.workbook(said, order.language)
        moment = order.version.created_at
        if order.format == "docx":
            return word_file(in_words(said), order.language, stamp, moment)
        data = paper.data(said, order.language, stamp)
        return typeset_apart(paper.TEMPLATE, data, moment=moment, standard=ACCESSIBLE)


def in_words(said: dict[str, Any]) -> dict[str, Any]:
    """The same with what a process without settings can't say: charts as texts and drawings."""
    parts = [
        {
            **part,
            "blocks": [
                _in_words(block) if block["kind"] == "chart" else block for block in part["blocks"]
            ],
        }
        for part in said["parts"]
    ]
    return {**said, "parts": parts}


def word_file(
    plain: dict[str, Any], language: str, stamp: dict[str, str], moment: datetime
) -> bytes:
    """The Word document of what `in_words` made, in a process with limits."""
    made: bytes = limits.run_limited(
        word.document,
        args=(plain, language, stamp, moment),
        seconds=SECONDS,
        megabytes=MEGABYTES,
    )
    return made


def _in_words(block: blocks.Block) -> blocks.Block:
    it = blocks.chart_of(block)
    rows = [[category, *values] for category, values in it.rows_in_words()]
    return {
        "kind": "chart",
        "title": it.title,
        "summary": it.summary,
        "note": it.note,
        "drawing": it.for_typesetting(),
        "headings": [str(column.heading) for column in it.table().columns] if rows else [],
        "rows": rows,
    }


def _stamp(order: Order) -> dict[str, str]:
    """Reference, day and code of what was issued; a draft has none."""
    document = order.version.report.document if order.is_issued else None
    if document is None:
        return {"reference": "", "made": "", "address": "", "qr": ""}
    address = verification.address(document)
    return {
        "reference": document.reference,
        "made": locales.calendar_date(document.issued_on, "long"),
        "address": address,
        "qr": qr.svg(address),
    }


def forget_for_person(person_id: UUID) -> None:
    """Remove files that name somebody, once what they show of themselves has changed."""
    editions = Participation.objects.filter(person=person_id).values_list("edition", flat=True)
    for group in [_group(edition) for edition in editions]:
        transaction.on_commit(partial(kept.remove, group))


def _group(edition_id: UUID) -> str:
    return f"report-{edition_id}"


@cache
def _look() -> str:
    return fingerprint(paper.TEMPLATE, "documents/frame.typ", "documents/chart.typ")
