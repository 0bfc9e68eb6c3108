"""The second-level navigation of an edition's pages; apps above this one register theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madang.core.policies import Rule, Who, everyone
from madang.workshops import rules
from madang.workshops.queries.public import EditionRow

Day = tuple[str, date]

# Below which page of the navigation the others stand, by the first part of their address.
_BELOW = {
    "": "edition",
    "recommendations": "edition",
    "sessions": "programme",
    "versions": "programme",
    "calendar": "programme",
    "booklet": "programme",
}


@dataclass(frozen=True)
class Tab:
    """One entry. `current` is "page", "true" (one is below it) or empty."""

    url: str
    label: str | Promise
    current: str


# Ways to look at a programme other than by day: `?by=`.
WAYS: dict[str, str | Promise] = {
    "module": _("By module"),
    "room": _("By room"),
    "person": _("By person"),
}


_EVERYONE: Rule[Any] = everyone()


@dataclass(frozen=True)
class OwnPage:
    """A page of an app above this one: the part of its address below the edition's, and its name.

    `shown` says whether the edition has such a page now; it is asked for every page of the edition
    and has to answer without a query most of the time. `rule` is asked about the edition. `below`
    are the parts of pages that are reached from it.
    """

    part: str
    url_name: str
    label: str | Promise
    shown: Callable[[EditionRow], bool] = lambda _edition: True
    rule: Rule[Any] = _EVERYONE
    below: tuple[str, ...] = ()


_own_pages: list[OwnPage] = []


def register(page: OwnPage) -> None:
    """Let a page stand in the navigation, after the edition's own; called from `ready()`."""
    _own_pages.append(page)


def tabs(edition: EditionRow, who: Who, path: str) -> list[Tab]:
    """The pages of an edition that this reader has use for; the page of `path` is current."""
    comes = rules.comes.can(who, edition)
    pages: list[tuple[str, str | Promise, bool]] = [
        ("edition", _("Workshop"), True),
        ("programme", _("Programme"), True),
        ("week", _("My week") if comes else _("Now and next"), True),
        ("materials", _("Materials"), True),
        ("people", _("People"), rules.see_participants.can(who, edition)),
        ("numbers", _("Numbers"), rules.prepare.can(who, edition)),
        ("draft", _("Draft"), rules.oversee.can(who, edition)),
    ]
    named = [(name, f"workshops:{name}", label) for name, label, shown in pages if shown]
    named += [
        (it.part, it.url_name, it.label)
        for it in _own_pages
        if it.rule.can(who, edition) and it.shown(edition)
    ]
    top = reverse("workshops:edition", args=[edition.slug])
    part = path.removeprefix(top).split("/")[0]
    below = _BELOW | {part: page.part for page in _own_pages for part in page.below}
    part = below.get(part, part)
    found = []
    for name, url_name, label in named:
        url = reverse(url_name, args=[edition.slug])
        current = "page" if url == path else "true" if name == part else ""
        found.append(Tab(url, label, current))
    return found


def ways(edition: EditionRow, by: str) -> list[tuple[str, str | Promise, bool]]:
    """The programme by day, module, room and person: addresses, labels, and which one is shown."""
    address = reverse("workshops:programme", args=[edition.slug])
    others = [(f"{address}?by={name}", label, name == by) for name, label in WAYS.items()]
    return [(address, _("By day"), not by), *others]


def days(edition: EditionRow) -> list[Day]:
    """The page of each day of the published programme."""
    if edition.programme is None:
        return []
    return [
        (reverse("workshops:day", args=[edition.slug, day]), day) for day in edition.programme.days
    ]
