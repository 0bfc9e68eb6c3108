"""Nights and rooms: wishes, placing people, and whether they came."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit
from madang.logistics import rooming
from madang.logistics.actions import told
from madang.logistics.models import HotelRoom, Stay
from madang.logistics.queries import stays as queries
from madang.logistics.queries import travellers
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records
from madang.workshops.models import Edition, Participation


@transaction.atomic
def open_stays(edition: Edition) -> int:
    """A stay for everybody who travels and has none, for the nights of their journey.

    Returns how many; there is nothing to tell of it in the history yet.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    known = set(
        Stay.objects.filter(participation__edition=edition).values_list(
            "participation_id", flat=True
        )
    )
    usual = queries.usual_nights(edition)
    told = queries.nights_by_journey(edition)
    made = [
        Stay(
            participation=one,
            check_in=told.get(one.pk, usual)[0],
            check_out=told.get(one.pk, usual)[1],
            version=1,
        )
        for one in travellers.travellers(edition)
        if one.pk not in known
    ]
    Stay.objects.bulk_create(made)
    return len(made)


@transaction.atomic
def save_stay(
    participation: Participation,
    values: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: audit.Actor | None,
) -> Stay:
    """Write nights, wishes and (for an officer) the room; the rest of the row stays.

    Where a wish or a night changes so that somebody can't stay in their room, they are out of it,
    unless the room itself was asked for: then `RefusedError` tells what stands against it.
    """
    Edition.objects.select_for_update().get(pk=participation.edition_id)
    stored = Stay.objects.filter(participation=participation).first()
    stay = stored or Stay(participation=participation)
    for name, value in values.items():
        setattr(stay, name, value)
    _set_usual_nights(stay, participation.edition)
    wanted = {**values, "check_in": stay.check_in, "check_out": stay.check_out}
    refusal = _stands_against(stay, stay.room) if stay.room is not None else ""
    if refusal and values.get("room") is not None:
        raise RefusedError(refusal, "room")
    if refusal:
        wanted["room"] = stay.room = None
    scope = participation.edition_id
    if stored is None:
        records.add(stay, "stay.changed", actor=actor, scope=scope, fields=sorted(wanted))
    else:
        told.change(
            stored, wanted, "stay.changed", expected_version=expected_version, actor=actor,
            scope=scope,
        )  # fmt: skip
    return Stay.objects.get(pk=stay.pk)


def _set_usual_nights(stay: Stay, edition: Edition) -> None:
    first, last = queries.nights_by_journey(edition).get(
        stay.participation_id, queries.usual_nights(edition)
    )
    stay.check_in = stay.check_in or first
    stay.check_out = stay.check_out or last
    if stay.check_out <= stay.check_in:
        raise RefusedError(_("The day of leaving is after the first night."), "check_out")


def _stands_against(stay: Stay, room: HotelRoom) -> str:
    """Why somebody can't sleep in a room, or an empty text."""
    edition = stay.participation.edition
    if not stay.needs_room:
        return _("They need no room.")
    others = Stay.objects.filter(room=room).exclude(state=Stay.State.NO_SHOW)
    others = others.exclude(participation=stay.participation_id).exclude(
        participation__state=Participation.State.CANCELLED
    )
    guest = queries.guest(stay, edition)
    inside = [queries.guest(other, edition) for other in others]
    shown = queries.room(room)
    if rooming.fits(shown, guest, inside):
        return ""
    nights = set(guest.nights())
    meets = [other for other in inside if nights & set(other.nights())]
    if not all(rooming.may_share(guest, other) for other in meets):
        return _(
            "Somebody sleeps there already, and the two did not both agree to share: change the "
            "wishes first if they did."
        )
    if len(meets) < shown.beds:
        return _("This room has one bed: only two who named each other share it.")
    return _("All beds of this room are taken in these nights.")


@transaction.atomic
def follow_suggestion(edition: Edition, *, seen: str, actor: audit.Actor | None) -> int:
    """Give out the rooms as the officer saw them suggested; returns to how many people.

    Raises `RefusedError` where something changed since, so that another suggestion is made now.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    suggested = queries.suggestion(edition)
    if suggested.digest != seen:
        raise RefusedError(_("Something has changed since: this is what is suggested now."))
    for stay, room in suggested.placed:
        stay.room = room
        if stay._state.adding:
            stay.save(force_insert=True)
        else:
            stay.save(update_fields=["room"])
    if suggested.placed:
        audit.record(actor, "stays.placed", edition, scope=edition.pk, number=len(suggested.placed))
    return len(suggested.placed)


def mark(stay: Stay, name: str, *, actor: audit.Actor | None) -> None:
    """Note that somebody is there (`arrive`), did not come (`miss`), or `undo` that."""
    getattr(stay, name)(actor=actor, scope=stay.participation.edition_id)


@transaction.atomic
def mark_missing(edition: Edition, day: date, *, actor: audit.Actor | None) -> int:
    """Note of everybody still expected for a day that they did not come; returns of how many."""
    number = 0
    for stay in queries.arriving(edition, day):
        if stay.state == Stay.State.EXPECTED and stay.miss.refusal() is None:
            mark(stay, "miss", actor=actor)
            number += 1
    return number
