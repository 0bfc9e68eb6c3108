"""Rounds from the affine plane AG(2, q), for as many groups as a finite field has elements.

People go on the points (x, y) of the plane. The lines y = slope * x + b of one slope are a round,
b being the group. Two points lie on one line only, so nobody meets twice in the q rounds of the q
slopes; and two people with the same x, those of one country, do not meet at all. The columns are
filled one after the other, so that only one has gaps and the lines' sizes differ by at most one.
(R. C. Bose, Sankhya 3, 1938; for schedules of meetings see C. J. Colbourn and J. H. Dinitz,
Handbook of Combinatorial Designs, 2007, II.7.)
"""

import random

from madang.methods.rotation.board import Board, Plan, dealt, evened
from madang.methods.rotation.fields import Field

Point = tuple[int, int]
PACKINGS = 200  # attempts at columns without a split country


def planned(board: Board, plane: Field, chance: random.Random) -> tuple[Plan, int] | None:
    """A plan of the rounds to come, and how many of them come first and from the plane.

    None if there are too many people for the points. People who share a country, or the like, are
    in one column unless they are too many; which of the columns is left to chance. If rounds were
    held, everybody goes on the free point that agrees with most of the groups they were in: where
    these came from a plane, it is continued, and repaired for those who have left or come.
    """
    here = sorted({person for people in board.there for person in people})
    if len(here) > plane.order**2:
        return None
    columns = _columns(board, here, plane.order, chance)
    points = _points(board, plane, columns, chance)
    held = len(board.held)
    slopes = range(min(held, plane.order), min(held + board.rounds, plane.order))
    rounds = [_lines(plane, points, slope) for slope in slopes]
    if held + board.rounds > plane.order and held <= plane.order and not board.alike.any():
        rounds.append(_verticals(plane, points))
    plan = [evened(board, t, groups, chance) for t, groups in enumerate(rounds)]
    plan += [dealt(board, t, chance) for t in range(len(plan), board.rounds)]
    return plan, len(rounds)


def _columns(board: Board, here: list[int], q: int, chance: random.Random) -> dict[int, Point]:
    """A point for everybody, with those alike in one column where they fit into the columns."""
    full, rest = divmod(len(here), q)
    room = [q] * full + [rest] * (rest > 0)
    countries = _countries(board, here)
    columns = next(filter(None, (_packed(countries, room, chance) for _ in range(PACKINGS))), None)
    columns = columns or _filled(countries, room)
    for column in columns:
        chance.shuffle(column)
    return {p: (x, y) for x, column in enumerate(columns) for y, p in enumerate(column)}


def _packed(
    countries: list[list[int]], room: list[int], chance: random.Random
) -> list[list[int]] | None:
    """The countries in columns by chance, the largest first; None when one does not fit."""
    columns: list[list[int]] = [[] for _ in room]
    chance.shuffle(countries)
    for country in sorted(countries, key=len, reverse=True):
        fitting = [x for x, column in enumerate(columns) if room[x] - len(column) >= len(country)]
        if not fitting:
            return None
        columns[chance.choice(fitting)] += country
    return columns


def _filled(countries: list[list[int]], room: list[int]) -> list[list[int]]:
    """The columns filled up with one country after the other, some of which are split."""
    people = [person for country in sorted(countries, key=len, reverse=True) for person in country]
    columns = []
    for size in room:
        columns.append(people[:size])
        people = people[size:]
    return columns


def _countries(board: Board, here: list[int]) -> list[list[int]]:
    """The people in sets that are joined by being alike, each set in the people's order."""
    left = set(here)
    sets = []
    for person in here:
        if person in left:
            found, reached = {person}, [person]
            while reached:
                near = set(board.alike[reached.pop()].nonzero()[0].tolist()) & left - found
                found |= near
                reached += sorted(near)
            left -= found
            sets.append(sorted(found))
    return sets


def _points(
    board: Board, plane: Field, columns: dict[int, Point], chance: random.Random
) -> dict[int, Point]:
    """The points that agree best with the rounds held; where none were, those of the columns."""
    if not board.held:
        return columns
    q = plane.order
    groups = [
        [[plane.subtract(y, plane.multiply(slope, x)) for y in range(q)] for x in range(q)]
        for slope in range(min(q, len(board.held)))
    ]

    def strangeness(person: int, point: Point) -> tuple[int, bool, Point]:
        x, y = point
        agreeing = sum(
            by_point[x][y] == held.get(person)
            for by_point, held in zip(groups, board.held, strict=False)
        )
        return -agreeing, x != columns[person][0], point

    every = [(x, y) for x in range(q) for y in range(q)]
    nearest = {person: sorted(strangeness(person, point) for point in every) for person in columns}
    free = set(every)
    points: dict[int, Point] = {}
    for person in sorted(columns, key=lambda person: (nearest[person][0], person)):
        points[person] = next(point for _, _, point in nearest[person] if point in free)
        free.remove(points[person])
    return _closed_up(points, q, chance)


def _closed_up(points: dict[int, Point], q: int, chance: random.Random) -> dict[int, Point]:
    """The points with the gaps filled that people have left in all columns but one."""
    columns: list[list[int]] = [[] for _ in range(q)]
    for person, (x, _) in points.items():
        columns[x].append(person)
    full, rest = divmod(len(points), q)
    order = sorted(range(q), key=lambda x: -len(columns[x]))
    room = dict.fromkeys(order[:full], q) | dict.fromkeys(order[full : full + 1], rest)
    moving = []
    for x, column in enumerate(columns):
        moving += chance.sample(column, max(0, len(column) - room.get(x, 0)))
    kept = {person: point for person, point in points.items() if person not in moving}
    for x, size in room.items():
        taken = {y for column, y in kept.values() if column == x}
        gaps = [(x, y) for y in range(q) if y not in taken]
        for point in gaps[: size - len(taken)]:
            kept[moving.pop()] = point
    return kept


def _lines(plane: Field, points: dict[int, Point], slope: int) -> list[list[int]]:
    groups: list[list[int]] = [[] for _ in range(plane.order)]
    for person, (x, y) in points.items():
        groups[plane.subtract(y, plane.multiply(slope, x))].append(person)
    return groups


def _verticals(plane: Field, points: dict[int, Point]) -> list[list[int]]:
    groups: list[list[int]] = [[] for _ in range(plane.order)]
    for person, (x, _) in points.items():
        groups[x].append(person)
    return groups
