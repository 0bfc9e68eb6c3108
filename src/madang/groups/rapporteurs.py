"""Who writes for which group: in turn, so that nobody does it twice before all have done it once.

Pure: no database. Groups are filled one after the other; where everybody of a group has had a turn,
a chain of exchanges with earlier groups that are still open finds somebody who has not. Only where
no chain does is a second turn given. (H. W. Kuhn's augmenting paths, Naval Res. Logist. 2, 1955.)
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


def in_turn(
    groups: Sequence[Sequence[Key]], had: Mapping[Key, int], country: Mapping[Key, Hashable]
) -> list[Key | None]:
    """A rapporteur for each group, in the order in which the groups meet; None for an empty one.

    `had` says how many turns each has had before. Among those with as few, the one comes first
    whose country has had fewest turns.
    """
    turns = _Turns(groups, had, country)
    for place in range(len(groups)):
        turns.give(place)
    return turns.chosen


class _Turns(Generic[Key]):
    """Who was chosen so far, and how many turns each person and each country has."""

    def __init__(
        self,
        groups: Sequence[Sequence[Key]],
        had: Mapping[Key, int],
        country: Mapping[Key, Hashable],
    ) -> None:
        self.groups = groups
        self.country = country
        self.chosen: list[Key | None] = [None] * len(groups)
        self.turns: Counter[Key] = Counter(
            {key: had.get(key, 0) for each in groups for key in each}
        )
        self.of_country: Counter[Hashable] = Counter()
        for key, count in had.items():
            self.of_country[country.get(key)] += count

    def give(self, place: int) -> None:
        """Choose somebody for a group, with as few turns as any exchange allows."""
        if not self.groups[place]:
            return
        least = 1 + min(self.turns.values())
        most = 1 + min(self.turns[key] for key in self.groups[place])
        any(self._fill(place, allowed, set()) for allowed in range(least, most + 1))

    def _fill(self, place: int, most: int, tried: set[Key]) -> bool:
        """Find somebody who has no more than `most` turns then, perhaps by a chain of exchanges."""
        for key in self._in_order(self.groups[place]):
            if key in tried:
                continue
            tried.add(key)
            earlier = [at for at, holder in enumerate(self.chosen) if holder == key]
            if self.turns[key] < most or any(self._fill(at, most, tried) for at in earlier):
                self._take(place, key)
                return True
        return False

    def _in_order(self, group: Sequence[Key]) -> list[Key]:
        return sorted(
            group, key=lambda key: (self.turns[key], self.of_country[self.country.get(key)])
        )

    def _take(self, place: int, key: Key) -> None:
        before = self.chosen[place]
        for who, by in ((before, -1), (key, 1)):
            if who is not None:
                self.turns[who] += by
                self.of_country[self.country.get(who)] += by
        self.chosen[place] = key
