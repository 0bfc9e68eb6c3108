"""What is said of a file: why it can't be read, and what to know of how it was.

Both carry a code and numbers or names, and become sentences where they are shown: the file is read
in a process that knows no language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, Any] = {
    "empty": _("The file is empty. Send the one that holds the list."),
    "unknown": _(
        "This is not a spreadsheet that can be read. Save the table as “Excel workbook (.xlsx)”, "
        "as an OpenDocument spreadsheet (.ods) or as CSV, and send that file."
    ),
    "too_large": _(
        "The file is larger than %(megabytes)s MB. Take pictures and other sheets out of it, or "
        "send the list in parts."
    ),
    "legacy_excel": _(
        "This is a workbook of an older Excel (.xls), which can't be read safely. Open it, choose "
        "“Save as”, then “Excel workbook (.xlsx)”, and send the new file."
    ),
    "binary_excel": _(
        "This is a binary workbook (.xlsb). Open it in Excel, choose “Save as”, then “Excel "
        "workbook (.xlsx)”, and send the new file."
    ),
    "macros": _(
        "This workbook contains macros (.xlsm), which are not accepted. Open it in Excel, choose "
        "“Save as”, then “Excel workbook (.xlsx)”, answer that it shall be saved without macros, "
        "and send the new file."
    ),
    "encrypted": _(
        "The workbook is protected by a password. Open it, remove the password (in Excel: File, "
        "Info, Protect workbook, Encrypt with password), save it and send it again."
    ),
    "document": _(
        "This is a text document or a presentation, not a spreadsheet. Copy its table into a "
        "spreadsheet, save that as “Excel workbook (.xlsx)” and send it."
    ),
    "pdf": _(
        "This is a PDF, from which a table can't be read reliably. Ask for the spreadsheet that it "
        "was made from, or key the nominations in beside the document."
    ),
    "web_page": _(
        "This is a web page or an XML file that only looks like a workbook. Open it in Excel, "
        "choose “Save as”, then “Excel workbook (.xlsx)”, and send the new file."
    ),
    "damaged": _(
        "The file is damaged: its part “%(part)s” can't be read. Open it where it was made, save "
        "it again as “Excel workbook (.xlsx)” and send the new file."
    ),
    "bomb": _(
        "The file unpacks to more than any list holds (its part “%(part)s”), as files that are "
        "meant to do harm do. It was not opened. Copy the list into a new workbook and send that."
    ),
    "entities": _(
        "The file's part “%(part)s” declares entities of its own, as no spreadsheet program does "
        "and as files that are meant to do harm do. Copy the list into a new workbook and send "
        "that."
    ),
    "too_many_sheets": _(
        "The workbook has more than %(most)s sheets. Send one that holds only the list."
    ),
    "too_many_rows": _(
        "Sheet “%(sheet)s” has more than %(most)s rows. Send the list in parts, or delete what is "
        "below it."
    ),
    "too_many_columns": _(
        "Sheet “%(sheet)s” has something in cell %(cell)s, beyond its %(most)s first columns. "
        "Delete it, or move the table to the left."
    ),
    "too_many_cells": _(
        "The workbook has more than %(most)s filled cells. Send one that holds only the list."
    ),
    "long_cell": _(
        "Cell %(cell)s of sheet “%(sheet)s” holds more than %(most)s letters. Shorten it."
    ),
    "long_csv_cell": _(
        "A cell that begins in row %(row)s of the file holds more than %(most)s letters. Probably "
        "a quotation mark there is opened and not closed: put it right, or send the list as "
        "“Excel workbook (.xlsx)”."
    ),
    "open_quote": _(
        "A quotation mark in row %(row)s of the file is opened and never closed, so that all that "
        "follows would be one cell. Put it right, or send the list as “Excel workbook (.xlsx)”."
    ),
    "not_in_encoding": _(
        "The file can't be read as “%(encoding)s”: it does not fit from byte %(place)s on. Choose "
        "another encoding, or send the list as “Excel workbook (.xlsx)”."
    ),
    "no_sheet": _("There is no sheet with anything in it. Send the file that holds the list."),
}

REMARKS: dict[str, Any] = {
    "hidden_sheet": _("Sheet “%(sheet)s” is hidden in the file."),
    "hidden_rows": _(
        "In sheet “%(sheet)s” %(count)s rows are hidden, the first one is row %(first)s. They are "
        "read like the others."
    ),
    "merged_cells": _(
        "In sheet “%(sheet)s” cells are merged in %(count)s places, the first is %(first)s. A "
        "merged cell counts for its first row and column only."
    ),
    "encoding": _("The text was read as “%(encoding)s”."),
    "encoding_guessed": _(
        "The file does not say how its letters are encoded; “%(encoding)s” fits best. If names "
        "look wrong, choose another encoding."
    ),
    "delimiter": _("The columns are separated by “%(delimiter)s”."),
    "tab_delimiter": _("The columns are separated by tabs."),
    "nul_bytes": _("%(count)s empty bytes, which no text has, were left out."),
}


class UnreadableError(Exception):
    """The file can't be read. The text says what is the matter, where, and how to mend it."""

    def __init__(self, code: str, **details: str | int) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        return str(REFUSALS[self.code]) % self.details

    def __reduce__(self) -> tuple[Any, ...]:
        return _unreadable, (self.code, self.details)


def _unreadable(code: str, details: Mapping[str, str | int]) -> UnreadableError:
    return UnreadableError(code, **details)


@dataclass(frozen=True)
class Remark:
    """Something to know of how a file or a sheet was read; its text is in the active language."""

    code: str
    details: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(REMARKS[self.code]) % self.details
