"""The list of countries as a table: given out, and taken in again after somebody edited it."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from madang.core import texts
from madang.core.audit import Actor
from madang.core.exports import Column, Table, Value
from madang.people.actions.countries import add_name, change_country
from madang.people.actions.refusal import RefusedError
from madang.people.country_names import normalize
from madang.people.models import Country

BETWEEN_SPELLINGS = "; "
YES, NO = ("yes", "true", "1"), ("no", "false", "0")


def table(countries: Sequence[Country]) -> Table:
    """One row for each country, its spellings in the last column."""
    others = [code for code, _language in settings.LANGUAGES if code != "en"]
    columns = (
        Column("alpha2", "alpha2"),
        Column("alpha3", "alpha3"),
        Column("numeric", "numeric"),
        Column("name", "name"),
        *(Column(f"name_{code}", f"name_{code}") for code in others),
        Column("formal_name", "formal_name"),
        Column("region", "region"),
        Column("subregion", "subregion"),
        Column("status", "status"),
        Column("associate_of", "associate_of"),
        Column("is_listed", "is_listed"),
        Column("spellings", "spellings"),
    )
    return Table(columns, _rows(countries, others))


@dataclass
class Taken:
    """What a sheet changed, counted; `refused` holds a sentence for each row that can't be."""

    rows: int = 0
    changed: int = 0
    spellings: int = 0
    refused: list[str] = field(default_factory=list)


def take(lines: Iterable[Mapping[str, Any]], *, actor: Actor | None) -> Taken:
    """Bring the list into line with a table of the shape of `table`, all of it or nothing.

    Only `alpha2` has to be there; columns that are missing and spellings that are not listed stay
    as they are. Codes and regions are the standard's and are not taken.
    """
    result = Taken()
    with transaction.atomic():
        known = {country.alpha2: country for country in Country.objects.all()}
        texts.prefetch(known.values())
        prefetch_related_objects(list(known.values()), "names")
        for number, line in enumerate(lines, start=2):
            result.rows += 1
            try:
                _take_line(line, known, result, actor=actor)
            except RefusedError as refused:
                why = _("Line %(number)s: %(why)s") % {"number": number, "why": refused.why}
                result.refused.append(why)
        if result.refused:
            transaction.set_rollback(True)
            result.changed = result.spellings = 0
    return result


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a CSV or XLSX file by the headings of its first line."""
    if path.suffix.lower() != ".xlsx":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    from openpyxl import load_workbook

    workbook = load_workbook(path, read_only=True)
    try:
        rows = workbook.worksheets[0].iter_rows(values_only=True)
        headings = [str(heading or "") for heading in next(rows, ())]
        return [dict(zip(headings, row, strict=False)) for row in rows if any(row)]
    finally:
        workbook.close()


def _rows(countries: Sequence[Country], others: list[str]) -> Iterator[tuple[Value, ...]]:
    texts.prefetch(countries)
    prefetch_related_objects(list(countries), "names")
    for country in countries:
        translations = country.translations_of("name")
        spellings = sorted(name.text for name in country.names.all() if name.is_used)
        yield (
            country.alpha2,
            country.alpha3,
            country.numeric,
            country.name,
            *(translations.get(code, "") for code in others),
            country.formal_name,
            country.get_region_display(),
            country.get_subregion_display(),
            country.status,
            country.associate_of,
            country.is_listed,
            BETWEEN_SPELLINGS.join(spellings),
        )


def _take_line(
    line: Mapping[str, Any],
    known: Mapping[str, Country],
    result: Taken,
    *,
    actor: Actor | None,
) -> None:
    code = str(line.get("alpha2") or "").strip().upper()
    country = known.get(code)
    if country is None:
        raise RefusedError(_("“%(code)s” is no two-letter code of a country.") % {"code": code})
    values = {
        name: _cell(line[name])
        for name in ("name", "formal_name", "status", "associate_of")
        if name in line
    }
    if values.get("status", country.status) not in Country.Status.values:
        raise RefusedError(_("“%(status)s” is no status.") % {"status": values["status"]})
    if values.get("associate_of"):
        _require_commission(values["associate_of"])
    listed = {"is_listed": _truth(line["is_listed"])} if "is_listed" in line else {}
    translations = country.translations_of("name")
    names = {
        column.removeprefix("name_"): _cell(text)
        for column, text in line.items()
        if str(column).startswith("name_")
    }
    differing = {name: text for name, text in names.items() if text != translations.get(name, "")}
    stored = {name: getattr(country, name) for name in values} | {"is_listed": country.is_listed}
    if differing or any(stored[name] != value for name, value in (values | listed).items()):
        changed = change_country(country, actor=actor, names=differing, **values, **listed)
        result.changed += bool(changed)
    recognised = {name.normalized for name in country.names.all() if name.is_used}
    for text in _cell(line.get("spellings")).split(BETWEEN_SPELLINGS.strip()):
        if text.strip() and normalize(text) not in recognised:
            add_name(country, actor=actor, text=text)
            result.spellings += 1


def _require_commission(code: str) -> None:
    if code not in Country.Commission.values:
        raise RefusedError(_("“%(code)s” is no regional commission.") % {"code": code})


def _cell(value: Any) -> str:
    """What a cell says; an apostrophe that kept it from being a formula is not part of it."""
    text = str(value if value is not None else "").strip()
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text


def _truth(value: Any) -> bool:
    text = _cell(value).casefold()
    if text in YES:
        return True
    if text in NO:
        return False
    raise RefusedError(_("Write yes or no under is_listed, not “%(text)s”.") % {"text": text})
