"""Finite fields GF(p^k), with elements numbered from 0 to p^k - 1.

The base-p digits of an element's number, lowest first, are the coefficients of a polynomial modulo
an irreducible one of degree k. 0 and 1 are the field's zero and one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

Polynomial = tuple[int, ...]  # coefficients, lowest degree first


@dataclass(frozen=True)
class Field:
    """The field of `prime` ** `degree` elements; `modulus` is monic, of that degree."""

    prime: int
    degree: int
    modulus: Polynomial

    @property
    def order(self) -> int:
        """The number of elements."""
        return int(self.prime**self.degree)

    def subtract(self, one: int, other: int) -> int:
        """The difference of two elements."""
        pairs = zip(self._digits(one), self._digits(other), strict=True)
        return self._number([a - b for a, b in pairs])

    def multiply(self, one: int, other: int) -> int:
        """The product of two elements."""
        result = [0] * (2 * self.degree - 1)
        for i, a in enumerate(self._digits(one)):
            for j, b in enumerate(self._digits(other)):
                result[i + j] += a * b
        return self._number(_remainder(tuple(result), self.modulus, self.prime))

    def divide(self, one: int, other: int) -> int:
        """The quotient of two elements; `other` is not 0."""
        power = 1  # other ** (order - 2) is its inverse
        for _ in range(self.order - 2):
            power = self.multiply(power, other)
        return self.multiply(one, power)

    def _digits(self, element: int) -> list[int]:
        digits = []
        for _ in range(self.degree):
            element, digit = divmod(element, self.prime)
            digits.append(digit)
        return digits

    def _number(self, digits: list[int]) -> int:
        number = 0
        for digit in reversed(digits):
            number = number * self.prime + digit % self.prime
        return number


def field(order: int) -> Field | None:
    """The field of so many elements; None where there is none, the order being no prime power."""
    if order < 2:
        return None
    prime = next(p for p in range(2, order + 1) if order % p == 0)
    degree = 0
    while order % prime == 0:
        order, degree = order // prime, degree + 1
    if order > 1:
        return None
    irreducible = next(poly for poly in _monic(prime, degree) if _irreducible(poly, prime))
    return Field(prime, degree, irreducible)


def _monic(prime: int, degree: int) -> Iterator[Polynomial]:
    for low in product(range(prime), repeat=degree):
        yield (*low, 1)


def _irreducible(poly: Polynomial, prime: int) -> bool:
    degree = len(poly) - 1
    return all(
        any(_remainder(poly, divisor, prime))
        for smaller in range(1, degree // 2 + 1)
        for divisor in _monic(prime, smaller)
    )


def _remainder(poly: Polynomial, divisor: Polynomial, prime: int) -> list[int]:
    """The rest of a division by a monic polynomial, of as many digits as the divisor's degree."""
    rest = list(poly)
    degree = len(divisor) - 1
    for top in range(len(rest) - 1, degree - 1, -1):
        factor = rest[top] % prime
        for offset, coefficient in enumerate(divisor):
            rest[top - degree + offset] -= factor * coefficient
    return [digit % prime for digit in rest[:degree]] + [0] * (degree - len(rest))
