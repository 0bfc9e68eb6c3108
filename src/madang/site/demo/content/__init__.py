"""What the demo says, in files of plain TOML: texts by language, everything else as it is."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Model

from madang.core import texts

SOURCE = "en"


@cache
def content(name: str) -> Mapping[str, Any]:
    """The content of one file, by its name without ending."""
    with (Path(__file__).parent / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def source(entry: Mapping[str, Any], model: type[Any]) -> dict[str, str]:
    """The texts of an entry in their source language, for the translated fields of a model."""
    return {name: texts_of[SOURCE] for name, texts_of in _by_language(entry, model)}


def given(thing: Model, entry: Mapping[str, Any]) -> None:
    """Write down every other language that an entry gives a thing's texts in."""
    for name, texts_of in _by_language(entry, thing):
        others = {language: text for language, text in texts_of.items() if language != SOURCE}
        if others:
            texts.translate(thing, name, others)


def _by_language(entry: Mapping[str, Any], model: Any) -> Iterator[tuple[str, dict[str, str]]]:
    for name in model.TRANSLATED:
        # A text that is the same in all languages stands alone, such as an acronym.
        if isinstance(entry.get(name), dict):
            yield name, {language: text.strip() for language, text in entry[name].items()}
