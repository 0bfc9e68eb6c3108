"""What the clocks of a country show: its time zones, from the IANA database's own list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class LocalTime:
    """A moment on the clocks of one part of a country; `place` is that part's largest city."""

    place: str
    moment: datetime


def local_times(alpha2: str, moment: datetime) -> list[LocalTime]:
    """A moment on a country's clocks; one for each that shows another time, the main one first.

    Empty for a country whose zones the database does not list.
    """
    found: dict[datetime, LocalTime] = {}
    for name in _zones().get(alpha2.upper(), ()):
        local = moment.astimezone(ZoneInfo(name))
        place = name.rpartition("/")[2].replace("_", " ")
        found.setdefault(local.replace(tzinfo=None), LocalTime(place, local))
    return list(found.values())


@cache
def _zones() -> Mapping[str, tuple[str, ...]]:
    """Names of zones by the country's code; the list puts the most populous one first."""
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    zones: dict[str, tuple[str, ...]] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _position, name = line.split("\t")[:3]
            zones[country] = (*zones.get(country, ()), name)
    return zones
