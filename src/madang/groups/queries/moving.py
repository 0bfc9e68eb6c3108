"""What it would do to put one person into another group: shown before anything is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from madang.groups.models import Member
from madang.groups.queries.weeks import RoundRow, Week
from madang.methods.rotation.problem import sharing
from madang.workshops.models import Participation


@dataclass(frozen=True)
class Option:
    """A group to go to, alone or in exchange, and what the plan comes to then.

    `repeats` is by how many there are more (or fewer) than now, `alike` the same of meetings of
    those who should be apart.
    """

    number: int
    exchanged: Participation | None
    size: int
    repeats: int
    alike: int

    @property
    def key(self) -> str:
        return f"{self.number}:{self.exchanged.pk}" if self.exchanged else str(self.number)

    @property
    def cost(self) -> tuple[int, int]:
        return self.alike, self.repeats


def options(week: Week, row: RoundRow, member: Member) -> list[Option]:
    """For each other group: going there alone, and the exchange that costs least (no queries)."""
    weighing = _Weighing(week, row)
    here = member.participation_id
    found = []
    for each in row.groups:
        if each.group.pk == member.group_id:
            continue
        number = each.group.number
        found.append(weighing.option({here: number}, number, None))
        exchanges = [
            weighing.option(
                {here: number, other.participation_id: row.places[here]},
                number,
                other.participation,
            )
            for other in each.members
        ]
        found += sorted(exchanges, key=lambda option: option.cost)[:1]
    return found


class _Weighing:
    """One round beside all others, which stay: who has met in these, and who is alike."""

    def __init__(self, week: Week, row: RoundRow) -> None:
        self.row = row
        self.alike = {frozenset(pair) for pair in sharing(week.problem(pins=False))}
        self.met = {frozenset(pair) for pair in week.met_at_dinner}
        for other in week.rounds:
            if other is not row:
                self.met.update(
                    frozenset(pair) for group in other.as_lists() for pair in combinations(group, 2)
                )
        self.now = self.worth(row.places)

    def worth(self, places: Mapping[UUID, int]) -> tuple[int, int]:
        """Pairs of the round who meet in others too, and pairs who should be apart."""
        groups: dict[int, list[str]] = {}
        for key, number in places.items():
            groups.setdefault(number, []).append(str(key))
        pairs = [frozenset(pair) for group in groups.values() for pair in combinations(group, 2)]
        return sum(pair in self.met for pair in pairs), sum(pair in self.alike for pair in pairs)

    def option(
        self, wanted: Mapping[UUID, int], number: int, exchanged: Participation | None
    ) -> Option:
        places = {**self.row.places, **wanted}
        repeats, alike = self.worth(places)
        size = sum(group == number for group in places.values())
        return Option(number, exchanged, size, repeats - self.now[0], alike - self.now[1])
