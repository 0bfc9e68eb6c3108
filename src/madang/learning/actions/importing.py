"""Taking in a sheet of questions, in a process of its own where it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, limits
from madang.core.models import as_uuid
from madang.learning import figures, sheets, written
from madang.learning.actions import bank
from madang.learning.content import Content
from madang.learning.models import Competency, Item
from madang.nominations.sheets import Sheet, UnreadableError, read, shown
from madang.people.actions.refusal import RefusedError
from madang.workshops.forms.fields import CONTENT_LANGUAGES
from madang.workshops.models import Edition

SECONDS, MEGABYTES = 30, 1024
MOST_ROWS = 1000
LAST_MODULE = 99
MOST_REJECTED = 200
LARGEST = 5 * 1024 * 1024


class UnreadableSheetError(Exception):
    """The file is no sheet of questions; the text says why."""


@dataclass
class Taken:
    """What came of a sheet. `rejected` begins with the names of the columns; then rows with why."""

    added: int = 0
    changed: int = 0
    same: int = 0
    rejected: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def refused(self) -> list[tuple[str, ...]]:
        return self.rejected[1:]


def take(edition: Edition, content: bytes, *, actor: audit.Actor | None) -> Taken:
    """Add and change questions by the rows of a sheet; those that can't be are given back.

    Raises `UnreadableSheetError`, and then nothing is changed.
    """
    columns, rows = _read(content)
    taken = Taken(rejected=[tuple(columns)])
    with transaction.atomic():
        competencies = {
            figures.folded(one.name): one
            for one in Competency.objects.filter(series=edition.series_id)
        }
        for row in rows:
            line = dict(zip(columns, row, strict=True))
            try:
                with transaction.atomic():
                    outcome = _take_line(edition, line, competencies, actor=actor)
            except (RefusedError, written.WrongWordingError) as refused:
                taken.rejected.append((*row, str(refused.why)))
            else:
                setattr(taken, outcome, getattr(taken, outcome) + 1)
        if taken.added or taken.changed:
            number = taken.added + taken.changed
            audit.record(actor, "items.imported", edition, scope=edition.pk, number=number)
    del taken.rejected[MOST_REJECTED + 1 :]
    return taken


def _read(content: bytes) -> tuple[list[str], list[tuple[str, ...]]]:
    if len(content) > LARGEST:
        raise UnreadableSheetError(_("This file is too large."))
    try:
        book = limits.run_limited(read, args=(content,), seconds=SECONDS, megabytes=MEGABYTES)
    except UnreadableError:
        raise UnreadableSheetError(
            _("This is no spreadsheet that can be read: bring XLSX, ODS or CSV.")
        ) from None
    except (limits.LimitExceededError, limits.ProcessFailedError):
        raise UnreadableSheetError(_("This file takes too long to read.")) from None
    sheet: Sheet = next(sheet for sheet in book.sheets if sheet.rows)
    [head, *rest] = sheet.rows
    columns = [shown(cell).strip().casefold() for cell in head.cells]
    missing = [name for name in sheets.REQUIRED if name not in columns]
    if missing or len(set(filter(None, columns))) < len([name for name in columns if name]):
        raise UnreadableSheetError(
            _("The first row has to name the columns; missing are: %(names)s.")
            % {"names": ", ".join(missing) or "–"}
        )
    if len(rest) > MOST_ROWS:
        raise UnreadableSheetError(_("This file has too many rows."))
    width = len(columns)
    rows = [(*map(shown, row.cells), *([""] * width))[:width] for row in rest]
    return columns, rows


def _take_line(
    edition: Edition,
    line: Mapping[str, str],
    competencies: Mapping[str, Competency],
    *,
    actor: audit.Actor | None,
) -> str:
    """Add or change one question; says what was done, as a count of `Taken` is called."""
    content = _content(line)
    values = _values(line, competencies)
    if not line.get("id", "").strip():
        bank.add_item(edition, values, content, actor=actor)
        return "added"
    key = as_uuid(line["id"].strip())
    items = Item.objects.filter(series=edition.series_id).select_related("newest")
    item = items.filter(pk=key).first() if key else None
    if item is None:
        raise RefusedError(_("The bank has no question with this id: leave it empty to add one."))
    before = item.version
    changed = bank.change_item(edition, item, values, content, expected_version=before, actor=actor)
    return "changed" if changed.version != before else "same"


def _content(line: Mapping[str, str]) -> Content:
    language = line["language"].strip().casefold()
    if language not in CONTENT_LANGUAGES:
        raise RefusedError(_("Write the language as a code, such as en or fa."))
    content = written.read(
        line["kind"].strip().casefold(),
        language,
        _plain(line["text"]),
        line["answers"],
        _plain(line.get("explanation", "")),
    )
    for code in CONTENT_LANGUAGES:
        text = _plain(line.get(f"text_{code}", ""))
        if text and code != language:
            content = written.translated(
                content,
                code,
                text,
                line.get(f"answers_{code}", ""),
                _plain(line.get(f"explanation_{code}", "")),
            )
    return content


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _values(line: Mapping[str, str], competencies: Mapping[str, Competency]) -> dict[str, Any]:
    module = figures.number(line.get("module", "") or "1")
    if module is None or module != int(module) or not 1 <= module <= LAST_MODULE:
        raise RefusedError(_("Write the number of the module."))
    named = line.get("competency", "").strip()
    competency = competencies.get(figures.folded(named)) if named else None
    if named and competency is None:
        raise RefusedError(_("There is no such competency: add it first."))
    difficulty = line.get("difficulty", "").strip().casefold() or Item.Difficulty.MEDIUM
    if difficulty not in Item.Difficulty:
        raise RefusedError(_("Write the difficulty as easy, medium or hard."))
    return {
        "module_number": int(module),
        "competency": competency,
        "difficulty": difficulty,
    }
