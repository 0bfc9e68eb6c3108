"""Who sleeps where: hotels with their rooms, nights, wishes, and who is expected on which day."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from madang.core import texts
from madang.logistics import rooming
from madang.logistics.models import Access, Hotel, HotelRoom, Leg, Needs, Stay
from madang.logistics.queries import travellers
from madang.workshops.models import Edition, Participation
from madang.workshops.queries import people


@dataclass(frozen=True)
class Night:
    """Somebody who travels, and their stay, if there is one yet."""

    participation: Participation
    stay: Stay | None

    @property
    def room(self) -> HotelRoom | None:
        return self.stay.room if self.stay else None


def stays(edition: Edition) -> list[Stay]:
    """The stays of those who are expected and need a room, by name (three queries)."""
    found = list(_stays(edition))
    share_hotels(found)
    return sorted(found, key=lambda stay: stay.participation.person.sort_key)


def _stays(edition: Edition) -> Any:
    return Stay.objects.filter(
        participation__edition=edition,
        participation__state=Participation.State.EXPECTED,
        needs_room=True,
    ).select_related(
        "room__hotel", "participation__person__subject", "together_with__person__subject"
    )


def share_hotels(found: Iterable[Stay]) -> None:
    """Let the rooms of one hotel share its object, so that its name is read once."""
    _share(stay.room for stay in found if stay.room is not None)


def _share(rooms: Iterable[HotelRoom]) -> None:
    hotels: dict[UUID, Hotel] = {}
    for each in rooms:
        each.hotel = hotels.setdefault(each.hotel_id, each.hotel)
    texts.prefetch(hotels.values())


def nights(edition: Edition) -> list[Night]:
    """Everybody who travels with their stay, those without any included (six queries)."""
    found = list(
        Stay.objects.filter(participation__edition=edition).select_related(
            "room__hotel", "together_with__person__subject"
        )
    )
    share_hotels(found)
    by_person = {stay.participation_id: stay for stay in found}
    return [Night(one, by_person.get(one.pk)) for one in travellers.travellers(edition)]


def filtered(rows: Iterable[Night], asked: Mapping[str, Any]) -> list[Night]:
    """Those that the list's filters ask for."""
    found = list(rows)
    if asked.get("q"):
        found = [row for row in found if people.has_words(row.participation.person, asked["q"])]
    if asked.get("hotel"):
        found = [row for row in found if row.room and str(row.room.hotel_id) == asked["hotel"]]
    if asked.get("sharing"):
        found = [row for row in found if row.stay and row.stay.sharing == asked["sharing"]]
    if asked.get("state"):
        found = [row for row in found if row.stay and row.stay.state == asked["state"]]
    if asked.get("room") == "none":
        found = [row for row in found if _waits(row)]
    elif asked.get("room") == "given":
        found = [row for row in found if row.room is not None]
    return found


def _waits(row: Night) -> bool:
    return row.room is None and (row.stay is None or row.stay.needs_room)


# --- Rooms ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class RoomShown:
    """A room with those who sleep in it."""

    room: HotelRoom
    stays: list[Stay]

    @property
    def free(self) -> int:
        return max(0, self.room.beds - len(self.stays))


@dataclass(frozen=True)
class HotelShown:
    """A hotel with its rooms."""

    hotel: Hotel
    rooms: list[RoomShown]

    @property
    def beds(self) -> int:
        return sum(each.room.beds for each in self.rooms)

    @property
    def guests(self) -> int:
        return sum(len(each.stays) for each in self.rooms)


def hotels(edition: Edition) -> list[HotelShown]:
    """Hotels with their rooms and guests, whoever did not come left out (five queries)."""
    rows = list(Hotel.objects.filter(edition=edition))
    texts.prefetch(rows)
    inside: dict[UUID | None, list[Stay]] = {}
    for stay in stays(edition):
        if stay.state != Stay.State.NO_SHOW:
            inside.setdefault(stay.room_id, []).append(stay)
    rooms: dict[UUID, list[RoomShown]] = {}
    for room in sorted(HotelRoom.objects.filter(hotel__edition=edition), key=in_order):
        rooms.setdefault(room.hotel_id, []).append(RoomShown(room, inside.get(room.pk, [])))
    return [HotelShown(hotel, rooms.get(hotel.pk, [])) for hotel in rows]


def in_order(room: HotelRoom) -> tuple[int, str]:
    """By what a room is called, numbers as numbers."""
    digits = "".join(char for char in room.label if char.isdecimal())
    return int(digits or 0), room.label


def labels(edition: Edition) -> list[tuple[str, str]]:
    """The hotels of an edition by id, for a filter."""
    rows = list(Hotel.objects.filter(edition=edition))
    texts.prefetch(rows)
    return [(str(hotel.pk), str(hotel.wording("name"))) for hotel in rows]


# --- Suggesting ----------------------------------------------------------------------------------
def guest(stay: Stay, edition: Edition, *, step_free: bool = False) -> rooming.Guest:
    """A stay as the suggestion reads it; days that are not known are those of the edition."""
    first, last = usual_nights(edition)
    check_in = stay.check_in or first
    return rooming.Guest(
        id=stay.participation_id,
        sharing=stay.sharing,
        together_with=stay.together_with_id,
        check_in=check_in,
        check_out=max(stay.check_out or last, check_in + timedelta(days=1)),
        needs_step_free=step_free,
    )


def room(row: HotelRoom) -> rooming.Room:
    return rooming.Room(
        id=row.pk,
        beds=row.beds,
        has_one_bed=row.kind == HotelRoom.Kind.DOUBLE,
        is_step_free=row.is_step_free,
    )


def usual_nights(edition: Edition) -> tuple[date, date]:
    """From the day before the first to the day after the last."""
    return edition.starts_on - timedelta(days=1), edition.ends_on + timedelta(days=1)


def nights_by_journey(edition: Edition) -> dict[UUID, tuple[date, date]]:
    """First night and day of leaving by what each said of their journey (one query)."""
    usual = usual_nights(edition)
    found: dict[UUID, dict[str, date]] = {}
    rows = Leg.objects.filter(participation__edition=edition).order_by()
    for person, direction, at in rows.values_list("participation_id", "direction", "at"):
        found.setdefault(person, {})[direction] = at.astimezone(edition.zone).date()
    known = {
        person: (
            days.get(Leg.Direction.ARRIVAL, usual[0]),
            days.get(Leg.Direction.DEPARTURE, usual[1]),
        )
        for person, days in found.items()
    }
    return {person: days for person, days in known.items() if days[0] < days[1]}


def need_step_free(edition: Edition) -> set[UUID]:
    """Those who need a room without steps: for placing people, not for showing them."""
    codes = {Access.STEP_FREE, Access.WHEELCHAIR}
    needs = Needs.objects.filter(participation__edition=edition)
    return {each.participation_id for each in needs if codes & set(each.accesses)}


@dataclass(frozen=True)
class Suggestion:
    """Who would get which room, and who would get none and why not."""

    placed: list[tuple[Stay, HotelRoom]]
    left: list[tuple[Stay, str]]

    @property
    def digest(self) -> str:
        """What tells this suggestion from another one."""
        rows = sorted(f"{stay.participation_id}:{room.pk}" for stay, room in self.placed)
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def suggestion(edition: Edition) -> Suggestion:
    """A room for whoever waits for one (eight queries); nobody who has one is moved."""
    expected = {
        night.participation.pk: night.stay or _unsaid(night.participation, edition)
        for night in nights(edition)
    }
    told = nights_by_journey(edition)
    for key, stay in expected.items():
        if stay._state.adding and key in told:
            stay.check_in, stay.check_out = told[key]
    here = {
        key: stay
        for key, stay in expected.items()
        if stay.needs_room and stay.state != Stay.State.NO_SHOW
    }
    step_free = need_step_free(edition)
    found = list(HotelRoom.objects.filter(hotel__edition=edition).select_related("hotel"))
    _share(found)
    rows = {each.pk: each for each in found}
    made = rooming.suggest(
        [room(each) for each in sorted(rows.values(), key=in_order)],
        [guest(stay, edition, step_free=key in step_free) for key, stay in here.items()],
        {key: stay.room_id for key, stay in here.items() if stay.room_id is not None},
    )
    waiting = [(key, stay) for key, stay in here.items() if stay.room_id is None]
    return Suggestion(
        placed=[(stay, rows[made[key]]) for key, stay in waiting if key in made],
        left=[
            (stay, _why_left(stay, step_free=key in step_free))
            for key, stay in waiting
            if key not in made
        ],
    )


def _unsaid(participation: Participation, edition: Edition) -> Stay:
    """The stay of somebody who has told nothing: a room of their own, for the usual nights."""
    first, last = usual_nights(edition)
    return Stay(participation=participation, check_in=first, check_out=last)


def _why_left(stay: Stay, *, step_free: bool) -> str:
    if step_free:
        return _("No room without steps is free that fits their wishes.")
    if stay.sharing in {Stay.Sharing.WOMEN, Stay.Sharing.MEN}:
        return _("No bed is free beside others who would share, and no room.")
    return _("No room is free in these nights.")


# --- Who came ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Day:
    """A day on which people are expected, and how many have been seen to."""

    day: date
    expected: int
    total: int


def days(edition: Edition) -> list[Day]:
    """The days on which anybody's first night is (one query)."""
    found = Stay.objects.filter(
        participation__edition=edition, participation__state=Participation.State.EXPECTED
    ).filter(check_in__isnull=False)
    total: Counter[date] = Counter()
    open_: Counter[date] = Counter()
    for day, state in found.values_list("check_in", "state"):
        total[day] += 1
        open_[day] += state == Stay.State.EXPECTED
    return [Day(day, open_[day], total[day]) for day in sorted(total)]


def arriving(edition: Edition, day: date) -> list[Stay]:
    """Those whose first night it is, and those expected earlier who were not seen yet, by name."""
    waiting = Q(check_in__lt=day, state=Stay.State.EXPECTED)
    found = (
        Stay.objects.filter(
            Q(check_in=day) | waiting,
            participation__edition=edition,
            participation__state=Participation.State.EXPECTED,
        )
        .select_related(
            "room", "participation__person__subject", "participation__country",
            "participation__edition",
        )
    )  # fmt: skip
    listed = list(found)
    people.with_wordings([stay.participation for stay in listed])
    return sorted(listed, key=lambda stay: stay.participation.person.sort_key)
