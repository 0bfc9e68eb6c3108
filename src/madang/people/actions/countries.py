"""Keeping the list of countries: names, translations, spellings, and which ones forms offer."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from madang.core import audit, texts
from madang.core.audit import Actor
from madang.people.actions.people import tidy
from madang.people.actions.refusal import RefusedError
from madang.people.country_names import LONGEST, normalize, sort_key
from madang.people.models import Country, CountryName

FIELDS = ("name", "formal_name", "status", "associate_of", "is_listed")


@transaction.atomic
def change_country(
    country: Country,
    *,
    actor: Actor | None,
    names: Mapping[str, str] | None = None,
    expected_version: int | None = None,
    **changes: Any,
) -> list[str]:
    """Change some of `FIELDS`, and the short name in other languages (`names`, by language).

    Returns what really changed, a name as `name_fa`. New names become recognised spellings; the old
    ones stay recognised. Raises `RefusedError` for a name that is empty or another country's,
    `core.models.StaleRecordError` where somebody else saved since `expected_version`.
    """
    stored = Country.objects.select_for_update().get(pk=country.pk)
    values = {
        name: tidy(value) if isinstance(value, str) else value for name, value in changes.items()
    }
    if not values.get("name", stored.name):
        raise RefusedError(_("Enter the short name."), "name")
    if values.get("status", stored.status) != Country.Status.ASSOCIATE:
        values["associate_of"] = ""
    elif not values.get("associate_of", stored.associate_of):
        raise RefusedError(_("Say of which commission it is an associate member."), "associate_of")
    changed = _set(stored, values)
    before = {code: stored.translations_of("name").get(code, "") for code in names or {}}
    wanted = {code: tidy(text) for code, text in (names or {}).items()}
    translated = [code for code, text in wanted.items() if text != before[code]]
    if not changed and not translated:
        return []
    stored.is_edited = True
    stored.sort_key = sort_key(stored.name)
    stored.save(expected_version=expected_version)
    if "name" in changed:
        _recognise(stored, stored.name, stored.language, field="name")
    for code in translated:
        texts.translate(stored, "name", {code: wanted[code]})
        if wanted[code]:
            _recognise(stored, wanted[code], code, field=f"name_{code}")
        audit.record(actor, "country.translated", stored, fields=["name"], language=code)
    if changed:
        audit.record(actor, "country.changed", stored, fields=changed)
    country.refresh_from_db()
    country.forget_translations()
    return [*changed, *(f"name_{code}" for code in translated)]


@transaction.atomic
def add_name(
    country: Country, *, actor: Actor | None, text: str, language: str = ""
) -> CountryName:
    """Let lists call a country so; a spelling that was struck out is taken back into use.

    Raises `RefusedError` where nothing is left of the text when it is folded, or where it is a name
    of another country.
    """
    name = _recognise(country, tidy(text), language, field="text")
    audit.record(actor, "country.name_added", country, language=language or None)
    return name


@transaction.atomic
def strike_name(name: CountryName, *, actor: Actor | None) -> None:
    """Recognise a spelling no longer. The names that pages show can't be struck out."""
    country = name.country
    shown = {normalize(text) for text in country.all_wordings("name").values()}
    if name.normalized in shown:
        raise RefusedError(_("Pages show this name: change it there before it is struck out."))
    if name.is_used:
        name.is_used = False
        name.save(update_fields=["is_used"])
        audit.record(actor, "country.name_struck", country)


def _set(country: Country, values: Mapping[str, Any]) -> list[str]:
    """Set those of `values` that differ, and say which these were."""
    unknown = set(values).difference(FIELDS)
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))} of a country is not for actions to set.")
    changed = [name for name, value in values.items() if getattr(country, name) != value]
    for name in changed:
        setattr(country, name, values[name])
    return changed


def _recognise(country: Country, text: str, language: str, *, field: str) -> CountryName:
    """The spelling, written or taken back into use, with the text as it was typed now."""
    folded = normalize(text)
    if not folded:
        raise RefusedError(_("Enter a name: letters are missing here."), field)
    if len(text) > LONGEST or len(folded) > LONGEST:
        raise RefusedError(_("This is longer than any name of a country."), field)
    known = CountryName.objects.select_for_update().filter(normalized=folded).first()
    if known is not None and known.is_used and known.country_id != country.pk:
        raise RefusedError(
            _("Lists mean %(country)s by this name: strike it out there first.")
            % {"country": known.country},
            field,
        )
    name = known or CountryName(normalized=folded)
    name.country, name.text, name.language, name.is_used = country, text, language, True
    name.save()
    return name
