"""Cells as somebody settled them: read again, each beside what is certain in its line."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from madang.core import clock
from madang.nominations.importing import asked, known
from madang.nominations.importing.lines import Line, code_of
from madang.nominations.models import Import, Question
from madang.nominations.reading import fields
from madang.nominations.reading.nominations import read_nominations
from madang.nominations.reading.rows import Doubt, Note, Plain, ReadRow, Wrong
from madang.nominations.reading.spot import LONGEST_ORIGINAL
from madang.nominations.sheets import Row, Sheet
from madang.people.countries import Index

F = TypeVar("F", Doubt, Wrong)

NAMES = frozenset(fields.NAMES)
IDENTIFYING = NAMES | {"email", "phone", "country", "organisation"}
# Fields whose findings may speak of the others: they are looked at together.
TOGETHER: tuple[frozenset[str], ...] = (
    NAMES, frozenset({"title", "sex"}), frozenset({"email", "nominator_email"}),
)  # fmt: skip
# What the list as a whole tells of a cell; whoever settles the cell has answered it.
TOLD_BY_THE_LIST = frozenset({"kind_differs", "kind_and_name"})
NOBODY, NO_NAME = "not_a_nomination", "no_name"


def correct(
    batch: Import, wanted: Mapping[Line, Mapping[str, str]], listed: Sequence[Question]
) -> None:
    """Read settled cells (text by field; "" leaves one empty) of some lines of a file.

    What was found in them before, and in fields that speak of them, gives way to what is now.
    """
    if not wanted:
        return
    places = {key: int(place) for place, key in batch.mapping.items()}
    reread = _read_again(batch, wanted, listed, places)
    for line, cells in wanted.items():
        _take_over(line, cells, reread[line.number], places)
        asked.check_answers(line, listed, places)


def may_be_another(line: Line, cells: Mapping[str, str]) -> bool:
    """Whether settled cells may tell that a line is somebody else, once they are read.

    An address out of which only a space was taken tells the same.
    """
    return any(
        key in IDENTIFYING and not (key == "email" and _was_told(line, text))
        for key, text in cells.items()
    )


def _was_told(line: Line, text: str) -> bool:
    original = next((it.original for it in line.notes if it.field == "email"), "")
    return known.alike("".join(original.split()), text)


def _take_over(
    line: Line, cells: Mapping[str, str], row: ReadRow, places: Mapping[str, int]
) -> None:
    fresh = _fresh(line, cells, row)
    line.corrections = {**line.corrections, **cells}
    line.accepted |= {
        code_of(it)
        for it in (*line.doubts, *row.doubts)
        if it.field in cells and (it.code in TOLD_BY_THE_LIST or not cells[it.field].strip())
    }
    doubts = [it for it in line.doubts if it.field not in fresh and it.code != NO_NAME]
    wrongs = [
        it for it in line.wrongs if it.field not in fresh and it.code not in {NOBODY, NO_NAME}
    ]
    line.doubts = doubts + [_placed(it, places) for it in row.doubts if it.field in fresh]
    line.wrongs = wrongs + [
        _placed(it, places) for it in row.wrongs if it.field in fresh and it.code != NO_NAME
    ]
    derived = fresh | ({"name", "name_order"} if fresh & NAMES else set())
    line.values = {key: it for key, it in line.values.items() if key not in derived}
    line.values |= {key: it for key, it in row.values.items() if key in derived}
    if not line.name and not any(it.field in NAMES for it in line.open_findings):
        key = next((it for it in fields.NAMES if it in places), "name")
        line.wrongs.append(Wrong(NO_NAME, key, places.get(key)))
    line.notes = [it for it in line.notes if it.field not in cells]
    line.notes += [_noted(it, line, places) for it in row.notes if it.field in cells]


def _fresh(line: Line, cells: Mapping[str, str], row: ReadRow) -> set[str]:
    """The fields of which the new reading tells: those settled, and those that speak of them.

    A field that could not be read before stays as it was asked about.
    """
    if any(it.code == NOBODY for it in line.wrongs):
        found = (*row.doubts, *row.wrongs)
        return {*row.values, *cells, *(it.field for it in found)}
    near = {key for group in TOGETHER if group & cells.keys() for key in group}
    return {*cells, *(near & line.values.keys())}


def _read_again(
    batch: Import,
    wanted: Mapping[Line, Mapping[str, str]],
    listed: Sequence[Question],
    places: Mapping[str, int],
) -> dict[int, ReadRow]:
    """The lines as a sheet of one column for each field, which holds what is certain by now."""
    all_fields = asked.fields_of(listed)
    keys = [it.key for it in all_fields]
    rows = tuple(
        Row(line.number, tuple(_as_cell(line, key, places) for key in keys)) for line in wanted
    )
    reading = read_nominations(
        [Sheet("", rows)],
        countries=Index.read(),
        today=clock.today(batch.edition.zone),
        fields=all_fields,
        mapping=dict(enumerate(keys)),
        header_row=0,
        corrections={
            (line.number, key): text.strip()
            for line, cells in wanted.items()
            for key, text in cells.items()
        },
    )
    found = {row.number: row for row in reading.rows}
    return {line.number: found.get(line.number) or ReadRow(line.number, {}) for line in wanted}


def _as_cell(line: Line, key: str, places: Mapping[str, int]) -> Plain:
    """A value as the cell that it was read from; a name that was put together is from none."""
    if key == "name" and key not in places and key not in line.corrections:
        return None
    return line.values.get(key)


def _placed(it: F, places: Mapping[str, int]) -> F:
    """A finding with the column of the real sheet."""
    return replace(it, column=places.get(it.field))


def _noted(it: Note, line: Line, places: Mapping[str, int]) -> Note:
    """A note, which quotes the cell as the real sheet has it."""
    place = places.get(it.field)
    there = line.cells[place] if place is not None and place < len(line.cells) else ""
    return replace(it, column=place, original=there[:LONGEST_ORIGINAL])
