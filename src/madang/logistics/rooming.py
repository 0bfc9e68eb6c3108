"""Who can sleep in one room, and a suggestion that fills the rooms there are.

Plain values in and out. Nobody shares who did not ask to; strangers share with their own sex, as
each of them said, and never a double bed; two who named each other get a room together, whoever
they are. The same guests and rooms always give the same answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

ALONE, WOMEN, MEN, TOGETHER = "alone", "women", "men", "together"


@dataclass(frozen=True)
class Guest:
    """Somebody who needs a bed from the night of `check_in` to the morning of `check_out`."""

    id: UUID
    sharing: str
    check_in: date
    check_out: date
    together_with: UUID | None = None
    needs_step_free: bool = False

    def nights(self) -> list[date]:
        count = (self.check_out - self.check_in).days
        return [self.check_in + timedelta(days=offset) for offset in range(count)]


@dataclass(frozen=True)
class Room:
    """A room for so many people; strangers don't share one that `has_one_bed`."""

    id: UUID
    beds: int
    has_one_bed: bool = False
    is_step_free: bool = False


def are_together(one: Guest, other: Guest) -> bool:
    """Whether the two named each other."""
    return (
        one.sharing == other.sharing == TOGETHER
        and one.together_with == other.id
        and other.together_with == one.id
    )


def may_share(one: Guest, other: Guest) -> bool:
    """Whether both agreed to a room that the other one is in."""
    same = one.sharing == other.sharing and one.sharing in {WOMEN, MEN}
    return same or are_together(one, other)


def fits(room: Room, guest: Guest, others: Iterable[Guest]) -> bool:
    """Whether a guest can be put into a room where `others` sleep."""
    nights = set(guest.nights())
    meets = [other for other in others if nights & set(other.nights())]
    if not all(may_share(guest, other) for other in meets):
        return False
    if room.has_one_bed and any(not are_together(guest, other) for other in meets):
        return False
    return all(
        sum(night in other.nights() for other in meets) < room.beds for night in guest.nights()
    )


def suggest(
    rooms: Sequence[Room], guests: Sequence[Guest], placed: Mapping[UUID, UUID]
) -> dict[UUID, UUID]:
    """A room for each guest who has none yet, as far as there are any: room's id by guest's.

    `placed` are those whose room stands. Whoever needs a room without steps gets one of these or
    none, so that an officer sees them; the others leave them free as long as they can.
    """
    plan = _Plan(rooms, {guest.id: guest for guest in guests}, placed)
    waiting = [guest for guest in guests if guest.id not in placed]
    # By their nights, so that those who come and leave together share.
    waiting.sort(key=lambda guest: (not guest.needs_step_free, guest.check_in, guest.check_out))
    plan.place_together(waiting)
    sharing = [guest for guest in waiting if guest.sharing in {WOMEN, MEN}]
    plan.fill_shared(sharing)
    plan.place_alone(guest for guest in waiting if guest.sharing not in {WOMEN, MEN})
    # Who would share and finds nobody has a room that nobody else needs.
    plan.place_alone(sharing)
    return plan.made


class _Plan:
    def __init__(
        self, rooms: Sequence[Room], guests: Mapping[UUID, Guest], placed: Mapping[UUID, UUID]
    ) -> None:
        self.rooms = rooms
        self.guests = guests
        self.made: dict[UUID, UUID] = {}
        self.inside: dict[UUID, list[Guest]] = {room.id: [] for room in rooms}
        for guest_id, room_id in placed.items():
            if room_id in self.inside and guest_id in guests:
                self.inside[room_id].append(guests[guest_id])

    def place_together(self, waiting: Iterable[Guest]) -> None:
        """Two who named each other: beside the one who has a room already, or in a free one."""
        for guest in waiting:
            other = self.guests.get(guest.together_with) if guest.together_with else None
            if guest.id in self.made or other is None or not are_together(guest, other):
                continue
            pair = [one for one in (guest, other) if not self._has_room(one)]
            step_free = guest.needs_step_free or other.needs_step_free
            for room in self._in_order(step_free=step_free, shared=True):
                if room.beds > 1 and self._all_fit(room, pair) and self._is_theirs(room, other):
                    for one in pair:
                        self._put(one, room)
                    break

    def fill_shared(self, waiting: Sequence[Guest]) -> None:
        """Rooms that strangers can share: those that are begun first, then free ones."""
        for guest in waiting:
            rooms = [
                room
                for room in self._in_order(step_free=guest.needs_step_free, shared=False)
                if room.beds > 1
                and not room.has_one_bed
                and fits(room, guest, self.inside[room.id])
            ]
            rooms.sort(key=lambda room: not self.inside[room.id])
            if rooms:
                self._put(guest, rooms[0])

    def place_alone(self, waiting: Iterable[Guest]) -> None:
        """The smallest free room: also for those whose companion did not name them."""
        for guest in waiting:
            if guest.id in self.made:
                continue
            for room in self._in_order(step_free=guest.needs_step_free, shared=False):
                if fits(room, guest, self.inside[room.id]) and not self._is_begun(room, guest):
                    self._put(guest, room)
                    break

    def _in_order(self, *, step_free: bool, shared: bool) -> list[Room]:
        """Rooms to try: those without steps only where these are needed, and else last.

        For two who belong together a double room before a twin, which strangers can share.
        """
        rooms = [room for room in self.rooms if room.is_step_free or not step_free]
        return sorted(
            rooms,
            key=lambda room: (
                room.is_step_free and not step_free,
                room.beds,
                room.has_one_bed != shared,
            ),
        )

    def _all_fit(self, room: Room, pair: Sequence[Guest]) -> bool:
        inside = self.inside[room.id]
        return all(fits(room, guest, [*inside, *pair[:place]]) for place, guest in enumerate(pair))

    def _is_theirs(self, room: Room, other: Guest) -> bool:
        """Whether a companion who has a room already has this one."""
        return not self._has_room(other) or other in self.inside[room.id]

    def _is_begun(self, room: Room, guest: Guest) -> bool:
        """Whether somebody sleeps there in the guest's nights."""
        nights = set(guest.nights())
        return any(nights & set(other.nights()) for other in self.inside[room.id])

    def _has_room(self, guest: Guest) -> bool:
        return any(guest in inside for inside in self.inside.values())

    def _put(self, guest: Guest, room: Room) -> None:
        self.inside[room.id].append(guest)
        self.made[guest.id] = room.id
