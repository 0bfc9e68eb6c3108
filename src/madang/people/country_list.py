"""Loads the list of countries: codes of ISO 3166-1, regions of M49, names of the United Nations.

Codes and names in many languages come from pycountry (the catalogues of Debian's iso-codes) when
the list is loaded; `data/countries.csv` and `data/variants.txt` are ours and hold what those lack.
"""

import csv
import gettext
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import pycountry
from django.db import transaction

from madang.core import texts
from madang.core.links import Reference
from madang.core.models import Translation
from madang.people.countries import SHARED
from madang.people.country_names import LONGEST, normalize, sort_key
from madang.people.models import Country, CountryName
from madang.people.models.country import REGION_OF

# Catalogues whose names are accepted for every country: the languages of letters between states.
COMMON_LANGUAGES = ("ar", "de", "es", "fa", "fr", "pt", "ru", "zh_CN")
FIELDS = (
    "alpha3", "numeric", "name", "formal_name", "region", "subregion", "status", "associate_of",
    "sort_key",
)  # fmt: skip


@dataclass(frozen=True)
class Name:
    """One way to write a country; the language is empty where it is anybody's."""

    text: str
    language: str


@dataclass(frozen=True)
class Entry:
    """One country of the list as it is published: its columns, and all its names."""

    values: dict[str, str]
    persian: str
    names: tuple[Name, ...]


@dataclass
class Loaded:
    """What a load did, counted."""

    added: int = 0
    updated: int = 0
    kept: int = 0
    names: int = 0


@transaction.atomic
def load(entries: Sequence[Entry] | None = None) -> Loaded:
    """Bring the stored list up to date with the published one; doing it again changes nothing.

    A country that the organiser edited keeps what it has, and a name that the organiser struck out
    or gave to another country stays so; names not seen before are added.
    """
    wanted = published() if entries is None else entries
    result = Loaded()
    stored = {country.alpha2: country for country in Country.objects.all()}
    texts.prefetch(stored.values())
    created, translations = [], []
    for entry in wanted:
        country = stored.get(entry.values["alpha2"])
        if country is None:
            country = Country(version=1, **entry.values)
            stored[country.alpha2] = country
            created.append(country)
            translations.append((country, entry.persian))
        elif country.is_edited:
            result.kept += 1
        elif _update(country, entry):
            result.updated += 1
    Country.objects.bulk_create(created)
    _add_translations(translations)
    result.added = len(created)
    result.names = _add_names(wanted, stored)
    return result


@cache
def published() -> tuple[Entry, ...]:
    """The list that this release brings: countries.csv, variants.txt and pycountry together."""
    rows = list(csv.DictReader(_data("countries.csv").splitlines()))
    variants = dict(_variants())
    own = {row["alpha2"]: _own_names(row, variants.get(row["alpha2"], [])) for row in rows}
    owner: dict[str, str] = {}
    for alpha2, names in own.items():
        for name in names:
            if owner.setdefault(normalize(name.text), alpha2) != alpha2:
                raise ValueError(f"{name.text} stands for {alpha2} and for another country.")
    translated = {row["alpha2"]: _catalogue_names(row) for row in rows}
    shared: dict[str, set[str]] = defaultdict(set)
    for alpha2, names in translated.items():
        for name in names:
            shared[normalize(name.text)].add(alpha2)
    # Where catalogues call two countries by one name, or one as we call another, it helps nobody.
    for alpha2, names in translated.items():
        own[alpha2] += [
            name
            for name in names
            if shared[normalize(name.text)] == {alpha2}
            and owner.get(normalize(name.text), alpha2) == alpha2
        ]
    return tuple(Entry(_values(row), row["persian"], _once(own[row["alpha2"]])) for row in rows)


def _values(row: dict[str, str]) -> dict[str, str]:
    """The columns of a country, from one line of countries.csv and from pycountry."""
    iso = pycountry.countries.get(alpha_2=row["alpha2"])
    commission = row["status"] if row["status"] in Country.Commission.values else ""
    formal = row["formal_name"] or getattr(iso, "official_name", "") or row["name"]
    return {
        "alpha2": iso.alpha_2,
        "alpha3": iso.alpha_3,
        "numeric": iso.numeric,
        "name": row["name"],
        "formal_name": formal.removeprefix("the "),
        "region": REGION_OF.get(row["subregion"], ""),
        "subregion": row["subregion"],
        "status": Country.Status.ASSOCIATE if commission else row["status"],
        "associate_of": commission,
        "sort_key": sort_key(row["name"]),
    }


def _own_names(row: dict[str, str], variants: list[Name]) -> list[Name]:
    """Names that are certain: ours, the variants, and the English ones of ISO 3166-1."""
    iso = pycountry.countries.get(alpha_2=row["alpha2"])
    values = _values(row)
    english = [values["name"], values["formal_name"], iso.name]
    english += [getattr(iso, "common_name", ""), getattr(iso, "official_name", "")]
    names = [Name(text, "en") for text in english if text]
    return [*names, Name(row["persian"], "fa"), *variants]


def _catalogue_names(row: dict[str, str]) -> list[Name]:
    """Names in the common languages and in the country's own, from pycountry's catalogues."""
    iso = pycountry.countries.get(alpha_2=row["alpha2"])
    sources = [getattr(iso, key, "") for key in ("name", "common_name", "official_name")]
    names, shared = [], set(map(normalize, SHARED))
    for language in dict.fromkeys([*COMMON_LANGUAGES, *row["languages"].split()]):
        for source in filter(None, sources):
            text = _catalogue(language).gettext(source)
            if text != source and 0 < len(text) <= LONGEST and normalize(text) not in shared:
                names.append(Name(text, language.split("_")[0]))
    return names


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(
        "iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True
    )


def _once(names: list[Name]) -> tuple[Name, ...]:
    """Each name once: the first of those that are written alike."""
    first: dict[str, Name] = {}
    for name in names:
        if folded := normalize(name.text):
            first.setdefault(folded, name)
    return tuple(first.values())


def _variants() -> Iterator[tuple[str, list[Name]]]:
    """The lines of variants.txt: a code, then names, some with their language."""
    for line in _data("variants.txt").splitlines():
        if line and not line.startswith("#"):
            alpha2, names = line.split(": ", 1)
            yield alpha2, [_variant(part) for part in names.split("; ")]


def _variant(written: str) -> Name:
    language, colon, text = written.partition(": ")
    return Name(text, language) if colon else Name(written, "")


def _data(name: str) -> str:
    return (resources.files("madang.people") / "data" / name).read_text(encoding="utf-8")


def _update(country: Country, entry: Entry) -> bool:
    """Give a stored country what the list says; whether anything had to change."""
    differing = [name for name in FIELDS if getattr(country, name) != entry.values[name]]
    for name in differing:
        setattr(country, name, entry.values[name])
    if differing:
        country.save(update_fields=differing)
    if country.translations_of("name").get("fa") == entry.persian:
        return bool(differing)
    texts.translate(country, "name", {"fa": entry.persian})
    return True


def _add_translations(countries: list[tuple[Country, str]]) -> None:
    """The Persian names of new countries, in one statement."""
    Translation.objects.bulk_create(
        Translation(
            model=Reference.to(country).model,
            object_id=country.pk,
            field="name",
            language="fa",
            text=persian,
            state=Translation.State.REVIEWED,
            source_hash=texts.source_hash(country.name),
            version=1,
        )
        for country, persian in countries
    )


def _add_names(entries: Sequence[Entry], stored: dict[str, Country]) -> int:
    """Add the names that nobody has yet, used or struck out; how many."""
    known = set(CountryName.objects.values_list("normalized", flat=True))
    new = [
        CountryName(
            country=stored[entry.values["alpha2"]],
            text=name.text,
            language=name.language,
            normalized=normalize(name.text),
            version=1,
        )
        for entry in entries
        for name in entry.names
        if normalize(name.text) not in known
    ]
    return len(CountryName.objects.bulk_create(new))
