"""The fairest mixture of cohorts where the polytope has corners that are no cohorts.

Column generation (Flanigan, Gölz, Gupta, Hennig and Procaccia, Nature 596, 2021): among the cohorts
known so far, a linear programme makes the least chance as large as it can; its dual weighs the
types, and an integer programme looks for a cohort with more weight than those known. If there is
none the stage is settled, as in `levels`, and the next begins.

What proves a stage is again W·x ≤ limit for all cohorts, with whole W: the weights of the
relaxation where these suffice, else the dual made whole, with the limit proven by `search`.
"""

import time as stopwatch
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, isfinite, lcm

from madang.methods.selection import exact
from madang.methods.selection.levels import Levels, Stage
from madang.methods.selection.polytope import Polytope
from madang.methods.selection.programme import INFINITY, Programme, Status
from madang.methods.selection.walking import Mixture

CLOSE = 1e-9  # what the floats of a linear programme are not relied on for
FINEST = 1000  # denominators that the shares of a dual have if they are those of a small corner
ROUNDED = 2**40  # the unit of weights that could not be made exact
SEARCHING = 0.7  # of the time left goes into new cohorts, the rest into the stages among them
SOLVED_EXACTLY = 250  # rows of the largest system that is solved in fractions

# The most weight of any cohort in whole numbers; None where the time did not suffice to prove it.
Prove = Callable[[Mapping[int, int], float], int | None]


@dataclass
class Outcome:
    """The mixture found; the least chance in any is not above `bound`.

    `mixture` is None where no cohort was found: then there is none, if `proven`.
    """

    mixture: Mixture | None
    bound: Fraction
    proven: bool


def leximin(
    polytope: Polytope,
    relaxed: Levels,
    seeds: Sequence[Sequence[int]],
    prove: Prove,
    deadline: float = INFINITY,
) -> Outcome:
    """The fairest mixture that could be found by `deadline`, beginning with the cohorts `seeds`."""
    return _Generation(polytope, relaxed, prove, deadline).run(seeds)


class _Generation:
    def __init__(self, polytope: Polytope, relaxed: Levels, prove: Prove, deadline: float) -> None:
        self.polytope = polytope
        self.sizes = polytope.sizes
        self.relaxed = relaxed
        self.prove = prove
        self.deadline = deadline
        now = stopwatch.perf_counter()
        self.searching_ends = now + SEARCHING * (deadline - now)
        self.settled: dict[int, Fraction] = {}
        self.stages: list[Stage] = []
        self.proven = True
        self.bound = relaxed.stages[0].value if relaxed.stages else Fraction(1)
        self.cohorts: list[tuple[int, ...]] = []
        self.known: set[tuple[int, ...]] = set()
        # Column 0 is v; the row of each type is what it gets beyond v, the last row the sum.
        self.last = len(self.sizes)
        self.master = Programme(
            [(0.0, 1.0)],
            [({0: -float(size)}, 0.0, INFINITY) for size in self.sizes] + [({}, 1.0, 1.0)],
        )
        self.pricing = Programme(
            [(0.0, float(size)) for size in self.sizes],
            [
                ({t: float(w) for t, w in row.weights.items()}, float(row.low), float(row.high))
                for row in polytope.rows
            ],
        )

    def run(self, seeds: Sequence[Sequence[int]]) -> Outcome:
        for seed in seeds:
            self._add(tuple(seed))
        if not self.cohorts:
            status = self._price([0.0] * len(self.sizes), self.deadline)[0]
            if not self.cohorts:
                return Outcome(None, self.bound, proven=status is Status.INFEASIBLE)
        shares: tuple[float, ...] = ()
        while len(self.settled) < len(self.sizes):
            found = self._stage()
            if found is None:
                self.proven = False
                break
            shares = found
        mixture = self._exactly() if self.proven else None
        if mixture is None:
            self.proven = False
            mixture = self._rounded(shares or self._any())
        return Outcome(mixture, self.bound, self.proven)

    def _any(self) -> tuple[float, ...]:
        return (1.0,) + (0.0,) * (len(self.cohorts) - 1)

    def _add(self, cohort: tuple[int, ...]) -> bool:
        if cohort in self.known or not self.polytope.holds(cohort):
            return False
        self.known.add(cohort)
        self.cohorts.append(cohort)
        entries = {t: float(number) for t, number in enumerate(cohort) if number}
        self.master.add_column(0.0, entries | {self.last: 1.0})
        return True

    def _stage(self) -> tuple[float, ...] | None:
        """Settle the next types; the shares of the cohorts at the end, None if the time is up."""
        while True:
            outcome = self.master.maximise(
                [1.0] + [0.0] * len(self.cohorts), deadline=self.deadline
            )
            if outcome.status is not Status.OPTIMAL:
                return None
            value, shares = outcome.values[0], outcome.values[1:]
            known = self._by_relaxation(value) or self._certain(value)
            if known is not None:
                self._settle(known)
                return shares
            duals = self.master.duals()
            weights = [max(0.0, -dual) for dual in duals[: self.last]]
            if stopwatch.perf_counter() >= self.searching_ends:
                break
            status, most = self._price(weights, self.searching_ends)
            if not self.settled and isfinite(most):
                self.bound = min(self.bound, Fraction(value + max(0.0, most - duals[-1]) + CLOSE))
            if status is not Status.OPTIMAL:
                break
            if most <= duals[-1] + CLOSE:
                stage = self._by_pricing(value, weights)
                if stage is not None:
                    self._settle(stage)
                    return shares
                break
            if self.added == 0:
                break
        self._settle_unproven(value, weights)
        return shares

    def _price(self, weights: Sequence[float], deadline: float) -> tuple[Status, float]:
        """Look for the cohort with the most weight and add it; the weight that none exceeds."""
        largest = max(weights, default=0.0) or 1.0
        outcome = self.pricing.maximise(
            [weight / largest for weight in weights], integral=True, deadline=deadline
        )
        self.added = 0
        if outcome.values:
            self.added += self._add(tuple(round(value) for value in outcome.values))
        return outcome.status, outcome.bound * largest

    def _by_relaxation(self, value: float) -> Stage | None:
        """The stage of the relaxation, where all went as there so far and goes on so."""
        number = len(self.stages)
        if not self.proven or number >= len(self.relaxed.stages):
            return None
        if self.stages != list(self.relaxed.stages[:number]):
            return None
        stage = self.relaxed.stages[number]
        return stage if value >= stage.value - CLOSE else None

    def _certain(self, value: float) -> Stage | None:
        """The last stage, where everybody left can be certain: a type's own size limits it."""
        if not self.proven or value < 1 - CLOSE:
            return None
        left = {t: 1 for t in range(self.last) if t not in self.settled}
        return Stage(Fraction(1), left, sum(self.sizes[t] for t in left))

    def _by_pricing(self, value: float, weights: Sequence[float]) -> Stage | None:
        """The dual in whole numbers, if they prove the value."""
        if not self.proven:
            return None
        largest = max(weights)
        shares = {
            t: Fraction(weight / largest).limit_denominator(FINEST)
            for t, weight in enumerate(weights)
            if weight > CLOSE * largest
        }
        unit = lcm(*(share.denominator for share in shares.values()))
        whole = {t: int(share * unit) for t, share in shares.items() if share}
        common = gcd(*whole.values())
        whole = {t: weight // common for t, weight in whole.items()}
        price = sum(weight * self.sizes[t] for t, weight in whole.items() if t not in self.settled)
        if price == 0 or max(whole.values()) > FINEST**2:
            return None
        limit = self.prove(whole, self.searching_ends)
        if limit is None:
            return None
        known = sum(
            (w * self.settled[t] * self.sizes[t] for t, w in whole.items() if t in self.settled),
            Fraction(0),
        )
        exactly = (limit - known) / price
        if abs(float(exactly) - value) > 10 * CLOSE:
            return None
        return Stage(exactly, whole, limit)

    def _settle(self, stage: Stage) -> None:
        if not self.stages:
            self.bound = stage.value
        self.stages.append(stage)
        for t in stage.weights:
            if t not in self.settled:
                self._fix(t, stage.value)

    def _settle_unproven(self, value: float, weights: Sequence[float]) -> None:
        self.proven = False
        nearly = Fraction(value).limit_denominator(ROUNDED)
        largest = max(w for t, w in enumerate(weights) if t not in self.settled)
        for t, weight in enumerate(weights):
            if t not in self.settled and weight >= CLOSE * largest:
                self._fix(t, nearly)

    def _fix(self, t: int, value: Fraction) -> None:
        self.settled[t] = value
        self.master.change_entry(t, 0, 0.0)
        low = float(value * self.sizes[t])
        self.master.bound_row(t, low - CLOSE * (1 - self.proven), INFINITY)

    def _exactly(self) -> Mixture | None:
        """The shares in fractions, from the basis of the last programme."""
        if self.master.maximise(deadline=self.deadline).status is not Status.OPTIMAL:
            return None
        basis = self.master.basis()
        if len(basis.inside) != len(basis.tight) or len(basis.tight) > SOLVED_EXACTLY:
            return None
        targets = [self.settled[t] * size for t, size in enumerate(self.sizes)] + [Fraction(1)]
        system = [
            {
                number: 1 if row == self.last else self.cohorts[column - 1][row]
                for number, column in enumerate(basis.inside)
                if row == self.last or self.cohorts[column - 1][row]
            }
            for row in basis.tight
        ]
        shares = exact.solve(system, [targets[row] for row in basis.tight])
        if shares is None or any(share < 0 for share in shares):
            return None
        mixed = {column - 1: s for column, s in zip(basis.inside, shares, strict=True) if s}
        for t in range(self.last):
            if sum(share * self.cohorts[c][t] for c, share in mixed.items()) != targets[t]:
                return None
        if sum(mixed.values()) != 1:
            return None
        unit = lcm(*(share.denominator for share in mixed.values()))
        return Mixture(unit, tuple((int(s * unit), self.cohorts[c]) for c, s in mixed.items()))

    def _rounded(self, shares: Sequence[float]) -> Mixture:
        """The shares as multiples of a small unit that sum to 1."""
        whole = [max(0, round(share * ROUNDED)) for share in shares]
        largest = max(range(len(whole)), key=whole.__getitem__)
        whole[largest] += ROUNDED - sum(whole)
        return Mixture(
            ROUNDED, tuple((w, c) for w, c in zip(whole, self.cohorts, strict=False) if w)
        )
