"""Places, their rooms, and how long the way between two places is."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from madang.core import audit
from madang.workshops.actions import records
from madang.workshops.models import Edition, Room, Site, SiteTravel


def add_site(edition: Edition, values: Mapping[str, Any], *, actor: audit.Actor | None) -> Site:
    site = Site(edition=edition, **values)
    records.add(site, "place.added", actor=actor)
    return site


def change_site(
    site: Site, values: Mapping[str, Any], *, expected_version: int, actor: audit.Actor | None
) -> None:
    records.change(site, values, "place.changed", expected_version=expected_version, actor=actor)


def remove_site(site: Site, *, actor: audit.Actor | None) -> None:
    """Remove a place with its rooms; sessions that were there stay, without a room."""
    records.remove(site, "place.removed", actor=actor)


def add_room(site: Site, values: Mapping[str, Any], *, actor: audit.Actor | None) -> Room:
    room = Room(site=site, **values)
    records.add(room, "place.added", actor=actor, scope=site.edition_id)
    return room


def change_room(
    room: Room, values: Mapping[str, Any], *, expected_version: int, actor: audit.Actor | None
) -> None:
    records.change(
        room,
        values,
        "place.changed",
        expected_version=expected_version,
        actor=actor,
        scope=room.site.edition_id,
    )


def remove_room(room: Room, *, actor: audit.Actor | None) -> None:
    """Remove a room; sessions that were there stay, without one."""
    records.remove(room, "place.removed", actor=actor, scope=room.site.edition_id)


@transaction.atomic
def set_travel_times(
    edition: Edition,
    minutes: Mapping[tuple[Site, Site], int | None],
    *,
    actor: audit.Actor | None,
) -> None:
    """Set how many minutes the way between two places of the edition takes; None: not known."""
    sites = Site.objects.filter(edition=edition)
    stored = {
        (travel.first_id, travel.second_id): travel
        for travel in SiteTravel.objects.filter(first__in=sites).select_for_update()
    }
    for pair, wanted in minutes.items():
        first, second = sorted(pair, key=lambda site: site.pk)
        travel = stored.get((first.pk, second.pk))
        if (travel.minutes if travel else None) == wanted:
            continue
        if wanted is None:
            travel.delete()
        elif travel is None:
            SiteTravel.objects.create(first=first, second=second, minutes=wanted)
        else:
            travel.minutes = wanted
            travel.save(update_fields=["minutes"])
        audit.record(actor, "place.changed", first, fields=["travel"], minutes=wanted)
