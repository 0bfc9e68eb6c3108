"""What no cell tells alone: the cells of one row against each other, and a row against the list."""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from madang.nominations.reading import names, texts
from madang.nominations.reading.choices import kind_of
from madang.nominations.reading.fields import NAMES
from madang.nominations.reading.folding import fold
from madang.nominations.reading.places import Known
from madang.nominations.reading.rows import Column, Doubt, Note, Plain, ReadRow, Suggestion, Wrong
from madang.nominations.reading.spot import Findings, Spot, suggest
from madang.nominations.sheets import Cell, shown

SEX_OF_TITLE = {
    **dict.fromkeys(
        ("mr", "m", "monsieur", "sir", "г н", "господин", "آقای", "bapak", "bpk"), "male"
    ),
    **dict.fromkeys(
        ("mrs", "ms", "miss", "mme", "mlle", "madam", "madame", "г жа", "госпожа", "خانم", "ibu"),
        "female",
    ),
}


def within(
    values: dict[str, Plain],
    findings: Findings,
    places: Mapping[str, int],
    known: Known,
) -> None:
    """Look at one row as a whole, and put its name together."""
    look = _Look(findings, places)
    _compose_name(values, look)
    _compare_sex(values, look)
    _suggest_country(values, look, known)
    _compare_addresses(values, look)


class _Look:
    """Where findings on a row go."""

    def __init__(self, findings: Findings, places: Mapping[str, int]) -> None:
        self.findings = findings
        self.places = places

    def odd(self, code: str, key: str, value: Plain, *offered: Suggestion, **more: object) -> None:
        """Something odd about a value that stands."""
        self.findings.doubts.append(
            Doubt(code, key, self.places.get(key), shown(value), more, offered, stands=True)
        )

    def note(self, code: str, key: str, original: str, result: str, **more: object) -> None:
        """Something understood without asking."""
        self.findings.notes.append(
            Note(code, key, self.places.get(key), original, more, result=result)
        )


def _compose_name(values: dict[str, Plain], look: _Look) -> None:
    family, given = (str(values.get(key) or "") for key in ("family_name", "given_names"))
    if "name" not in values and (family or given):
        country = values.get("country")
        name, order = names.whole(family, given, str(country) if country else None)
        values["name"] = name
        values["name_order"] = order
        lost = any(wrong.field in NAMES for wrong in look.findings.wrongs)
        if order == "single" and not lost:
            look.note("single_name", "given_names" if given else "family_name", name, name)
        scripts = (texts.scripts_of(family), texts.scripts_of(given))
        if order != "single" and set(scripts[0]) != set(scripts[1]):
            look.note(
                "scripts_differ",
                "family_name",
                family,
                name,
                family=" + ".join(scripts[0]),
                given=" + ".join(scripts[1]),
            )
    if "name" not in values and not any(
        finding.field in NAMES for finding in (*look.findings.wrongs, *look.findings.doubts)
    ):
        key = next((key for key in NAMES if key in look.places), "name")
        look.findings.wrongs.append(Wrong("no_name", key, look.places.get(key)))


def _compare_sex(values: dict[str, Plain], look: _Look) -> None:
    """A title may tell the sex, and may contradict it."""
    told = SEX_OF_TITLE.get(fold(str(values.get("title") or "")))
    if told is None:
        return
    sex = values.get("sex")
    if sex in {"female", "male"} and sex != told:
        look.odd("sex_and_title", "sex", sex, suggest(told), title=str(values["title"]))
    for place, doubt in enumerate(look.findings.doubts):
        if doubt.field == "sex" and doubt.code in {"sex_unknown", "missing"}:
            others = [each for each in doubt.suggestions if each.value != told]
            offered = (suggest(told), *others)
            look.findings.doubts[place] = dataclasses.replace(doubt, suggestions=offered)


def _suggest_country(values: dict[str, Plain], look: _Look, known: Known) -> None:
    """Where a country is not known, the addresses in its row may name it."""
    for place, wrong in enumerate(look.findings.wrongs):
        if wrong.field != "country" or wrong.code not in {"country_unknown", "missing"}:
            continue
        addresses = [str(values[key]) for key in ("email", "nominator_email") if values.get(key)]
        told = [known.of_address(address) for address in addresses]
        first = [each for each in dict.fromkeys(told) if each is not None]
        others = [each for each in wrong.suggestions if each not in first]
        look.findings.wrongs[place] = dataclasses.replace(wrong, suggestions=(*first, *others))


def _compare_addresses(values: dict[str, Plain], look: _Look) -> None:
    email, nominator = values.get("email"), values.get("nominator_email")
    if email and nominator and str(email).casefold() == str(nominator).casefold():
        look.odd("nominator_is_nominee", "email", email)


def doubt_merged(spot: Spot, above: Cell) -> None:
    """An empty cell that is merged with one above: it may mean the same, or be one for all."""
    text = texts.tidy(shown(above)[:200])
    spot.doubt("merged", suggest(text), above=text)


def across(rows: Sequence[ReadRow], columns: Sequence[Column]) -> list[ReadRow]:
    """Look at each row beside all others: numbers given twice, organisations called different."""
    places = {column.field: column.index for column in columns if column.field}
    first_with: dict[Plain, int] = {}
    kinds = _kinds_by_organisation(rows)
    checked = []
    for row in rows:
        notes = list(row.notes)
        doubts = list(row.doubts)
        number = row.values.get("number")
        if number is not None and first_with.setdefault(number, row.number) != row.number:
            details = {"row": first_with[number]}
            notes.append(
                Note("number_repeated", "number", places.get("number"), shown(number), details)
            )
        doubt = _kind_doubt(row, kinds, places.get("organisation_kind"))
        if doubt is not None:
            doubts.append(doubt)
        checked.append(dataclasses.replace(row, notes=tuple(notes), doubts=tuple(doubts)))
    return checked


def _kinds_by_organisation(rows: Sequence[ReadRow]) -> dict[str, Counter[str]]:
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        organisation, kind = row.values.get("organisation"), row.values.get("organisation_kind")
        if organisation and kind:
            kinds[fold(str(organisation))][str(kind)] += 1
    return kinds


def _kind_doubt(
    row: ReadRow, kinds: Mapping[str, Counter[str]], column: int | None
) -> Doubt | None:
    """The kind against what the organisation is called elsewhere, or what its name tells."""
    organisation, kind = row.values.get("organisation"), row.values.get("organisation_kind")
    if not organisation or not kind:
        return None
    written = row.cells[column] if column is not None and column < len(row.cells) else str(kind)
    counts = kinds[fold(str(organisation))]
    usual, times = counts.most_common(1)[0]
    details: dict[str, object] = {"organisation": organisation}
    if times > counts[str(kind)]:
        code, told = "kind_differs", usual
        details |= {"times": times}
    else:
        by_name = kind_of(str(organisation))
        if by_name is None or by_name == kind or len(counts) == 1 < times:
            return None
        code, told = "kind_and_name", by_name
    return Doubt(code, "organisation_kind", column, written, details, (suggest(told),), stands=True)
