"""Points and money as whole numbers, so that what is proven is proven without rounding.

Values are multiplied by 10 to the number of decimals they have. A mean such as 3.3333333333333335
has more of them than any judgement: those beyond the tenth digit of what the whole cohort can come
to are rounded away, half to even. 825.5 points for 40 seats keep six decimals, 0.75 keep eight.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from madang.methods.selection.problem import Problem

POINTS = 10  # digits of the points of a whole cohort
MONEY = 14  # digits of the cost of a whole cohort, or of the budget


@dataclass(frozen=True)
class Scale:
    """Whole numbers are so many times the values: 10 ** `digits`."""

    digits: int

    def whole(self, value: float) -> int:
        if value == int(value):
            return int(value) * int(10**self.digits)
        return int(self._shifted(value).to_integral_value(ROUND_HALF_EVEN))

    def down(self, value: float) -> int:
        """The largest whole number that is not above the value."""
        return int(self._shifted(value).to_integral_value(ROUND_FLOOR))

    def value(self, whole: int) -> float:
        """Back again: an int where that is exact, otherwise the nearest float."""
        exact = Fraction(whole, 10**self.digits)
        return exact.numerator if exact.denominator == 1 else float(exact)

    def _shifted(self, value: float) -> Decimal:
        return Decimal(repr(value)).scaleb(self.digits)


def points_scale(problem: Problem) -> Scale:
    """The scale of everybody's points."""
    return scale([nominee.merit for nominee in problem.nominees], problem.seats, POINTS)


def money_scale(problem: Problem) -> Scale:
    """The scale of everybody's cost and of the budget."""
    amounts = [nominee.cost for nominee in problem.nominees]
    if problem.budget is not None:
        amounts.append(problem.budget)
    return scale(amounts, problem.seats, MONEY)


def scale(values: Sequence[float], times: int, most: int) -> Scale:
    """The scale that keeps every decimal, if `times` the largest value then has `most` digits."""
    largest = Decimal(repr(max(map(abs, values), default=0)))
    room = most - (largest * max(1, times)).adjusted() - 1 if largest else 0
    needed = max((_decimals(value) for value in values), default=0)
    return Scale(min(needed, max(0, room)))


def _decimals(value: float) -> int:
    if value == int(value):
        return 0
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
