"""Filling buses: delegations stay together where they can. Pure: no database."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

B = TypeVar("B", bound=Hashable)
P = TypeVar("P", bound=Hashable)


def fill(
    waiting: Mapping[str, Sequence[P]], free: Mapping[B, int], seated: Mapping[B, Mapping[str, int]]
) -> dict[P, B]:
    """Buses by person: `waiting` are people by delegation, `free` the seats left in each bus.

    `seated` counts who sits there already, by delegation: those who wait follow their own. Larger
    delegations come first, and go where they fit together with least room to spare; one that fits
    nowhere as a whole starts in the emptiest. Whoever finds no seat is left out.
    """
    left = Counter(dict(free))
    found: dict[P, B] = {}
    order = list(free)
    groups = sorted(waiting.items(), key=lambda group: (-len(group[1]), group[0]))
    for delegation, people in groups:
        rest = list(people)
        while rest and left.total():
            # A bus with compatriots, then the tightest in which all fit, then the emptiest.
            bus = min(
                (bus for bus in order if left[bus]),
                key=lambda bus: (
                    -seated.get(bus, {}).get(delegation, 0) if delegation else 0,
                    left[bus] < len(rest),
                    left[bus] if left[bus] >= len(rest) else -left[bus],
                    order.index(bus),
                ),
            )
            taken, rest = rest[: left[bus]], rest[left[bus] :]
            found |= dict.fromkeys(taken, bus)
            left[bus] -= len(taken)
    return found
