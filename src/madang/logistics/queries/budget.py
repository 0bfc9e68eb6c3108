"""The budget: what each source promised, what is committed, paid and left."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from madang.core import texts
from madang.core.models import StoredFile
from madang.logistics import currencies
from madang.logistics.currencies import ZERO, Money
from madang.logistics.models import Expense, Payment, Source
from madang.workshops.models import Edition

_STATES = Expense.State
# In these states only what was paid counts: nothing more is to come.
_SETTLED = (_STATES.PAID, _STATES.CLOSED)


@dataclass(frozen=True)
class Line:
    """How one source stands, in its currency.

    `committed` is what is binding: commitments, and of what is settled what was paid for it.
    `planned` comes on top.
    """

    source: Source
    planned: Decimal
    committed: Decimal
    paid: Decimal

    @property
    def promised(self) -> Decimal:
        return self.source.promised

    @property
    def left(self) -> Decimal:
        return self.promised - self.committed

    @property
    def left_after_plans(self) -> Decimal:
        return self.left - self.planned

    @property
    def is_over(self) -> bool:
        """More is binding than was promised."""
        return self.left < 0

    @property
    def would_be_over(self) -> bool:
        """Plans go beyond what was promised, though nothing binding does."""
        return not self.is_over and self.left_after_plans < 0


@dataclass(frozen=True)
class Total:
    """Sums of lines in one currency; `is_common` where rates brought them there."""

    currency: str
    promised: Decimal
    planned: Decimal
    committed: Decimal
    paid: Decimal
    is_common: bool = False

    @property
    def left(self) -> Decimal:
        return self.promised - self.committed


_FIGURES = ("promised", "planned", "committed", "paid")


def with_paid(expenses: QuerySet[Expense]) -> QuerySet[Expense]:
    """Expenses, each with what has been paid of it as `paid`."""
    paid = (
        Payment.objects.standing()
        .filter(expense=OuterRef("pk"))
        .order_by()
        .values("expense")
        .annotate(total=Sum("amount"))
        .values("total")
    )
    amount = DecimalField(max_digits=14, decimal_places=2)
    return expenses.annotate(paid=Coalesce(Subquery(paid), ZERO, output_field=amount))


def board(edition: Edition) -> list[Line]:
    """Every source and how it stands (three queries)."""
    sources = list(edition.money_sources.select_related("organisation"))
    texts.prefetch([source.organisation for source in sources if source.organisation])
    expenses = with_paid(Expense.objects.filter(source__edition=edition))
    by_source: dict[Any, list[Any]] = {}
    for expense in expenses.only("source_id", "state", "amount"):
        by_source.setdefault(expense.source_id, []).append(expense)
    return [_line(source, by_source.get(source.pk, ())) for source in sources]


def line(source: Source) -> Line:
    """How one source stands."""
    return _line(source, with_paid(source.expenses.all()))


def _line(source: Source, expenses: Iterable[Any]) -> Line:
    planned = committed = paid = ZERO
    for expense in expenses:
        paid += expense.paid
        if expense.state == _STATES.PLANNED:
            planned += expense.amount
        elif expense.state == _STATES.COMMITTED:
            # A payment beyond the commitment binds too.
            committed += max(expense.amount, expense.paid)
        elif expense.state in _SETTLED:
            committed += expense.paid
    return Line(source, planned, committed, paid)


def totals(lines: Iterable[Line]) -> list[Total]:
    """Sums by currency; never across."""
    found: dict[str, list[Line]] = {}
    for each in lines:
        found.setdefault(each.source.currency, []).append(each)
    order = list(currencies.CURRENCIES)
    return [
        Total(
            code, *(sum((getattr(each, name) for each in found[code]), ZERO) for name in _FIGURES)
        )
        for code in sorted(found, key=order.index)
    ]


def common_totals(lines: list[Line]) -> list[Total]:
    """One sum of everything, in each currency into which every source has a stated rate.

    Nothing where all is in one currency anyway.
    """
    if len({each.source.currency for each in lines}) < 2:
        return []
    candidates = {each.source.rate_currency for each in lines} - {""}
    found = []
    for into in sorted(candidates):
        sums = [_common(lines, name, into) for name in _FIGURES]
        if None not in sums:
            found.append(Total(into, *sums, is_common=True))
    return found


def _common(lines: Iterable[Line], name: str, into: str) -> Decimal | None:
    total = ZERO
    for each in lines:
        source = each.source
        rates = {source.currency: source.rate} if source.rate_currency == into else {}
        converted = currencies.converted([Money(getattr(each, name), source.currency)], rates, into)
        if converted is None:
            return None
        total += converted.amount
    return total


# --- Lists ---------------------------------------------------------------------------------------
def expenses(edition: Edition, asked: dict[str, Any]) -> QuerySet[Expense]:
    """Expenses with source, person and what is paid, as the filters of the list ask."""
    found = with_paid(
        Expense.objects.filter(source__edition=edition).select_related(
            "source", "participation__person__subject"
        )
    )
    for name in ("source", "kind", "state"):
        if asked.get(name):
            found = found.filter(**{name: asked[name]})
    if asked.get("q"):
        found = found.filter(description__icontains=asked["q"])
    return found.order_by("source__kind", "source__name", "kind", "created_at", "id")


def payments(expense: Expense) -> list[Any]:
    """Payments of an expense, each with its receipts as `receipts` (two queries)."""
    found: list[Any] = list(expense.payments.all())
    by_owner: dict[Any, list[StoredFile]] = {}
    stored = StoredFile.objects.filter(
        owner_model=Payment._meta.label_lower, owner_id__in=[each.pk for each in found]
    )
    for file in stored:
        by_owner.setdefault(file.owner_id, []).append(file)
    for each in found:
        each.receipts = by_owner.get(each.pk, [])
    return found


@dataclass(frozen=True)
class KindLine:
    """What is spent on one kind of expense from one source, in its currency."""

    kind: str
    label: str
    planned: Decimal
    committed: Decimal
    paid: Decimal


def by_kind(source: Source) -> list[KindLine]:
    """What a source pays for, by kind; kinds for which there is nothing are left out."""
    found: dict[str, list[Any]] = {}
    for expense in with_paid(source.expenses.exclude(state=_STATES.CANCELLED)):
        found.setdefault(expense.kind, []).append(expense)
    lines = []
    for kind, label in Expense.Kind.choices:
        if kind in found:
            line = _line(source, found[kind])
            lines.append(KindLine(kind, str(label), line.planned, line.committed, line.paid))
    return lines


def unpaid(source: Source) -> list[Any]:
    """What is committed and not yet paid in full, each with `paid`."""
    committed = with_paid(source.expenses.filter(state=_STATES.COMMITTED))
    return list(committed.select_related("participation__person__subject"))


def of_donor(source: Source) -> list[Source]:
    """All sources of the donor behind one, it alone where no donor is named."""
    if source.organisation_id is None:
        return [source]
    return list(
        Source.objects.filter(
            edition=source.edition_id, organisation=source.organisation_id
        ).order_by("kind", "name", "id")
    )
