"""Who is there already: an edition's nominations beside the lines of a file, and earlier files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from madang.nominations import questions
from madang.nominations.importing.asked import QUESTION, in_words
from madang.nominations.importing.lines import Line, rows_of
from madang.nominations.models import Import, ImportRow, Nomination, Question
from madang.nominations.queries.nominations import whole
from madang.nominations.reading.matching import Someone
from madang.nominations.reading.rows import Plain
from madang.workshops.models import Edition

# Fields of a line by what they are called of a person and of a nomination.
OF_PERSON = {"name": "name", "email": "email", "phone": "phone", "position": "position"}
OF_NOMINATION = {
    "title": "title",
    "family_name": "family_name",
    "given_names": "given_names",
    "organisation": "organisation_name",
    "organisation_kind": "sector",
    "sex": "sex",
    "years_experience": "years_experience",
    "english": "language_level",
    "attended_before": "attended_before",
    "responsibility": "responsibility",
    "needs": "needs",
    "nominated_by": "nominator",
    "nominator_email": "nominator_email",
    "endorsed_on": "endorsed_on",
}


@dataclass(frozen=True)
class Past:
    """A line as it was dealt with in a file that was written: on which day, and what it became."""

    day: date
    nomination: UUID | None


@dataclass(frozen=True)
class Difference:
    """What a line says otherwise than a nomination or an earlier line; both in words."""

    field: str
    before: str
    after: str


def nominations_of(edition: Edition, keys: Iterable[UUID] | None = None) -> dict[UUID, Nomination]:
    """An edition's nominations, or some of them, read whole, by their keys."""
    rows = edition.nominations.all()
    if keys is not None:
        rows = rows.filter(pk__in=list(keys))
    return {nomination.pk: nomination for nomination in whole(rows)}


def someones(nominations: Iterable[Nomination]) -> list[Someone]:
    """Nominations as matching compares them; the key is that of the nomination."""
    return [
        Someone(
            key=str(one.pk),
            name=one.person.name,
            email=one.person.email,
            phone=one.person.phone,
            organisation=one.organisation_name,
            country=one.country.alpha2,
        )
        for one in nominations
    ]


def past_lines(batch: Import) -> dict[tuple[str, ...], Past]:
    """Lines of files that were written for the edition, by their cells.

    Only those that became a nomination or were left out on purpose, of files whose columns were
    read as this one's are: what such a line says has been decided.
    """
    files = Import.objects.filter(edition=batch.edition_id, state=Import.State.WRITTEN)
    found = {}
    for file in files.exclude(pk=batch.pk).order_by("written_at"):
        if file.mapping != batch.mapping or file.written_at is None:
            continue
        day = file.written_at.astimezone(batch.edition.zone).date()
        for row in rows_of(file):
            skipped = row.decision == ImportRow.Decision.SKIP
            line = Line.of(row) if skipped or row.nomination_id else None
            if line is not None and not line.refusal:
                found[line.cells] = Past(day, row.nomination_id)
    return found


def differences(line: Line, nomination: Nomination, listed: Sequence[Question]) -> list[Difference]:
    """What the line says otherwise than the nomination; what it does not say is no difference."""
    person = nomination.person
    before: dict[str, object] = {key: getattr(person, name) for key, name in OF_PERSON.items()}
    before |= {key: getattr(nomination, name) for key, name in OF_NOMINATION.items()}
    before["country"] = nomination.country.alpha2
    if listed:
        kept = questions.by_question(nomination.answers.all())
        before |= {QUESTION + it.key: kept.get(it.pk, "") for it in listed}
    return [
        Difference(key, in_words(key, was), in_words(key, line.values[key]))  # type: ignore[arg-type]
        for key, was in before.items()
        if line.values.get(key) is not None and not alike(was, line.values[key])
    ]


def between(earlier: Line, later: Line) -> list[Difference]:
    """What a line says otherwise than an earlier one; what it does not say is no difference."""
    return [
        Difference(key, in_words(key, earlier.values.get(key)), in_words(key, value))
        for key, value in later.values.items()
        if value is not None and key != "number" and not alike(earlier.values.get(key), value)
    ]


def alike(one: object, other: object) -> bool:
    """Whether two values say the same: capitals and spaces make no difference."""
    if isinstance(one, str) and isinstance(other, str):
        return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
    return one == other


def newer(earlier: Mapping[str, Plain], later: Mapping[str, Plain]) -> dict[str, Plain]:
    """Values of two lines on one person: the later ones, where they say anything new."""
    said = {
        key: value
        for key, value in later.items()
        if value is not None and not alike(earlier.get(key), value)
    }
    return {**earlier, **said}
