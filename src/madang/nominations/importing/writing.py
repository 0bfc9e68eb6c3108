"""What a file writes: lines that speak of one person together, as an entry or as a change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from madang.nominations.actions.nominations import Change, Entry
from madang.nominations.importing import asked, known
from madang.nominations.importing.judging import fate
from madang.nominations.importing.lines import Line
from madang.nominations.models import Correspondence, ImportRow, Nomination, Question
from madang.nominations.reading.rows import Plain
from madang.people.models import Country


@dataclass(eq=False)
class Together:
    """Lines on one person, in their order; a nomination where the person has one already.

    `values` are what all of them say, the later ones where they differ.
    """

    nomination: UUID | None = None
    rows: list[ImportRow] = field(default_factory=list)
    values: dict[str, Plain] = field(default_factory=dict)

    def add(self, row: ImportRow, line: Line) -> None:
        """One more line."""
        self.rows.append(row)
        self.values = known.newer(self.values, line.values)


@dataclass
class Plan:
    """What is to be written: new people and changed ones; and the lines left out or as they are."""

    new: list[Together] = field(default_factory=list)
    changed: list[Together] = field(default_factory=list)
    left: list[ImportRow] = field(default_factory=list)
    same: list[ImportRow] = field(default_factory=list)


def plan(rows: Iterable[ImportRow]) -> Plan:
    """What becomes of all lines of a file, in their order. Only lines that are taken are opened."""
    made = Plan()
    groups: dict[UUID, Together] = {}
    by_nomination: dict[UUID, Together] = {}
    for row in rows:
        becomes = fate(row)
        if becomes.what == "left":
            made.left.append(row)
            continue
        group = None
        if becomes.what in {"change", "same"} and row.matches_id:
            group = by_nomination.setdefault(row.matches_id, Together(row.matches_id))
        elif becomes.what == "with" and row.repeats_id:
            group = groups.get(row.repeats_id)
        if becomes.what == "same":
            made.same.append(row)
        else:
            group = group or Together()
            if not group.rows:
                (made.changed if group.nomination else made.new).append(group)
            group.add(row, Line.of(row))
        if group is not None:
            groups[row.pk] = group
    return made


def entries(
    groups: Sequence[Together],
    listed: Sequence[Question],
    countries: Mapping[str, Country],
    source: Correspondence | None,
) -> list[Entry]:
    """New nominations as `enter_many` takes them."""
    return [
        Entry(
            country=countries[str(group.values["country"])],
            person=_some(group.values, known.OF_PERSON),
            values=_some(group.values, known.OF_NOMINATION),
            answers=asked.answers(group.values, listed),
            source=source,
        )
        for group in groups
    ]


def change(group: Together, nomination: Nomination, listed: Sequence[Question]) -> Change:
    """What lines say anew of a nomination that is there; the country that nominated stays."""
    line = Line(0, dict(group.values))
    differs = {it.field for it in known.differences(line, nomination, listed)}
    said = {key: it for key, it in group.values.items() if key in differs}
    return Change(
        nomination=nomination,
        person=_some(said, known.OF_PERSON),
        values=_some(said, known.OF_NOMINATION),
        answers=asked.answers(said, listed),
    )


def _some(values: Mapping[str, Plain], names: Mapping[str, str]) -> dict[str, Any]:
    return {name: values[key] for key, name in names.items() if values.get(key) is not None}
