"""What a question says: its words in all languages, and which answers are right.

A version of an item stores this as JSON and is never changed, so it is a plain value rather than
rows. Choices are named by their place, from "1".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madang.core.texts import Wording, choose
from madang.methods import documents

Kind = Literal["single", "several", "truth", "number", "order", "match", "short"]
Texts = dict[str, str]

KINDS: dict[str, str | Promise] = {
    "single": _("one right answer"),
    "several": _("several right answers"),
    "truth": _("true or false"),
    "number": _("a number"),
    "order": _("putting in order"),
    "match": _("matching"),
    "short": _("a short text"),
}
TRUE, FALSE = "true", "false"


@dataclass(frozen=True)
class Choice:
    """One of the answers offered; in matching, `pair` is what belongs to it.

    In putting in order, choices stand in their right order.
    """

    text: Texts
    pair: Texts = field(default_factory=dict)
    is_right: bool = False


@dataclass(frozen=True)
class Content:
    """A question. `language` is the one it was written in; `number` and `tolerance` are decimals.

    `accepted` are the spellings of a short text that count as right, in any script.
    """

    kind: Kind
    language: str
    text: Texts
    explanation: Texts = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    is_true: bool = False
    number: str = ""
    tolerance: str = "0"
    unit: Texts = field(default_factory=dict)
    accepted: tuple[str, ...] = ()

    def wording(self, language: str | None = None) -> Wording:
        """What is asked, in a language (the interface's) or the best there is."""
        return self.say(self.text, language)

    def explained(self, language: str | None = None) -> Wording:
        """Why the right answer is right; perhaps empty."""
        return self.say(self.explanation, language)

    def say(self, texts: Mapping[str, str], language: str | None = None) -> Wording:
        """One of the texts of this question."""
        return choose(texts, self.language, language)

    @property
    def languages(self) -> list[str]:
        """The languages in which it can be asked, that of the source first."""
        others = sorted(code for code, text in self.text.items() if text and code != self.language)
        return [self.language, *others]

    @property
    def numbered(self) -> list[tuple[str, Choice]]:
        """The choices by their names."""
        return [(str(place), choice) for place, choice in enumerate(self.choices, start=1)]


def read_content(stored: Any) -> Content:
    """A question from the JSON of a version."""
    return documents.read(Content, stored)


def stored_content(content: Content) -> dict[str, Any]:
    """The JSON of a question, for a version to keep."""
    plain: dict[str, Any] = documents.plain(content)
    return plain
