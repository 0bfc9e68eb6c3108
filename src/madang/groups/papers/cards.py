"""Cards with everybody's groups of the week, and the list of one session for the wall."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from madang.core import clock, languages, locales
from madang.documents import fonts
from madang.documents.typesetting import typeset_apart
from madang.groups.exports import where
from madang.groups.queries.weeks import RoundRow, Week
from madang.workshops.models import Participation
from madang.workshops.queries import people

CARDS = "groups/cards.typ"
WALL = "groups/wall.typ"

Data = dict[str, Any]


def person_cards(week: Week) -> bytes:
    """A card for everybody who is expected, eight to a sheet: round, day, group, where."""
    with timezone.override(week.plan.edition.zone):
        listed = [one for key, one in week.people.items() if key in week.expected]
        readable = _readable(str(one.person) for one in listed)
        data = _data(week, _("Group cards")) | {
            "cards": [_name(one, readable) | {"rounds": _rounds_of(week, one)} for one in listed],
            "group": _("Group"),
            "nobody": _("Nobody is in a group yet."),
        }
        return typeset_apart(CARDS, data, moment=clock.now())


def _rounds_of(week: Week, one: Participation) -> list[Data]:
    return [
        {
            "when": _when(row),
            "number": locales.number(each.group.number),
            "where": where(each),
            "writes": _("rapporteur") if each.group.rapporteur_id == one.pk else "",
        }
        for row in week.rounds
        for each in row.groups
        if row.places.get(one.pk) == each.group.number
    ]


def wall_list(week: Week, row: RoundRow) -> bytes:
    """Who is in which group of one session, and where it sits, on A4."""
    with timezone.override(week.plan.edition.zone):
        readable = _readable(str(member.participation.person) for member in row.members)
        data = _data(week, str(row.round.session.wording("title"))) | {
            "when": _when(row),
            "nobody": _("Nobody is in a group yet."),
            "groups": [
                {
                    "title": _("Group %(number)s") % {"number": locales.number(each.group.number)},
                    "where": where(each),
                    "people": [
                        _name(member.participation, readable)
                        | {
                            "writes": _("rapporteur")
                            if member.participation_id == each.group.rapporteur_id
                            else ""
                        }
                        for member in each.members
                    ],
                }
                for each in row.groups
            ],
        }
        return typeset_apart(WALL, data, moment=clock.now())


def _when(row: RoundRow) -> str:
    start = row.round.session.starts_at
    return locales.listed([locales.calendar_date(start, "day"), locales.clock_time(start)])


def _data(week: Week, title: str) -> Data:
    return {
        "language": languages.current(),
        "title": title,
        "edition": str(week.plan.edition.wording("title")),
    }


def _readable(names: Iterable[str]) -> Callable[[str], bool]:
    """Whether there is a font for a name."""
    missing = set(fonts.missing_apart(" ".join(names)))
    return lambda name: not set(name) & missing


def _name(one: Participation, readable: Callable[[str], bool]) -> Data:
    shown, latin = str(one.person), one.person.latin_name
    if latin and not readable(shown):
        shown = latin
    return {
        "name": shown,
        "latin": latin if latin != shown else "",
        "country": people.country_name(one),
    }
