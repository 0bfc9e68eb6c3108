"""The secretariat's pages of an edition, in sections; apps above this one register theirs."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madang.core.policies import Rule, Who
from madang.workshops import rules
from madang.workshops.models import Edition
from madang.workshops.pages.navigation import Tab

Text = str | Promise


@dataclass(frozen=True)
class DeskPage:
    """One page: the name of its address (which takes the edition's slug), and who may open it.

    `rule` is asked about the edition. Within a section, pages of a lower app come first.
    """

    url_name: str
    label: Text
    rule: Rule[Edition] = rules.oversee_edition


@dataclass
class Section:
    """Pages that belong together; the first one that may be opened stands for the section."""

    label: Text
    pages: list[DeskPage] = field(default_factory=list)


_sections: dict[str, Section] = {
    "overview": Section(_("Overview"), [DeskPage("manage:edition", _("Overview"))]),
    "cohort": Section(_("Cohort")),
    "programme": Section(
        _("Programme"),
        [
            DeskPage("manage:sessions", _("Sessions")),
            DeskPage("manage:timetable", _("Timetable")),
            DeskPage("manage:publish", _("Publish")),
            DeskPage("manage:materials", _("Materials")),
            DeskPage("manage:places", _("Places")),
        ],
    ),
    "people": Section(_("People"), [DeskPage("manage:people", _("Everybody"))]),
    "logistics": Section(_("Travel and stay")),
    "settings": Section(
        _("Settings"),
        [
            DeskPage("manage:settings", _("Settings")),
            DeskPage("manage:recommendations", _("Recommendations")),
            DeskPage("manage:history", _("History")),
        ],
    ),
}


def register(section: str, *pages: DeskPage) -> None:
    """Add pages to a section; called from an app's `ready()`.

    Apps get ready from the top of the house down, and work flows up: a lower app's pages come
    before those that are there, in their own order.
    """
    _sections[section].pages[:0] = pages


def navigation(edition: Edition, who: Who, path: str) -> tuple[list[Tab], list[tuple[str, Text]]]:
    """The sections of an edition that `who` has use for, and the pages of the current one.

    The section of `path`'s page, or of the nearest page above it, is current; a section of one page
    has no second row.
    """
    rows = [
        (section.label, [
            (reverse(page.url_name, args=[edition.slug]), page.label)
            for page in section.pages
            if page.rule.can(who, edition)
        ])
        for section in _sections.values()
    ]  # fmt: skip
    addresses = [url for _label, pages in rows for url, _page in pages]
    nearest = max((url for url in addresses if path.startswith(url)), key=len, default="")
    sections, inner = [], []
    for label, pages in rows:
        if not pages:
            continue
        here = any(url == nearest for url, _page in pages)
        first = pages[0][0]
        current = ("page" if path == first else "true") if here else ""
        sections.append(Tab(first, label, current))
        if here and len(pages) > 1:
            inner = pages
    return sections, inner
