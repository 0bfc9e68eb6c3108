"""Deadlines on clocks: the zones in which they are stated, and what they are elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from madang.nominations.models.call import ANYWHERE
from madang.people.models import Country
from madang.people.time_zones import local_times
from madang.workshops.models import Edition

_CONTINENTS = (
    "Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian",
    "Pacific",
)  # fmt: skip


def zone_choices(edition: Edition) -> list[tuple[str, object]]:
    """Zones to choose from: the usual ones first, then all others by continent."""
    usual = [
        (ANYWHERE, _("anywhere on Earth: the day is over everywhere")),
        (edition.time_zone, _("where the workshop is: %(zone)s") % {"zone": edition.time_zone}),
        ("UTC", "UTC"),
    ]
    groups: dict[str, list[tuple[str, str]]] = {name: [] for name in _CONTINENTS}
    for name in sorted(available_timezones()):
        continent, _slash, place = name.partition("/")
        if continent in groups and name != edition.time_zone:
            groups[continent].append((name, place.replace("_", " ")))
    return [*usual, *groups.items()]


@dataclass
class ElsewhereTime:
    """A moment on the clocks of several places that show the same."""

    moment: datetime
    places: list[str] = field(default_factory=list)


def elsewhere(countries: Iterable[Country], moment: datetime) -> list[ElsewhereTime]:
    """A moment on the clocks of countries, the earliest clock first.

    A country whose clocks differ stands at each time, with the largest city that shows it.
    """
    found: dict[datetime, ElsewhereTime] = {}
    for country in countries:
        shown = local_times(country.alpha2, moment)
        name = str(country.wording("name"))
        for local in shown:
            place = f"{name} ({local.place})" if len(shown) > 1 else name
            key = local.moment.replace(tzinfo=None)
            found.setdefault(key, ElsewhereTime(local.moment)).places.append(place)
    return [found[key] for key in sorted(found)]
