"""What certificates say: our own wordings, and the {placeholders} that any wording can have."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.people.actions.refusal import RefusedError

# Languages of our own wordings, the first of which others can be put beside.
OURS = ("en", "fa", "fr")
PLACEHOLDERS: dict[str, str | Promise] = {
    "workshop": gettext_lazy("title of the workshop"),
    "dates": gettext_lazy("its days"),
    "place": gettext_lazy("city and country"),
    "venue": gettext_lazy("the venue"),
}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@cache
def ours(kind: str, language: str) -> Mapping[str, str]:
    """Our wording of a kind of certificate, by field."""
    read = tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text("utf-8"))
    found: Mapping[str, str] = read[kind]
    return found


def check(body: str) -> None:
    """Raise `RefusedError` where a text has a placeholder that nobody fills."""
    for name in _PLACEHOLDER.findall(body):
        if name not in PLACEHOLDERS:
            raise RefusedError(_("Certificates do not know {%(name)s}.") % {"name": name}, "body")
