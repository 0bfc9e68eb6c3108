"""Amounts of money: exact, each with its currency, never added across currencies by themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from madang.core import locales

# What budgets of the region are kept in (ISO 4217), the ones most used first.
CURRENCIES = {
    "USD": _("United States dollar"),
    "EUR": _("euro"),
    "KRW": _("Korean won"),
    "JPY": _("Japanese yen"),
    "AUD": _("Australian dollar"),
    "BDT": _("Bangladeshi taka"),
    "BND": _("Brunei dollar"),
    "BTN": _("Bhutanese ngultrum"),
    "CHF": _("Swiss franc"),
    "CNY": _("Chinese yuan"),
    "FJD": _("Fiji dollar"),
    "GBP": _("pound sterling"),
    "IDR": _("Indonesian rupiah"),
    "INR": _("Indian rupee"),
    "IRR": _("Iranian rial"),
    "KHR": _("Cambodian riel"),
    "KZT": _("Kazakhstani tenge"),
    "LAK": _("Lao kip"),
    "LKR": _("Sri Lanka rupee"),
    "MMK": _("Myanmar kyat"),
    "MNT": _("Mongolian tugrik"),
    "MVR": _("Maldivian rufiyaa"),
    "MYR": _("Malaysian ringgit"),
    "NPR": _("Nepalese rupee"),
    "NZD": _("New Zealand dollar"),
    "PGK": _("Papua New Guinean kina"),
    "PHP": _("Philippine peso"),
    "PKR": _("Pakistan rupee"),
    "SGD": _("Singapore dollar"),
    "THB": _("Thai baht"),
    "TOP": _("Tongan paʻanga"),
    "UZS": _("Uzbekistan sum"),
    "VND": _("Vietnamese dong"),
    "VUV": _("Vanuatu vatu"),
    "WST": _("Samoan tala"),
}
# Currencies without a smaller unit; all others here have hundredths.
_WHOLE = frozenset({"KRW", "JPY", "VND", "VUV"})

ZERO = Decimal(0)


def places(currency: str) -> int:
    """How many decimals an amount in this currency has."""
    return 0 if currency in _WHOLE else 2


def rounded(amount: Decimal, currency: str) -> Decimal:
    """To the smallest unit of the currency; a half goes up, as on a receipt."""
    return amount.quantize(Decimal(1).scaleb(-places(currency)), ROUND_HALF_UP)


@dataclass(frozen=True)
class Money:
    """An amount in a currency. As text: “USD 1,250.00”, as the language writes numbers."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        # No line ends between the two.
        return f"{self.currency}\N{NO-BREAK SPACE}{self.figure}"

    @property
    def figure(self) -> str:
        """The number alone, for a column under the currency's name."""
        return locales.number(rounded(self.amount, self.currency), places(self.currency))


def choices() -> list[tuple[str, str]]:
    """Currencies for a form: “USD – United States dollar”."""
    return [(code, f"{code} – {name}") for code, name in CURRENCIES.items()]


def totals(amounts: Iterable[Money]) -> list[Money]:
    """The sum of each currency by itself, in the order of `CURRENCIES`."""
    sums: dict[str, Decimal] = {}
    for money in amounts:
        sums[money.currency] = sums.get(money.currency, ZERO) + money.amount
    order = list(CURRENCIES)
    return [Money(sums[code], code) for code in sorted(sums, key=order.index)]


def converted(amounts: Iterable[Money], rates: Mapping[str, Decimal], into: str) -> Money | None:
    """One total in `into`, by what a unit of each currency is worth there.

    None where the rate of a currency is not known: a total that leaves something out says nothing.
    """
    total = ZERO
    for money in amounts:
        rate = Decimal(1) if money.currency == into else rates.get(money.currency)
        if rate is None:
            return None
        total += money.amount * rate
    return Money(rounded(total, into), into)
