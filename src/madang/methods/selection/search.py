"""The best cohort, proven in whole numbers: branch and bound with linear relaxations.

Most nominees are far from the decision. What a nominee's reduced points tell exactly, that no
cohort with (or without) them reaches a target, takes them out of the search; the target starts near
the bound of the relaxation and falls until a cohort is found or nobody is left to be taken out.
"""

import time as stopwatch
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from madang.methods.selection.bounding import Bounds, Ends, Floats, Relaxed
from madang.methods.selection.instance import Instance, Whole

FRACTION = 1e-6  # a share of a seat this far from 0 and 1 is worth branching on
SPLIT = 6  # shares that are tried both ways when a relaxation is rounded
PROVING = 0.6  # of the time, before any cohort at all is sought
FIRST, GROWTH = 5, 2  # nominees in the search at first, beyond one for each rule; and then


@dataclass(frozen=True)
class Found:
    """The best cohort (nominees, ascending), its points, and what none exceeds.

    `chosen` is None where none was found: there is none if `proven`.
    """

    chosen: tuple[int, ...] | None
    value: int
    bound: int | None
    proven: bool


@dataclass(frozen=True)
class _Box:
    """The cohorts between `lower` and `upper` (0 or 1 for each column), worth at most `ceiling`."""

    lower: Whole
    upper: Whole
    ceiling: int


class Search:
    """Cohorts among the nominees `columns`; rows are the seats, the limits and the budget."""

    def __init__(self, known: Instance, columns: Whole, ends: Ends | None = None) -> None:
        self.known = known
        self.columns = columns
        self.points = known.points[columns]
        self.bounds = Bounds(known, columns, ends)

    def best(
        self,
        deadline: float,
        *,
        inside: Collection[int] | None = None,
        outside: Collection[int] | None = None,
        rows: Mapping[int, tuple[int, int]] | None = None,
        known: tuple[int, ...] | None = None,
    ) -> Found:
        """The best cohort with the nominees `inside` and without those `outside`.

        These are whom the problem includes and excludes unless said otherwise. `rows` sets other
        ends for some rows: 0 is the seats, then the limits, then the budget. `known` is a cohort
        that keeps all this: what is sought then is a better one.
        """
        inside = self.known.included if inside is None else inside
        outside = self.known.excluded if outside is None else outside
        lower = np.isin(self.columns, list(inside)).astype(np.int64)
        upper = 1 - np.isin(self.columns, list(outside)).astype(np.int64)
        before = self.bounds.low, self.bounds.high
        self.bounds.move(rows or {})
        try:
            return self._best(lower, upper, deadline, known)
        finally:
            self.bounds.move(dict(enumerate(zip(*before, strict=True))))

    def _best(
        self, lower: Whole, upper: Whole, deadline: float, known: tuple[int, ...] | None
    ) -> Found:
        ends = self.bounds.low, self.bounds.high
        if (lower > upper).any() or any(a > b for a, b in zip(*ends, strict=True)):
            return Found(None, 0, None, proven=True)
        root = self.bounds.relax(lower, upper)
        if root is None:
            if self.bounds.empty(lower, upper):
                return Found(None, 0, None, proven=True)
            return self._open(_Box(lower, upper, int(np.abs(self.points).sum())), deadline)
        ceiling = root.bound
        now = stopwatch.perf_counter()
        switch = now + PROVING * (deadline - now)
        core = len(self.bounds.low) + FIRST
        while True:
            box, target = self._core(root, _Box(lower, upper, ceiling), core)
            if known is not None and target <= self._worth(known):
                return self._better(root, _Box(lower, upper, ceiling), known, deadline)
            found = self._inside(box, target, switch)
            whole = bool((box.lower == lower).all() and (box.upper == upper).all())
            if found.chosen is not None or (whole and found.proven):
                return found
            if not found.proven:
                return self._open(_Box(lower, upper, ceiling), deadline)
            ceiling = target - 1
            core *= GROWTH

    def _better(self, root: Relaxed, box: _Box, known: tuple[int, ...], deadline: float) -> Found:
        """A cohort of the box worth more than one that is known, or this one."""
        value = self._worth(known)
        inner = _Box(*root.decided(box.lower, box.upper, value + 1), box.ceiling)
        found = self._inside(inner, value + 1, deadline)
        if found.chosen is not None:
            return found
        bound = value if found.bound is None else max(value, found.bound)
        return Found(known, value, bound, found.proven)

    def _worth(self, nominees: tuple[int, ...]) -> int:
        return int(self.known.points[list(nominees)].sum())

    def _inside(self, box: _Box, target: int, deadline: float) -> Found:
        """The best cohort of the box, sought among the open columns alone."""
        sure, free = np.flatnonzero(box.lower), np.flatnonzero(box.lower < box.upper)
        taken = self.bounds.counts[:, sure].sum(axis=1).tolist()
        worth = int(self.points[sure].sum())
        ends = (
            [low - part for low, part in zip(self.bounds.low, taken, strict=True)],
            [high - part for high, part in zip(self.bounds.high, taken, strict=True)],
        )
        inner = Search(self.known, self.columns[free], ends)
        every = _Box(np.zeros_like(free), np.ones_like(free), box.ceiling - worth)
        found = inner._explore(every, target - worth, deadline)
        chosen = found.chosen
        if chosen is not None:
            chosen = tuple(sorted([*chosen, *self.columns[sure].tolist()]))
        bound = None if found.bound is None else found.bound + worth
        return Found(chosen, found.value + worth, bound, found.proven)

    def _open(self, box: _Box, deadline: float) -> Found:
        """Any cohort of the box, and better ones while there is time."""
        return self._inside(box, self._worst(), deadline)

    def _worst(self) -> int:
        """Points that every cohort has."""
        return -int(np.abs(self.points).sum())

    def _core(self, root: Relaxed, box: _Box, size: int) -> tuple[_Box, int]:
        """The box without what can't reach the target, which leaves about `size` columns open."""
        free = np.flatnonzero(box.lower < box.upper)
        if size >= len(free):
            return box, self._worst()
        target = min(root.target(free, size), box.ceiling)
        return _Box(*root.decided(box.lower, box.upper, target), box.ceiling), target

    def _explore(self, first: _Box, target: int, deadline: float) -> Found:
        """The best cohort of the box worth at least `target`."""
        best: tuple[int, ...] | None = None
        value = 0
        missed = target - 1  # cohorts worth less were never looked for
        stack = [first]
        while stack:
            if stopwatch.perf_counter() > deadline:
                bound = max(missed, *(box.ceiling for box in stack))
                if best is not None:
                    bound = max(bound, value)
                return Found(best, value, bound, proven=False)
            box = stack.pop()
            if box.ceiling < target:
                continue
            chosen, boxes = self._split(box, target)
            if chosen is not None:
                worth = int(self.points[chosen].sum())
                if worth >= target:
                    best, value = tuple(int(n) for n in self.columns[chosen]), worth
                    target = worth + 1
            stack += boxes
        end = value if best is not None else None
        return Found(best, value, end, proven=True)

    def _split(self, box: _Box, target: int) -> tuple[Whole | None, list[_Box]]:
        """A cohort of the box, if one shows, and the boxes in which better ones may be."""
        lower, upper = box.lower, box.upper
        relaxed = self.bounds.relax(lower, upper)
        ceiling = box.ceiling
        shares = lower.astype(float)
        if relaxed is None:
            if self.bounds.empty(lower, upper):
                return None, []
        else:
            ceiling = min(ceiling, relaxed.bound)
            if ceiling < target:
                return None, []
            lower, upper = relaxed.decided(lower, upper, target)
            shares = relaxed.shares
        chosen = self._rounded(shares, target)
        if chosen is not None and int(self.points[chosen].sum()) >= ceiling:
            return chosen, []
        free = np.flatnonzero(lower < upper)
        if not len(free):
            last = np.flatnonzero(lower)
            return (last if self.bounds.allow(last) else chosen), []
        column = self._branching(shares, free)
        without, including = upper.copy(), lower.copy()
        without[column], including[column] = 0, 1
        children = [_Box(lower, without, ceiling), _Box(including, upper, ceiling)]
        return chosen, children if shares[column] >= 0.5 else children[::-1]

    def _rounded(self, shares: Floats, target: int) -> Whole | None:
        """The best cohort worth `target` that has the whole shares and some of the split ones."""
        whole = np.flatnonzero(shares > 1 - FRACTION)
        split = np.flatnonzero(np.abs(shares - np.rint(shares)) > FRACTION)
        if len(split) > SPLIT:
            return None
        missing = target - int(self.points[whole].sum())
        # What is left of the seats says how many of them are needed.
        size = self.bounds.low[0] - len(whole)
        best = None
        for some in combinations(split.tolist(), size) if size >= 0 else ():
            worth = int(self.points[list(some)].sum())
            if worth >= missing:
                chosen = np.array([*whole.tolist(), *some], dtype=np.int64)
                if self.bounds.allow(chosen):
                    best, missing = chosen, worth + 1
        return best

    def _branching(self, shares: Floats, free: Whole) -> int:
        """The open column to decide next: of those with part of a seat, what weighs most.

        That is the cost where there is a budget: the relaxation splits a seat to spend all of it.
        """
        parts = np.abs(shares[free] - np.rint(shares[free])) > FRACTION
        open_ = free[parts] if parts.any() else free
        weight = self.points if self.known.budget is None else self.bounds.costs
        return int(open_[np.argmax(weight[open_])])
