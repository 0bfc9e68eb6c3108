"""From numbers of each type to people: everybody of a type gets exactly the same chance.

The cohorts of a mixture lie side by side on a line, each as long as its weight, and take so many
people of a type at each point. One after the other, the people of the type get as much of the line
as each is due, first where most are still needed. That never leads into a dead end: where as many
are needed as people are left, everybody left is taken (Gale and Ryser). Each person ends inside at
most one piece of the line, so that the panels are no more than the cohorts and the people.
"""

from collections import defaultdict
from heapq import heapify, heappop, heappush
from itertools import pairwise
from math import gcd, lcm

from madang.methods.selection.polytope import Polytope
from madang.methods.selection.walking import Mixture

Panels = tuple[tuple[int, tuple[int, ...]], ...]


def rotate(polytope: Polytope, mixture: Mixture) -> tuple[int, Panels]:
    """The unit of the weights, and panels: their weight and the indices of their members."""
    totals = [
        sum(weight * cohort[t] for weight, cohort in mixture.parts)
        for t in range(len(polytope.members))
    ]
    finer = lcm(*(n // gcd(n, total) for n, total in zip(polytope.sizes, totals, strict=True)))
    parts = [(weight * finer, cohort) for weight, cohort in mixture.parts]
    stays: list[list[tuple[int, int, int]]] = [[] for _ in parts]
    for t, people in enumerate(polytope.members):
        needs = [(cohort[t], number, 0, weight) for number, (weight, cohort) in enumerate(parts)]
        _share(needs, people, totals[t] * finer // len(people), stays)
    panels: dict[tuple[int, ...], int] = defaultdict(int)
    for (weight, _), part in zip(parts, stays, strict=True):
        for start, end, members in _pieces(part, weight):
            panels[tuple(sorted((*members, *polytope.included)))] += end - start
    return mixture.unit * finer, tuple((weight, members) for members, weight in panels.items())


def _share(
    needs: list[tuple[int, int, int, int]],
    people: tuple[int, ...],
    due: int,
    stays: list[list[tuple[int, int, int]]],
) -> None:
    """Give each of some people `due` of the line; `needs` are pieces (how many, part, from, to)."""
    heap = [(-count, part, start, end) for count, part, start, end in needs if count]
    heapify(heap)
    for person in people:
        left = due
        used = []
        while left:
            count, part, start, end = heappop(heap)
            stop = min(end, start + left)
            stays[part].append((start, stop, person))
            left -= stop - start
            if count < -1:
                used.append((count + 1, part, start, stop))
            if stop < end:
                used.append((count, part, stop, end))
        for piece in used:
            heappush(heap, piece)


def _pieces(
    stays: list[tuple[int, int, int]], weight: int
) -> list[tuple[int, int, tuple[int, ...]]]:
    """A part of the line cut where somebody comes or goes: from, to and who is there."""
    cuts = sorted({0, weight}.union(*((start, end) for start, end, _ in stays)))
    coming: dict[int, list[int]] = defaultdict(list)
    going: dict[int, list[int]] = defaultdict(list)
    for start, end, person in stays:
        coming[start].append(person)
        going[end].append(person)
    present: set[int] = set()
    pieces = []
    for start, end in pairwise(cuts):
        present.difference_update(going[start])
        present.update(coming[start])
        pieces.append((start, end, tuple(present)))
    return pieces
