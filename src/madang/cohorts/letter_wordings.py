"""What letters say: our own wordings, the {placeholders} in them, and how these are filled.

Values are put in after the text has been read as Markdown, so that a name with an asterisk or a
bracket stays a name.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.cohorts.models import LetterKind
from madang.cohorts.reasons import REASONS
from madang.core import languages
from madang.documents import rich_text
from madang.people.actions.refusal import RefusedError

FOLDER = Path(__file__).parent / "wordings"
# Languages of our own wordings, the first of which others can be put beside.
OURS = ("en", "fa", "fr")

TO_PERSONS = frozenset({LetterKind.INVITATION, LetterKind.VISA})
TO_MINISTRIES = frozenset({LetterKind.MINISTRY, LetterKind.REGRET})

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

Text = str | Promise
_ALWAYS: dict[str, Text] = {
    "workshop": gettext_lazy("title of the workshop"),
    "dates": gettext_lazy("its days"),
    "place": gettext_lazy("city and country"),
    "venue": gettext_lazy("the venue"),
    "country": gettext_lazy("country of whom it is about"),
    "remark": gettext_lazy(
        "the word for this letter alone; without one, its paragraph is left out"
    ),
}
_OF_PERSON: dict[str, Text] = {
    "name": gettext_lazy("name of the person"),
    "position": gettext_lazy("position"),
    "organisation": gettext_lazy("organisation"),
}
_OF_PASSPORT: dict[str, Text] = {
    "passport_name": gettext_lazy("name as in the passport"),
    "passport_number": gettext_lazy("passport number"),
    "nationality": gettext_lazy("nationality"),
    "born_on": gettext_lazy("date of birth"),
    "born_in": gettext_lazy("place of birth"),
    "passport_issued_on": gettext_lazy("date of issue of the passport"),
    "passport_expires_on": gettext_lazy("date of expiry of the passport"),
}
_OF_MINISTRY: dict[str, Text] = {"ministry": gettext_lazy("ministry or agency that was asked")}
# These stand in a paragraph of their own, which becomes a list.
_LISTS: dict[str, dict[str, Text]] = {
    LetterKind.MINISTRY: {"names": gettext_lazy("those who are invited, one a line")},
    LetterKind.REGRET: {"reasons": gettext_lazy("nominees with the neutral reason, one a line")},
}

Values = Mapping[str, str | Sequence[str]]


# --- Placeholders -------------------------------------------------------------------------------
def placeholders(kind: str) -> dict[str, Text]:
    """The placeholders that a kind of letter knows, each with what it stands for."""
    found = dict(_ALWAYS)
    found |= _OF_PERSON if kind in TO_PERSONS else _OF_MINISTRY
    if kind == LetterKind.VISA:
        found |= _OF_PASSPORT
    return found | _LISTS.get(kind, {})


def check(kind: str, texts: Mapping[str, str]) -> None:
    """Raise `RefusedError`, for its field, where a text has a placeholder that nobody fills."""
    known = placeholders(kind)
    for field, text in texts.items():
        for name in _PLACEHOLDER.findall(text):
            if name not in known:
                raise RefusedError(
                    _("This kind of letter does not know {%(name)s}.") % {"name": name}, field
                )
            if field == "subject_line" and name in _LISTS.get(kind, {}):
                raise RefusedError(
                    _("{%(name)s} is a list: it has no place in a subject.") % {"name": name}, field
                )


def fill_line(text: str, values: Values) -> str:
    """A line with its placeholders filled."""
    return _PLACEHOLDER.sub(lambda found: _filled(found, values), text)


def fill(text: str, values: Values) -> list[rich_text.Node]:
    """A text in Markdown as blocks for a template, with its placeholders filled."""
    return list(_fill_blocks(rich_text.tree(text), values))


def _fill_blocks(blocks: Sequence[rich_text.Node], values: Values) -> Iterator[rich_text.Node]:
    for block in blocks:
        alone = _alone(block)
        value = values.get(alone) if alone else None
        if value is not None and not isinstance(value, str):
            yield _as_list(value)
        elif value != "":
            yield _fill_block(block, values)


def _alone(block: rich_text.Node) -> str:
    """The placeholder that is all that a paragraph says; empty where it says something else."""
    body = block.get("body", [])
    if block["kind"] != "paragraph" or len(body) != 1 or body[0]["kind"] != "text":
        return ""
    found = _PLACEHOLDER.fullmatch(body[0]["text"].strip())
    return found[1] if found else ""


def _as_list(lines: Sequence[str]) -> rich_text.Node:
    return {
        "kind": "list",
        "ordered": False,
        "items": [
            [{"kind": "paragraph", "body": [{"kind": "text", "text": line}]}] for line in lines
        ],
    }


def _fill_block(block: rich_text.Node, values: Values) -> rich_text.Node:
    if block["kind"] == "list":
        return block | {"items": [list(_fill_blocks(item, values)) for item in block["items"]]}
    if block["kind"] == "quote":
        return block | {"body": list(_fill_blocks(block["body"], values))}
    if block["kind"] == "code":
        return block | {"text": fill_line(block["text"], values)}
    return block | {"body": [_fill_inline(node, values) for node in block["body"]]}


def _fill_inline(node: rich_text.Node, values: Values) -> rich_text.Node:
    if "text" in node:
        return node | {"text": fill_line(node["text"], values)}
    if "body" in node:
        return node | {"body": [_fill_inline(each, values) for each in node["body"]]}
    return node


def _filled(found: re.Match[str], values: Values) -> str:
    value = values.get(found[1], found[0])
    return value if isinstance(value, str) else "; ".join(value)


# --- Our own wordings ---------------------------------------------------------------------------
@cache
def _file(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def ours(kind: str, language: str) -> dict[str, str]:
    """Our own subject and text of a kind of letter in a language of `OURS`."""
    found = _file(language)[kind]
    return {"subject_line": found["subject_line"], "body": found["body"].strip() + "\n"}


def words(language: str) -> tuple[dict[str, str], str]:
    """The few words of a letter's frame, and the language that they are in."""
    code = languages.base(language)
    code = code if code in OURS else OURS[0]
    return _file(code)["words"], code


def reason(code: str, language: str) -> str:
    """A neutral reason in the language of a letter, in English where it is in no other."""
    base = languages.base(language)
    if base in OURS and code in _file(base).get("reasons", {}):
        return str(_file(base)["reasons"][code])
    with translation.override(base if base in OURS else OURS[0]):
        return str(REASONS.get(code, ""))
