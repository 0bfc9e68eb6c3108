"""What is said of a file: why it can't be read, and what to know of how it was.

Both carry a code and numbers or names, and become sentences where they are shown: the file is read
in a process that knows no language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "unknown": _(
        "This is not a spreadsheet that can be read. Save the table as “Excel workbook (.xlsx)”, "
        "as an OpenDocument spreadsheet (.ods) or as CSV, and send that file."
    ),
}
REMARKS: dict[str, Any] = {}


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
