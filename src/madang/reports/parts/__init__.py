"""Parts of a report that the data fill; apps above this one register theirs."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from madang.reports.blocks import Block
from madang.workshops.models import Edition


@dataclass(frozen=True)
class Part:
    """`build` answers with what there is to say now, in the active language; nothing: no part.

    `explains` tells whoever arranges the report what stands in it.
    """

    code: str
    title: str | Promise
    build: Callable[[Edition], list[Block]]
    explains: str | Promise = ""


_parts: dict[str, Part] = {}


def register(*parts: Part) -> None:
    """Declare parts of the final report, in the order in which a new report has them.

    Apps get ready from the top of the house down: a lower app's parts come before those there are.
    """
    declared = {part.code: part for part in parts}
    later = {code: part for code, part in _parts.items() if code not in declared}
    _parts.clear()
    _parts.update(declared | later)


def part(code: str) -> Part | None:
    """The part of a code; None for a section that is only a text."""
    return _parts.get(code)


def codes() -> list[str]:
    """Every part, in order."""
    return list(_parts)
