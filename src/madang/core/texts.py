"""Text that has languages: titles and descriptions that can be given in several.

A model's own columns hold the text in its source language (its `language` column); translations
stand in one table (`core.models.Translation`), each with the hash of the source that it was made
from, so that a translation can be recognised as out of date. Lists call `prefetch` once: one query
for any number of rows.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from madang.core import languages


def source_hash(text: str) -> str:
    """The fingerprint of a source text, kept with its translations."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Wording(str):
    """A text together with the language that it is in."""

    __slots__ = ("language",)

    language: str

    def __new__(cls, text: str, language: str) -> Self:
        wording = super().__new__(cls, text)
        wording.language = language
        return wording

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return str(self), self.language


def choose(wordings: Mapping[str, str], source: str, language: str | None = None) -> Wording:
    """Of one text in several languages, the wording in the language asked for or the best there is.

    `source` is the language it was written in, which is the last resort.
    """
    for code in languages.fallbacks(language, source=source):
        if wordings.get(code):
            return Wording(wordings[code], code)
    return Wording(wordings.get(source, ""), source)


@dataclass(frozen=True)
class Words:
    """One text in all languages that it is given in, apart from any row."""

    texts: Mapping[str, str]
    source: str

    def wording(self, language: str | None = None) -> Wording:
        """The text in a language (the interface's), or the best there is."""
        return choose(self.texts, self.source, language)

    def __str__(self) -> str:
        return self.wording()

    def __bool__(self) -> bool:
        return any(self.texts.values())


class Translated(models.Model):
    """A model some of whose texts can be given in several languages."""

    TRANSLATED: tuple[str, ...] = ()

    language = models.CharField(_("language"), max_length=12, default="en")

    class Meta:
        abstract = True

    def wording(self, field: str, language: str | None = None) -> Wording:
        """The text of `field` in the language asked for (the interface's), or the best there is."""
        return choose(self.all_wordings(field), self.language, language)

    def translations_of(self, field: str) -> Mapping[str, str]:
        """Translations by language, without the source text itself."""
        if not hasattr(self, "_translations"):
            prefetch([self])
        translations: dict[str, dict[str, str]] = self._translations
        return translations.get(field, {})

    def all_wordings(self, field: str) -> dict[str, str]:
        """The text of `field` in every language that it is given in, the source included."""
        return {self.language: getattr(self, field), **self.translations_of(field)}

    def forget_translations(self) -> None:
        """Let the next question read the translations afresh."""
        if hasattr(self, "_translations"):
            del self._translations

    _translations: dict[str, dict[str, str]]


def prefetch(things: Iterable[Any]) -> None:
    """Read all translations of these rows (of one model) in one query."""
    from madang.core.models import Translation

    # A row may be here several times, as the country of many organisations is.
    things = list(things)
    by_id: dict[Any, dict[str, dict[str, str]]] = {thing.pk: {} for thing in things}
    for thing in things:
        thing._translations = by_id[thing.pk]  # noqa: SLF001  (this module's own attribute)
    if not things:
        return
    rows = Translation.objects.filter(model=things[0]._meta.label_lower, object_id__in=by_id.keys())
    for object_id, field, language, text in rows.values_list(
        "object_id", "field", "language", "text"
    ):
        by_id[object_id].setdefault(field, {})[language] = text


def prefetch_referred(things: Iterable[Any], *names: str) -> None:
    """Read all translations of what these rows refer to by their fields `names`, a query for each.

    Many rows may refer to the same, each by an object of its own: all of them have its texts then.
    """
    things = list(things)
    for name in names:
        referred = (getattr(thing, name) for thing in things)
        prefetch(one for one in referred if one is not None)


def translate(thing: Any, field: str, texts: Mapping[str, str]) -> None:
    """Set the translations of one field: a text by language; an empty text removes it."""
    from madang.core.models import Translation

    if field not in thing.TRANSLATED:
        raise ValueError(f"{field} of {thing._meta.label} has no translations.")
    model = thing._meta.label_lower
    fingerprint = source_hash(getattr(thing, field))
    with transaction.atomic():
        for language, text in texts.items():
            place = {"model": model, "object_id": thing.pk, "field": field, "language": language}
            if language == thing.language or not text.strip():
                Translation.objects.filter(**place).delete()
            else:
                Translation.objects.update_or_create(
                    **place, defaults={"text": text, "source_hash": fingerprint}
                )
    thing.forget_translations()
