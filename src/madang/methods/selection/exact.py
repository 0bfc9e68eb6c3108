"""Linear equations in exact fractions: a solver's basis gives anew what it found in floats.

The systems are those of linear programmes over quotas: some dozens of rows, few entries in each,
most of them one, so that elimination in the order of the shortest rows stays nearly triangular.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

Row = Mapping[int, Fraction | int]


def solve(rows: Sequence[Row], right: Sequence[Fraction | int]) -> list[Fraction] | None:
    """The x with rows[i]·x = right[i] for every i; None where there is none or more than one.

    Each row maps the number of a column (0, 1, …, as many as there are rows) to its entry.
    """
    work = [
        (
            {column: Fraction(entry) for column, entry in row.items() if entry},
            Fraction(value),
        )
        for row, value in zip(rows, right, strict=True)
    ]
    holders: list[set[int]] = [set() for _ in rows]
    for number, (row, _) in enumerate(work):
        for column in row:
            holders[column].add(number)
    waiting = set(range(len(work)))
    order: list[tuple[int, int]] = []
    while waiting:
        number = min(waiting, key=lambda candidate: (len(work[candidate][0]), candidate))
        row, value = work[number]
        if not row:
            return None
        waiting.discard(number)
        for column in row:
            holders[column].discard(number)
        pivot = min(row, key=lambda candidate: (len(holders[candidate]), candidate))
        order.append((number, pivot))
        for other in list(holders[pivot]):
            work[other] = _reduced(work[other], (row, value), pivot, other, holders)
    solution = [Fraction(0)] * len(work)
    for number, pivot in reversed(order):
        row, value = work[number]
        known = sum(
            (entry * solution[column] for column, entry in row.items() if column != pivot),
            Fraction(0),
        )
        solution[pivot] = (value - known) / row[pivot]
    return solution


def _reduced(
    target: tuple[dict[int, Fraction], Fraction],
    source: tuple[dict[int, Fraction], Fraction],
    pivot: int,
    number: int,
    holders: list[set[int]],
) -> tuple[dict[int, Fraction], Fraction]:
    """The equation `target` minus the multiple of `source` that removes the column `pivot`."""
    row, value = target
    factor = row[pivot] / source[0][pivot]
    for column, entry in source[0].items():
        left = row.get(column, Fraction(0)) - factor * entry
        if left:
            row[column] = left
            holders[column].add(number)
        elif column in row:
            del row[column]
            holders[column].discard(number)
    return row, value - factor * source[1]


def transposed(rows: Sequence[Row]) -> list[dict[int, Fraction | int]]:
    """The square matrix with rows and columns exchanged."""
    columns: list[dict[int, Fraction | int]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        for column, entry in row.items():
            columns[column][number] = entry
    return columns
