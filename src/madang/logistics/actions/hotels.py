"""Hotels and their rooms."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit
from madang.logistics.models import Hotel, HotelRoom
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records
from madang.workshops.models import Edition


def add_hotel(edition: Edition, values: Mapping[str, Any], *, actor: audit.Actor | None) -> Hotel:
    hotel = Hotel(edition=edition, **values)
    records.add(hotel, "hotel.added", actor=actor)
    return hotel


def change_hotel(
    hotel: Hotel, values: Mapping[str, Any], *, expected_version: int, actor: audit.Actor | None
) -> None:
    records.change(hotel, values, "hotel.changed", expected_version=expected_version, actor=actor)


def remove_hotel(hotel: Hotel, *, actor: audit.Actor | None) -> None:
    """Remove a hotel with its rooms; those who slept there need another one."""
    records.remove(hotel, "hotel.removed", actor=actor)


@transaction.atomic
def add_rooms(
    hotel: Hotel,
    labels: Sequence[str],
    values: Mapping[str, Any],
    *,
    actor: audit.Actor | None,
) -> list[HotelRoom]:
    """Add rooms that are alike. Raises `RefusedError` where one is there already."""
    hotel = Hotel.objects.select_for_update().get(pk=hotel.pk)
    known = set(hotel.rooms.filter(label__in=labels).values_list("label", flat=True))
    if known:
        raise RefusedError(
            _("These are there already: %(rooms)s") % {"rooms": ", ".join(sorted(known))}, "labels"
        )
    rooms = HotelRoom.objects.bulk_create(
        HotelRoom(hotel=hotel, label=label, version=1, **values) for label in labels
    )
    audit.record(actor, "hotel_rooms.added", hotel, number=len(rooms))
    return rooms


@transaction.atomic
def change_room(
    room: HotelRoom, values: Mapping[str, Any], *, expected_version: int, actor: audit.Actor | None
) -> None:
    """Change a room. Raises `RefusedError` where its guests would not fit any more."""
    Edition.objects.select_for_update().get(pk=room.hotel.edition_id)
    fewer = values["beds"] < HotelRoom.objects.get(pk=room.pk).beds
    if fewer and room.stays.count() > values["beds"]:
        raise RefusedError(_("More people sleep there: give some of them another room."), "beds")
    records.change(
        room,
        values,
        "hotel_room.changed",
        expected_version=expected_version,
        actor=actor,
        scope=room.hotel.edition_id,
    )


def remove_room(room: HotelRoom, *, actor: audit.Actor | None) -> None:
    """Remove a room; whoever slept there needs another one."""
    records.remove(room, "hotel_room.removed", actor=actor, scope=room.hotel.edition_id)
