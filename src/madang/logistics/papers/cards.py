"""Cards with names: tent cards for the plenary, place cards and sheets for the tables of a dinner.

A name stands as its owner writes it, with the Latin one below; where no font here has its script,
the Latin one alone.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.core import clock, locales
from madang.documents import fonts
from madang.documents.typesetting import typeset_apart
from madang.logistics.queries.protocol import Row
from madang.logistics.queries.seating import Board
from madang.workshops.models import Participation
from madang.workshops.queries import people

PLATES = "logistics/name_plates.typ"
TABLES = "logistics/table_cards.typ"

Data = dict[str, Any]


def plates(rows: Iterable[Row]) -> bytes:
    """A tent card of A4 for each, in the order of protocol."""
    listed = list(rows)
    readable = _readable(row.plate for row in listed)
    cards = [
        {
            **_name(row.participation, row.plate, readable),
            "country": people.country_name(row.participation)
            or people.organisation_name(row.participation),
        }
        for row in listed
    ]
    data = _data(_("Name plates")) | {"cards": cards}
    return typeset_apart(PLATES, data, moment=clock.now())


def table_cards(board: Board) -> bytes:
    """For each table a sheet with who sits there, then a place card for everybody."""
    seated = [each for laid in board.laid for each in laid.seated if each.comes]
    readable = _readable(str(each.participation.person) for each in seated)

    def card(participation: Participation) -> Data:
        return _name(participation, str(participation.person), readable) | {
            "country": people.country_name(participation)
        }

    tables = [
        {
            "title": _("Table %(number)s") % {"number": locales.number(laid.table.number)},
            "name": laid.table.name,
            "people": [card(each.participation) for each in laid.seated if each.comes],
        }
        for laid in board.laid
    ]
    data = _data(_("Tables")) | {"tables": tables, "nobody": _("Nobody is seated here.")}
    return typeset_apart(TABLES, data, moment=clock.now())


def _data(title: str) -> Data:
    return {"language": get_language() or settings.LANGUAGE_CODE, "title": title}


def _readable(names: Iterable[str]) -> Callable[[str], bool]:
    """Whether there is a font for a name."""
    missing = set(fonts.missing_apart(" ".join(names)))
    return lambda name: not set(name) & missing


def _name(participation: Participation, shown: str, readable: Callable[[str], bool]) -> Data:
    latin = participation.person.latin_name
    if latin and not readable(shown):
        shown = latin
    return {"name": shown, "latin": latin if latin != shown else ""}
