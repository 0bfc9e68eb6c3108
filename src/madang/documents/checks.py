"""What an operator should know of this computer: `madang check` tells it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import get_language_info

from madang.core import locales
from madang.documents import fonts
from madang.people.models import Person

INSTALL = "On Debian: apt-get install fonts-noto-core fonts-noto-cjk."


@dataclass(frozen=True)
class WithoutFont:
    """Scripts that no font here has, and what comes of it."""

    scripts: list[str]
    consequence: str

    def __str__(self) -> str:
        return f"No font here can write {', '.join(self.scripts)}: {self.consequence}."


def without_font() -> Iterator[WithoutFont]:
    """Whether documents can be set in each language of the interface, with everybody's name."""
    for texts, consequence in (
        (_of_languages(), "documents can't be set in every language"),
        (_names(), "names are printed in Latin letters, where people gave these"),
    ):
        scripts = fonts.scripts(fonts.missing_apart(" ".join(texts)))
        if scripts:
            yield WithoutFont(scripts, consequence)


def _of_languages() -> Iterable[str]:
    """A little of each language: its name and its digits."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield get_language_info(code)["name_local"]
            yield locales.digits("0123456789", code)


def _names() -> list[str]:
    """Everybody's name; none before there is a database."""
    try:
        return [str(person.name) for person in Person.objects.all()]
    except DatabaseError:
        return []
